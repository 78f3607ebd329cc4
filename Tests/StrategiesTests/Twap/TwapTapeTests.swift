import Quantities
import StrategyKit
import Testing
import TwapStrategy

/// Four slices of 0.3 in 40 seconds: half of each rests, the other half crosses.
@Suite struct TwapTapeTests {
    private func pit(_ change: (inout Twap.Parameters) -> Void = { _ in }) throws -> Pit<Twap> {
        let quantity = try Quantity("1.2")
        return try Pit(Twap.self) { parameters in
            parameters.quantity = quantity
            parameters.duration = .seconds(40)
            parameters.slice = .seconds(10)
            parameters.jitter = 0
            parameters.participation = 0
            parameters.restShare = 0.5
            parameters.slippage = 0
            change(&parameters)
        }
    }

    @Test func `a slice rests at the touch, then crosses what the schedule lacks`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            2s      fill 1 0.1
            5s      wait                | cancel #1
            5100ms  cancelled 1         | #2 buy 0.2 @ 100.02 immediateOrCancel
            5200ms  fill 2 0.2
            9s      quote 99.98 100.02
            10s     wait                | #3 buy 0.3 @ 99.98 makerOnly
            """
        let pit = try pit()
        #expect(try pit.play(tape) == tape)
        #expect(pit.position == (try Quantity("0.3")))
    }

    @Test func `a sale goes the other way`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 sell 0.3 @ 100.02 makerOnly
            100ms   accept 1
            5s      wait                | cancel #1
            5100ms  cancelled 1         | #2 sell 0.3 @ 99.97 immediateOrCancel
            """
        let pit = try pit {
            $0.side = .sell
            $0.slippage = 1.5
        }
        #expect(try pit.play(tape) == tape)
    }

    @Test func `a resting order follows the touch that went away, after its pause`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            500ms   quote 99.97 100.02
            700ms   quote 99.99 100.02
            1s      wait                | cancel #1
            1100ms  cancelled 1         | #2 buy 0.3 @ 99.99 makerOnly
            """
        #expect(try pit().play(tape) == tape)
    }

    @Test func `an order of unknown fate counts in full and blocks the next until evidence comes`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            1s      lose 1
            2s      wait                | ask #1
            5s      wait                | ask #1
            9s      quote 99.98 100.02  | ask #1
            10s     wait
            12s     fill 1 0.3
            12100ms quote 99.98 100.03  | #2 buy 0.3 @ 99.98 makerOnly
            """
        let pit = try pit()
        #expect(try pit.play(tape).contains("12100ms"))
        #expect(pit.openOrders == 1)
        #expect(pit.position == (try Quantity("0.3")))
    }

    @Test func `what a slice missed is made up for, at most as many even slices as allowed`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   refuse 1 other
            9s      quote 99.98 100.02
            18s     quote 99.98 100.02
            20100ms wait                | #2 buy 0.6 @ 99.98 makerOnly
            """
        let outcome = try pit {
            $0.sliceMultiple = 2
            $0.refusalPause = .seconds(20)
        }.play(tape)
        #expect(outcome == tape)
    }

    @Test func `less than the minimum is carried over to the next slice`() throws {
        let tape = """
            0s      quote 99.98 100.02
            10s     quote 99.98 100.02  | #1 buy 0.12 @ 99.98 makerOnly
            10100ms accept 1
            10200ms fill 1 0.12
            20s     quote 99.98 100.02
            30s     quote 99.98 100.02  | #2 buy 0.12 @ 99.98 makerOnly
            """
        let quantity = try Quantity("0.24")
        #expect(try pit { $0.quantity = quantity }.play(tape) == tape)
    }

    @Test func `a rest that no order could be for goes with the last one`() throws {
        // Three even slices of 0.083, of which two make an order of 0.166 and leave 0.084: too little.
        let tape = """
            0s      quote 99.98 100.02
            10s     quote 99.98 100.02  | #1 buy 0.15 @ 99.98 makerOnly
            10100ms fill 1 0.15
            20s     quote 99.98 100.02  | #2 buy 0.1 @ 99.98 makerOnly
            """
        let quantity = try Quantity("0.25")
        let outcome = try pit {
            $0.quantity = quantity
            $0.duration = .seconds(30)
        }.play(tape)
        #expect(outcome == tape)
    }

    @Test func `no price is worse than the limit, and what the limit forbids to cross rests on`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.95 makerOnly
            100ms   accept 1
            5s      wait
            6s      quote 99.90 99.94   | cancel #1
            6100ms  cancelled 1         | #2 buy 0.3 @ 99.95 immediateOrCancel
            """
        let limit = try Price("99.95")
        let outcome = try pit {
            $0.limitPrice = limit
            $0.slippage = 10
        }.play(tape)
        #expect(outcome == tape)
    }

    @Test func `own fills and the living order stay within the share of what was traded`() throws {
        let tape = """
            0s      quote 99.98 100.02
            1s      trade 100           | #1 buy 0.2 @ 99.98 makerOnly
            1100ms  accept 1
            2s      fill 1 0.2
            2500ms  quote 99.98 100.02
            3s      trade 100           | #2 buy 0.1 @ 99.98 makerOnly
            """
        let outcome = try pit {
            $0.participation = 0.2
            $0.participationWindow = .seconds(60)
        }.play(tape)
        #expect(outcome == tape)
    }

    @Test func `a resting order that exceeds its share when trades grow old is cancelled`() throws {
        let tape = """
            0s      quote 99.98 100.02
            1s      trade 100           | #1 buy 0.3 @ 99.98 makerOnly
            1100ms  accept 1
            3s      quote 99.98 100.02
            4s      wait                | cancel #1
            """
        let outcome = try pit {
            $0.participation = 0.5
            $0.participationWindow = .seconds(3)
        }.play(tape)
        #expect(outcome == tape)
    }

    @Test func `a refused order is told once and tried again after the pause`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   refuse 1 noBalance
            1s      quote 99.97 100.02
            2100ms  wait                | #2 buy 0.3 @ 99.97 makerOnly
            2200ms  refuse 2 noBalance
            4200ms  wait                | #3 buy 0.3 @ 99.97 makerOnly
            """
        let pit = try pit { $0.refusalPause = .seconds(2) }
        #expect(try pit.play(tape) == tape)
        #expect(pit.notices == ["order refused: venue: balance does not cover it"])
    }

    @Test func `a cancel that the venue refuses is tried again after the pause`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            5s      wait                | cancel #1
            5100ms  keep 1
            6s      quote 99.98 100.02
            7100ms  wait                | cancel #1
            """
        #expect(try pit { $0.refusalPause = .seconds(2) }.play(tape) == tape)
    }
}
