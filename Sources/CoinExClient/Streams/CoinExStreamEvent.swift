import CoinExVenue

/// What the venue pushes on a stream that was subscribed.
public enum CoinExStreamEvent: Equatable, Sendable {
    case book(CoinExStreamBook)
    /// The newest first; the first push after a subscription is history.
    case deals(market: String, [CoinExStreamDeal])
    case states([CoinExStreamState])
    case candles([CoinExStreamCandle])
    case indexes([CoinExStreamIndex])
    /// Of the second generation only.
    case bestPrices(CoinExStreamBestPrices)
    case order(CoinExStreamOrderEvent, CoinExStreamOrder)
    case stop(CoinExV1StopEvent, CoinExStreamStop)
    case ownDeals(market: String, [CoinExStreamDeal])
    case balances([CoinExStreamBalance])
    /// Of the first generation; what one of the second says is not known for certain.
    case notice(CoinExV1Notice)
}

/// What an event says of an order.
public enum CoinExStreamOrderEvent: Equatable, Sendable {
    /// It rests in the book, perhaps after having taken some.
    case put
    /// It was filled in part.
    case update
    /// It replaces another: of the second generation only.
    case modify
    /// It is over; how, its figures tell.
    case finish
}

/// What the venue answers to a call.
public enum CoinExStreamReply: Equatable, Sendable {
    /// It was carried out: signing, subscribing, unsubscribing, ping.
    case done
    /// In seconds since 1970.
    case time(Int64)
    /// The same in milliseconds, as the second generation tells it.
    case timeMilliseconds(Int64)
    case book(CoinExStreamBook)
    case deals([CoinExStreamDeal])
    case state(CoinExStreamState)
    case candles([CoinExStreamCandle])
    case indexes([CoinExStreamIndex])
    case orders([CoinExStreamOrder], CoinExV1Page)
    case stops([CoinExStreamStop], CoinExV1Page)
    case ownDeals([CoinExStreamDeal], CoinExV1Page)
    case balances([CoinExStreamBalance])
}

extension CoinExStreamReply {
    /// The venue's time, if that is what was answered.
    var milliseconds: Int64? {
        switch self {
        case .time(let seconds): seconds * 1_000
        case .timeMilliseconds(let milliseconds): milliseconds
        case .done, .book, .deals, .state, .candles, .indexes, .orders, .stops, .ownDeals, .balances: nil
        }
    }
}

/// Why a call has no answer, or why a stream has ended.
public enum CoinExStreamFault: Error, Equatable, Sendable {
    /// The venue answered with an error.
    case refused(CoinExV1CallError)
    /// The connection has ended, or never came about, for this reason.
    case ended(String)
    /// No answer in time. A subscription may stand all the same.
    case timeout
    /// What came is no message of the venue.
    case malformed(CoinExV1StreamError)
    case malformedV2(CoinExV2StreamError)
    /// Whoever reads the events is too slow: more wait than may wait.
    case overflow
    /// As many calls are under way as may be.
    case tooManyCalls
    /// The message would be longer than the venue takes.
    case tooLong
    /// It asks for a signature, and there is no key.
    case noKey
    case cancelled
    case misconfigured(String)
}

extension CoinExStreamFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let error): "refused: error \(error.code) \(error.message)"
        case .ended(let reason): "the connection has ended: \(reason)"
        case .timeout: "no answer in time"
        case .malformed(let error): "\(error)"
        case .malformedV2(let error): "\(error)"
        case .overflow: "events come faster than they are read"
        case .tooManyCalls: "too many calls are under way"
        case .tooLong: "too many names for one call"
        case .noKey: "it needs a key"
        case .cancelled: "cancelled"
        case .misconfigured(let text): text
        }
    }
}
