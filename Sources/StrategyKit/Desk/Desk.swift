import MarketModel
import Quantities

/// What a strategy sees and may ask for: the only door between a strategy and the world.
///
/// The engine lends the desk to one strategy at a time. Positions, own orders, alarms and random numbers
/// are those of the strategy that is being called; market data and balances are shared. Asking for an order
/// never waits: the answer arrives as `onOrder`.
public struct Desk: ~Copyable {
    public let table: MarketTable
    let anchor = Anchor()

    @usableFromInline package var time: Instant

    @usableFromInline package var states: Slab<MarketState>
    @usableFromInline package var orders = OrderTable()
    @usableFromInline package var alarms = AlarmHeap()
    @usableFromInline package var intents = Slab<Intent>(capacity: 64)
    /// Per strategy and market: `strategy * markets + market`.
    @usableFromInline package var positions: Slab<Position>
    @usableFromInline package var balances: Slab<Balance>
    @usableFromInline package var randoms: Slab<SeededRandom>
    @usableFromInline package var statuses: Slab<StrategyStatus>
    /// Strategies that are being called.
    @usableFromInline package var runningCount: Int
    /// A strategy has stopped or failed, and its orders have not been cancelled yet.
    @usableFromInline package var hasStatusChange = false
    /// Per market, what the strategies were told last.
    @usableFromInline package var readability: Slab<BookStateChange.State>
    @usableFromInline package var notices: [Notice] = []
    /// The strategy that is being called.
    @usableFromInline package var active = StrategyID(0)
    /// Whether a market may be read: it has data, and that is not older than the budget.
    @usableFromInline package var staleAfter: Interval
    /// Whether orders can be placed: not while a link to the venue is not ready, or trading is paused.
    @usableFromInline package var isReady = true
    /// Per strategy, orders and modifications asked for in this turn.
    @usableFromInline package var requestCounts: [Int]
    /// Per strategy, requests of this turn that were dropped because there was no room for them.
    @usableFromInline package var droppedRequests: [Int]

    /// Orders and modifications that one strategy may ask for in one turn; more are dropped and counted.
    @usableFromInline package static var requestsMax: Int { 1_024 }
    /// Messages that wait for the driver; more are dropped.
    @usableFromInline package static var noticesMax: Int { 256 }

    /// - Parameter staleAfter: how old the newest data of a market may be before it cannot be read.
    public init(
        table: MarketTable, strategies: Int, seed: UInt64, staleAfter: Interval = .seconds(10),
        now: Instant = .distantPast
    ) {
        precondition((1...StrategyID.strategiesMax).contains(strategies), "1 to 64 strategies")
        time = now
        self.table = table
        self.staleAfter = staleAfter
        states = Slab(repeating: MarketState(), count: table.markets.count)
        positions = Slab(repeating: Position(), count: strategies * table.markets.count)
        balances = Slab(
            table.assets.indices.map {
                Balance(asset: AssetID($0), total: .zero, frozen: .zero, venueTime: .distantPast)
            })
        let source = SeededRandom(seed: seed)
        randoms = Slab((0..<strategies).map { source.stream(UInt64($0) + 1) })
        statuses = Slab(repeating: .running, count: strategies)
        runningCount = strategies
        readability = Slab(repeating: .suspect, count: table.markets.count)
        requestCounts = Array(repeating: 0, count: strategies)
        droppedRequests = Array(repeating: 0, count: strategies)
    }
}

// MARK: - Time and markets

extension Desk {
    /// The time of the event that is being handled: the same in a backtest, on paper and live.
    @inlinable public var now: Instant { time }

    @inlinable public func market(_ id: MarketID) -> Market { table[id] }

    /// The best bid and ask; nil while they are unknown, crossed or stale, and while no order could be placed on them.
    @inlinable @inline(__always)
    public func quote(_ market: MarketID) -> Quote? {
        guard isReady, let quote = states[Int(market.index)].quote,
            now - states[Int(market.index)].updatedAt <= staleAfter
        else { return nil }
        return quote
    }

