import MarketModel

extension Refusal {
    /// The reason as one word of a tape.
    var word: String {
        switch self {
        case .priceOffTick: "price-off-tick"
        case .quantityOffLot: "quantity-off-lot"
        case .quantityBelowMinimum: "quantity-below-minimum"
        case .notionalBelowMinimum: "notional-below-minimum"
        case .quantityNotPositive: "quantity-not-positive"
        case .priceNotPositive: "price-not-positive"
        case .overflow: "overflow"
        case .sumOfOtherOrder: "sum-of-other-order"
        case .orderQuantityLimit: "order-quantity-limit"
        case .orderNotionalLimit: "order-notional-limit"
        case .priceBand: "price-band"
        case .openOrderLimit: "open-order-limit"
        case .positionLimit: "position-limit"
        case .orderRateLimit: "order-rate-limit"
        case .errorRateLimit: "error-rate-limit"
        case .insufficientBalance: "insufficient-balance"
        case .selfMatch: "self-match"
        case .staleBook: "stale-book"
        case .reduceOnly: "reduce-only"
        case .halted: "halted"
        case .notReady: "not-ready"
        case .strategyStopped: "strategy-stopped"
        case .unknownOrder: "unknown-order"
        case .queueFull: "queue-full"
        case .unknownMarket: "unknown-market"
        case .withdrawn: "withdrawn"
        case .neverSent: "never-sent"
        case .watchedMarket: "watched-market"
        case .venueInsufficientBalance: "no-balance"
        case .venueBelowMinimum: "below-minimum"
        case .venuePriceOutOfBand: "out-of-band"
        case .venueWouldTake: "would-take"
        case .venueNotFillable: "not-fillable"
        case .venueNoLiquidity: "no-liquidity"
        case .venueInvalidStopPrice: "invalid-stop-price"
        case .venueBadParameter: "bad-parameter"
        case .venueOrderNotFound: "order-not-found"
        case .venueRateLimited: "rate-limited"
        case .venueNotPermitted: "not-permitted"
        case .venueOther: "other"
        }
    }
}
