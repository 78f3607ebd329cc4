import MarketModel
import Quantities
import TestSupport
import Testing

/// Random events on the book and on a dictionary that does the same without any order.
struct OrderBookFuzzTests {
    /// The rules of the book in the fewest words.
    private struct Model {
        var state = OrderBook.State.empty
        var bids: [Price: Quantity] = [:]
        var asks: [Price: Quantity] = [:]
        var sequence: UInt64 = 0

        mutating func reset(_ reset: BookReset) {
            sequence = reset.sequence
            if reset.reason == .snapshot {
                bids = [:]
                asks = [:]
                state = .filling
            } else if state != .empty {
                state = .suspect
            }
        }

        mutating func apply(_ change: LevelChange) -> OrderBook.Outcome {
            if state == .empty || state == .suspect { return .ignored }
            let quantity = change.quantity.isZero ? nil : change.quantity
            switch change.side {
            case .buy: bids[change.price] = quantity
            case .sell: asks[change.price] = quantity
            }
            if !change.isLast { return .partial }
            sequence = change.sequence
            if let bid = bids.keys.max(), let ask = asks.keys.min(), bid >= ask {
                state = .suspect
                return .crossed
            }
            state = .live
            return .updated
        }

        /// What differs; all levels are compared where `isThorough`.
        func difference(_ book: OrderBook, isThorough: Bool) -> String? {
            if book.state != state || book.sequence != sequence { return "\(book.state), not \(state)" }
            if book.bids.count != bids.count || book.asks.count != asks.count { return "the counts" }
            if !isThorough { return nil }
            let sortedBids = bids.keys.sorted(by: >)
            let sortedAsks = asks.keys.sorted(by: <)
            let isSame =
                sortedBids.indices.allSatisfy {
                    book.bids[$0].price == sortedBids[$0] && book.bids[$0].quantity == bids[sortedBids[$0]]
                }
                && sortedAsks.indices.allSatisfy {
                    book.asks[$0].price == sortedAsks[$0] && book.asks[$0].quantity == asks[sortedAsks[$0]]
                }
            return isSame ? nil : "the levels"
        }
    }

    private static func reset(_ reason: BookReset.Reason, _ sequence: UInt64) -> BookReset {
        BookReset(
            market: MarketID(0), reason: reason, sequence: sequence, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    /// A change near a middle price that wanders; one in a few hundred is on the wrong side of it.
    private static func change(
        _ random: inout SeededRandom, middle: Int, _ sequence: UInt64
    ) -> LevelChange {
        let side: Side = random.chance(0.5) ? .buy : .sell
        let distance = min(random.below(30), random.below(30)) + (random.chance(0.003) ? -20 : 1)
        return LevelChange(
            market: MarketID(0), side: side, isLast: random.chance(0.4),
            price: Price(side == .buy ? middle - distance : middle + distance),
            quantity: Quantity(max(0, random.below(9) - 3)), sequence: sequence, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    @Test func `random snapshots, changes and resets: no difference to a dictionary`() {
        let seed = FuzzSettings.seed(8_001)
        let cases = FuzzSettings.cases(500_000)
        var random = SeededRandom(seed: seed)
        var book = OrderBook()
        var model = Model()
        var middle = 1_000
        var outcomes: [OrderBook.Outcome: Int] = [:]
        for step in 1...cases {
            let sequence = UInt64(step)
            let isLost = model.state == .suspect || model.state == .empty
            if random.chance(isLost ? 0.2 : 0.000_5) {
                let reasons = BookReset.Reason.allCases
                let reset = Self.reset(
                    random.chance(0.5) ? .snapshot : reasons[random.below(reasons.count)], sequence)
                book.reset(reset)
                model.reset(reset)
                middle = 1_000
            } else {
                if random.chance(0.01) { middle += random.below(3) - 1 }
                let change = Self.change(&random, middle: middle, sequence)
                let outcome = book.apply(change)
                outcomes[outcome, default: 0] += 1
                guard outcome == model.apply(change) else {
                    Issue.record("seed \(seed), step \(step): \(outcome) at \(change)")
                    return
                }
            }
            if let difference = model.difference(book, isThorough: random.chance(0.02)) {
                Issue.record("seed \(seed), step \(step): \(difference)")
                return
            }
        }
        #expect(outcomes[.updated, default: 0] > cases / 5)
        #expect(outcomes[.crossed, default: 0] > cases / 10_000)
        #expect(outcomes[.ignored, default: 0] > cases / 10_000)
    }

    @Test(arguments: Side.allCases)
    func `a side of hundreds of levels is found right from the best to the worst`(side: Side) {
        let seed = FuzzSettings.seed(8_002)
        let cases = FuzzSettings.cases(500_000) / 2
        var random = SeededRandom(seed: seed)
        var levels = BookSide(side)
        var model: [Price: Quantity] = [:]
        for step in 1...cases {
            let price = Price(1 + random.below(600))
            let quantity = Quantity(random.chance(0.5) ? 0 : 1 + random.below(5))
            levels.set(price, quantity)
            model[price] = quantity.isZero ? nil : quantity
            let probe = Price(random.below(602))
            guard levels.count == model.count,
                levels.quantity(at: price) == quantity,
                levels.quantity(at: probe) == model[probe] ?? .zero
            else {
                Issue.record("seed \(seed), step \(step): \(price) or \(probe) differ")
                return
            }
            if step % 5_000 == 0 {
                let sorted = model.keys.sorted { levels.side == .buy ? $0 > $1 : $0 < $1 }
                #expect((0..<levels.count).map { levels[$0].price } == sorted, "seed \(seed), step \(step)")
                #expect(levels.best?.price == sorted.first)
            }
        }
    }
}
