import MarketModel
import StrategyKit

/// What a strategy was told, in the order in which it was told.
enum Heard: Equatable {
    case start
    case quote(Quote)
    case book(BookUpdate)
    case bookState(BookStateChange)
    case trade(Trade)
    case ticker(Ticker)
    case order(OwnOrder)
    case fill(Fill)
    case balance(Balance)
    case connection(ConnectionChange)
    case alarm(Alarm)
    case stop
}

/// The diary of a probe; a test and its engine share it on one thread.
final class Diary: @unchecked Sendable {
    var heard: [Heard] = []
    /// What the probe does with its desk at the next ticker: how a test speaks as the strategy.
    var wishes: [(inout Desk) throws -> Void] = []

    var orders: [OwnOrder] {
        heard.compactMap { if case .order(let order) = $0 { order } else { nil } }
    }
    var fills: [Fill] { heard.compactMap { if case .fill(let fill) = $0 { fill } else { nil } } }
    var alarms: [Alarm] { heard.compactMap { if case .alarm(let alarm) = $0 { alarm } else { nil } } }
    var bookStates: [BookStateChange.State] {
        heard.compactMap { if case .bookState(let change) = $0 { change.state } else { nil } }
    }
    var states: [OrderState] { orders.map(\.state) }
}

/// A strategy that writes down what it hears and does what the test wants.
struct Probe: StrategyCallbacks {
    let diary: Diary
    /// What it does when it hears something.
    var reaction: @Sendable (Heard, inout Desk) throws -> Void = { _, _ in }

    private func hear(_ heard: Heard, _ desk: inout Desk) throws {
        diary.heard.append(heard)
        try reaction(heard, &desk)
    }

    mutating func onStart(_ desk: inout Desk) throws { try hear(.start, &desk) }
    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) throws { try hear(.quote(quote), &desk) }
    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) throws { try hear(.book(update), &desk) }
    mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) throws {
        try hear(.bookState(change), &desk)
    }
    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) throws { try hear(.trade(trade), &desk) }
    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) throws {
        try hear(.ticker(ticker), &desk)
        let wishes = diary.wishes
        diary.wishes = []
        for wish in wishes { try wish(&desk) }
    }
    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) throws { try hear(.order(order), &desk) }
    mutating func onFill(_ fill: Fill, _ desk: inout Desk) throws { try hear(.fill(fill), &desk) }
    mutating func onBalance(_ balance: Balance, _ desk: inout Desk) throws {
        try hear(.balance(balance), &desk)
    }
    mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) throws {
        try hear(.connection(change), &desk)
    }
    mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) throws { try hear(.alarm(alarm), &desk) }
    mutating func onStop(_ desk: inout Desk) throws { try hear(.stop, &desk) }
}
