/// Why an order or a request was refused, by ourselves or by the venue.
///
/// The codes below 100 are our own risk rules and desk: such an order was never sent. Those from 100
/// are the venue's: it answered, and the order does not stand.
@frozen public enum Refusal: UInt8, BitwiseCopyable, CaseIterable, Error, Hashable, Sendable {
    // Shape of the order
    case priceOffTick = 1
    case quantityOffLot = 2
    case quantityBelowMinimum = 3
    case notionalBelowMinimum = 4
    case quantityNotPositive = 5
    case priceNotPositive = 6
    case overflow = 7
    case sumOfOtherOrder = 8
    // Limits
    case orderQuantityLimit = 10
    case orderNotionalLimit = 11
    case priceBand = 12
    case openOrderLimit = 13
    case positionLimit = 14
    case orderRateLimit = 15
    case errorRateLimit = 16
    case insufficientBalance = 17
    case selfMatch = 18
    case staleBook = 19
    // State of the session
    case reduceOnly = 30
    case halted = 31
    case notReady = 32
    case strategyStopped = 33
    case unknownOrder = 34
    case queueFull = 35
    case unknownMarket = 36
    case withdrawn = 37
    /// Proof that it was never sent: the link was down before the first byte.
    case neverSent = 38
    /// The configuration lets the strategy read the market only.
    case watchedMarket = 39
    // The venue's answers
    case venueInsufficientBalance = 100
    case venueBelowMinimum = 101
    case venuePriceOutOfBand = 102
    case venueWouldTake = 103
    case venueNotFillable = 104
    case venueNoLiquidity = 105
    case venueInvalidStopPrice = 106
    case venueBadParameter = 107
    case venueOrderNotFound = 108
    case venueRateLimited = 109
    case venueNotPermitted = 110
    case venueOther = 127

    /// Whether the venue itself refused.
    @inlinable public var isFromVenue: Bool { rawValue >= 100 }
}

extension Refusal: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .priceOffTick: "price is not a multiple of the tick"
        case .quantityOffLot: "quantity is not a multiple of the lot"
        case .quantityBelowMinimum: "quantity is below the market's minimum"
        case .notionalBelowMinimum: "value is below the market's minimum"
        case .quantityNotPositive: "quantity is not positive"
        case .priceNotPositive: "price is not positive"
        case .overflow: "price times quantity is too large"
        case .sumOfOtherOrder: "only a market buy can spend a sum"
        case .orderQuantityLimit: "quantity is above the limit per order"
        case .orderNotionalLimit: "value is above the limit per order"
        case .priceBand: "price is too far from the market"
        case .openOrderLimit: "too many open orders"
        case .positionLimit: "position would exceed its limit"
        case .orderRateLimit: "too many orders in the window"
        case .errorRateLimit: "too many refusals in the window"
        case .insufficientBalance: "balance does not cover it"
        case .selfMatch: "it would trade with an own order"
        case .staleBook: "the book is stale or suspect"
        case .reduceOnly: "only orders that reduce the position are allowed"
        case .halted: "trading is halted"
        case .notReady: "the session is not ready"
        case .strategyStopped: "the strategy has stopped"
        case .unknownOrder: "no such living order"
        case .queueFull: "too many requests in one turn"
        case .unknownMarket: "no such market"
        case .withdrawn: "withdrawn before it was sent"
        case .neverSent: "it could not be sent"
        case .watchedMarket: "the market is there to be watched only"
        case .venueInsufficientBalance: "venue: balance does not cover it"
        case .venueBelowMinimum: "venue: below the minimum"
        case .venuePriceOutOfBand: "venue: price too far from the market"
        case .venueWouldTake: "venue: maker-only order would take"
        case .venueNotFillable: "venue: fill-or-kill cannot be filled"
        case .venueNoLiquidity: "venue: nothing to trade with"
        case .venueInvalidStopPrice: "venue: invalid stop price"
        case .venueBadParameter: "venue: bad parameter"
        case .venueOrderNotFound: "venue: no such order"
        case .venueRateLimited: "venue: too many requests"
        case .venueNotPermitted: "venue: not permitted"
        case .venueOther: "venue: refused"
        }
    }
}
