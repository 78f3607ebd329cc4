import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// The engine: one strategy (or an ensemble of them), its desk, and the trading floor behind it.
///
/// A pure machine, the same live, on paper, in a backtest and in a replay. The driver feeds events and facts
/// in the order of their time, calls `advance` when `nextDue` has come, and carries out what `drain`
/// hands it. Nothing here waits, reads a clock or allocates per event.
///
/// ```
/// driver: advance(to: t) ─ feed(event) ─ strategy ─ intents ─ risk ─ pacing ─ drain { dispatch }
///                          feed(fact)  ─ own orders ─ order and fill events ─ strategy
/// ```
public struct Engine<S: StrategyCallbacks>: ~Copyable {
    @usableFromInline package var strategy: S
    @usableFromInline package var desk: Desk
    @usableFromInline package var floor: TradingFloor

    @inlinable
    package init(strategy: consuming S, desk: consuming Desk, floor: consuming TradingFloor) {
        self.strategy = strategy
        self.desk = desk
        self.floor = floor
    }

    /// When `advance` has something to do: an alarm, a release, a question.
    @inlinable package var nextDue: Instant { min(desk.alarms.next, floor.nextDue) }

    @inlinable package var hasDispatches: Bool { !floor.outbox.isEmpty }

    /// Hands over what is to be sent, in order, and forgets it.
    @inlinable
    package mutating func drain(_ body: (Dispatch) -> Void) {
        for index in floor.outbox.indices { body(floor.outbox[index]) }
        floor.outbox.removeAll()
    }
}

// MARK: - Time

extension Engine {
    /// Alarms at one moment: twice what can be pending. A strategy that sets one more for the same moment
    /// is stopped, because that moment would never end.
    @inlinable static var alarmsAtOnceMax: Int { 2 * AlarmHeap.alarmsMax }

    /// Lets time pass up to `now`: alarms that are due go off, in order, each at its own time.
    @inlinable
    package mutating func advance(to now: Instant) {
        var count = 0
        while let entry = desk.alarms.popDue(at: now) {
            count = entry.alarm.deadline > desk.now ? 1 : count + 1
            if count > Self.alarmsAtOnceMax {
                desk.end(entry.strategy, .failed("alarms without end at one moment"))
                floor.takeStops(&desk)
                settle()
            }
            desk.time = max(desk.now, entry.alarm.deadline)
            guard desk.statuses[Int(entry.strategy.index)].isRunning else { continue }
            desk.active = entry.strategy
            call { strategy, desk throws in try strategy.onAlarm(entry.alarm, &desk) }
            settle()
        }
        if now > desk.now { desk.time = now }
        if floor.nextDue <= now {
            floor.advance(&desk)
            settle()
        }
    }

    /// Calls `onStart` of every strategy and opens the gate for orders.
    ///
    /// An engine that a tape has brought to where an earlier session ended goes on instead: its strategies have
    /// started.
    @inlinable
    package mutating func start(at now: Instant) {
        desk.time = max(desk.now, now)
        floor.isQuiet = false
        floor.isConnected = true
        desk.isReady = !floor.isPaused
        switch floor.phase {
        case .starting:
            floor.phase = .trading
            desk.active = StrategyID(0)
            call { strategy, desk throws in try strategy.onStart(&desk) }
        case .trading, .stopping: break
        }
        settle()
    }

    /// Calls `onStop`, closes the gate for new orders and cancels the own ones.
    @inlinable
    package mutating func stop(at now: Instant) {
        desk.time = max(desk.now, now)
        desk.active = StrategyID(0)
        call { strategy, desk throws in try strategy.onStop(&desk) }
        floor.phase = .stopping
        settle()
        floor.cancelEverything(&desk)
        settle()
    }

