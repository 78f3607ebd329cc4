import Quantities
import StrategyTesting
import Testing

/// Market buys for a sum, in the words of a tape.
struct TapeSpendingTests {
    @Test func `a sum buys whole lots, level by level`() throws {
        let setup = try TapeSetup {
            $0.market.lot = try Quantity("0.001")
            $0.market.minimumQuantity = try Quantity("0.001")
        }
        let outcome = try TapeTest(Spender.self, setup: setup).run(
            """
            time | market                                | expected
            0s   | book 99 x 1 / 100 x 0.1 101 x 5       |
            1s   | trade buy 0.1 @ 100                   | #1 buy for 25 market, #1 fill 0.1 @ 100
                 |                                       | #1 filled 0.148 @ 101, note "for 24.948"
            """)
        #expect(try outcome.position == Quantity("0.248"))
    }

    @Test func `where the offers run out it is cancelled, and a sum that is too small is refused`() throws {
        try TapeTest(Spender.self).run(
            """
            time | market                | expected
            0s   | 99 x 1 / 100 x 0.1    |
            1s   | trade buy 0.1 @ 100   | #1 buy for 25 market, #1 fill 0.1 @ 100, #1 cancelled
            """)
        try TapeTest(Spender.self) { $0.sum = Notional.zero + Notional(raw: 1) }.run(
            """
            time | market                | expected
            0s   | 99 x 1 / 100 x 0.1    |
            1s   | trade buy 0.1 @ 100   | #1 buy for 0.000000000001 market refused notional-below-minimum
            """)
    }

    @Test func `a played venue ends it when it says so, at any quantity`() throws {
        let outcome = try TapeTest(Spender.self).run(
            """
            time | market              | venue                            | expected
            0s   | 99 / 100            | answers                          |
            1s   | trade buy 1 @ 100   | fill #1 0.2 @ 50, fill #1 0.29 @ 50 | #1 buy for 25 market
            2s   | trade buy 1 @ 100   | done #1                          | note "for 24.5"
            3s   |                     | silent                           |
            4s   | trade buy 1 @ 100   |                                  | #2 buy for 25 market
            """)
        #expect(try outcome.position == Quantity("0.49"))
    }

    @Test func `it decides the same in every run`() throws {
        try assertDeterministic(Spender.self, over: .synthetic(duration: .minutes(5)))
    }
}
