import MarketMakerStrategy
import Quantities
import StrategyTesting
import Testing

/// What becomes of orders, and what the market maker makes of it.
struct MarketMakerFateTests {
    private func maker() -> TapeTest<MarketMaker> {
        TapeTest(MarketMaker.self, setup: .oakpine()) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(3)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
        }
    }

    @Test func `an order of unknown fate is cancelled, and not doubled before it is over`() throws {
        try maker().run(
            """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                 | accept #2    |
            11s          |                 | lose #1      | ask #1
            12s          | 99.98 / 100.02  |              |
            13s          | 100.49 / 100.51 |              | ask #1, cancel #1, cancel #2
            14s          | 100.49 / 100.51 |              |
            15s          |                 | absent #1    | note "bid refused: it could not be sent"
            16s          |                 | cancelled #2 | #3 sell 1 @ 100.61 maker-only
            20s          |                 |              | #4 buy 1 @ 100.39 maker-only
            """)
    }

    @Test func `an order that would have taken is tried again at the next quote`() throws {
        try maker().run(
            """
            time         | market         | venue                | expected
            0s..9s by 1s | 99.99 / 100.01 |                      | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1            |
            10.1s        |                | refuse #2 would-take |
            10.2s        | 99.99 / 100.01 |                      | #3 sell 1 @ 100.1 maker-only
            """)
    }

    @Test func `after another refusal the side rests, and the person hears of it once`() throws {
        let tape = """
            time         | market         | venue                | expected
            0s..9s by 1s | 99.99 / 100.01 |                      | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | refuse #1 no-balance | note "bid refused: venue: balance does not cover it"
            11s          |                | accept #2            |
            12s          | 99.98 / 100.02 |                      |
            15s          |                |                      | #3 buy 1 @ 99.9 maker-only
            16s          |                | refuse #3 no-balance |
            20s          | 99.98 / 100.01 |                      |
            21s          |                |                      | #4 buy 1 @ 99.89 maker-only
            """
        try maker().run(tape)
    }

    @Test func `an order that the venue took away is missed for a pause`() throws {
        try maker().run(
            """
            time         | market         | venue        | expected
            0s..9s by 1s | 99.99 / 100.01 |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1 #2 |
            11s          |                | cancelled #1 |
            12s          | 99.98 / 100.02 |              |
            16s          |                |              | #3 buy 1 @ 99.9 maker-only
            """)
    }

    @Test func `a refused cancel is tried again after a pause`() throws {
        try maker().run(
            """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                 | accept #1 #2 |
            11s          | 100.49 / 100.51 |              | cancel #1, cancel #2
            12s          |                 | cancelled #2 | #3 sell 1 @ 100.61 maker-only
            13s          |                 | keep #1      |
            13s          |                 | accept #3    |
            14s          | 100.49 / 100.52 |              |
            18s          |                 |              | cancel #1
            19s          |                 | cancelled #1 | #4 buy 1 @ 100.4 maker-only
            """)
    }

    @Test func `quotes are pulled from a market that cannot be read, and stand again when it can`()
        throws
    {
        try maker().run(
            """
            time         | market         | venue        | expected
            0s..9s by 1s | 99.99 / 100.01 |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1 #2 |
            11s          | gap            |              | cancel #1, cancel #2
            12s          | 99.99 / 100.01 |              |
            13s          |                | cancelled #1 |
            14s          | 99.99 / 100.01 |              |
            15s          |                | cancelled #2 |
            16s          | 99.99 / 100.01 |              | #3 buy 1 @ 99.9 maker-only, #4 sell 1 @ 100.1 maker-only
            """)
    }

    @Test func `quotes are pulled from a market that has gone silent`() throws {
        try maker().run(
            """
            time         | market         | venue           | expected
            0s..9s by 1s | 99.99 / 100.01 |                 | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1 #2    |
            19s          |                |                 | cancel #1, cancel #2
            21s          |                | cancelled #1 #2 |
            30s          |                |                 |
            31s          | 99.99 / 100.01 |                 | #3 buy 1 @ 99.9 maker-only, #4 sell 1 @ 100.1 maker-only
            """)
    }

    @Test func `at the end all is cancelled and nothing placed any more`() throws {
        let tape = """
            time         | market         | venue           | expected
            0s..9s by 1s | 99.99 / 100.01 |                 | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1 #2    |
            11s          | stop           |                 | cancel #1, cancel #2
            12s          |                | fill #1 0.5     |
            13s          |                | cancelled #1 #2 |
            14s          | 99.49 / 99.51  |                 |
            """
        let outcome = try maker().run(tape)
        #expect(outcome.openOrders == 0)
    }
}
