import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// Watches one order while its facts come in: what must hold after every single one of them.
struct OrderWatch {
    private let truth: OrderTruth
    private var closedAt: Int?
    /// The first thing that was wrong.
    private(set) var fault: String?

    init(_ truth: OrderTruth) { self.truth = truth }

    mutating func look<S>(at stage: Stage<S>) {
        guard fault == nil else { return }
        fault = found(stage)
    }

    private mutating func found<S>(_ stage: Stage<S>) -> String? {
        let told = stage.diary.orders.filter { $0.id == truth.order }
        guard let last = told.last else { return nil }
        if let closedAt {
            return told.count > closedAt ? "told again after its end" : nil
        }
        if !last.isActive {
            closedAt = told.count
            if last.filled != truth.filled { return "closed before all deals were held" }
            return last.state == .closed(truth.closing) ? nil : "closed as \(last.state)"
        }
        let filled = stage.filled(truth.order)
        if filled > truth.filled { return "filled beyond the truth" }
        let fills = stage.diary.fills.filter { $0.order == truth.order }
        if fills.reduce(.zero, { $0 + $1.quantity }) != filled { return "order and fills differ" }
        return nil
    }
}
