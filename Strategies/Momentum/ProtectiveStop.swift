import MarketModel
import Quantities

/// Where a position is given up: a level that trails behind the best price, and never goes back.
@usableFromInline
struct ProtectiveStop: Sendable {
    /// The side of the position; nil where there is none to protect.
    private(set) var side: Side?
    private(set) var level = Price.zero
    /// The best price since the position began.
    private var best = 0.0
    private let tick: Price

    /// A bid at or below this, or an ask at or above that, is beyond the level.
    @usableFromInline private(set) var floor = Price.zero
    @usableFromInline private(set) var ceiling = Price(raw: .max)

    init(tick: Price) { self.tick = tick }

    /// Protects a new position from a price on; false, and nothing is protected, where no level is a price.
    mutating func begin(_ side: Side, at price: Double, distance: Double) -> Bool {
        clear()
        guard let level = Self.level(side, from: price, distance, tick) else { return false }
        self.side = side
        best = price
        move(to: level)
        return true
    }

    /// Follows a candle; the level is moved when that brings it at least `step` closer.
    mutating func trail(high: Double, low: Double, distance: Double, step: Double) {
        guard let side else { return }
        best = side == .buy ? max(best, high) : min(best, low)
        guard let next = Self.level(side, from: best, distance, tick) else { return }
        let gain = side == .buy ? next - level : level - next
        if gain.isPositive, Double(gain) >= step { move(to: next) }
    }

    mutating func clear() {
        side = nil
        level = .zero
        floor = .zero
        ceiling = Price(raw: .max)
    }

    /// Whether the position could only be closed at the level or beyond.
    func isBeyond(bid: Price, ask: Price) -> Bool { bid <= floor || ask >= ceiling }

    private mutating func move(to level: Price) {
        self.level = level
        switch side {
        case .buy?: floor = level
        case .sell?: ceiling = level
        case nil: break
        }
    }

    /// On the tick that is nearer to the price: a stop never risks more than was asked.
    private static func level(_ side: Side, from price: Double, _ distance: Double, _ tick: Price) -> Price? {
        switch side {
        case .buy: Price(signal: price - distance, step: tick, .up).map { max($0, tick) }
        case .sell: Price(signal: price + distance, step: tick, .down).map { max($0, tick) }
        }
    }
}
