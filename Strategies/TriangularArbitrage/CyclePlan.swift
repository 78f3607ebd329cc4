import MarketModel
import Quantities
import StrategyKit

/// What a cycle would do at the quotes of this moment, to the last unit, if all its legs filled.
///
/// Money is exact and rounded against us: what is paid is rounded up, what is received down, fees up; quantities are
/// whole lots, rounded down. What no whole lot is left of counts for nothing.
struct CyclePlan: Equatable, Sendable {
    let direction: Triangle.Direction
    /// The quantity of the first leg.
    let quantity: Quantity
    /// The limits of the three legs: the prices that they were planned at.
    let limits: [Price]
    /// What the first leg costs, in the home asset; its fee counts in what it brings.
    let cost: Notional
    /// What the last leg brings, fee taken off.
    let proceeds: Notional

    var gain: Notional { proceeds - cost }

    /// Whether it gains at least so much of its cost.
    func reaches(_ edge: FeeRate) throws(ArithmeticError) -> Bool {
        let wanted = try cost.times(edge, .up)
        return gain.isPositive && gain >= wanted
    }

    /// The plan for at most a quantity of the outer asset; nil when there is no room for the least order of a leg.
    ///
    /// It takes no more of a quote than is shown there.
    init?(
        _ direction: Triangle.Direction, _ triangle: Triangle, most: Quantity, inner: Quote, outer: Quote,
        cross: Quote
    ) throws(ArithmeticError) {
        self.direction = direction
        switch direction {
        case .outward:
            // What the inner market takes bounds what the cross market may bring.
            let room = try Notional(Amount(inner.bidSize)).divided(by: cross.bid, .down)
            let wanted = min(min(most, room), min(outer.askSize, cross.bidSize))
            guard let bought = Self.order(wanted, at: outer.ask, in: triangle.outer) else { return nil }
            let held = try Self.net(bought, triangle.outer)
            guard let sold = Self.order(held, at: cross.bid, in: triangle.cross) else { return nil }
            let brought = try Self.received(sold, at: cross.bid, triangle.cross)
            guard let left = Self.order(Quantity(Amount(brought)), at: inner.bid, in: triangle.inner)
            else { return nil }
            quantity = bought
            limits = [outer.ask, cross.bid, inner.bid]
            cost = try bought.times(outer.ask, .up)
            proceeds = try Self.received(left, at: inner.bid, triangle.inner)
        case .inward:
            let wanted = min(min(most, cross.askSize), outer.bidSize)
            let paid = Quantity(Amount(try wanted.times(cross.ask, .up)))
            guard let bought = Self.order(min(paid, inner.askSize), at: inner.ask, in: triangle.inner)
            else { return nil }
            let held = try Self.net(bought, triangle.inner)
            let exchanged = min(try Notional(Amount(held)).divided(by: cross.ask, .down), wanted)
            guard let crossed = Self.order(exchanged, at: cross.ask, in: triangle.cross) else { return nil }
            let got = try Self.net(crossed, triangle.cross)
            guard let sold = Self.order(got, at: outer.bid, in: triangle.outer) else { return nil }
            quantity = bought
            limits = [inner.ask, cross.ask, outer.bid]
            cost = try bought.times(inner.ask, .up)
            proceeds = try Self.received(sold, at: outer.bid, triangle.outer)
        }
    }

    /// Whole lots of a quantity that the market takes at a price; nil where it takes none.
    static func order(_ quantity: Quantity, at price: Price, in market: Market) -> Quantity? {
        let lots = quantity.rounded(to: market.rules.lot, .down)
        guard lots.isPositive, lots >= market.rules.minimumQuantity,
            let value = try? lots.times(price, .down), value >= market.rules.minimumNotional
        else { return nil }
        return lots
    }

    /// What is left of what was bought, wherever the venue takes the fee.
    private static func net(_ bought: Quantity, _ market: Market) throws(ArithmeticError) -> Quantity {
        try bought - bought.times(max(market.rules.takerFee, .zero), .up)
    }

    private static func received(
        _ sold: Quantity, at price: Price, _ market: Market
    ) throws(ArithmeticError) -> Notional {
        let value = try sold.times(price, .down)
        return try value - value.times(max(market.rules.takerFee, .zero), .up)
    }
}
