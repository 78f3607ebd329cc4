import Quantities
import Testing
import VenueKit

/// Dialogues with the machine: what is reported to it, and what it wants done.
struct ReconnectionTests {
    private var random = SeededRandom(seed: 5)
    private var machine = Reconnection()

    private func at(_ milliseconds: Int64) -> Instant { Instant(milliseconds: 1_000_000 + milliseconds) }

    /// The pause of a wait in milliseconds; nil for another action.
    private func pause(_ action: Reconnection.Action, from now: Instant) -> Double? {
        guard case .wait(let until) = action else { return nil }
        return (until - now).seconds * 1_000
    }

    @Test mutating func `pauses grow with failures, are jittered and bounded`() throws {
        #expect(machine.start() == .connect)
        var now = at(0)
        var bound = 250.0
        var pauses: [Double] = []
        for failure in 1...12 {
            let action = machine.ended(at: now, &random)
            let pause = try #require(self.pause(action, from: now))
            #expect(pause >= bound / 2 && pause <= bound, "failure \(failure): \(pause)")
            #expect(machine.failures == failure)
            pauses.append(pause / bound)
            bound = min(bound * 2, 30_000)
            guard case .wait(let until) = action else { return }
            #expect(machine.elapsed(at: until - .milliseconds(1)) == .wait(until: until))
            #expect(machine.elapsed(at: until) == .connect)
            now = until
        }
        #expect(Set(pauses).count == pauses.count, "no two shares of the bound are the same")
    }

    @Test mutating func `a steady connection forgives earlier failures, a short one does not`() throws {
        _ = machine.start()
        for _ in 0..<5 {
            guard case .wait(let until) = machine.ended(at: at(0), &random) else { return }
            _ = machine.elapsed(at: until)
        }
        #expect(machine.opened(at: at(0)) == .none)
        #expect(machine.isUp)
        let short = try #require(self.pause(machine.ended(at: at(29_000), &random), from: at(29_000)))
        #expect(short >= 4_000)
        _ = machine.elapsed(at: at(100_000))
        _ = machine.opened(at: at(100_000))
        let steady = try #require(self.pause(machine.ended(at: at(130_000), &random), from: at(130_000)))
        #expect(steady <= 250)
        #expect(machine.failures == 1)
    }

    @Test mutating func `the venue's own wish is kept`() throws {
        _ = machine.start()
        let pause = self.pause(machine.ended(at: at(0), pauseMin: .seconds(60), &random), from: at(0))
        #expect(pause == 60_000)
    }

    @Test mutating func `a connection that is not wanted is closed, however far it was`() {
        _ = machine.start()
        #expect(machine.stop() == .close)
        #expect(machine.opened(at: at(1)) == .close)
        #expect(machine.ended(at: at(2), &random) == .none)
        #expect(machine.start() == .connect)
        _ = machine.opened(at: at(3))
        #expect(machine.stop() == .close)
        #expect(machine.stop() == .none)
        #expect(machine.ended(at: at(4), &random) == .none)
        #expect(machine.elapsed(at: at(5)) == .none)
    }

    @Test mutating func `stopping while it waits needs no connection to end`() {
        _ = machine.start()
        _ = machine.ended(at: at(0), &random)
        #expect(machine.stop() == .none)
        #expect(machine.elapsed(at: at(60_000)) == .none)
        #expect(machine.start() == .connect)
    }

    @Test mutating func `wanted again before the end, it connects at once at the end`() {
        _ = machine.start()
        _ = machine.opened(at: at(0))
        #expect(machine.stop() == .close)
        #expect(machine.start() == .none)
        #expect(machine.ended(at: at(10), &random) == .connect)
    }

    @Test func `whatever is reported, it never connects twice at a time`() {
        for seed in UInt64(1)...200 {
            var random = SeededRandom(seed: seed)
            var machine = Reconnection()
            var (now, open, wanted) = (at(0), 0, false)
            for _ in 0..<200 {
                now = now + .milliseconds(Int64(random.below(20_000)))
                let action: Reconnection.Action
                switch random.below(5) {
                case 0:
                    action = machine.start()
                    wanted = true
                case 1:
                    action = machine.stop()
                    wanted = false
                case 2: action = open == 1 ? machine.opened(at: now) : .none
                case 3 where open == 1:
                    open = 0
                    action = machine.ended(at: now, &random)
                default: action = machine.elapsed(at: now)
                }
                if action == .connect {
                    open += 1
                    #expect(wanted, "seed \(seed)")
                }
                #expect(open <= 1, "seed \(seed)")
            }
        }
    }
}
