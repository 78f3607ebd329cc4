import MarketModel
import Quantities
import Simulation
import StrategyKit
import TradingCore
import VenueKit

/// An engine and a simulated venue, joined: the loop of backtests and of paper trading.
///
/// Whoever drives it feeds market events in the order of their time; the session lets everything happen
/// before them that is due before them: messages that arrive at the venue or at us, alarms, releases. Nothing
/// here knows a clock: the same events give the same decisions, at whatever pace they come.
public struct SimulatedSession<S: StrategyCallbacks, Observer: SessionObserver & ~Copyable>: ~Copyable {
    @usableFromInline package var engine: Engine<S>
    @usableFromInline package var venue: SimulatedVenue
    /// Sees every input of the engine before the engine does, and every dispatch.
    @usableFromInline package var observer: Observer

    @inlinable
    package init(engine: consuming Engine<S>, venue: consuming SimulatedVenue, observer: consuming Observer) {
        self.engine = engine
        self.venue = venue
        self.observer = observer
    }

    /// When something is due, whether or not a market event comes.
    @inlinable package var nextDue: Instant { min(engine.nextDue, venue.nextDue) }

    /// Delivers what the account holds, then starts the strategies, then shows how synthetic markets open.
    @inlinable
    package mutating func start(at now: Instant) {
        while venue.nextDue <= now {
            let due = venue.nextDue
            while let channel = venue.channelDue(at: due) { feed(venue.takeFact(channel), at: due) }
        }
        observer.willStart(at: now)
        engine.start(at: now)
        drain()
        let ready = ConnectionChange(state: .ready, venueTime: now, receivedAt: now)
        observer.willFeed(.connection(ready))
        engine.feed(ready)
        drain()
        if !venue.publicEvents.isEmpty { showPublicEvents() }
    }

    /// Ends the session: strategies are stopped, own orders cancelled, and the venue's answers awaited, for
    /// as long as `patience` lasts.
    @inlinable
    package mutating func stop(at now: Instant, patience: Interval = .seconds(10)) {
        catchUp(to: now)
        observer.willStop(at: now)
        engine.stop(at: now)
        drain()
        let end = now + patience
        while !isAtRest, nextDue <= end { catchUp(to: nextDue) }
    }

    /// Takes every strategy to a step of its ladder, after all that is due before.
    @inlinable
    package mutating func halt(_ step: LadderStep, at now: Instant) {
        catchUp(to: now)
        observer.willHalt(step, at: now)
        engine.halt(step, at: now)
        drain()
    }

    /// Whether no order lives and no message is on its way.
    @inlinable var isAtRest: Bool {
        engine.desk.orders.active.isEmpty && venue.nextDue == .distantFuture
    }

    /// Lets happen all that is due up to `now`, in the order of time; the venue before us.
    @inlinable
    package mutating func catchUp(to now: Instant) {
        while true {
            let venueDue = venue.nextDue
            let engineDue = engine.nextDue
            guard min(venueDue, engineDue) <= now else { return }
            if venueDue <= engineDue {
                venue.advance(to: venueDue, engine.desk.states)
                if !venue.publicEvents.isEmpty { showPublicEvents() }
                while let channel = venue.channelDue(at: venueDue) {
                    feed(venue.takeFact(channel), at: venueDue)
                }
            } else {
                observer.willAdvance(to: engineDue)
                engine.advance(to: engineDue)
                drain()
            }
        }
    }

    /// Lets the crowds of synthetic markets act, and all that follows from it, up to `now`;
    /// returns how often they acted.
    @inlinable
    package mutating func runMarkets(to now: Instant) -> Int {
        var steps = 0
        while venue.nextMarketStep <= now {
            steps += 1
            let step = venue.nextMarketStep
            if nextDue <= step { catchUp(to: step) }
            venue.stepMarket()
            showPublicEvents()
        }
        catchUp(to: now)
        return steps
    }

    /// Feeds what synthetic markets have published; their books have matched the client's orders already.
    ///
    /// A trade can fire a stop order that publishes in its turn: it goes on until there is nothing new.
    @usableFromInline
    mutating func showPublicEvents() {
        var events: [MarketEvent] = []
        while !venue.publicEvents.isEmpty {
            venue.takePublicEvents(into: &events)
            for event in events {
                observer.willFeed(event)
                engine.feed(event)
                switch event {
                case .trade(let trade): venue.observe(trade, engine.desk.states)
                case .quote, .level, .reset, .ticker, .optionMark, .connection: break
                }
                drain()
            }
        }
    }

    @inlinable @inline(__always)
    mutating func feed(_ fact: VenueFact, at now: Instant) {
        observer.willFeed(fact, at: now)
        engine.feed(fact, at: now)
        drain()
    }

    /// Sends what the engine wants sent.
    @inlinable @inline(__always)
    mutating func drain() {
        guard engine.hasDispatches else { return }
        send()
    }

    @inlinable
    mutating func send() {
        engine.drain { dispatch in
            observer.didDispatch(dispatch)
            observer.willSend()
            // What is not on the tape does not leave.
            if !observer.isBroken { venue.receive(dispatch) }
        }
    }
}

// MARK: - Market events

extension SimulatedSession where Observer: ~Copyable {
    @inlinable
    package mutating func feed(_ event: MarketEvent) {
        switch event {
        case .quote(let quote): feed(quote)
        case .trade(let trade): feed(trade)
        case .level(let change): feed(change)
        case .reset, .ticker, .optionMark, .connection:
            catchUp(to: event.receivedAt)
            observer.willFeed(event)
            engine.feed(event)
            drain()
        }
    }

    @inlinable @inline(__always)
    package mutating func feed(_ quote: Quote) {
        if nextDue <= quote.receivedAt { catchUp(to: quote.receivedAt) }
        observer.willFeed(.quote(quote))
        engine.feed(quote)
        venue.observeDepth(of: quote.market, at: quote.receivedAt, engine.desk.states)
        drain()
    }

    @inlinable @inline(__always)
    package mutating func feed(_ trade: Trade) {
        if nextDue <= trade.receivedAt { catchUp(to: trade.receivedAt) }
        observer.willFeed(.trade(trade))
        engine.feed(trade)
        venue.observe(trade, engine.desk.states)
        drain()
    }

    @inlinable @inline(__always)
    package mutating func feed(_ change: LevelChange) {
        if nextDue <= change.receivedAt { catchUp(to: change.receivedAt) }
        observer.willFeed(.level(change))
        engine.feed(change)
        if change.isLast { venue.observeDepth(of: change.market, at: change.receivedAt, engine.desk.states) }
        drain()
    }
}
