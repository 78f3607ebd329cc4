import Quantities
import StrategyKit
import Testing
import TwapStrategy

/// Two slices of 0.3 in 20 seconds, maker only: what pauses, ends and restarts do.
@Suite struct TwapTimeTests {
    private func pit(_ change: (inout Twap.Parameters) -> Void = { _ in }) throws -> Pit<Twap> {
        let quantity = try Quantity("0.6")
        return try Pit(Twap.self) { parameters in
            parameters.quantity = quantity
            parameters.duration = .seconds(20)
            parameters.slice = .seconds(10)
            parameters.jitter = 0
            parameters.participation = 0
            parameters.restShare = 1
            parameters.slippage = 0
            change(&parameters)
        }
    }

    @Test func `nothing rests while the book cannot be read, and the schedule catches up`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            2s      gap                 | cancel #1
            2100ms  cancelled 1
            12s     wait
            13s     quote 99.98 100.02  | #2 buy 0.6 @ 99.98 makerOnly
            """
        #expect(try pit().play(tape) == tape)
    }

    @Test func `the schedule of a pause can be put off instead`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            2s      gap                 | cancel #1
            2100ms  cancelled 1
            12s     wait
            13s     quote 99.98 100.02  | #2 buy 0.3 @ 99.98 makerOnly
            13100ms fill 2 0.3
            20900ms quote 99.98 100.02
            21s     wait                | #3 buy 0.3 @ 99.98 makerOnly
            """
        #expect(try pit { $0.afterPause = .shift }.play(tape) == tape)
    }

    @Test func `a silent market is one that cannot be read`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            10001ms wait                | cancel #1
            """
        #expect(try pit { $0.slice = .seconds(20) }.play(tape).contains("cancel #1"))
    }

    @Test func `at the end a remainder is left, and the strategy says what came of it`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            2s      fill 1 0.2
            9s      quote 99.98 100.02
            10s     wait                | cancel #1
            10100ms cancelled 1         | #2 buy 0.4 @ 99.98 makerOnly
            10200ms accept 2
            19s     quote 100.08 100.12 | cancel #2
            19100ms cancelled 2         | #3 buy 0.4 @ 100.08 makerOnly
            19200ms accept 3
            20s     wait                | cancel #3
            20100ms cancelled 3
            21s     quote 99.98 100.02
            """
        let pit = try pit()
        #expect(try pit.play(tape) == tape)
        let end =
            "bought 0.2 of 0.6 at 99.98, 100 % as maker; cost in bp, fees apart: arrival -2.00, "
            + "TWAP -2.55; 0.4 left, the market went +10.00 bp away"
        #expect(pit.status == .finished(end))
    }

    @Test func `at the end a remainder can be crossed`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.6 @ 99.98 makerOnly
            100ms   accept 1
            2s      fill 1 0.2
            9s      quote 99.98 100.02
            19s     quote 99.98 100.02
            20s     wait                | cancel #1
            20100ms cancelled 1         | #2 buy 0.4 @ 100.02 immediateOrCancel
            20200ms fill 2 0.1
            20300ms cancelled 2
            20550ms wait                | #3 buy 0.3 @ 100.02 immediateOrCancel
            20600ms fill 3 0.3
            """
        let pit = try pit {
            $0.slice = .seconds(20)
            $0.atEnd = .cross
        }
        #expect(try pit.play(tape) == tape)
        #expect(pit.openOrders == 0)
        #expect(!pit.status.isRunning)
    }

    @Test func `what is left after crossing at the end is given up after a slice`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   refuse 1 other
            9s      quote 99.98 100.02
            19s     quote 99.98 100.02
            29s     quote 99.98 100.02
            """
        let pit = try pit {
            $0.atEnd = .cross
            $0.refusalPause = .minutes(1)
        }
        #expect(try pit.play(tape) == tape)
        #expect(pit.status == .running)
        #expect(try pit.play("30s wait") == "30s wait")
        #expect(pit.status == .finished("bought 0 of 0.6; 0.6 left, the market went +0.00 bp away"))
    }

    @Test func `a parent order that is done stops at once`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.6 @ 99.98 makerOnly
            100ms   accept 1
            2s      fill 1 0.6
            3s      quote 99.90 99.94
            """
        let quantity = try Quantity("0.6")
        let pit = try pit {
            $0.quantity = quantity
            $0.slice = .seconds(20)
        }
        #expect(try pit.play(tape) == tape)
        let end =
            "bought 0.6 of 0.6 at 99.98, 100 % as maker; cost in bp, fees apart: arrival -2.00, "
            + "TWAP -2.00"
        #expect(pit.status == .finished(end))
    }

    @Test func `a run that ends early says how far it came`() throws {
        let tape = """
            0s      quote 99.98 100.02  | #1 buy 0.3 @ 99.98 makerOnly
            100ms   accept 1
            2s      stop                | cancel #1
            """
        let pit = try pit()
        #expect(try pit.play(tape) == tape)
        #expect(pit.notices == ["ended early: bought 0 of 0.6; 0.6 left, the market went +0.00 bp away"])
    }
}
