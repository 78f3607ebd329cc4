import Quantities
import TestSupport
import Testing
import VenueKit

struct FifoFuzzTests {
    @Test func `it gives back what it was given, in order, through many lives of its memory`() {
        var random = SeededRandom(seed: FuzzSettings.seed(13))
        var fifo = Fifo<Int>()
        var model: [Int] = []
        var next = 0
        for _ in 0..<max(20_000, FuzzSettings.cases(20_000)) {
            if random.chance(model.count > 600 ? 0.3 : 0.55) {
                fifo.append(next)
                model.append(next)
                next += 1
            } else if random.chance(0.5) {
                #expect(fifo.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            } else if !model.isEmpty {
                #expect(fifo.first == model.removeFirst())
                fifo.removeFirst()
            }
            #expect(fifo.count == model.count)
            #expect(fifo.isEmpty == model.isEmpty)
            if let last = model.last { #expect(fifo[model.count - 1] == last) }
        }
    }
}