    /// Takes every strategy to a step of its ladder, for good: the session's switch was thrown.
    ///
    /// An input as any other: it stands on the tape, so that a replay halts at the same place.
    @inlinable
    package mutating func halt(_ step: LadderStep, at now: Instant) {
        desk.time = max(desk.now, now)
        floor.halt(step, &desk)
        settle()
    }
}

// MARK: - Events

extension Engine {
    @inlinable @inline(__always)
    package mutating func feed(_ event: MarketEvent) {
        switch event {
        case .quote(let quote): feed(quote)
        case .trade(let trade): feed(trade)
        case .level(let change): feed(change)
        case .reset(let reset): feed(reset)
        case .ticker(let ticker): feed(ticker)
        case .connection(let change): feed(change)
        case .optionMark(let mark): feed(mark)
        }
    }

    @inlinable @inline(__always)
    package mutating func feed(_ quote: Quote) {
        desk.time = max(desk.now, quote.receivedAt)
        guard desk.states[Int(quote.market.index)].apply(quote) else {
            floor.alert(.badQuote(quote.market), desk.active, at: desk.now)
            setReadability(quote.market, .suspect)
            return
        }
        setReadability(quote.market, .live)
        assessWhenDue()
        call { strategy, desk throws in try strategy.onQuote(quote, &desk) }
        finishMarketEvent()
    }

    @inlinable @inline(__always)
    package mutating func feed(_ trade: Trade) {
        desk.time = max(desk.now, trade.receivedAt)
        desk.states[Int(trade.market.index)].apply(trade)
        assessWhenDue()
        call { strategy, desk throws in try strategy.onTrade(trade, &desk) }
        finishMarketEvent()
    }

    @inlinable @inline(__always)
    package mutating func feed(_ change: LevelChange) {
        desk.time = max(desk.now, change.receivedAt)
        switch desk.states[Int(change.market.index)].apply(change) {
        case .partial, .ignored: return
        case .crossed:
            floor.alert(.crossedBook(change.market), desk.active, at: desk.now)
            setReadability(change.market, .suspect)
        case .updated:
            setReadability(change.market, .live)
            assessWhenDue()
            let update = BookUpdate(
                market: change.market, sequence: change.sequence, venueTime: change.venueTime,
                receivedAt: change.receivedAt)
            if !desk.states[Int(change.market.index)].hasQuoteStream,
                let quote = desk.states[Int(change.market.index)].quote
            {
                call { strategy, desk throws in try strategy.onQuote(quote, &desk) }
            }
            call { strategy, desk throws in try strategy.onBook(update, &desk) }
            finishMarketEvent()
        }
    }

    @inlinable
    package mutating func feed(_ reset: BookReset) {
        desk.time = max(desk.now, reset.receivedAt)
        desk.states[Int(reset.market.index)].apply(reset)
        switch reset.reason {
        case .snapshot: break
        case .sequenceGap, .disconnected, .checksumMismatch, .recordingGap:
            setReadability(reset.market, .suspect)
        }
    }

    @inlinable
    package mutating func feed(_ ticker: Ticker) {
        desk.time = max(desk.now, ticker.receivedAt)
        desk.states[Int(ticker.market.index)].ticker = ticker
        assessWhenDue()
        call { strategy, desk throws in try strategy.onTicker(ticker, &desk) }
        finishMarketEvent()
    }

    @inlinable
    package mutating func feed(_ mark: OptionMark) {
        desk.time = max(desk.now, mark.receivedAt)
        desk.states[Int(mark.market.index)].optionMark = mark
        assessWhenDue()
        call { strategy, desk throws in try strategy.onOptionMark(mark, &desk) }
        finishMarketEvent()
    }

    @inlinable
    package mutating func feed(_ change: ConnectionChange) {
        desk.time = max(desk.now, change.receivedAt)
        if floor.heedsConnection { floor.note(change, &desk) }
        call { strategy, desk throws in try strategy.onConnection(change, &desk) }
        finishMarketEvent()
    }

