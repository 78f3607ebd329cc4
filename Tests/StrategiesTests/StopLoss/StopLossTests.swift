import Quantities
import StopLossStrategy
import Testing
import TradingCore

/// The life of a position that was bought, from the entry to the end.
struct StopLossTests {
    /// One is bought at market; the stop is 1 % below.
    private func pit(
        _ change: (inout StopLoss.Parameters) -> Void = { _ in }
    ) throws -> Pit<StopLoss> {
        try Pit(StopLoss.self) {
            $0.entryQuantity = Quantity(1)
            $0.stopDistance = 100
            change(&$0)
        }
    }

    private func check(
        _ tape: String, _ pit: Pit<StopLoss>, notices: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let played = try pit.play(tape)
        #expect(played == tape, sourceLocation: location)
        #expect(pit.notices == notices, sourceLocation: location)
    }

    @Test func `it enters once, and puts the stop at its distance from the average price`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 market
            1s     fill 1 1             | #2 sell 1 when 99
            2s     accept 2
            3s     quote 104.99 105.01
            4s     quote 99.01 99.03
            5s     trade 99.01
            """, pit(), notices: [])
    }

    @Test func `the stop follows partial fills of the entry, and nothing is told of gaps that are short`()
        throws
    {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 @ 99.99 goodTillCancelled
            1s     accept 1
            2s     fill 1 0.4           | #2 sell 0.4 when 99
            2.1s   accept 2
            3s     fill 1 0.1           | modify #2: #3 sell 0.5 when 99
            3.05s  fill 1 0.1
            3.1s   accept 3
            3.1s   cancelled 2          | modify #3: #4 sell 0.6 when 99
            3.2s   accept 4
            3.2s   cancelled 3
            9s     fill 1 0.4           | modify #4: #5 sell 1 when 99
            """, pit { $0.entry = .limit }, notices: [])
    }

    @Test func `a part too small for an order is told until it can be protected`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 @ 99.99 goodTillCancelled
            1s     accept 1
            2s     fill 1 0.04
            4s     wait
            5s     fill 1 0.4           | #2 sell 0.44 when 99
            6s     accept 2
            """, pit { $0.entry = .limit },
            notices: [
                "0.04 unprotected: it is less than the market takes", "protected again after 4s",
            ])
    }

    @Test func `the stop that fires is followed up until nothing is left`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 market
            1s     fill 1 1             | #2 sell 1 when 99
            2s     accept 2
            3s     trade 99
            3.1s   fill 2 0.3
            3.2s   quote 98.00 98.10
            3.3s   cancelled 2
            3.5s   quote 97.00 97.10
            3.6s   quote 97.00 97.10    | #3 sell 0.7 market
            3.7s   fill 3 0.5
            3.8s   cancelled 3
            4.1s   quote 96.00 96.10    | #4 sell 0.2 market
            4.2s   fill 4 0.2
            5s     quote 96.00 96.10
            """, pit(), notices: ["the stop fired at 100", "flat"])
    }

    @Test func `the entry is cancelled when the stop fires, and what it still bought is sold`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 @ 99.99 goodTillCancelled
            1s     accept 1
            2s     fill 1 0.4           | #2 sell 0.4 when 99
            3s     accept 2
            4s     fill 2 0.4           | cancel #1
            4.1s   fill 1 0.2
            4.2s   cancelled 1          | #3 sell 0.2 market
            4.4s   fill 3 0.2
            """, pit { $0.entry = .limit }, notices: ["the stop fired at 100", "flat"])
    }

    @Test func `a trailing stop follows the market up, in steps, and never down`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 buy 1 market
            1s     fill 1 1             | #2 sell 1 when 99
            2s     accept 2
            3s     quote 100.05 100.07
            4s     quote 110.00 110.02  | modify #2: #3 sell 1 when 108.9
            4.1s   quote 120.00 120.02
            5s     accept 3
            5s     cancelled 2          | modify #3: #4 sell 1 when 118.8
            6s     accept 4
            6s     cancelled 3
            7s     quote 119.00 119.02
            8s     fill 4 1
            """,
            pit {
                $0.stop = .trailing
                $0.trailStep = 50
            }, notices: ["the stop fired at 119.01", "flat"])
    }

    @Test func `a limit entry, a fixed stop with a bound, and a short position`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 @ 101 goodTillCancelled
            1s     accept 1
            2s     fill 1 1             | #2 buy 1 @ 103.02 when 102
            3s     accept 2
            4s     quote 101.99 102.01
            4.2s   cancelled 2
            4.5s   wait                 | #3 buy 1 @ 103.03 immediateOrCancel
            5s     fill 3 1
            """,
            pit {
                $0.side = .short
                $0.entry = .limit
                $0.entryPrice = Price(101)
                $0.stop = .fixed
                $0.stopPrice = Price(102)
                $0.order = .limit
                $0.limitDistance = 100
            },
            notices: [
                "the stop order ended without a fill", "the level 102 was reached without a stop order",
                "flat",
            ])
    }
}
