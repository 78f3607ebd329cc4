import MarketModel
import StrategyKit
import TradingCore

/// What an alert says to the person who runs the session: what happened, to whom, and what is done about it.
struct AlertText {
    let table: MarketTable
    /// By strategy.
    let labels: [String]

    /// - Parameter status: of the strategy that the alert is of.
    func line(_ alert: Alert, _ status: StrategyStatus) -> String {
        let strategy = labels[Int(alert.strategy.index)]
        switch alert.kind {
        case .ladder(let step): return "\(strategy): \(text(step))"
        case .switched(let step):
            let position = step == .flattened ? " and its position is closed" : ""
            return "\(strategy): halted by its switch, its orders are cancelled\(position)"
        case .orderUncertain(let order):
            return "\(strategy): order \(order.sequence) went unanswered, the venue is asked about it"
        case .dealsMissing(let order):
            return "\(strategy): fills of order \(order.sequence) are missing, the venue is asked for them"
        case .contradiction(let order):
            return
                "\(strategy): order \(order.sequence) was filled further than the books say; check the account"
        case .feeNotValued(let asset):
            return
                "\(strategy): a fee in \(table.name(of: asset)) has no price here and is left out of the profit"
        case .rateLimited: return "the venue says that requests come too often: a pause is made"
        case .requestsDropped(let count):
            return "\(strategy): \(count) requests of one turn were dropped, they were too many"
        case .tooManyRefusals: return "\(strategy): stopped, too many of its orders were refused"
        case .strategyFailed:
            switch status {
            case .failed(let reason): return "\(strategy) has failed: \(reason); its orders are cancelled"
            case .running, .finished, .stopped: return "\(strategy) has failed; its orders are cancelled"
            }
        case .overflow: return "\(strategy): a number of the venue is too large to be counted with"
        case .badQuote(let market):
            return
                "\(table[market].name): a crossed or one-sided quote was dropped, not readable until the next good one"
        case .crossedBook(let market):
            return "\(table[market].name): the book is crossed, not readable until the next snapshot"
        }
    }

    private func text(_ step: LadderStep) -> String {
        switch step {
        case .normal: "no limit of the drawdown is reached"
        case .warned: "drawdown: warning"
        case .reduceOnly: "drawdown: only orders that reduce the position from here on"
        case .halted: "drawdown: halted, its orders are cancelled"
        case .flattened: "drawdown: halted, its orders are cancelled and the position is closed"
        }
    }
}
