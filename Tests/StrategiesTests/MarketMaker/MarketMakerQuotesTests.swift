import MarketMakerStrategy
import Quantities
import Testing
import TradingCore

struct MarketMakerQuotesTests {
    /// Indifferent to risk: the quotes stand 10 basis points from the mid price, whatever it does.
    private func pit(
        makerFee: FeeRate = .zero, _ change: (inout MarketMaker.Parameters) -> Void = { _ in }
    ) throws -> Pit<MarketMaker> {
        try Pit(MarketMaker.self, makerFee: makerFee) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(3)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
            change(&$0)
        }
    }

    @Test func `bid and ask stand around the mid price, after ten looks at it`() throws {
        let tape = """
            0s     quote 99.99 100.01
            500ms  quote 99.98 100.02
            1s     quote 99.99 100.01
            2s     quote 99.99 100.01
            3s     quote 99.99 100.01
            4s     quote 99.99 100.01
            5s     quote 99.99 100.01
            6s     quote 99.99 100.01
            7s     quote 99.99 100.01
            8s     quote 99.99 100.01
            9s     quote 99.99 100.01   | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    quote 99.99 100.01
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `quotes follow the market when it moved by the threshold, and not before`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    quote 100.01 100.03
            12s    quote 100.02 100.03
            13s    quote 100.02 100.05  | cancel #1, cancel #2
            14s    cancelled 1          | #3 buy 1 @ 99.93 makerOnly
            15s    quote 100.02 100.05
            16s    cancelled 2          | #4 sell 1 @ 100.14 makerOnly
            17s    accept 3 4
            18s    quote 100.03 100.04
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `a new quote waits until it cannot meet the old one of the other side`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    quote 100.99 101.01  | cancel #1, cancel #2
            12s    cancelled 1
            13s    cancelled 2          | #3 buy 1 @ 100.89 makerOnly, #4 sell 1 @ 101.11 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `prices are rounded away from the market`() throws {
        let tape = """
            0s     steady 100.005       | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.11 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `the least spread and the maker fee keep the quotes apart`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.6 makerOnly, #2 sell 1 @ 100.4 makerOnly
            """
        let fee = try FeeRate("0.001")
        let wide = try pit(makerFee: fee) { $0.minSpread = 60 }
        let playedWide = try wide.play(tape)
        #expect(playedWide == tape)
        let bare = try pit(makerFee: fee) {
            $0.minSpread = 80
            $0.coverFees = false
        }
        let playedBare = try bare.play(tape)
        #expect(playedBare == tape)
    }

    @Test func `a quote never crosses the market's`() throws {
        // Leaning up with all its strength, the bid would stand above the best ask.
        let tape = """
            0s     rock 100 100.4       | #1 buy 1 @ 100.4 makerOnly
            """
        let pit = try pit {
            $0.riskAversion = 1
            $0.targetInventory = Quantity(3)
            $0.horizon = .minutes(10)
        }
        let played = try pit.play(tape)
        #expect(played == tape)
    }

    @Test func `the same tape gives the same decisions, another one others`() throws {
        let tape = """
            0s     rock 100 100.04
            10s    accept 1 2
            11s    fill 1 1
            12s    accept 3
            13s    quote 99.5 99.6
            14s    cancelled 2 3
            """
        let (first, second, third) = (try pit(), try pit(), try pit())
        let answers = try first.play(tape)
        #expect(try second.play(tape) == answers)
        #expect(first.chain == second.chain)
        #expect(first.chain.count > 3)
        _ = try third.play(tape.replacing("99.5 99.6", with: "99.4 99.6"))
        #expect(third.chain != first.chain)
    }
}
