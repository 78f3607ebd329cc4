import Quantities
import TradingCore

/// The risk of the session: limits that each strategy may change for itself, and what concerns all.
package struct RiskSettings: Equatable, Sendable {
    /// What a strategy may do at most, unless it has limits of its own.
    package var limits = RiskLimits()
    /// How old the newest data of a market may be before it cannot be read.
    package var staleAfter = Interval.seconds(10)

    package static let staleAfterRange = Interval.milliseconds(100)...Interval.minutes(24 * 60)

    package init() {}

    var effectiveLines: [String] { limits.effectiveLines + ["stale_after: \(staleAfter)"] }
}

extension RiskLimits {
    /// Limits that are off have no line: a file cannot switch one off, only leave it out.
    var effectiveLines: [String] {
        var lines: [String] = []
        if let orderQuantityMax { lines.append("order_quantity_max: \(orderQuantityMax)") }
        if let orderNotionalMax { lines.append("order_notional_max: \(orderNotionalMax)") }
        if let priceBand { lines.append("price_band: \(priceBand)") }
        lines.append("open_orders_max: \(openOrdersMax)")
        if let positionMax { lines.append("position_max: \(positionMax)") }
        if let orderRate { lines.append("order_rate: \(orderRate.text)") }
        lines.append("refusal_rate: \(refusalRate.text)")
        lines.append("needs_fresh_quote: \(needsFreshQuote)")
        let steps = ladder.steps.compactMap { step in step.value.map { "\(step.name): \($0)" } }
        lines += EffectiveText.section("drawdown", steps)
        if let dailyLoss = ladder.dailyLoss { lines.append("daily_loss: \(dailyLoss)") }
        return lines
    }
}

extension LadderLimits {
    /// The steps by their keys, in the order in which they are climbed.
    var steps: [(name: String, value: Notional?)] {
        [("warn", warn), ("reduce_only", reduceOnly), ("halt", halt), ("flatten", flatten)]
    }
}