    /// The book; nil unless it is live and fresh, and orders could be placed on it.
    @inlinable @inline(__always)
    public func book(_ market: MarketID) -> OrderBook? {
        guard isReady, states[Int(market.index)].book.isLive,
            now - states[Int(market.index)].updatedAt <= staleAfter
        else { return nil }
        return states[Int(market.index)].book
    }

    /// The newest public trade, however old.
    @inlinable
    public func lastTrade(_ market: MarketID) -> Trade? { states[Int(market.index)].lastTrade }

    /// The newest ticker, however old.
    @inlinable
    public func ticker(_ market: MarketID) -> Ticker? { states[Int(market.index)].ticker }

    /// The newest mark of an option, however old.
    @inlinable
    public func optionMark(_ market: MarketID) -> OptionMark? { states[Int(market.index)].optionMark }
}

// MARK: - Own orders, position, balances

extension Desk {
    /// What the strategy holds in a market.
    @inlinable
    public func position(_ market: MarketID) -> Position {
        positions[Int(active.index) * states.count + Int(market.index)]
    }

    /// What the account holds of an asset, for all strategies together.
    @inlinable
    public func balance(_ asset: AssetID) -> Balance { balances[Int(asset.index)] }

    /// An order of the strategy: living, or closed not long ago.
    @inlinable
    public func order(_ id: OrderID) -> OwnOrder? {
        guard let slot = orders.slot(of: id), orders.slots[slot].strategy == active else { return nil }
        return orders.slots[slot]
    }

    /// The strategy's living orders, oldest first; in one market, or in all.
    @inlinable
    public func openOrders(in market: MarketID? = nil) -> OpenOrders {
        OpenOrders(slots: orders.slots, active: orders.active, strategy: active, market: market)
    }

    /// Random numbers of the strategy's own, the same in every run with the same seed.
    @inlinable
    public var random: SeededRandom {
        get { randoms[Int(active.index)] }
        set { randoms[Int(active.index)] = newValue }
    }
}

// MARK: - Requests

extension Desk {
    /// Asks for an order; nil when more than 1,024 requests were made in one turn or 4,096 orders live.
    ///
    /// The order exists from here on in state `created`. Risk judges it after the callback: what
    /// becomes of it arrives as `onOrder`.
    @inlinable @discardableResult
    public mutating func place(_ ticket: OrderTicket) -> OrderID? {
        guard let id = create(ticket, replaces: .none) else { return nil }
        intents.append(.place(id))
        return id
    }

    /// Asks for several orders; those of one market travel in one request where the venue can do that.
    @discardableResult
    public mutating func place(_ tickets: [OrderTicket]) -> [OrderID?] {
        var ids: [OrderID?] = []
        for ticket in tickets { ids.append(place(ticket)) }
        return ids
    }

    /// Replaces a living order by one with another price, quantity or trigger; queue priority is lost.
    ///
    /// The venue does both in one step: until it has, the old order stands, and it goes on standing when the
    /// replacement is refused before that. What replaces an order outlives the session where that did.
    ///
    /// - Returns: the id of the replacement, or nil when there is no such living order.
    @inlinable @discardableResult
    public mutating func modify(
        _ id: OrderID, price: Price? = nil, quantity: Quantity? = nil, stopPrice: Price? = nil
    ) -> OrderID? {
        guard let slot = orders.slot(of: id), orders.slots[slot].strategy == active,
            orders.slots[slot].isActive
        else { return nil }
        var ticket = orders.slots[slot].ticket
        if let price { ticket.price = price }
        if let quantity { ticket.quantity = quantity }
        if let stopPrice { ticket.stopPrice = stopPrice }
        let outlivesSession = orders.slots[slot].outlivesSession
        guard let new = create(ticket, replaces: id) else { return nil }
        orders.slots[new.slot].outlivesSession = outlivesSession
        intents.append(.modify(id, replacement: new))
        return new
    }

