import EmaCrossStrategy
import Quantities
import StrategyTesting
import Testing

struct EmaCrossTests {
    /// Averages of 2 and 8 seconds that have to be 10 basis points apart.
    private func crossing(
        base: Amount = Amount(1_000), _ change: (inout EmaCross.Parameters) -> Void = { _ in }
    ) -> TapeTest<EmaCross> {
        TapeTest(EmaCross.self, setup: .oakpine(base: base)) {
            $0.quantity = Quantity(1)
            $0.fast = .seconds(2)
            $0.slow = .seconds(8)
            $0.threshold = 10
            $0.slippage = 5
            $0.refusalPause = .seconds(3)
            change(&$0)
        }
    }

    @Test func `it enters once when the trend turns up and exits once when it turns`() throws {
        let tape = """
            time         | market          | venue     | expected
            0s..9s by 1s | 99.99 / 100.01  |           |
            10s          | 100.99 / 101.01 |           | #1 buy 1 @ 101.06 ioc
            11s          |                 | fill #1 1 |
            12s          | 101.09 / 101.11 |           |
            20s          | 100.99 / 101.01 |           |
            21s          | 99.99 / 100.01  |           |
            22s          | 99.99 / 100.01  |           |
            23s          | 99.99 / 100.01  |           | #2 sell 1 @ 99.95 ioc
            24s          |                 | fill #2 1 |
            25s          | 99.89 / 99.91   |           |
            30s          | 99.89 / 99.91   |           |
            """
        let outcome = try crossing().run(tape)
        #expect(outcome.position.isZero)
    }

    @Test func `nothing happens before the slow average has seen its time`() throws {
        try crossing().run(
            """
            time | market          | venue | expected
            0s   | 99.99 / 100.01  |       |
            2s   | 104.99 / 105.01 |       |
            7.9s | 109.99 / 110.01 |       |
            8s   | 109.99 / 110.01 |       | #1 buy 1 @ 110.06 ioc
            """)
    }

    @Test func `a cross by less than the threshold changes nothing`() throws {
        try crossing().run(
            """
            time         | market          | venue | expected
            0s..9s by 1s | 99.99 / 100.01  |       |
            10s          | 100.09 / 100.11 |       |
            11s          | 100.09 / 100.11 |       |
            12s          | 99.89 / 99.91   |       |
            13s          | 99.89 / 99.91   |       |
            14s          | 100.09 / 100.11 |       |
            """)
    }

    @Test func `it stays in until the averages crossed by the threshold the other way`() throws {
        try crossing().run(
            """
            time         | market          | venue     | expected
            0s..9s by 1s | 99.99 / 100.01  |           |
            10s          | 100.49 / 100.51 |           | #1 buy 1 @ 100.56 ioc
            11s          |                 | fill #1 1 |
            15s          | 100.29 / 100.31 |           |
            30s          | 100.29 / 100.31 |           |
            60s          | 100.29 / 100.31 |           |
            61s          | 100.19 / 100.21 |           |
            62s          | 100.09 / 100.11 |           |
            63s          | 99.89 / 99.91   |           | #2 sell 1 @ 99.85 ioc
            """)
    }

    @Test func `what one order leaves is tried again after a pause`() throws {
        let tape = """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              |
            10s          | 100.99 / 101.01 |              | #1 buy 1 @ 101.06 ioc
            10.1s        |                 | fill #1 0.4  |
            10.1s        | 100.99 / 101.01 |              |
            10.2s        |                 | cancelled #1 |
            10.3s        | 101.00 / 101.02 |              |
            10.5s        | 101.00 / 101.02 |              | #2 buy 0.6 @ 101.07 ioc
            10.6s        |                 | fill #2 0.55 |
            10.7s        |                 | cancelled #2 |
            11s          | 101.00 / 101.02 |              |
            """
        // 0.05 is less than the market's minimum of 0.1: the entry is as complete as it can be.
        let outcome = try crossing().run(tape)
        #expect(try outcome.position == Quantity("0.95"))
    }

    @Test func `the exit sells what the entry got`() throws {
        let tape = """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              |
            10s          | 100.99 / 101.01 |              | #1 buy 1 @ 101.06 ioc
            10.1s        |                 | fill #1 0.4  |
            10.2s        |                 | cancelled #1 |
            10.3s        | 98.99 / 99.01   |              |
            10.4s        | 98.99 / 99.01   |              |
            11s          | 98.99 / 99.01   |              | #2 sell 0.4 @ 98.95 ioc
            """
        try crossing { $0.retryPause = .milliseconds(500) }.run(tape)
    }

