import MarketModel
import Quantities
import WireCodecs

// Replies about markets and the account, as of 2025-07.

public struct CoinExV2Time: CoinExObject, Equatable {
    public let time: Instant

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        time = try members.v2Time("timestamp")
    }
}

/// The terms of a market.
public struct CoinExV2Market: CoinExObject {
    public let name: String
    public let base: String
    public let quote: String
    /// Decimals of an amount.
    public let baseDecimals: Int
    /// Decimals of a price.
    public let quoteDecimals: Int
    /// In the base asset.
    public let minimumAmount: Quantity
    public let makerFee: FeeRate
    public let takerFee: FeeRate
    public let hasPool: Bool
    public let hasMargin: Bool

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        name = try members.v2Name("market")
        base = try members.text("base_ccy")
        quote = try members.text("quote_ccy")
        baseDecimals = try members.v2Decimals("base_ccy_precision")
        quoteDecimals = try members.v2Decimals("quote_ccy_precision")
        minimumAmount = try members.exact("min_amount")
        makerFee = try members.exact("maker_fee_rate")
        takerFee = try members.exact("taker_fee_rate")
        hasPool = try members.bool("is_amm_available", otherwise: false)
        hasMargin = try members.bool("is_margin_available", otherwise: false)
    }

    /// The terms as the session knows them.
    public var rules: MarketRules {
        MarketRules(
            tick: Price(raw: Self.step(quoteDecimals)), lot: Quantity(raw: Self.step(baseDecimals)),
            minimumQuantity: minimumAmount, makerFee: makerFee, takerFee: takerFee)
    }

    private static func step(_ decimals: Int) -> Int128 {
        Int128(DecimalText.powersOfTen(FixedPointScale.digits - decimals))
    }
}

extension CoinExMembers {
    /// A count of decimals that our numbers can hold.
    fileprivate mutating func v2Decimals(_ field: CoinExField) throws(CoinExDecodeError) -> Int {
        let count = try v2Number(field)
        guard count <= UInt64(FixedPointScale.digits) else {
            throw CoinExDecodeError(.json(.outOfRange), offset: end, field: field)
        }
        return Int(count)
    }
}

/// The day so far of a market.
public struct CoinExV2Ticker: CoinExObject {
    public let market: String
    public let last: Price
    public let open: Price
    public let close: Price
    public let high: Price
    public let low: Price
    /// In the base asset.
    public let volume: Quantity
    /// Offered at the best prices, in the base asset.
    public let sellVolume: Quantity
    public let buyVolume: Quantity
    /// In the quote asset.
    public let value: Notional
    /// In seconds.
    public let period: UInt64

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        last = try members.figure("last")
        open = try members.figure("open")
        close = try members.figure("close")
        high = try members.figure("high")
        low = try members.figure("low")
        volume = try members.figure("volume")
        sellVolume = try members.figure("volume_sell", otherwise: .zero)
        buyVolume = try members.figure("volume_buy", otherwise: .zero)
        value = try members.figure("value")
        period = try members.v2NumberOrNil("period") ?? 86_400
    }
}

/// The book of a market: asks ascending, bids descending.
public struct CoinExV2Depth: CoinExObject {
    public let market: String
    public let isFull: Bool
    public let book: Book

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        isFull = try members.bool("is_full")
        book = try members.part("depth")
    }

    public struct Book: CoinExObject {
        public let asks: [CoinExV2Level]
        public let bids: [CoinExV2Level]
        public let last: Price
        public let time: Instant
        /// The CRC-32 of the book's text.
        public let checksum: UInt64?

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            asks = try members.part("asks")
            bids = try members.part("bids")
            last = try members.exact("last", otherwise: .zero)
            time = try members.v2Time("updated_at")
            checksum = try members.v2NumberOrNil("checksum")
        }
    }
}

/// A level of a book: `["30740.00", "0.31763545"]`.
public struct CoinExV2Level: CoinExDecodable, Equatable {
    public let price: Price
    public let amount: Quantity

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        try json.coinEx(field) { json throws(JSONError) in try json.beginArray() }
        price = try json.coinExExact(field)
        try json.coinEx(field) { json throws(JSONError) in try json.nextElement() }
        amount = try json.coinExExact(field)
        try json.coinEx(field) { json throws(JSONError) in try json.endArray() }
    }
}

/// A trade of anyone.
public struct CoinExV2MarketDeal: CoinExObject {
    public let id: DealID
    public let createdAt: Instant
    /// The side that took.
    public let side: CoinExSide
    public let price: Price
    public let amount: Quantity

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = DealID(try members.v2Number("deal_id"))
        createdAt = try members.v2Time("created_at")
        side = try members.word("side")
        price = try members.exact("price")
        amount = try members.exact("amount")
    }
}

public struct CoinExV2Candle: CoinExObject {
    public let market: String
    /// When it begins.
    public let start: Instant
    public let open: Price
    public let close: Price
    public let high: Price
    public let low: Price
    /// In the base asset.
    public let volume: Quantity
    /// In the quote asset.
    public let value: Notional

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        start = try members.v2Time("created_at")
        open = try members.exact("open")
        close = try members.exact("close")
        high = try members.exact("high")
        low = try members.exact("low")
        volume = try members.figure("volume")
        value = try members.figure("value")
    }
}

/// The price of an index.
public struct CoinExV2Index: CoinExObject {
    public struct Source: CoinExObject {
        public let exchange: String
        public let createdAt: Instant
        public let weight: Amount
        public let price: Price

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            exchange = try members.text("exchange")
            createdAt = try members.v2Time("created_at")
            weight = try members.figure("index_weight")
            price = try members.figure("index_price")
        }
    }

    public let market: String
    public let createdAt: Instant
    public let price: Price
    public let sources: [Source]

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        createdAt = try members.v2Time("created_at")
        price = try members.figure("price")
        sources = try members.part("sources")
    }
}

/// What a coin is called, and the chains that it lives on.
public struct CoinExV2Asset: CoinExObject {
    public struct Chain: CoinExObject {
        public let name: String
        public let identity: String
        public let explorer: String

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            name = try members.text("chain_name")
            identity = try members.text("identity", otherwise: "")
            explorer = try members.text("explorer_url", otherwise: "")
        }
    }

    public let shortName: String
    public let fullName: String
    public let website: String
    public let paper: String
    public let chains: [Chain]

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        shortName = try members.text("short_name")
        fullName = try members.text("full_name", otherwise: "")
        website = try members.text("website_url", otherwise: "")
        paper = try members.text("white_paper_url", otherwise: "")
        chains = try members.part("chain_info")
    }
}

/// What the account holds of a coin.
public struct CoinExV2Balance: CoinExObject {
    public let asset: String
    public let available: Amount
    public let frozen: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("ccy")
        available = try members.figure("available")
        frozen = try members.figure("frozen")
    }
}

/// What trades in a market cost; a maker's rate may be negative.
public struct CoinExV2FeeRates: CoinExObject {
    public let market: String
    public let maker: FeeRate
    public let taker: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        maker = try members.exact("maker_rate")
        taker = try members.exact("taker_rate")
    }
}
