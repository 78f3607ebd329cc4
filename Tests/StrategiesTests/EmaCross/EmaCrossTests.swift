import EmaCrossStrategy
import Quantities
import Testing
import TradingCore

struct EmaCrossTests {
    /// Averages of 2 and 8 seconds that have to be 10 basis points apart.
    private func pit(
        base: Int = 1_000, _ change: (inout EmaCross.Parameters) -> Void = { _ in }
    ) throws -> Pit<EmaCross> {
        try Pit(EmaCross.self, base: base) {
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
            0s     steady 100
            10s    quote 100.99 101.01  | #1 buy 1 @ 101.06 immediateOrCancel
            11s    fill #1 1
            12s    quote 101.09 101.11
            20s    quote 100.99 101.01
            21s    quote 99.99 100.01
            22s    quote 99.99 100.01
            23s    quote 99.99 100.01   | #2 sell 1 @ 99.95 immediateOrCancel
            24s    fill #2 1
            25s    quote 99.89 99.91
            30s    quote 99.89 99.91
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.position.isZero)
    }

    @Test func `nothing happens before the slow average has seen its time`() throws {
        let tape = """
            0s     quote 99.99 100.01
            2s     quote 104.99 105.01
            7.9s   quote 109.99 110.01
            8s     quote 109.99 110.01  | #1 buy 1 @ 110.06 immediateOrCancel
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `a cross by less than the threshold changes nothing`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.09 100.11
            11s    quote 100.09 100.11
            12s    quote 99.89 99.91
            13s    quote 99.89 99.91
            14s    quote 100.09 100.11
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `it stays in until the averages crossed by the threshold the other way`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.49 100.51  | #1 buy 1 @ 100.56 immediateOrCancel
            11s    fill 1 1
            15s    quote 100.29 100.31
            30s    quote 100.29 100.31
            60s    quote 100.29 100.31
            61s    quote 100.19 100.21
            62s    quote 100.09 100.11
            63s    quote 99.89 99.91    | #2 sell 1 @ 99.85 immediateOrCancel
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `what one order leaves is tried again after a pause`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.99 101.01  | #1 buy 1 @ 101.06 immediateOrCancel
            10.1s  fill 1 0.4
            10.1s  quote 100.99 101.01
            10.2s  cancelled 1
            10.3s  quote 101.00 101.02
            10.5s  quote 101.00 101.02  | #2 buy 0.6 @ 101.07 immediateOrCancel
            10.6s  fill 2 0.55
            10.7s  cancelled 2
            11s    quote 101.00 101.02
            """
        // 0.05 is less than the market's minimum of 0.1: the entry is as complete as it can be.
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.position == Quantity(raw: 950_000_000_000))
    }

    @Test func `the exit sells what the entry got`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.99 101.01  | #1 buy 1 @ 101.06 immediateOrCancel
            10.1s  fill 1 0.4
            10.2s  cancelled 1
            10.3s  quote 98.99 99.01
            10.4s  quote 98.99 99.01
            11s    quote 98.99 99.01    | #2 sell 0.4 @ 98.95 immediateOrCancel
            """
        let played = try pit { $0.retryPause = .milliseconds(500) }.play(tape)
        #expect(played == tape)
    }

    @Test func `no second order is placed while the fate of one is unknown`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.99 101.01  | #1 buy 1 @ 101.06 immediateOrCancel
            11s    lose 1               | ask #1
            12s    quote 100.99 101.01
            14s    quote 99.99 100.01   | ask #1
            15s    fill 1 1
            16s    quote 98.99 99.01    | #2 sell 1 @ 98.95 immediateOrCancel
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `after a refusal it waits, and tells the person once`() throws {
        let tape = """
            0s     steady 100
            10s    quote 100.99 101.01  | #1 buy 1 @ 101.06 immediateOrCancel
            11s    refuse 1 noBalance
            12s    quote 100.99 101.01
            14s    quote 100.99 101.01  | #2 buy 1 @ 101.06 immediateOrCancel
            15s    refuse 2 noBalance
            16s    quote 100.99 101.01
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.notices == ["buy refused: venue: balance does not cover it"])
    }

    @Test func `it goes short only where that is allowed`() throws {
        let tape = """
            0s     steady 100
            10s    quote 98.99 99.01
            """
        let played = try pit().play(tape)
        #expect(played == tape)
        let short = """
            0s     steady 100
            10s    quote 98.99 99.01    | #1 sell 1 @ 98.95 immediateOrCancel
            11s    fill 1 1
            20s    quote 103.99 104.01  | #2 buy 2 @ 104.06 immediateOrCancel
            21s    fill 2 2
            """
        let pit = try pit { $0.allowShort = true }
        let playedShort = try pit.play(short)
        #expect(playedShort == short)
        #expect(pit.position == Quantity(1))
    }

    @Test func `market orders and trades are a choice`() throws {
        let tape = """
            0s     trade 100
            0s     steady 100
            10s    quote 100.99 101.01
            11s    trade 101            | #1 buy 1 market
            """
        let played = try pit {
            $0.order = .market
            $0.source = .trade
        }.play(tape)
        #expect(played == tape)
    }

    @Test func `an unreadable market is not traded in`() throws {
        let tape = """
            0s     trade 100
            0s     steady 100
            9s     gap
            10s    trade 101
            11s    quote 100.99 101.01
            12s    trade 101            | #1 buy 1 @ 101.06 immediateOrCancel
            """
        let played = try pit { $0.source = .trade }.play(tape)
        #expect(played == tape)
    }

    @Test func `at the end nothing is placed any more`() throws {
        let tape = """
            0s     steady 100
            9s     stop
            10s    quote 100.99 101.01
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.openOrders == 0)
    }

    @Test func `the same tape gives the same decisions, another one others`() throws {
        let tape = """
            0s     rock 100 101
            10s    quote 100.99 101.01
            11s    quote 98.99 99.01
            """
        let (first, second, third) = (try pit(), try pit(), try pit())
        let answers = try first.play(tape)
        let again = try second.play(tape)
        #expect(again == answers)
        #expect(first.chain == second.chain)
        #expect(first.chain.count > 0)
        _ = try third.play(tape.replacing("rock 100 101", with: "rock 100 102"))
        #expect(third.chain != first.chain)
    }
}
