import Quantities
import Runtime

/// What a sweep makes as large as it can.
package enum Objective: String, CaseIterable, Sendable {
    /// Profit after fees, in the quote asset.
    case profit
    /// Mean over deviation of the profits of the blocks of time.
    case sharpe
    /// Profit over the largest drawdown; a drawdown below 0.01 counts as that.
    case profitPerDrawdown = "profit_per_drawdown"
    /// Profit in basis points of the turnover; 0 without any.
    case profitPerTurnover = "profit_per_turnover"

    /// What the figure is called in tables.
    package var title: String {
        switch self {
        case .profit: "profit"
        case .sharpe: "Sharpe per block"
        case .profitPerDrawdown: "profit per drawdown"
        case .profitPerTurnover: "profit per turnover, bp"
        }
    }
}

/// How a combination of parameters did in a window, all seeds together.
///
/// Over several seeds profit, fees, turnover and counts are sums, the drawdown is the largest, and the gains of
/// the blocks follow each other.
package struct Measure: Equatable, Sendable {
    package private(set) var profit = Notional.zero
    package private(set) var drawdown = Notional.zero
    package private(set) var fees = Notional.zero
    package private(set) var turnover = Notional.zero
    package private(set) var fills = 0
    package private(set) var makerFills = 0
    package private(set) var orders = 0
    package private(set) var cancels = 0
    package private(set) var refusedOrders = 0
    package private(set) var decisions = 0
    package private(set) var events = 0
    /// Of the decisions of every seed, 16 digits; with one seed it is that of its backtest.
    package private(set) var hash = ""
    /// Why the first run that did not reach its end stopped; empty when all did.
    package private(set) var stopped = ""
    /// The profit of each block.
    package private(set) var gains: [Double] = []
    package let sample: ReturnSample

    init(_ outcomes: [TrialOutcome]) {
        for outcome in outcomes {
            profit = profit + outcome.profit
            drawdown = max(drawdown, outcome.drawdown)
            fees = fees + outcome.fees
            turnover = turnover + outcome.turnover
            fills += outcome.fills
            makerFills += outcome.makerFills
            orders += outcome.orders
            cancels += outcome.cancels
            refusedOrders += outcome.refusedByRisk + outcome.refusedByVenue
            decisions += outcome.decisions
            events += outcome.events
            if stopped.isEmpty { stopped = outcome.stopped }
            var before = Notional.zero
            for profit in outcome.equity {
                gains.append(Double(profit - before))
                before = profit
            }
        }
        hash =
            outcomes.count == 1
            ? outcomes[0].hash : ContentHash.short(outcomes.map(\.hash).joined(separator: " "))
        sample = ReturnSample(gains)
    }

    package func value(of objective: Objective) -> Double {
        switch objective {
        case .profit: Double(profit)
        case .sharpe: sample.sharpe
        case .profitPerDrawdown: Double(profit) / max(0.01, Double(drawdown))
        case .profitPerTurnover: turnover.isPositive ? Double(profit) / Double(turnover) * 10_000 : 0
        }
    }
}
