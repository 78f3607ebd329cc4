import MarketModel
import Quantities
import Runtime
import StrategyKit
import TradingCore
import VenueKit

/// One thing that happened to one order, found again by replaying its session.
package struct OrderStep: Equatable, Sendable {
    /// What happened.
    package enum What: Equatable, Sendable {
        /// The input that was being answered when the order was asked for, or its cancel.
        case cause(SessionEntry)
        case asked(Asked)
        case approved
        case refused(Refusal)
        /// Another order is to take its place.
        case replacementAsked(OrderID)
        case cancelAsked
        /// A request left; how many orders share it.
        case released(Dispatch, orders: Int)
        /// The venue, or the link to it, said something about the order.
        case heard(VenueFact)
        /// What the strategy was told: where the order is now.
        case stands(OrderState)
        case booked(Fill)
        case alerted(Alert.Kind)
    }

    /// An order as it was asked for, and what its strategy saw and said in that turn.
    package struct Asked: Equatable, Sendable {
        package var order: OwnOrder
        /// The best bid and ask of its market; nil while they could not be read.
        package var quote: Quote?
        /// What the strategy held in the market, in the base asset.
        package var position: Quantity
        /// What the strategy noted in the turn, at most `notesMax`.
        package var notes: [String]
        /// Whether the drawdown ladder asked for it, to close the position.
        package var isOfLadder: Bool

        package static let notesMax = 8
    }

    package var order: OrderID
    /// By the session's clock, which stands still while an input is being answered.
    package var at: Instant
    /// The number of the input on the tape, from 1.
    package var entry: UInt64
    package var what: What

    /// The venue's own time of what it said; nil for what is ours, and where it told none.
    package var venueTime: Instant? {
        let time: Instant
        switch what {
        case .cause(let entry):
            switch entry {
            case .event(let event): time = event.venueTime
            case .fact(let fact, _): time = fact.venueTime
            case .start, .advance, .adopt, .stop, .halt, .resume, .carry, .pause, .end, .decision: return nil
            }
        case .heard(let fact): time = fact.venueTime
        case .booked(let fill): time = fill.venueTime
        case .asked, .approved, .refused, .replacementAsked, .cancelAsked, .released, .stands, .alerted:
            return nil
        }
        return time == .distantPast ? nil : time
    }
}

extension VenueFact {
    /// The order that the fact is about; nil for a balance.
    package var order: OrderID? {
        switch self {
        case .accepted(let fact): fact.order
        case .refused(let fact), .actionRefused(let fact): fact.order
        case .progress(let fact): fact.order
        case .deal(let fact): fact.order
        case .outcomeUnknown(let fact), .neverSent(let fact), .absent(let fact): fact.order
        case .rateLimited(let fact): fact.order == .none ? nil : fact.order
        case .balance, .orderPause: nil
        }
    }

    /// The venue's number of the order; nil where the fact does not tell it.
    package var venueOrder: VenueOrderID? {
        switch self {
        case .accepted(let fact): fact.venueOrder == .unknown ? nil : fact.venueOrder
        case .progress(let fact): fact.venueOrder == .unknown ? nil : fact.venueOrder
        case .refused, .actionRefused, .deal, .outcomeUnknown, .neverSent, .absent, .rateLimited, .balance,
            .orderPause:
            nil
        }
    }

    package var venueTime: Instant {
        switch self {
        case .accepted(let fact): fact.venueTime
        case .refused(let fact), .actionRefused(let fact): fact.venueTime
        case .progress(let fact): fact.venueTime
        case .deal(let fact): fact.venueTime
        case .outcomeUnknown(let fact), .neverSent(let fact), .absent(let fact): fact.venueTime
        case .rateLimited(let fact): fact.venueTime
        case .orderPause(let fact): fact.venueTime
        case .balance(let balance): balance.venueTime
        }
    }
}

extension MarketEvent {
    fileprivate var venueTime: Instant {
        switch self {
        case .quote(let quote): quote.venueTime
        case .trade(let trade): trade.venueTime
        case .level(let change): change.venueTime
        case .reset(let reset): reset.venueTime
        case .ticker(let ticker): ticker.venueTime
        case .optionMark(let mark): mark.venueTime
        case .connection(let change): change.venueTime
        }
    }
}
