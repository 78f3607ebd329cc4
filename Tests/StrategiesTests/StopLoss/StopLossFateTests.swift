import MarketModel
import Quantities
import StopLossStrategy
import Testing
import TradingCore

/// What befalls the protective order: refusals, lost answers, gaps, the end of the session.
struct StopLossFateTests {
    /// One is held before the start; the stop is 1 % below the first mid price, and gaps are told at once.
    private func pit(
        base: Int = 1_000, _ change: (inout StopLoss.Parameters) -> Void = { _ in }
    ) throws -> Pit<StopLoss> {
        try Pit(StopLoss.self, base: base) {
            $0.entryQuantity = .zero
            $0.heldQuantity = Quantity(1)
            $0.stopDistance = 100
            $0.gapNotice = .zero
            change(&$0)
        }
    }

    private func check(
        _ tape: String, _ pit: Pit<StopLoss>, notices: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let played = try pit.play(tape)
        #expect(played == tape, sourceLocation: location)
        #expect(pit.notices.dropFirst(Self.start.count) == notices[...], sourceLocation: location)
        #expect(pit.notices.starts(with: Self.start), sourceLocation: location)
    }

    /// Before the first quote there is no level.
    private static let start = ["1 unprotected: the market cannot be read"]
    private let protected = "protected again after 1s"

