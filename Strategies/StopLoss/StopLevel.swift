import MarketModel
import Quantities

/// Where the stop belongs, for a position on one side of the market.
///
/// A touch is the price at which the position could be closed: the best bid for a long one, the best ask for a
/// short one. Levels are rounded to the tick on the near side, so that a stop never stands farther off
/// than was asked for.
struct StopLevel: Sendable {
    let kind: StopLoss.StopKind
    let isLong: Bool
    let tick: Price
    /// The level of a fixed stop.
    let fixed: Price
    /// The distance as a share of the reference.
    let distance: Double
    /// How far a trailing stop has to move before it is moved, as a share of the best touch.
    let step: Double
    /// The best touch since the position is protected; zero before the first.
    private(set) var best = Price.zero

    init(_ parameters: StopLoss.Parameters, isLong: Bool, tick: Price) {
        kind = parameters.stop
        self.isLong = isLong
        self.tick = tick
        fixed = parameters.stopPrice
        distance = parameters.stopDistance / 10_000
        step = parameters.trailStep / 10_000
    }

    /// Whether a price is at the level or beyond it.
    func isReached(_ level: Price, by price: Price) -> Bool { isLong ? price <= level : price >= level }

    /// Whether `a` is nearer to the market than `b`.
    func isTighter(_ a: Price, than b: Price) -> Bool { isLong ? a > b : a < b }

    /// The best touch follows the market one way only.
    mutating func follow(_ touch: Price) {
        if best.isZero || isTighter(touch, than: best) { best = touch }
    }

    /// The level for a position whose price of reference is this; nil when there is no such price.
    func level(reference: Price?) -> Price? {
        switch kind {
        case .fixed: return fixed
        case .percent: return reference.flatMap { away(from: $0, by: distance) }
        case .trailing: return best.isPositive ? away(from: best, by: distance) : nil
        }
    }

    /// Where the stop belongs that stands at `placed`: there, unless it has to move.
    func renewed(_ placed: Price, reference: Price?) -> Price {
        guard let level = level(reference: reference) else { return placed }
        switch kind {
        case .fixed, .percent: return level
        case .trailing:
            guard let least = away(from: level, by: step) else { return placed }
            return isTighter(least, than: placed) ? level : placed
        }
    }

    /// The touch from which on a stop that stands at `placed` has to be looked at again.
    func nextTouch(_ placed: Price) -> Price {
        let unreachable = isLong ? Price(raw: .max) : Price.zero
        switch kind {
        case .fixed, .percent: return unreachable
        case .trailing:
            let share = isLong ? (1 + step) / (1 - distance) : (1 - step) / (1 + distance)
            return Price(signal: Double(placed) * share, step: tick, isLong ? .down : .up) ?? unreachable
        }
    }

    /// A price that is worse than `price` by a share of it, but never by more.
    func away(from price: Price, by share: Double) -> Price? {
        guard let far = Price(signal: Double(price) * share, step: Price(raw: 1), .down) else { return nil }
        let level = isLong ? (price - far).rounded(to: tick, .up) : (price + far).rounded(to: tick, .down)
        return level.isPositive ? level : nil
    }

    /// A price that is better than `price` by a share of it, and never by less.
    func toward(_ price: Price, by share: Double) -> Price? {
        guard let far = Price(signal: Double(price) * share, step: Price(raw: 1), .up) else { return nil }
        let level = isLong ? (price + far).rounded(to: tick, .up) : (price - far).rounded(to: tick, .down)
        return level.isPositive ? level : nil
    }
}
