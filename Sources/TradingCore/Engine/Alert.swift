import MarketModel
import Quantities

/// Something that the person who runs the session should know.
public struct Alert: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum Kind: BitwiseCopyable, Equatable, Sendable {
        /// The drawdown ladder climbed.
        case ladder(LadderStep)
        /// A person, or who watches over the session, has halted it.
        case switched(LadderStep)
        /// An order went unanswered; it is being asked for.
        case orderUncertain(OrderID)
        /// The venue counts fills that we do not hold; they are being asked for.
        case dealsMissing(OrderID)
        /// Evidence about an order that we hold to be over: more was filled than we booked.
        case contradiction(OrderID)
        /// A fee was charged in an asset that cannot be valued in the market's quote asset.
        case feeNotValued(AssetID)
        /// The venue said that we ask too often.
        case rateLimited
        /// Requests were dropped because a strategy made too many in one turn.
        case requestsDropped(Int)
        /// A strategy was stopped for too many refusals.
        case tooManyRefusals
        /// A callback of a strategy threw.
        case strategyFailed
        /// A number of the venue does not fit.
        case overflow
        /// A crossed or one-sided quote was dropped.
        case badQuote(MarketID)
        /// The book of a market was found crossed and waits for a snapshot.
        case crossedBook(MarketID)
    }

    public var kind: Kind
    public var strategy: StrategyID
    public var at: Instant
}