    @Test func `what was held before the start is protected from the first quote on`() throws {
        let pit = try pit()
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     trade 99
            3s     fill 1 1
            4s     quote 98.00 98.02
            """, pit, notices: [protected, "the stop fired at 100", "flat"])
        #expect(pit.position == Quantity(-1))
    }

    @Test func `no more is protected than the account holds, and it follows the account`() throws {
        let pit = try pit(base: 0)
        let tape = """
            0s     quote 99.99 100.01
            1s     holds 0.6            | #1 sell 0.6 when 99
            2s     accept 1
            3s     holds 0.4            | modify #1: #2 sell 0.4 when 99
            4s     accept 2
            4s     cancelled 1
            5s     holds 3              | modify #2: #3 sell 1 when 99
            """
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.notices == ["the account holds 0 of 1: only that is protected"])
    }

    @Test func `a refused stop is tried again, and its level watched meanwhile`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     refuse 1 other
            1.5s   quote 99.50 99.52
            2s     wait                 | #2 sell 1 when 99
            3s     refuse 2 other
            3.5s   quote 98.90 98.92
            4s     wait                 | #3 sell 1 market
            5s     fill 3 1
            """, pit(),
            notices: [
                "stop refused: venue: refused", "the level 99 was reached without a stop order", "flat",
            ])
    }

    @Test func `while the fate of a stop is unknown nothing else is sold`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     lose 1               | ask #1
            2s     quote 98.00 98.02    | cancel #1
            3s     absent 1             | ask #1
            3.25s  wait                 | #2 sell 1 market
            4s     fill 2 1
            """, pit(),
            notices: ["the level 99 was reached without a stop order", "flat"])
    }

    @Test func `a stop that the market has passed without firing is replaced by an order of our own`() throws
    {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     quote 98.50 98.52
            2.5s   quote 98.40 98.42
            3s     wait                 | cancel #1
            3.1s   cancelled 1          | #2 sell 1 market
            3.2s   fill 2 0.6
            3.3s   cancelled 2
            3.55s  wait                 | #3 sell 0.4 market
            3.6s   fill 3 0.4
            """, pit(),
            notices: [
                protected, "the stop at 99 has not fired", "1 unprotected: its order is being cancelled",
                "0.4 unprotected: its order is on its way", "flat",
            ])
    }

    @Test func `a dip through the level that is over before the patience is leaves the stop alone`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     quote 98.99 99.01
            2.5s   quote 99.50 99.52
            9s     quote 99.50 99.52
            """, pit(), notices: [protected])
    }

    @Test func `a stop that fires and cannot be carried out is followed up`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     fail 1
            2.25s  wait                 | #2 sell 1 market
            3s     fill 2 1
            """, pit(),
            notices: [
                protected, "the stop fired and the venue could not carry it out",
                "1 unprotected: its order is on its way", "flat",
            ])
    }

    @Test func `a modification that is refused leaves the old stop standing, and the next one renews it`()
        throws
    {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     holds 0.5            | modify #1: #2 sell 0.5 when 99
            3s     refuse 2 other
            4s     wait                 | cancel #1
            5s     cancelled 1          | #3 sell 0.5 when 99
            6s     accept 3
            """, pit(base: 1),
            notices: [
                protected, "stop refused: venue: refused",
                "0.5 unprotected: its order is being cancelled", "protected again after 2s",
            ])
    }

    @Test func `a modification that cannot be sent, as of stops at some venues, is a renewal`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     holds 0.5            | modify #1: #2 sell 0.5 when 99
            3s     unsent 2
            4s     wait                 | cancel #1
            5s     cancelled 1          | #3 sell 0.5 when 99
            6s     accept 3
            """, pit(base: 1),
            notices: [
                protected, "0.5 unprotected: its order is being cancelled", "protected again after 2750ms",
            ])
    }

    @Test func `a venue that cannot modify gets a cancel and a new order, and the window is told`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     quote 101.00 101.02  | cancel #1
            3s     cancelled 1          | #2 sell 1 when 99.99
            4s     accept 2
            """,
            pit {
                $0.stop = .trailing
                $0.adjust = .renew
            },
            notices: [
                protected, "1 unprotected: its order is being cancelled", "protected again after 2s",
            ])
    }

    @Test func `near the target the take-profit order has the stop's place, farther away the stop again`()
        throws
    {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     quote 101.50 101.52  | cancel #1
            3s     cancelled 1          | #2 sell 1 @ 102 goodTillCancelled
            4s     accept 2
            5s     quote 101.00 101.02
            6s     quote 100.00 100.02  | cancel #2
            7s     cancelled 2          | #3 sell 1 when 99
            8s     accept 3
            9s     quote 101.90 101.92  | cancel #3
            10s    cancelled 3          | #4 sell 1 @ 102 goodTillCancelled
            11s    accept 4
            12s    fill 4 0.7
            13s    quote 98.00 98.02    | cancel #4
            14s    cancelled 4          | #5 sell 0.3 market
            15s    fill 5 0.3
            """,
            pit {
                $0.takeProfit = 200
                $0.takeProfitZone = 50
            },
            notices: [
                protected, "the order at 102 takes the stop's place: the stop is watched from here",
                "1 unprotected: its order is being cancelled", "protected again after 6s",
                "the order at 102 takes the stop's place: the stop is watched from here",
                "1 unprotected: its order is being cancelled",
                "the level 99 was reached without a stop order", "flat",
            ])
    }

    @Test func `the stop order stays at the venue when the session ends, or goes, as set`() throws {
        let tape = """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     stop
            3s     quote 98.00 98.02
            """
        let left = try pit()
        try check(
            tape, left,
            notices: [protected, "the stop order over 1 stays at the venue: nobody follows it up"])
        #expect(left.openOrders == 1)
        try check(
            tape.replacing("2s     stop", with: "2s     stop                 | cancel #1"),
            pit { $0.onStop = .cancel }, notices: [protected, "1 is unprotected from here"])
    }

    @Test func `a market that falls silent is told only where the bot itself has to watch`() throws {
        try check(
            """
            0s     quote 99.99 100.01   | #1 sell 1 when 99
            1s     accept 1
            2s     gap
            20s    wait
            21s    quote 99.99 100.01
            """, pit(), notices: [protected])
    }

    @Test func `a session that was restored goes on with the stop that stands, and enters nothing`() throws {
        // The only market of the pit.
        let market = MarketID(0)
        let pit = try Pit(
            StopLoss.self, base: 2,
            found: [
                .stopMarket(.sell, Quantity(1), when: Price(98), in: market),
                .limit(.buy, Quantity(1), at: Price(90), in: market),
            ], holding: Quantity(2)
        ) {
            $0.entryQuantity = Quantity(1)
        }
        let tape = """
            0s     wait                 | cancel #2, modify #1: #3 sell 2 when 99
            1s     cancelled 2
            2s     quote 100.99 101.01
            """
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.notices == [])
        let settled = try pit.play("3s accept 3\n4s cancelled 1")
        #expect(settled == "3s accept 3\n4s cancelled 1")
        #expect(pit.openOrders == 1)
    }
}
