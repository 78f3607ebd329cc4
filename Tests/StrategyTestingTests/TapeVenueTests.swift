import Quantities
import StrategyTesting
import Testing

/// Tapes on the simulated venue, and tapes that play the venue themselves.
struct TapeVenueTests {
    @Test func `orders and answers travel as long as the setup says`() throws {
        let setup = TapeSetup {
            $0.orderLatency = .milliseconds(20)
            $0.answerLatency = .milliseconds(10)
        }
        try TapeTest(Greedy.self, setup: setup).run(
            """
            time  | market                | expected
            0s    | 100.00 / 100.10       | #1 buy 0.01 @ 100.00 maker-only
            10ms  | 99.90 / 100.00        |
            30ms  |                       | #1 refused would-take, note "refused: venue: maker-only order would take"
            1s    | 99.90 / 100.00        | #2 buy 0.01 @ 99.90 maker-only
            1030ms |                      | #2 open
            2s    | trade sell 20 @ 99.90 |
            2010ms |                      | #2 filled 0.01 @ 99.90
            """)
    }

    @Test func `risk judges as in a session`() throws {
        let setup = try TapeSetup {
            $0.risk.orderQuantityMax = try Quantity("0.005")
            $0.balances = ["PINE": Amount(100)]
        }
        try TapeTest(Greedy.self, setup: setup).run(
            """
            time | market          | expected
            0s   | 100.00 / 100.10 | #1 buy 0.01 @ 100.00 maker-only refused order-quantity-limit
                 |                 | note "refused: quantity is above the limit per order"
            """)
    }

    @Test func `a market that falls silent or breaks cannot be traded in`() throws {
        try TapeTest(Greedy.self).run(
            """
            time | market                                   | expected
            0s   | OAKPINE: gap, connection lost            |
            1s   | bid 100 x 1                              |
            2s   | book 100 x 1 99 x 1 / 101 x 2            | #1 buy 0.01 @ 100.00 maker-only
            3s   | bid 100 x 0, ask 101 x 0, ask 100.5 x 1  |
            4s   | stop                                     | cancel #1, #1 cancelled
            """)
    }

    @Test func `a played venue answers when and as the tape says`() throws {
        let outcome = try TapeTest(Greedy.self) { $0.size = Quantity(1) }.run(
            """
            time | market    | venue                | expected
            0s   | 100 / 101 |                      | #1 buy 1 @ 100.00 maker-only
            1s   | 100 / 101 | unsent #1            | note "refused: it could not be sent"
            2s   | 100 / 101 | answers              | #2 buy 1 @ 100.00 maker-only
            3s   |           | fill #2 0.4, fill #2 0.1 @ 99.5 |
            4s   |           | cancelled #2         |
            """)
        #expect(try outcome.position == Quantity("0.5"))
        #expect(outcome.openOrders == 0)
        #expect(outcome.notes == ["refused: it could not be sent"])
    }

    @Test func `an answer that is lost is asked for until the venue has told`() throws {
        try TapeTest(Greedy.self).run(
            """
            time | market    | venue          | expected
            0s   | 100 / 101 | lose next      | #1 buy 0.01 @ 100.00 maker-only, ask #1
            1s   | 100 / 101 |                |
            2s   |           |                | ask #1
            3s   |           | absent #1      | note "refused: it could not be sent"
            4s   | 100 / 101 | count #2 0.01  | #2 buy 0.01 @ 100.00 maker-only
            4.5s |           |                | ask #2
            5s   |           | fill #2 0.01   |
            6s   | 99 / 101  | balance PINE 5 |
            """)
    }

    @Test func `after one request too many nothing goes before the window has passed`() throws {
        try TapeTest(Greedy.self).run(
            """
            time | market    | venue      | expected
            0s   | 100 / 101 |            | #1 buy 0.01 @ 100.00 maker-only
            1s   |           | limited #1 | note "refused: venue: too many requests"
            1.5s | 100 / 101 |            |
            3s   |           |            | #2 buy 0.01 @ 100.00 maker-only
            """)
    }

    @Test func `a strategy starts with the position of an earlier run`() throws {
        let setup = TapeSetup { $0.position = TapePosition(Quantity(2), at: Price(90)) }
        let outcome = try TapeTest(Greedy.self, setup: setup).run("0s | 100 / 101 |")
        #expect(outcome.position == Quantity(2))
        #expect(outcome.decisions == 0)
    }

    @Test func `several markets are named`() throws {
        let setup = TapeSetup { $0.markets.append(TapeMarket("ELMPINE", base: "ELM")) }
        try TapeTest(Greedy.self, setup: setup).run(
            """
            time | market                | expected
            0s   | ELMPINE: 10 / 11      |
            1s   | 100 / 101, silence    | #1 buy 0.01 @ 100.00 maker-only in OAKPINE
            """)
    }
}
