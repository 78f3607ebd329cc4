import MarketModel
import Quantities
import WireCodecs

// Replies about markets. As of 2024-03; docs.coinex.com and the venue's wiki.

/// The terms of a market.
public struct CoinExMarketInfo: CoinExObject {
    public let name: String
    public let base: String
    public let quote: String
    /// Decimals of an amount.
    public let amountDecimals: Int
    /// Decimals of a price.
    public let priceDecimals: Int
    /// In the base asset.
    public let minimumAmount: Quantity
    public let makerFee: FeeRate
    public let takerFee: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        name = try members.text("name")
        base = try members.text("trading_name")
        quote = try members.text("pricing_name")
        amountDecimals = try members.decimals("trading_decimal")
        priceDecimals = try members.decimals("pricing_decimal")
        minimumAmount = try members.exact("min_amount")
        makerFee = try members.exact("maker_fee_rate")
        takerFee = try members.exact("taker_fee_rate")
    }

    /// The terms as the session knows them.
    public var rules: MarketRules {
        MarketRules(
            tick: Price(raw: Self.step(priceDecimals)), lot: Quantity(raw: Self.step(amountDecimals)),
            minimumQuantity: minimumAmount, makerFee: makerFee, takerFee: takerFee)
    }

    private static func step(_ decimals: Int) -> Int128 {
        Int128(DecimalText.powersOfTen(FixedPointScale.digits - decimals))
    }
}

extension CoinExMembers {
    /// A count of decimals that our numbers can hold.
    fileprivate mutating func decimals(_ field: CoinExField) throws(CoinExDecodeError) -> Int {
        try value(field) { json throws(CoinExDecodeError) in
            let start = json.offset
            let count = try json.coinExNumber(field)
            guard count <= UInt64(FixedPointScale.digits) else {
                throw CoinExDecodeError(.json(.outOfRange), offset: start, field: field)
            }
            return Int(count)
        }
    }
}

/// The day so far of a market.
public struct CoinExTicker: CoinExObject {
    public let last: Price
    public let buy: Price
    public let buyAmount: Quantity
    public let sell: Price
    public let sellAmount: Quantity
    public let open: Price
    public let high: Price
    public let low: Price
    /// In the base asset, over 24 hours.
    public let volume: Quantity

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        last = try members.exact("last")
        buy = try members.exact("buy")
        buyAmount = try members.exact("buy_amount")
        sell = try members.exact("sell")
        sellAmount = try members.exact("sell_amount")
        open = try members.exact("open")
        high = try members.exact("high")
        low = try members.exact("low")
        volume = try members.figure("vol")
    }
}

/// One ticker, or one per market, with the venue's time.
public struct CoinExTickers<Ticker: CoinExDecodable>: CoinExObject {
    public let serverTime: Instant
    public let ticker: Ticker

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        serverTime = try members.milliseconds("date")
        ticker = try members.part("ticker")
    }
}

/// A candle: the venue writes open, close, high, low, in this order.
public struct CoinExCandle: CoinExDecodable {
    public let openedAt: Instant
    public let open: Price
    public let close: Price
    public let high: Price
    public let low: Price
    /// In the base asset.
    public let volume: Quantity
    /// In the quote asset.
    public let value: Notional

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        try json.coinEx(field) { json throws(JSONError) in try json.beginArray() }
        openedAt = try json.coinExTime("time", perSecond: 1)
        open = try json.nextCoinExExact("open")
        close = try json.nextCoinExExact("close")
        high = try json.nextCoinExExact("high")
        low = try json.nextCoinExExact("low")
        try json.coinEx("volume") { json throws(JSONError) in try json.nextElement() }
        volume = try json.coinExFigure("volume")
        try json.coinEx("value") { json throws(JSONError) in try json.nextElement() }
        value = try json.coinExFigure("value")
        // Older replies have the market's name behind these.
        try json.coinEx(field) { json throws(JSONError) in try json.endArray() }
    }
}

extension JSONCursor {
    fileprivate mutating func nextCoinExExact<Value: FixedPoint>(
        _ field: CoinExField
    ) throws(CoinExDecodeError) -> Value {
        try coinEx(field) { json throws(JSONError) in try json.nextElement() }
        return try coinExExact(field)
    }
}

/// How a coin moves in and out over one chain.
public struct CoinExAssetConfig: CoinExObject {
    public let asset: String
    public let chain: String
    public let canDeposit: Bool
    public let canWithdraw: Bool
    public let leastDeposit: Amount
    public let leastWithdrawal: Amount
    public let withdrawalFee: Amount
    public let withdrawalDecimals: UInt64?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("asset")
        chain = try members.text("chain")
        withdrawalDecimals = try members.numberOrNil("withdrawal_precision")
        canDeposit = try members.bool("can_deposit")
        canWithdraw = try members.bool("can_withdraw")
        leastDeposit = try members.figure("deposit_least_amount")
        leastWithdrawal = try members.figure("withdraw_least_amount")
        withdrawalFee = try members.figure("withdraw_tx_fee")
    }
}

/// Fees of a market, and the steps that its depth can be merged to.
public struct CoinExTradeInfo: CoinExObject {
    public let makerFee: FeeRate
    public let takerFee: FeeRate
    public let mergeSteps: [String]
    public let isAMM: Bool

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        makerFee = try members.exact("maker_fee_rate")
        takerFee = try members.exact("taker_fee_rate")
        mergeSteps = try members.part("depths")
        isAMM = try members.bool("is_amm_market", otherwise: false)
    }
}

/// A decimal that stands alone, such as a rate in a table.
public struct CoinExFigure: CoinExDecodable, Equatable {
    public let value: Amount

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        value = try json.coinExFigure(field)
    }
}

/// What an answer of unknown shape holds: its own text, checked against the grammar.
public struct CoinExRawText: CoinExDecodable, Equatable {
    public let text: String

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let raw = try json.coinEx(field) { json throws(JSONError) in try json.rawValue() }
        text = String(decoding: raw, as: UTF8.self)
    }
}
