import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing

/// The heap against a sorted list.
struct AlarmHeapFuzzTests {
    private struct Pending: Comparable {
        var deadline: Instant
        var sequence: UInt64
        static func < (a: Pending, b: Pending) -> Bool {
            (a.deadline, a.sequence) < (b.deadline, b.sequence)
        }
    }

    @Test func `alarms that are set, cancelled and due come up as in a sorted list`() {
        var random = SeededRandom(seed: FuzzSettings.seed(42))
        for _ in 0..<max(1, FuzzSettings.cases(20_000) / 400) {
            var heap = AlarmHeap()
            var model: [Pending] = []
            var now = Instant(nanoseconds: 0)
            for _ in 0..<400 {
                switch random.below(4) {
                case 0, 1:
                    let deadline = now + .nanoseconds(Int64(random.below(50)))
                    let id = heap.set(deadline, tag: 0, strategy: StrategyID(0))
                    model.append(Pending(deadline: deadline, sequence: id?.sequence ?? 0))
                    model.sort()
                case 2:
                    let known = model.isEmpty ? 0 : model[random.below(model.count)].sequence
                    let sequence = random.chance(0.8) ? known : UInt64(random.below(500))
                    let isPending = model.contains { $0.sequence == sequence }
                    #expect(heap.cancel(AlarmID(sequence: sequence), of: StrategyID(0)) == isPending)
                    model.removeAll { $0.sequence == sequence }
                default:
                    now = now + .nanoseconds(Int64(random.below(20)))
                    while let entry = heap.popDue(at: now) {
                        #expect(entry.alarm.id.sequence == model.first?.sequence)
                        model.removeFirst()
                    }
                    #expect(model.allSatisfy { $0.deadline > now })
                }
                #expect(heap.next == model.first?.deadline ?? .distantFuture)
            }
        }
    }
}
