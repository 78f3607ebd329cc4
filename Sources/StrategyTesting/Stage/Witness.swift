import MarketModel
import Quantities
import StrategyKit

/// A strategy, and what it is told written down before it hears of it.
struct Witness<S: StrategyCallbacks>: StrategyCallbacks {
    private var strategy: S
    private let log: TapeLog

    init(_ strategy: S, _ log: TapeLog) {
        self.strategy = strategy
        self.log = log
    }

    private mutating func lend(
        _ desk: inout Desk, _ body: (inout S, inout Desk) throws -> Void
    ) throws {
        do {
            try body(&strategy, &desk)
        } catch {
            log.listen(desk)
            log.failed(error, at: desk.now)
            throw error
        }
        log.listen(desk)
    }

    mutating func onStart(_ desk: inout Desk) throws { try lend(&desk) { try $0.onStart(&$1) } }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onQuote(quote, &$1) }
    }

    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onBook(update, &$1) }
    }

    mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onBookState(change, &$1) }
    }

    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onTrade(trade, &$1) }
    }

    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onTicker(ticker, &$1) }
    }

    mutating func onOptionMark(_ mark: OptionMark, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onOptionMark(mark, &$1) }
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) throws {
        log.told(order, at: desk.now)
        try lend(&desk) { try $0.onOrder(order, &$1) }
    }

    mutating func onFill(_ fill: Fill, _ desk: inout Desk) throws {
        log.told(fill)
        try lend(&desk) { try $0.onFill(fill, &$1) }
    }

    mutating func onBalance(_ balance: Balance, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onBalance(balance, &$1) }
    }

    mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onConnection(change, &$1) }
    }

    mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) throws {
        try lend(&desk) { try $0.onAlarm(alarm, &$1) }
    }

    mutating func onStop(_ desk: inout Desk) throws { try lend(&desk) { try $0.onStop(&$1) } }
}