    /// Takes evidence from the venue that arrived at `now`.
    @inlinable @inline(__always)
    package mutating func feed(_ fact: VenueFact, at now: Instant) {
        desk.time = max(desk.now, now)
        floor.join(fact, &desk)
        settle()
    }

    /// Notes whether a market can be read, and tells the strategies when that changed.
    @inlinable @inline(__always)
    mutating func setReadability(_ market: MarketID, _ state: BookStateChange.State) {
        if desk.readability[Int(market.index)] != state { tell(market, state) }
    }

    @inlinable
    mutating func tell(_ market: MarketID, _ state: BookStateChange.State) {
        desk.readability[Int(market.index)] = state
        switch state {
        case .live:
            floor.endUnreadable(market)
            floor.watchFreshness(from: desk.now, desk)
        case .suspect, .stale: floor.watchUnreadable(market, at: desk.now)
        }
        floor.deliveries.append(BookStateChange(market: market, state: state, at: desk.now))
        settle()
    }

    /// Before the strategies hear of a market event: profit is looked at when its time has come.
    ///
    /// Before, so that what they ask for in answer is judged on the step that the ladder has reached.
    @inlinable @inline(__always)
    mutating func assessWhenDue() {
        guard desk.now >= floor.nextAssessment else { return }
        floor.assess(&desk)
        settle()
    }

    /// After a market event: requests are taken.
    @inlinable @inline(__always)
    mutating func finishMarketEvent() {
        if !desk.intents.isEmpty || !floor.deliveries.isEmpty { settle() }
    }
}

// MARK: - Turns

extension Engine {
    /// Calls the strategy; a throw stops it and cancels its orders.
    @inlinable @inline(__always)
    mutating func call(_ body: (inout S, inout Desk) throws -> Void) {
        guard desk.runningCount > 0, !floor.isQuiet else { return }
        do {
            try body(&strategy, &desk)
        } catch {
            desk.end(desk.active, .failed("\(error)"))
        }
        if desk.hasStatusChange { floor.takeStops(&desk) }
    }

    /// Carries out what was asked for and tells what came of it, until both are done.
    ///
    /// Ends: a strategy that answers every refusal with a new order is stopped by the refusal rate, one
    /// that goes on asking for anything else by the number of rounds.
    @inlinable
    mutating func settle() {
        floor.turnRounds = 0
        while true {
            if !desk.intents.isEmpty { floor.takeIntents(&desk) }
            // They are told when they have started.
            if floor.isQuiet { return }
            guard let kind = floor.deliveries.kinds.popFirst() else { return }
            deliver(kind)
        }
    }

    @inlinable
    mutating func deliver(_ kind: DeliveryQueue.Kind) {
        switch kind {
        case .order:
            let order = floor.deliveries.orders[0]
            floor.deliveries.orders.removeFirst()
            if floor.keepsTold { floor.told.append(.order(order)) }
            desk.active = order.strategy
            call { strategy, desk throws in try strategy.onOrder(order, &desk) }
        case .fill:
            let fill = floor.deliveries.fills[0]
            floor.deliveries.fills.removeFirst()
            if floor.keepsTold {
                floor.told.append(.fill(fill, mid: desk.states[Int(fill.market.index)].mid))
            }
            desk.active = fill.strategy
            call { strategy, desk throws in try strategy.onFill(fill, &desk) }
        case .balance:
            let balance = floor.deliveries.balances[0]
            floor.deliveries.balances.removeFirst()
            if floor.keepsTold { floor.told.append(.balance(balance)) }
            desk.active = StrategyID(0)
            call { strategy, desk throws in try strategy.onBalance(balance, &desk) }
        case .bookState:
            let change = floor.deliveries.bookStates[0]
            floor.deliveries.bookStates.removeFirst()
            if floor.keepsTold { floor.told.append(.bookState(change)) }
            desk.active = StrategyID(0)
            call { strategy, desk throws in try strategy.onBookState(change, &desk) }
        }
    }
}
