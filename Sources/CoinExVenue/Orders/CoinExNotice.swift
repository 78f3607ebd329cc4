import MarketModel
import Quantities
import VenueKit

/// Whether a request is over, or another one belongs to it.
package enum CoinExNext: Equatable, Sendable {
    case done
    /// `continue` writes the next request of it, not before this time.
    case more(notBefore: Instant)
}

/// What an answer means beyond the order that it is about.
package enum CoinExNotice: Equatable, Sendable {
    /// The key, its permissions or its signature were refused.
    case keyRefused(CoinExRefusal)
    /// Our time is more than a minute off: the offset has to be learnt anew.
    case clockIsOff
    /// An error that is no proof of anything.
    case venueTrouble(CoinExRefusal)
    /// An answer that is no reply, or one that is not what it should be.
    case unreadable(CoinExFailure)
    /// The reply is about another order than was asked about: nothing was concluded from it.
    case wrongOrder(OrderID)
    /// A fee was taken in an asset that the session does not know; the deal counts, its fee does not.
    case feeAssetUnknown(String)
    /// An order is asked about that this executor did not place and cannot name.
    case nameless(OrderID)
}
