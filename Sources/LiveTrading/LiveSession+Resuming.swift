import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    /// Goes on where a tape ended: the engine is what the tape made of it, and nothing else is known.
    ///
    /// To be called once, before `start`. Time passes up to now, without a connection: alarms go off, and what they
    /// would place is refused.
    ///
    /// - Parameter unsent: what the engine has decided and the tape does not have. It never left, because what is not
    ///   on the tape does not.
    @inlinable
    package mutating func resume(unsent: [Dispatch], at now: Instant) {
        let then = engine.desk.now
        // Replays make these decisions too, so the tape gets them before anything else.
        for dispatch in unsent { observer.didDispatch(dispatch) }
        for dispatch in unsent { noteUnsent(dispatch.command, at: then) }
        let lost = ConnectionChange(state: .lost, venueTime: then, receivedAt: then)
        take(.connection(lost))
        for market in engine.desk.table.markets {
            take(
                .reset(
                    BookReset(
                        market: market.id, reason: .disconnected, sequence: 0, venueTime: then,
                        receivedAt: then)))
        }
        observer.willAdvance(to: now)
        engine.advance(to: now)
        send(at: now)
    }

    @inlinable
    mutating func noteUnsent(_ command: Command, at now: Instant) {
        let order: OrderID
        switch command {
        case .place(let placement): order = placement.order
        case .modify(let modification): order = modification.replacement.order
        // These are asked for, or tried again, when no answer comes.
        case .cancel, .query: return
        }
        feed(.neverSent(OrderUncertain(order: order, venueTime: now)), at: now)
    }

    @inlinable
    mutating func take(_ event: MarketEvent) {
        observer.willFeed(event)
        engine.feed(event)
        send(at: event.receivedAt)
    }
}