    @Test func `no second order is placed while the fate of one is unknown`() throws {
        try crossing().run(
            """
            time         | market          | venue     | expected
            0s..9s by 1s | 99.99 / 100.01  |           |
            10s          | 100.99 / 101.01 |           | #1 buy 1 @ 101.06 ioc
            11s          |                 | lose #1   | ask #1
            12s          | 100.99 / 101.01 |           |
            13s          |                 |           | ask #1
            14s          | 99.99 / 100.01  |           |
            15s          |                 | fill #1 1 |
            16s          | 98.99 / 99.01   |           | #2 sell 1 @ 98.95 ioc
            """)
    }

    @Test func `after a refusal it waits, and tells the person once`() throws {
        let tape = """
            time         | market          | venue                | expected
            0s..9s by 1s | 99.99 / 100.01  |                      |
            10s          | 100.99 / 101.01 |                      | #1 buy 1 @ 101.06 ioc
            11s          |                 | refuse #1 no-balance | note "buy refused: venue: balance does not cover it"
            12s          | 100.99 / 101.01 |                      |
            14s          | 100.99 / 101.01 |                      | #2 buy 1 @ 101.06 ioc
            15s          |                 | refuse #2 no-balance |
            16s          | 100.99 / 101.01 |                      |
            """
        try crossing().run(tape)
    }

    @Test func `it goes short only where that is allowed`() throws {
        try crossing().run(
            """
            time         | market         | venue | expected
            0s..9s by 1s | 99.99 / 100.01 |       |
            10s          | 98.99 / 99.01  |       |
            """)
        let short = """
            time         | market          | venue     | expected
            0s..9s by 1s | 99.99 / 100.01  |           |
            10s          | 98.99 / 99.01   |           | #1 sell 1 @ 98.95 ioc
            11s          |                 | fill #1 1 |
            20s          | 103.99 / 104.01 |           | #2 buy 2 @ 104.06 ioc
            21s          |                 | fill #2 2 |
            """
        let outcome = try crossing { $0.allowShort = true }.run(short)
        #expect(outcome.position == Quantity(1))
    }

    @Test func `market orders and trades are a choice`() throws {
        let tape = """
            time         | market            | venue | expected
            0s           | trade buy 1 @ 100 |       |
            0s..9s by 1s | 99.99 / 100.01    |       |
            10s          | 100.99 / 101.01   |       |
            11s          | trade buy 1 @ 101 |       | #1 buy 1 market
            """
        try crossing {
            $0.order = .market
            $0.source = .trade
        }.run(tape)
    }

    @Test func `an unreadable market is not traded in`() throws {
        let tape = """
            time         | market            | venue | expected
            0s           | trade buy 1 @ 100 |       |
            0s..9s by 1s | 99.99 / 100.01    |       |
            9s           | gap               |       |
            10s          | trade buy 1 @ 101 |       |
            11s          | 100.99 / 101.01   |       |
            12s          | trade buy 1 @ 101 |       | #1 buy 1 @ 101.06 ioc
            """
        try crossing { $0.source = .trade }.run(tape)
    }

    @Test func `at the end nothing is placed any more`() throws {
        let tape = """
            time         | market          | venue | expected
            0s..9s by 1s | 99.99 / 100.01  |       |
            9s           | stop            |       |
            10s          | 100.99 / 101.01 |       |
            """
        let outcome = try crossing().run(tape)
        #expect(outcome.openOrders == 0)
    }

    @Test func `the same tape gives the same decisions, another one others`() throws {
        let tape = """
            time         | market                              | venue | expected
            0s..9s by 1s | 99.99 / 100.01 then 100.99 / 101.01 |       |
            10s          | 100.99 / 101.01                     |       |
            11s          | 98.99 / 99.01                       |       |
            """
        let first = try crossing().report(on: tape).outcome
        #expect(first.decisions > 0)
        #expect(try crossing().report(on: tape).outcome == first)
        let other = tape.replacing("then 100.99 / 101.01", with: "then 101.99 / 102.01")
        #expect(try crossing().report(on: other).outcome.hash != first.hash)
    }
}
