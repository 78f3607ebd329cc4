import CoinExVenue
import MarketModel
import Quantities

// Rows of the streams, with memory of their own.

/// A book, or what has changed of it.
public struct CoinExStreamBook: Equatable, Sendable {
    /// Empty in the answer to a query, which does not repeat it.
    public let market: String
    /// The whole book; otherwise changes, where a quantity of zero takes a level away.
    public let isWhole: Bool
    /// Descending by price.
    public let bids: [Level]
    /// Ascending by price.
    public let asks: [Level]
    public let last: Price?
    public let time: Instant
    /// CRC-32 of the whole book's text after the change.
    public let checksum: UInt32?
}

/// A trade of anyone, or a deal of our own.
public struct CoinExStreamDeal: Equatable, Sendable {
    public let id: UInt64
    public let time: Instant
    public let price: Price
    public let amount: Quantity
    /// The side that took.
    public let side: Side
    /// Of own deals.
    public let order: VenueOrderID?
    public let clientID: String
}

/// An order of our own. What it may be concluded from is told at `CoinExOrder`.
public struct CoinExStreamOrder: Equatable, Sendable {
    public let id: VenueOrderID
    public let market: String
    public let isMarketOrder: Bool
    public let side: Side
    public let account: Int64
    public let options: CoinExV1OrderOptions
    public let created: Instant
    public let changed: Instant
    public let price: Price
    public let amount: Amount
    public let left: Amount
    /// What was filled, in the base asset.
    public let filled: Quantity
    public let filledMoney: Notional
    public let baseFee: Amount
    public let quoteFee: Amount
    public let otherFee: Amount
    public let otherFeeAsset: String
    public let clientID: String
    /// The stop order that it came of.
    public let stop: VenueOrderID?
}

/// A stop order of our own.
public struct CoinExStreamStop: Equatable, Sendable {
    public let id: VenueOrderID
    public let market: String
    public let isMarketOrder: Bool
    public let side: Side
    public let account: Int64
    public let changed: Instant
    public let stopPrice: Price
    public let price: Price
    public let amount: Amount
    public let status: CoinExV1StopStatus
    public let clientID: String
}

/// The best prices of a market.
public struct CoinExStreamBestPrices: Equatable, Sendable {
    public let market: String
    public let bid: Price
    public let bidSize: Quantity
    public let ask: Price
    public let askSize: Quantity
    public let time: Instant
}

/// What an account holds of a coin.
public struct CoinExStreamBalance: Equatable, Sendable {
    public let coin: String
    public let account: Int64
    public let available: Amount
    public let frozen: Amount
}

/// The statistics of a market.
public struct CoinExStreamState: Equatable, Sendable {
    public let market: String
    public let last: Price
    public let open: Price
    public let high: Price
    public let low: Price
    /// In the base asset.
    public let volume: Quantity
    /// In the quote asset.
    public let value: Notional
}

/// A candle of the venue, or one that ``CoinExDealCandles`` made of deals.
public struct CoinExStreamCandle: Equatable, Sendable {
    public let market: String
    public let start: Instant
    public let open: Price
    public let close: Price
    public let high: Price
    public let low: Price
    /// In the base asset.
    public let volume: Quantity
    /// In the quote asset.
    public let value: Notional
}

/// The price of an index.
public struct CoinExStreamIndex: Equatable, Sendable {
    public let market: String
    public let price: Price
}
