import MarketMakerStrategy
import Quantities
import Testing

struct MarketMakerQuotesTests {
    private func pit() throws -> Pit<MarketMaker> {
        try Pit(MarketMaker.self) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(3)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
        }
    }

    @Test func `bid and ask stand around the mid price`() throws {
        let tape = """
            0s     quote 99.98 100.02
            1s     steady 100              | x
            20s    quote 99.98 100.02   |
            """
        #expect(try pit().play(tape) == tape)
    }
}
