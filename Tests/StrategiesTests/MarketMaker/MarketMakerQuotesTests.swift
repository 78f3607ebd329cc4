import MarketMakerStrategy
import Quantities
import StrategyTesting
import Testing

struct MarketMakerQuotesTests {
    /// Indifferent to risk: the quotes stand 10 basis points from the mid price, whatever it does.
    private func maker(
        makerFee: FeeRate = .zero, _ change: (inout MarketMaker.Parameters) -> Void = { _ in }
    ) -> TapeTest<MarketMaker> {
        TapeTest(MarketMaker.self, setup: .oakpine(makerFee: makerFee)) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(3)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
            change(&$0)
        }
    }

    @Test func `bid and ask stand around the mid price, after ten looks at it`() throws {
        try maker().run(
            """
            time  | market         | venue | expected
            0s    | 99.99 / 100.01 |       |
            500ms | 99.98 / 100.02 |       |
            1s    | 99.99 / 100.01 |       |
            2s    | 99.99 / 100.01 |       |
            3s    | 99.99 / 100.01 |       |
            4s    | 99.99 / 100.01 |       |
            5s    | 99.99 / 100.01 |       |
            6s    | 99.99 / 100.01 |       |
            7s    | 99.99 / 100.01 |       |
            8s    | 99.99 / 100.01 |       |
            9s    | 99.99 / 100.01 |       | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s   | 99.99 / 100.01 |       |
            """)
    }

    @Test func `quotes follow the market when it moved by the threshold, and not before`() throws {
        try maker().run(
            """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                 | accept #1 #2 |
            11s          | 100.01 / 100.03 |              |
            12s          | 100.02 / 100.03 |              |
            13s          | 100.02 / 100.05 |              | cancel #1, cancel #2
            14s          |                 | cancelled #1 | #3 buy 1 @ 99.93 maker-only
            15s          | 100.02 / 100.05 |              |
            16s          |                 | cancelled #2 | #4 sell 1 @ 100.14 maker-only
            17s          |                 | accept #3 #4 |
            18s          | 100.03 / 100.04 |              |
            """)
    }

    @Test func `a new quote waits until it cannot meet the old one of the other side`() throws {
        try maker().run(
            """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                 | accept #1 #2 |
            11s          | 100.99 / 101.01 |              | cancel #1, cancel #2
            12s          |                 | cancelled #1 |
            13s          |                 | cancelled #2 | #3 buy 1 @ 100.89 maker-only, #4 sell 1 @ 101.11 maker-only
            """)
    }

    @Test func `prices are rounded away from the market`() throws {
        try maker().run(
            """
            time         | market           | venue | expected
            0s..9s by 1s | 99.995 / 100.015 |       | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.11 maker-only
            """)
    }

    @Test func `the least spread and the maker fee keep the quotes apart`() throws {
        let tape = """
            time         | market         | venue | expected
            0s..9s by 1s | 99.99 / 100.01 |       | #1 buy 1 @ 99.6 maker-only, #2 sell 1 @ 100.4 maker-only
            """
        let fee = try FeeRate("0.001")
        try maker(makerFee: fee) { $0.minSpread = 60 }.run(tape)
        try maker(makerFee: fee) {
            $0.minSpread = 80
            $0.coverFees = false
        }.run(tape)
    }

    @Test func `a quote never crosses the market's`() throws {
        // Leaning up with all its strength, the bid would stand above the best ask.
        let tape = """
            time         | market                              | venue | expected
            0s..9s by 1s | 99.99 / 100.01 then 100.39 / 100.41 |       | #1 buy 1 @ 100.4 maker-only
            """
        try maker {
            $0.riskAversion = 1
            $0.targetInventory = Quantity(3)
            $0.horizon = .minutes(10)
        }.run(tape)
    }

    @Test func `the same tape gives the same decisions, another one others`() throws {
        let tape = """
            time         | market                              | venue           | expected
            0s..9s by 1s | 99.99 / 100.01 then 100.03 / 100.05 |                 |
            10s          |                                     | accept #1 #2    |
            11s          |                                     | fill #1 1       |
            12s          |                                     | accept #3       |
            13s          | 99.5 / 99.6                         |                 |
            14s          |                                     | cancelled #2 #3 |
            """
        let first = try maker().report(on: tape).outcome
        #expect(first.decisions > 3)
        #expect(try maker().report(on: tape).outcome == first)
        let other = tape.replacing("99.5 / 99.6", with: "99.4 / 99.6")
        #expect(try maker().report(on: other).outcome.hash != first.hash)
    }
}
