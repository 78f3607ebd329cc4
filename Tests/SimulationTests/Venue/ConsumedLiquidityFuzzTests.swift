import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Simulation

/// The table of taken liquidity against a list that is searched from end to end.
struct ConsumedLiquidityFuzzTests {
    private struct NaiveList {
        struct Entry {
            var side: Side
            var price: Price
            var taken: Quantity
            var shown: Quantity
        }

        var entries: [Entry] = []

        /// What is left of a level; forgets what was taken when the level shows another size.
        mutating func available(_ side: Side, _ price: Price, shown: Quantity) -> Quantity {
            guard let index = entries.firstIndex(where: { $0.side == side && $0.price == price }) else {
                return shown
            }
            if entries[index].shown == shown { return max(.zero, shown - entries[index].taken) }
            entries.remove(at: index)
            return shown
        }

        mutating func take(
            upTo quantity: Quantity, _ side: Side, _ price: Price, shown: Quantity
        ) -> Quantity {
            let taken = min(quantity, available(side, price, shown: shown))
            guard taken.isPositive else { return .zero }
            if let index = entries.firstIndex(where: { $0.side == side && $0.price == price }) {
                entries[index].taken += taken
            } else {
                if entries.count == ConsumedLiquidity.entriesMax { entries.removeFirst() }
                entries.append(Entry(side: side, price: price, taken: taken, shown: shown))
            }
            return taken
        }
    }

    @Test func `it remembers and forgets as a plain list does`() {
        var random = SeededRandom(seed: FuzzSettings.seed(19))
        var table = ConsumedLiquidity()
        var list = NaiveList()
        for _ in 0..<max(20_000, FuzzSettings.cases(20_000)) {
            let side = random.chance(0.5) ? Side.buy : .sell
            // More levels than are remembered, and few sizes, so that all cases occur.
            let price = Price(100 + random.below(60))
            let shown = Quantity(random.below(4))
            if random.chance(0.4) {
                let left = table.available(side, price, shown: shown)
                #expect(left == list.available(side, price, shown: shown))
            } else {
                let quantity = Quantity(1 + random.below(3))
                let taken = table.take(upTo: quantity, side, price, shown: shown)
                #expect(taken == list.take(upTo: quantity, side, price, shown: shown))
            }
        }
    }
}
