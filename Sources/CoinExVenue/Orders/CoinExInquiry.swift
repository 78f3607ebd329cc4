import MarketModel
import Quantities
import VenueKit

/// The question what became of an order: which lists are asked for it, one after the other.
///
/// By its number first, if it has one; then by its name among the waiting stop orders (unless it is none), the resting
/// ones and the ended ones, in this order, so that an order that moves on meanwhile is met later; then page by page for
/// its deals.
///
/// A replacement whose modification went unanswered has neither a number nor, for certain, a name. The order that it
/// replaces is asked for instead: while that stands, there is no replacement. Otherwise the replacement is
/// looked for among the orders of that name and those without one: resting ones, and those that ended since, page by
/// page.
struct CoinExInquiry: BitwiseCopyable, Sendable {
    enum Step: Sendable {
        case status
        case stops
        case pending
        case finished
        case deals
    }

    let order: OrderID
    let market: MarketID
    /// When the order was sent first.
    let sentAt: Instant
    /// When the question was asked first.
    let askedAt: Instant
    /// The venue's number: of the order, or while `isAboutReplaced` of the one that it replaces.
    var number: VenueOrderID
    /// Whether the venue once told a number of the order, so that it stood for certain.
    let hadNumber: Bool
    /// Whether the order is one whose modification went unanswered.
    let isReplacement: Bool
    /// Whether the order may be a stop order that waits.
    let mayBeStop: Bool
    /// Whether the list of resting orders was seen to its end.
    var sawAllResting = true
    /// Whether an order that has ended may be the one, and nothing tells.
    var sawSimilar = false
    var step: Step
    var page: Int64 = 1

    /// The most pages that are asked for of one list: 10,000 deals of one order, or orders that have ended.
    static let pagesMax: Int64 = 100

    /// Nil when the order has neither a number nor a name that we know.
    init?(_ query: OrderQuery, memo: CoinExOrderMemo?, at now: Instant) {
        order = query.order
        market = query.market
        sentAt = query.sentAt
        askedAt = now
        hadNumber = query.venueOrder != .unknown
        mayBeStop = memo?.isStop ?? true
        if !hadNumber, let memo, memo.replaces != .none {
            isReplacement = true
            number = memo.replacedNumber
            step = .status
        } else if hadNumber || memo != nil {
            isReplacement = false
            number = query.venueOrder
            step = hadNumber ? .status : mayBeStop ? .stops : .pending
        } else {
            return nil
        }
    }

    /// Whether no request of the order can be carried out any more that we know nothing of.
    var coversLateArrival: Bool { askedAt >= sentAt + CoinExExecutor.lateArrivalMax }
}
