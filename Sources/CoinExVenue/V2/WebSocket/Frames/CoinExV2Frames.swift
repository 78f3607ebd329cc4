import MarketModel
import Quantities

// What pushes bring. Texts are slices of the message, and live as long as it does.

/// A book or changes of it: `depth.update`.
package struct CoinExV2DepthFrame {
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The whole book; otherwise what has changed.
    package internal(set) var isFull = false
    /// Where the asks stand among the decoder's levels.
    package internal(set) var asks = 0..<0
    package internal(set) var bids = 0..<0
    /// The price of the last trade; nil when it was not sent.
    package internal(set) var last: Price?
    package internal(set) var time = Instant.distantPast
    /// The checksum of the whole book after the changes; nil when it was not sent.
    package internal(set) var checksum: UInt32?

    static let required = CoinExV2Field.set(.updatedAt)
}

/// A trade of anyone: `deals.update`; or of our own with the rest: `user_deals.update`.
package struct CoinExV2Deal {
    package internal(set) var id: UInt64 = 0
    package internal(set) var time = Instant.distantPast
    package internal(set) var price = Price.zero
    package internal(set) var amount = Quantity.zero
    /// The side that took; of own deals ours.
    package internal(set) var side = Side.buy

    static let required = CoinExV2Field.set(.dealID, .createdAt, .side, .price, .amount)
}

/// A deal of our own: `user_deals.update`.
package struct CoinExV2UserDeal {
    package internal(set) var deal = CoinExV2Deal()
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var marginMarket = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var orderID: UInt64 = 0
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var liquidity = Liquidity.maker
    package internal(set) var fee = Amount.zero
    package internal(set) var feeAsset = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    static let required =
        CoinExV2Deal.required | CoinExV2Field.set(.market, .orderID, .role, .fee, .feeAsset)
}

/// The best prices: `bbo.update`.
package struct CoinExV2BestPrices {
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var time = Instant.distantPast
    package internal(set) var bid = Price.zero
    package internal(set) var bidSize = Quantity.zero
    package internal(set) var ask = Price.zero
    package internal(set) var askSize = Quantity.zero

    static let required = CoinExV2Field.set(
        .market, .bestBidPrice, .bestBidSize, .bestAskPrice, .bestAskSize)
}

/// The statistics of a market over a period: `state.update`.
package struct CoinExV2State {
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var last = Price.zero
    package internal(set) var open = Price.zero
    package internal(set) var high = Price.zero
    package internal(set) var low = Price.zero
    /// Traded, in the base coin.
    package internal(set) var volume = Quantity.zero
    /// Traded, in the quote coin.
    package internal(set) var value = Notional.zero
    /// In seconds.
    package internal(set) var period: Int64 = 0

    static let required = CoinExV2Field.set(.market, .last, .open, .high, .low, .volume)
}

/// The price of an index: `index.update`.
package struct CoinExV2IndexPrice {
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var price = Price.zero

    static let required = CoinExV2Field.set(.market, .indexPrice)
}

/// What an event says of an order.
public enum CoinExV2OrderEvent: String, BitwiseCopyable, CaseIterable, Sendable {
    /// It rests in the book, perhaps after having taken some.
    case put
    /// It was filled in part.
    case update
    /// It replaces another.
    case modify
    /// It is over; how, its figures tell.
    case finish
}

/// An order: `order.update`. There is no status: one that is over and has something unfilled was cancelled.
package struct CoinExV2StreamOrder {
    package internal(set) var id: UInt64 = 0
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Empty for spot.
    package internal(set) var marginMarket = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var type = CoinExV2OrderType.limit
    package internal(set) var side = Side.buy
    package internal(set) var price = Price.zero
    package internal(set) var amount = Amount.zero
    package internal(set) var unfilled = Amount.zero
    package internal(set) var filled = Quantity.zero
    package internal(set) var filledValue = Notional.zero
    package internal(set) var baseFee = Amount.zero
    package internal(set) var quoteFee = Amount.zero
    package internal(set) var discountFee = Amount.zero
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var lastFilledAmount = Quantity.zero
    package internal(set) var lastFilledPrice = Price.zero
    package internal(set) var created = Instant.distantPast
    package internal(set) var changed = Instant.distantPast

    static let required = CoinExV2Field.set(.orderID, .market, .side, .type, .amount, .unfilled)
}

/// What an event says of a stop order.
public enum CoinExV2StopEvent: String, BitwiseCopyable, CaseIterable, Sendable {
    case put
    /// It fired; its status tells whether an order came of it.
    case active
    case cancel
}

/// A stop order: `stop.update`.
package struct CoinExV2StreamStop {
    package internal(set) var id: UInt64 = 0
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var marginMarket = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var type = CoinExV2OrderType.limit
    package internal(set) var side = Side.buy
    package internal(set) var price = Price.zero
    package internal(set) var amount = Amount.zero
    package internal(set) var triggerPrice = Price.zero
    /// `active_success` once an order came of it; other words are not known for certain.
    package internal(set) var status = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var created = Instant.distantPast
    package internal(set) var changed = Instant.distantPast

    static let required = CoinExV2Field.set(.stopID, .market, .side, .type, .amount, .triggerPrice)
}

/// What the account holds of a coin: `balance.update`.
package struct CoinExV2StreamBalance {
    package internal(set) var coin = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Empty for spot.
    package internal(set) var marginMarket = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var available = Amount.zero
    package internal(set) var frozen = Amount.zero
    package internal(set) var time = Instant.distantPast

    static let required = CoinExV2Field.set(.coin, .available, .frozen)
}
