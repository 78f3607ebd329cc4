import MarketModel
import Quantities
import StrategyKit

/// What the strategy of the stage is to do at which ticker, and what it has heard; a test and its engine share it on
/// one thread.
final class StageDiary: @unchecked Sendable {
    /// By the number of the ticker, from 1.
    var wishes: [Int: (inout Desk) -> Void] = [:]
    var tickers = 0
    var words: [String] = []
    var orders: [OrderID: OwnOrder] = [:]
    var fills: [Fill] = []
}

/// A strategy that does what the test wishes, at the next ticker, and writes down what it hears.
struct StagePlayer: StrategyCallbacks {
    let diary: StageDiary

    mutating func onStart(_ desk: inout Desk) { diary.words.append("start") }
    mutating func onStop(_ desk: inout Desk) { diary.words.append("stop") }

    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) {
        diary.tickers += 1
        diary.wishes[diary.tickers]?(&desk)
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        diary.orders[order.id] = order
        diary.words.append("\(order.id) \(StageWords.state(order))")
    }

    mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        diary.fills.append(fill)
        diary.words.append("\(fill.order) fills \(fill.quantity) at \(fill.price) fee \(fill.fee)")
    }

    mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) {
        diary.words.append("\(change.state)")
    }
}

enum StageWords {
    static func state(_ order: OwnOrder) -> String {
        switch order.state {
        case .active(let phase): "\(phase)"
        case .closed(.rejected(let refusal)): "rejected: \(refusal)"
        case .closed(let closing): "\(closing)"
        }
    }
}
