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
    /// The tape's last rows may be lost: they survive the process, but not a power cut. So numbers of orders are
    /// skipped that they could have had, and nothing of what they may have sent is taken for unsent.
    ///
    /// - Parameter unsent: what the engine has decided and the tape does not have.
    @inlinable
    package mutating func resume(unsent: [Dispatch], at now: Instant) {
        let then = engine.desk.now
        // Replays make these decisions too, so the tape gets them before anything else.
        for dispatch in unsent { observer.didDispatch(dispatch) }
        isUnwritten = !unsent.isEmpty
        let gap = SequenceGap(after: engine.desk.orders.sequence, since: then, resumedAt: now)
        observer.willResume(gap)
        engine.resume(gap)
        link.resume(gap, unsent: unsent)
        for dispatch in unsent { doubt(dispatch.command, at: then) }
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

    /// It may have left: its fate is asked for.
    @inlinable
    mutating func doubt(_ command: Command, at now: Instant) {
        switch command {
        case .place(let placement): doubt(placement.order, at: now)
        case .modify(let modification):
            doubt(modification.replacement.order, at: now)
            doubt(modification.order, at: now)
        // These are asked for, or tried again, when no answer comes.
        case .cancel, .query: return
        }
    }

    @inlinable
    mutating func doubt(_ order: OrderID, at now: Instant) {
        feed(.outcomeUnknown(OrderUncertain(order: order, venueTime: now)), at: now)
    }

    @inlinable
    mutating func take(_ event: MarketEvent) {
        observer.willFeed(event)
        engine.feed(event)
        send(at: event.receivedAt)
    }
}
