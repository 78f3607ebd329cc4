import MarketModel
import Quantities

/// How far risk has gone in protecting a strategy from itself.
@frozen public enum LadderStep: UInt8, BitwiseCopyable, CaseIterable, Comparable, Sendable {
    /// All allowed. Can transition to: any later step.
    case normal = 0
    /// All allowed; the person who runs it has been told. Can transition to: any later step.
    case warned = 1
    /// Only orders that make the position smaller. Can transition to: `halted`, `flattened`.
    case reduceOnly = 2
    /// No orders; own orders are cancelled. Can transition to: `flattened`.
    case halted = 3
    /// No orders; own orders are cancelled and the position is sold or bought back at market. Final.
    case flattened = 4

    @inlinable public static func < (a: LadderStep, b: LadderStep) -> Bool { a.rawValue < b.rawValue }
}

/// Watches the profit of one strategy and climbs when it falls; it never climbs down by itself.
package struct DrawdownLadder: Sendable {
    package let limits: LadderLimits
    package private(set) var step = LadderStep.normal
    package private(set) var peak = Notional.zero
    /// The largest fall from the peak so far.
    package private(set) var drawdownMax = Notional.zero
    private var dayStart = Notional.zero
    private var day = Int64.min

    package init(_ limits: LadderLimits) { self.limits = limits }

    /// Takes the profit of this moment; returns the new step when the ladder climbed.
    package mutating func observe(_ profit: Notional, at now: Instant) -> LadderStep? {
        let today = now.nanoseconds / 86_400_000_000_000
        if today != day {
            day = today
            dayStart = profit
        }
        if profit > peak { peak = profit }
        let drawdown = peak - profit
        if drawdown > drawdownMax { drawdownMax = drawdown }
        let reached = max(stepFor(drawdown), stepForDay(dayStart - profit))
        guard reached > step else { return nil }
        step = reached
        return reached
    }

    /// Climbs to a step for another reason than profit; never down.
    package mutating func climb(to reached: LadderStep) -> LadderStep? {
        guard reached > step else { return nil }
        step = reached
        return reached
    }

    private func stepFor(_ drawdown: Notional) -> LadderStep {
        if let limit = limits.flatten, drawdown >= limit { return .flattened }
        if let limit = limits.halt, drawdown >= limit { return .halted }
        if let limit = limits.reduceOnly, drawdown >= limit { return .reduceOnly }
        if let limit = limits.warn, drawdown >= limit { return .warned }
        return .normal
    }

    private func stepForDay(_ loss: Notional) -> LadderStep {
        if let limit = limits.dailyLoss, loss >= limit { return .halted }
        return .normal
    }
}
