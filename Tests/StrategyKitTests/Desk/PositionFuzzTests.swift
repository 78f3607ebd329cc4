import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing

/// Positions against a model that counts in whole ticks and lots, with exact fractions for the average.
struct PositionFuzzTests {
    /// Ticks of 0.01 and lots of 0.001: their product is 10^7 raw units of a notional.
    private static let tick = try! Price("0.01")
    private static let lot = try! Quantity("0.001")
    private static let unit: Int128 = 10_000_000

    /// The same position in integers.
    private struct Model {
        var lots = 0
        var cash: Int128 = 0
        var spread: Int128 = 0
        var inventory: Int128 = 0
        var fees: Int128 = 0
        /// The cost of what is open: a fraction.
        var cost: Int128 = 0
        var costOver: Int128 = 1
        /// Averages that were rounded since the position was last flat.
        var roundings = 0

        mutating func book(_ change: Int, at price: Int, mid: Int, fee: Int128) {
            let before = lots
            let paid = Int128(change) * Int128(price)
            lots += change
            cash -= paid
            spread += Int128(mid - price) * Int128(change)
            fees += fee
            if before == 0 || (before < 0) == (change < 0) {
                cost += paid * costOver
            } else if lots == 0 {
                (cost, costOver, roundings) = (0, 1, 0)
            } else if (lots < 0) == (before < 0) {
                cost *= Int128(lots)
                costOver *= Int128(before)
                roundings += 1
            } else {
                (cost, costOver, roundings) = (Int128(lots) * Int128(price), 1, 1)
            }
            reduce()
        }

        private mutating func reduce() {
            var (a, b) = (cost.magnitude, costOver.magnitude)
            while b != 0 { (a, b) = (b, a % b) }
            guard a > 1 else { return }
            cost /= Int128(a)
            costOver /= Int128(a)
        }
    }

    @Test func `random fills give the books that exact fractions give`() throws {
        let first = FuzzSettings.seed(41)
        for seed in first..<first + UInt64(max(1, FuzzSettings.cases(20_000) / 100)) {
            var random = SeededRandom(seed: seed)
            var position = Position()
            var model = Model()
            var mid = 10_000
            for _ in 0..<100 {
                let next = max(100, mid + random.below(201) - 100)
                model.inventory += Int128(model.lots) * Int128(next - mid)
                mid = next
                // A fraction that grows too long is cut by going flat.
                let isLong = model.costOver.magnitude > 1 << 50 || random.chance(0.1)
                let change =
                    isLong && model.lots != 0
                    ? -model.lots : [-1, 1][random.below(2)] * (1 + random.below(30))
                let price = max(1, mid + random.below(41) - 20)
                let fee = Int128(random.below(1_000) - 300)
                try book(change, price, mid, fee, &position)
                model.book(change, at: price, mid: mid, fee: fee)
                try compare(position, model, mid, seed)
            }
        }
    }

    private func book(_ change: Int, _ price: Int, _ mid: Int, _ fee: Int128, _ position: inout Position)
        throws
    {
        let quantity = Self.lot * abs(change)
        let fill = Fill(
            market: MarketID(0), deal: DealID(1), order: .none, strategy: StrategyID(0),
            side: change > 0 ? .buy : .sell, liquidity: .taker, price: Self.tick * price, quantity: quantity,
            notional: try quantity.times(Self.tick * price, .towardZero), fee: .zero, feeAsset: AssetID(1),
            venueTime: .distantPast, receivedAt: .distantPast)
        try position.book(fill, mid: Self.tick * mid, feeValue: Notional(raw: fee * Self.unit))
    }

    private func compare(_ position: Position, _ model: Model, _ mid: Int, _ seed: UInt64) throws {
        #expect(position.quantity == Self.lot * model.lots, "seed \(seed)")
        #expect(position.cashFlow.raw == model.cash * Self.unit, "seed \(seed)")
        #expect(position.spread.raw == model.spread * Self.unit, "seed \(seed)")
        #expect(position.fees.raw == model.fees * Self.unit, "seed \(seed)")
        let profit = try position.profit(at: Self.tick * mid)
        #expect(profit.raw == (model.spread + model.inventory - model.fees) * Self.unit, "seed \(seed)")
        // Each rounded average is off by half a raw unit per whole base unit held, of which there are few.
        let difference = position.openCost.raw * model.costOver - model.cost * Self.unit
        let allowed = Int128(3 * model.roundings + 1) * Int128(model.costOver.magnitude)
        #expect(difference.magnitude <= allowed.magnitude, "seed \(seed)")
    }
}
