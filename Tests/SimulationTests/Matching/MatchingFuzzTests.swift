import MarketModel
import Quantities
import Simulation
import TestSupport
import Testing

/// Random actions on both implementations, with a ledger of every order beside them.
struct MatchingFuzzTests {
    /// What is known of the living orders from the answers alone.
    private struct Ledger {
        var living: [MatchOrder] = []
        var submitted = Quantity.zero
        var traded = Quantity.zero
        var dropped = Quantity.zero

        /// Books an answer; says what is wrong with it.
        mutating func book(_ action: BookAction, _ answer: BookPair.Answer) -> String? {
            switch action {
            case .submit(let order):
                return bookSubmission(order, answer)
            case .cancel(let id):
                let index = living.firstIndex { $0.id == id }
                guard index.map({ living[$0].quantity }) == answer.cancelled else {
                    return "the cancel returned what did not remain"
                }
                if let index { dropped += living.remove(at: index).quantity }
            case .reduce(let id, let quantity):
                if answer.refusal == nil {
                    guard let index = living.firstIndex(where: { $0.id == id }) else {
                        return "reduced an order that does not live"
                    }
                    dropped += living[index].quantity - quantity
                    living[index].quantity = quantity
                }
            }
            return nil
        }

        private mutating func bookSubmission(_ order: MatchOrder, _ answer: BookPair.Answer) -> String? {
            guard let submission = answer.submission else { return "no answer" }
            if case .refused = submission {
                return answer.matches.isEmpty && answer.depth.isEmpty ? nil : "a refusal left traces"
            }
            submitted += order.quantity
            var remaining = order.quantity
            for match in answer.matches {
                guard let index = firstInLine(order.side.opposite) else { return "nobody to trade with" }
                let maker = living[index]
                guard maker.id == match.maker, maker.limit == match.price,
                    maker.owner == match.makerOwner, match.quantity == min(remaining, maker.quantity)
                else { return "\(maker) was first in line, not \(match)" }
                guard match.taker == order.id, match.aggressor == order.side else { return "wrong taker" }
                remaining -= match.quantity
                traded += match.quantity
                living[index].quantity -= match.quantity
                if living[index].quantity.isZero { living.remove(at: index) }
            }
            return bookRest(order, submission, remaining)
        }

        private mutating func bookRest(
            _ order: MatchOrder, _ submission: Submission, _ remaining: Quantity
        ) -> String? {
            switch submission {
            case .filled: return remaining.isZero ? nil : "filled with a remainder"
            case .rested(let rest):
                var resting = order
                resting.quantity = rest
                living.append(resting)
                return rest == remaining && rest.isPositive ? nil : "wrong remainder rests"
            case .cancelled(let rest):
                dropped += rest
                return rest == remaining && rest.isPositive ? nil : "wrong remainder dropped"
            case .refused: return nil
            }
        }

        /// The living order with the best price; the oldest, because the list is by age.
        private func firstInLine(_ side: Side) -> Int? {
            var found: Int?
            for index in living.indices where living[index].side == side {
                guard let best = found, let old = living[best].limit, let new = living[index].limit
                else {
                    found = index
                    continue
                }
                if side == .buy ? new > old : new < old { found = index }
            }
            return found
        }

        /// Submitted is what rests, twice what traded less what takers brought, and what was dropped.
        var isBalanced: Bool {
            var resting = Quantity.zero
            for order in living { resting += order.quantity }
            return submitted == resting + traded + traded + dropped
        }
    }

    /// How wide and how full the books of a run are.
    private struct Shape {
        var prices: Int
        var quantities: Int
        var restingMax: Int
    }

    private static func action(
        _ random: inout SeededRandom, id: UInt64, _ shape: Shape, _ living: [MatchOrder]
    ) -> BookAction {
        let isFull = living.count >= shape.restingMax
        if isFull || random.chance(0.3) {
            let target =
                living.isEmpty || random.chance(0.05)
                ? id : living[random.below(living.count)].id
            if random.chance(0.2) { return .reduce(target, Quantity(random.below(shape.quantities))) }
            return .cancel(target)
        }
        let side: Side = random.chance(0.5) ? .buy : .sell
        // Bids reach down from the upper part of the prices, asks up from the lower: they overlap.
        let distance = min(random.below(shape.prices), random.below(shape.prices))
        let price = side == .buy ? 1 + shape.prices * 3 / 5 - distance : 1 + shape.prices * 2 / 5 + distance
        var duration = OrderDuration.goodTillCancelled
        if random.chance(0.3) { duration = OrderDuration.allCases[random.below(4)] }
        return .submit(
            MatchOrder(
                id: id, owner: UInt32(random.below(3)), side: side,
                limit: random.chance(0.05) ? nil : Price(price),
                quantity: Quantity(random.below(shape.quantities) + (random.chance(0.01) ? 0 : 1)),
                duration: duration, isHidden: random.chance(0.2)))
    }

    @Test func `random actions: no difference, nothing lost, nobody overtaken`() {
        let seed = FuzzSettings.seed(20_240_611)
        let cases = FuzzSettings.cases(200_000)
        var random = SeededRandom(seed: seed)
        let shapes = [
            Shape(prices: 4, quantities: 3, restingMax: 8),
            Shape(prices: 10, quantities: 5, restingMax: 16),
            Shape(prices: 60, quantities: 9, restingMax: 30),
        ]
        var done = 0
        var trades = 0
        var id: UInt64 = 0
        while done < cases {
            let shape = shapes[random.below(shapes.count)]
            var books = BookPair()
            var ledger = Ledger()
            let end = min(cases, done + 1 + random.below(2_000))
            while done < end {
                done += 1
                id += 1
                let action = Self.action(&random, id: id, shape, ledger.living)
                let (answer, fault) = books.take(action)
                trades += answer.matches.count
                if let fault = fault ?? ledger.book(action, answer)
                    ?? (ledger.isBalanced ? nil : "quantity was lost or made")
                {
                    Issue.record("seed \(seed), case \(done), \(action): \(fault)")
                    return
                }
            }
        }
        #expect(trades > cases / 10, "the actions hardly trade: seed \(seed)")
    }
}
