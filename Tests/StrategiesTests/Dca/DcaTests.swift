import DcaStrategy
import Quantities
import Testing
import TradingCore

/// Purchases of 100 per minute, as tapes.
struct DcaTests {
    private func pit(
        base: Int = 0, _ change: (inout Dca.Parameters) -> Void = { _ in }
    ) throws -> Pit<Dca> {
        try Pit(Dca.self, base: base) {
            $0.spend = Notional(100)
            $0.interval = .minutes(1)
            $0.slippage = 0
            change(&$0)
        }
    }

    private func check(
        _ tape: String, _ pit: Pit<Dca>, notices: [String] = [],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let played = try pit.play(tape)
        #expect(played == tape, sourceLocation: location)
        #expect(pit.notices == notices, sourceLocation: location)
    }

    @Test func `it buys once per interval, and carries the rest of a lot on`() throws {
        // 100 / 30 is 3.333 in lots of 0.001: 0.01 is left over.
        try check(
            """
            0s     quote 29.99 30.00    | #1 buy 3.333 @ 30 immediateOrCancel
            1s     fill 1 3.333
            2s     quote 29.99 30.00
            59.9s  quote 29.99 30.00
            60s    quote 29.99 30.00    | #2 buy 3.333 @ 30 immediateOrCancel
            61s    fill 2 3.333
            120s   quote 24.99 25.00    | #3 buy 4 @ 25 immediateOrCancel
            """, pit())
    }

    @Test func `a quantity per interval, from the next one on`() throws {
        try check(
            """
            0s     quote 99.99 100.01
            59s    quote 99.99 100.01
            60s    quote 99.99 100.01   | #1 buy 0.5 @ 100.01 immediateOrCancel
            61s    fill 1 0.5
            119s   quote 80.00 80.01
            120s   wait                 | #2 buy 0.5 @ 80.01 immediateOrCancel
            """,
            pit {
                $0.spend = .zero
                $0.quantity = Quantity(raw: 500_000_000_000)
                $0.first = .next
            })
    }

    @Test func `what an order left is bought within the interval, and not twice`() throws {
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     fill 1 0.4
            1.1s   cancelled 1
            1.5s   quote 99.99 100.00
            2.2s   quote 99.99 100.00   | #2 buy 0.6 @ 100 immediateOrCancel
            3s     fill 2 0.6
            30s    quote 99.99 100.00
            """, pit())
    }

    @Test func `while the fate of an order is unknown no interval is bought again`() throws {
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     lose 1               | ask #1
            59s    quote 99.99 100.00   | ask #1
            60s    quote 99.99 100.00   | cancel #1
            61s    quote 99.99 100.00
            62s    fill 1 1             | #2 buy 1 @ 100 immediateOrCancel
            """, pit())
    }

    @Test func `after a refusal it waits and tells once, and an interval that could not buy is skipped`()
        throws
    {
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     refuse 1 noBalance
            2s     quote 99.99 100.00
            31s    quote 99.99 100.00   | #2 buy 1 @ 100 immediateOrCancel
            32s    refuse 2 noBalance
            60s    quote 99.99 100.00
            62s    quote 99.99 100.00   | #3 buy 1 @ 100 immediateOrCancel
            """, pit { $0.refusalPause = .seconds(30) },
            notices: [
                "buy refused: venue: balance does not cover it",
                "100 skipped: it could not be bought in its interval",
            ])
    }

    @Test func `silence is caught up, as far as that may go`() throws {
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     fill 1 1
            2s     gap
            310s   quote 99.99 100.00   | #2 buy 3 @ 100 immediateOrCancel
            """,
            pit {
                $0.missed = .catchUp
                $0.catchUpMax = 2
            },
            notices: [
                "100 skipped: it could not be bought in its interval",
                "100 skipped: it could not be bought in its interval",
            ])
    }

    @Test func `it waits at the bid, and takes what is offered when its patience is over`() throws {
        try check(
            """
            0s     quote 99.50 100.00   | #1 buy 1.005 @ 99.5 goodTillCancelled
            1s     accept 1
            2s     quote 99.60 100.00
            3s     fill 1 0.5
            19s    quote 99.60 100.00
            20s    wait                 | cancel #1
            20.5s  cancelled 1          | #2 buy 0.502 @ 100 immediateOrCancel
            21s    fill 2 0.502
            """, pit { $0.patience = .seconds(20) })
    }

    @Test func `it never pays more than the highest price, and an interval above it is not caught up`() throws
    {
        try check(
            """
            0s     quote 100.50 101.00
            59s    quote 100.50 101.00
            61s    quote 100.50 101.00
            65s    quote 99.80 99.90    | #1 buy 1 @ 100 immediateOrCancel
            66s    fill 1 1
            70s    quote 95.00 95.10
            """,
            pit {
                $0.below = Price(100)
                $0.slippage = 50
                $0.missed = .catchUp
            })
    }

    @Test func `it buys dips below the moving average only`() throws {
        try check(
            """
            0s     quote 99.99 100.01
            20s    quote 99.99 100.01
            30s    quote 99.99 100.01
            40s    quote 99.59 99.61
            41s    quote 98.49 98.51    | #1 buy 1.015 @ 98.51 immediateOrCancel
            """,
            pit {
                $0.dip = 100
                $0.dipWindow = .seconds(30)
            })
    }

    @Test func `the budget ends it, to the last order that fits`() throws {
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     fill 1 1
            60s    quote 99.99 100.00   | #2 buy 0.5 @ 100 immediateOrCancel
            61s    fill 2 0.5
            61s    quote 99.99 100.00
            120s   quote 99.99 100.00
            180s   quote 99.99 100.00
            """, pit { $0.budget = Notional(150) },
            notices: ["the budget of 150 is used up: 150 is spent"])
    }

    @Test func `what is less than the market takes waits until it is enough`() throws {
        // The market takes 5 at least.
        try check(
            """
            0s     quote 9.99 10.00
            60s    quote 9.99 10.00
            120s   quote 9.99 10.00     | #1 buy 0.6 @ 10 immediateOrCancel
            121s   fill 1 0.6
            180s   quote 9.99 10.00
            """, pit { $0.spend = Notional(2) })
    }

    @Test func `all that was bought is sold at its profit, and the budget is free again`() throws {
        let pit = try pit {
            $0.takeProfit = 100
            $0.budget = Notional(100)
        }
        try check(
            """
            0s     quote 99.99 100.00   | #1 buy 1 @ 100 immediateOrCancel
            1s     fill 1 1
            2s     quote 100.99 101.01
            3s     quote 101.00 101.02  | #2 sell 1 @ 101 immediateOrCancel
            4s     fill 2 1
            60s    quote 101.00 101.02  | #3 buy 0.989 @ 101.02 immediateOrCancel
            """, pit)
        #expect(pit.position.isZero)
    }

    @Test func `at the end nothing is bought any more`() throws {
        let pit = try pit { $0.patience = .seconds(20) }
        try check(
            """
            0s     quote 99.50 100.00   | #1 buy 1.005 @ 99.5 goodTillCancelled
            1s     accept 1
            2s     stop                 | cancel #1
            3s     cancelled 1
            60s    quote 99.50 100.00
            """, pit)
        #expect(pit.openOrders == 0)
    }
}