    /// Lets a living stop order stay at the venue when the session ends or the strategy stops or fails.
    ///
    /// A stop that disappears with its bot leaves a naked position. Only stop orders can outlive a session;
    /// for others this does nothing. The strategy's own cancels and the drawdown ladder still end it.
    public mutating func leaveAtVenue(_ id: OrderID) {
        guard let slot = orders.slot(of: id), orders.slots[slot].strategy == active,
            orders.slots[slot].isActive, orders.slots[slot].ticket.kind.isStop
        else { return }
        orders.slots[slot].outlivesSession = true
    }

    /// An order that has not been judged, where the strategy and the table have room for it.
    @inlinable
    mutating func create(_ ticket: OrderTicket, replaces: OrderID) -> OrderID? {
        guard requestCounts[Int(active.index)] < Self.requestsMax,
            let id = orders.create(strategy: active, ticket: ticket, replaces: replaces, at: now)
        else {
            droppedRequests[Int(active.index)] += 1
            return nil
        }
        requestCounts[Int(active.index)] += 1
        return id
    }

    /// Asks for the cancellation of a living order; it lives until the venue says that it ended.
    ///
    /// Cancels are never refused for want of room: they are marked on the order itself.
    @inlinable
    public mutating func cancel(_ id: OrderID) {
        guard let slot = orders.slot(of: id), orders.slots[slot].strategy == active,
            orders.slots[slot].isActive, !orders.slots[slot].isCancelRequested
        else { return }
        orders.slots[slot].isCancelRequested = true
        intents.append(.cancel(id))
    }

    /// Asks for the cancellation of all living orders of the strategy, in one market or in all.
    @inlinable
    public mutating func cancelAll(in market: MarketID? = nil) {
        for order in openOrders(in: market) { cancel(order.id) }
    }

    /// Sets an alarm that goes off at a time, or at once when that has passed; nil when 4,096 are pending.
    @inlinable @discardableResult
    public mutating func setAlarm(at deadline: Instant, tag: Int = 0) -> AlarmID? {
        alarms.set(max(deadline, now), tag: tag, strategy: active)
    }

    /// Sets an alarm that goes off after an interval; nil when 4,096 are pending.
    @inlinable @discardableResult
    public mutating func setAlarm(after interval: Interval, tag: Int = 0) -> AlarmID? {
        setAlarm(at: now + interval, tag: tag)
    }

    public mutating func cancelAlarm(_ id: AlarmID) { _ = alarms.cancel(id, of: active) }

    /// Tells the person who runs the strategy something; at most 256 messages wait, more are dropped.
    public mutating func note(_ text: String) {
        guard notices.count < Self.noticesMax else { return }
        notices.append(Notice(strategy: active, at: now, text: text))
    }

    /// Ends this strategy because its work is done: its orders are cancelled, it is not called again.
    ///
    /// Others go on. When all strategies have ended and none of their orders lives, the run ends by itself,
    /// and successfully if all have finished. The note says what came of the work.
    public mutating func finish(_ note: String) {
        end(active, .finished(note))
    }

    /// Ends this strategy before its work is done: its orders are cancelled, it is not called again.
    ///
    /// Others go on. A run in which a strategy stopped does not count as successful.
    public mutating func stop(because reason: String) {
        end(active, .stopped(reason))
    }

    /// Whether every strategy has ended, and none of their orders lives: nothing is left to be decided.
    @inlinable package var isOver: Bool { runningCount == 0 && orders.active.isEmpty }

    /// Ends a strategy that is running.
    @usableFromInline
    package mutating func end(_ strategy: StrategyID, _ status: StrategyStatus) {
        guard statuses[Int(strategy.index)].isRunning else { return }
        statuses[Int(strategy.index)] = status
        runningCount -= 1
        hasStatusChange = true
    }
}
