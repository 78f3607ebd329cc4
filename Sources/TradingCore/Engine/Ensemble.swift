import MarketModel
import Quantities
import StrategyKit

/// Several strategies in one engine: one desk, one risk floor, one pace budget.
///
/// Each member hears of its own markets and its own orders only. A member that fails is left out from
/// then on; the others do not notice.
public struct Ensemble: StrategyCallbacks {
    struct Member: Sendable {
        var strategy: any StrategyCallbacks
        /// Per market: whether the member listens to it.
        var listens: [Bool]
    }

    private var members: [Member] = []
    private let marketCount: Int

    package init(markets: Int) { marketCount = markets }

    /// Adds a member; members are numbered in the order in which they are added.
    package mutating func add(_ strategy: any StrategyCallbacks, markets: [MarketID]) {
        var listens = Array(repeating: false, count: marketCount)
        for market in markets { listens[Int(market.index)] = true }
        members.append(Member(strategy: strategy, listens: listens))
    }

    /// Calls the members that are running and listen to the market.
    private mutating func broadcast(
        _ market: MarketID?, _ desk: inout Desk,
        _ body: (inout any StrategyCallbacks, inout Desk) throws -> Void
    ) {
        for index in members.indices {
            if let market, !members[index].listens[Int(market.index)] { continue }
            call(StrategyID(index), &desk, body)
        }
        desk.active = StrategyID(0)
    }

    private mutating func call(
        _ id: StrategyID, _ desk: inout Desk,
        _ body: (inout any StrategyCallbacks, inout Desk) throws -> Void
    ) {
        guard desk.statuses[Int(id.index)].isRunning else { return }
        desk.active = id
        do {
            try body(&members[Int(id.index)].strategy, &desk)
        } catch {
            desk.end(id, .failed("\(error)"))
        }
    }
}

extension Ensemble {
    public mutating func onStart(_ desk: inout Desk) {
        broadcast(nil, &desk) { try $0.onStart(&$1) }
    }

    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        broadcast(quote.market, &desk) { try $0.onQuote(quote, &$1) }
    }

    public mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) {
        broadcast(update.market, &desk) { try $0.onBook(update, &$1) }
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        broadcast(change.market, &desk) { try $0.onBookState(change, &$1) }
    }

    public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {
        broadcast(trade.market, &desk) { try $0.onTrade(trade, &$1) }
    }

    public mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) {
        broadcast(ticker.market, &desk) { try $0.onTicker(ticker, &$1) }
    }

    public mutating func onOptionMark(_ mark: OptionMark, _ desk: inout Desk) {
        broadcast(mark.market, &desk) { try $0.onOptionMark(mark, &$1) }
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        call(order.strategy, &desk) { try $0.onOrder(order, &$1) }
    }

    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        call(fill.strategy, &desk) { try $0.onFill(fill, &$1) }
    }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) {
        broadcast(nil, &desk) { try $0.onBalance(balance, &$1) }
    }

    public mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) {
        broadcast(nil, &desk) { try $0.onConnection(change, &$1) }
    }

    /// The engine has set the desk to the strategy whose alarm it is.
    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        call(desk.active, &desk) { try $0.onAlarm(alarm, &$1) }
    }

    public mutating func onStop(_ desk: inout Desk) {
        broadcast(nil, &desk) { try $0.onStop(&$1) }
    }
}
