import MarketModel
import Quantities
import TestSupport
import Testing

struct SlabTests {
    /// Counts how many of its kind are alive.
    private final class Token {
        nonisolated(unsafe) static var alive = 0
        let number: Int

        init(_ number: Int) {
            self.number = number
            Self.alive += 1
        }

        deinit { Self.alive -= 1 }
    }

    @Test func `it holds what an array holds after the same changes`() {
        var random = SeededRandom(seed: FuzzSettings.seed(17))
        var slab = Slab<String>(capacity: 1)
        var model: [String] = []
        for step in 0..<FuzzSettings.cases(5_000) {
            let text = "the element of step \(step)"
            switch random.below(5) {
            case 0, 1:
                slab.append(text)
                model.append(text)
            case 2 where !model.isEmpty:
                let index = random.below(model.count)
                slab[index] = text
                model[index] = text
            case 3 where !model.isEmpty:
                let index = random.below(model.count)
                slab.remove(at: index)
                model.remove(at: index)
            case 4 where !model.isEmpty && random.chance(0.02):
                slab.removeAll()
                model.removeAll()
            default: continue
            }
            #expect(slab.elements == model)
        }
    }

    @Test func `every element that goes in is given back once`() {
        do {
            var slab = Slab<Token>(capacity: 2)
            for number in 0..<10 { slab.append(Token(number)) }
            #expect(Token.alive == 10)
            let last = slab.removeLast().number
            #expect(last == 9)
            slab.remove(at: 3)
            slab[0] = Token(10)
            #expect(Token.alive == 8)
            let numbers = slab.elements.map(\.number)
            #expect(numbers == [10, 1, 2, 4, 5, 6, 7, 8])
        }
        #expect(Token.alive == 0)
    }

    @Test func `an index behind the end stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let slab = Slab(repeating: 1, count: 3)
            print(slab[3])
        }
    }

    @Test func `a negative index stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var slab = Slab(repeating: 1, count: 3)
            slab[-1] = 2
        }
    }
}
