import MarketModel
import Quantities
import VenueKit

/// All that is known for certain about one order, as a join of facts.
///
/// Every fact only ever grows: flags are set and stay, quantities take the larger value, deals are a set.
/// So facts may arrive in any order and any number of times; what the order's state is follows from what has
/// been gathered, not from the way it came (RELIABILITY: no order or fill is lost or doubled). The last three
/// fields are no facts: they say when to ask, never what is.
package struct Evidence: BitwiseCopyable, Equatable, Sendable {
    /// When the order was handed to the venue link; `distantPast` before that.
    package var sentAt = Instant.distantPast
    /// Which of the orders that were ever sent it is, from 1 on: what was heard before, it has not changed. 0 for one
    /// that was adopted and may have traded at any time.
    package var placement = 0
    /// The venue took the order, by its reply or by anything that follows from that.
    package var isAccepted = false
    /// The venue answered that the order does not stand.
    package var refusal: Refusal?
    /// The venue was asked over the order's whole life and does not know it.
    package var isAbsent = false
    /// A request about the order went unanswered.
    package var isUncertain = false
    /// How the venue says that it ended.
    package var ending: OrderProgress.Phase?
    /// The largest cumulative fill that the venue reported.
    package var reported = Quantity.zero
    /// The sum of the deals that we hold.
    package var dealt = Quantity.zero
    /// From when on the venue is to be asked whether an open order still stands, because a cancel or a
    /// modification of it has had no effect that we know of, or because it should have ended by itself;
    /// `distantFuture` when there is no doubt.
    package var doubtedFrom = Instant.distantFuture
    /// When the venue was asked last, and how often.
    package var askedAt = Instant.distantPast
    package var askCount = 0

    package init() {}

    /// Joins the venue's count of the order.
    package mutating func join(_ progress: OrderProgress) {
        isAccepted = true
        reported = max(reported, progress.filled)
        switch progress.phase {
        case .open: break
        case .filled, .cancelled, .triggerFailed: ending = progress.phase
        }
    }

    /// What the facts say about an order of this quantity; nil is one that only the venue's word ends as filled.
    package func verdict(quantity: Quantity?) -> Verdict {
        if let quantity, dealt >= quantity { return .closed(.filled) }
        if let ending {
            guard dealt >= reported else { return .dealsMissing }
            switch ending {
            case .filled: return .closed(.filled)
            case .cancelled: return .closed(.cancelled)
            case .triggerFailed: return .closed(.triggerFailed)
            case .open: preconditionFailure("open is not an ending")
            }
        }
        if dealt < reported { return .dealsMissing }
        if isAccepted || dealt.isPositive {
            // It stood, and the venue has no memory of it: venues forget orders that ended unfilled.
            let isForgotten = isAbsent && dealt.isZero
            return isForgotten ? .closed(.cancelled) : .open
        }
        if let refusal { return .closed(.rejected(refusal)) }
        if isAbsent { return .closed(.rejected(.neverSent)) }
        return isUncertain ? .unknown : .silent
    }

    package enum Verdict: Equatable, Sendable {
        /// Nothing heard yet.
        case silent
        /// A request went unanswered and nothing else is known.
        case unknown
        case open
        /// The venue counts more fills than we hold deals: they have to be asked for.
        case dealsMissing
        case closed(Closing)
    }
}
