import MarketModel
import Quantities

// What the markets of futures tell in public: read only. As of 2025-07.

/// The terms of a contract.
public struct CoinExV2FuturesMarket: CoinExObject {
    public let market: String
    /// `linear` or `inverse`.
    public let contractType: String
    public let base: String
    public let quote: String
    /// Decimals of an amount and of a price.
    public let baseDecimals: UInt64
    public let quoteDecimals: UInt64
    public let minimumAmount: Amount
    public let makerFee: FeeRate
    public let takerFee: FeeRate
    public let leverage: [String]
    /// Of all positions; nil where it is not told.
    public let openInterest: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        contractType = try members.text("contract_type", otherwise: "")
        base = try members.text("base_ccy")
        quote = try members.text("quote_ccy")
        baseDecimals = try members.v2Number("base_ccy_precision")
        quoteDecimals = try members.v2Number("quote_ccy_precision")
        minimumAmount = try members.exact("min_amount")
        makerFee = try members.exact("maker_fee_rate")
        takerFee = try members.exact("taker_fee_rate")
        leverage = try members.partOrNil("leverage") ?? []
        openInterest = try members.figureOrNil("open_interest_volume")
    }
}

/// The day so far of a contract.
public struct CoinExV2FuturesTicker: CoinExObject {
    public let day: CoinExV2Ticker
    public let indexPrice: Price
    /// What positions are valued at.
    public let markPrice: Price
    public let openInterest: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        day = try CoinExV2Ticker(&members)
        indexPrice = try members.figure("index_price")
        markPrice = try members.figure("mark_price")
        openInterest = try members.figureOrNil("open_interest_size")
    }
}

/// What holders of positions pay each other now, and next.
public struct CoinExV2FundingRate: CoinExObject {
    public let market: String
    public let markPrice: Price?
    public let latest: FeeRate
    public let next: FeeRate
    public let lowest: FeeRate?
    public let highest: FeeRate?
    public let latestAt: Instant?
    public let nextAt: Instant?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        markPrice = try members.figureOrNil("mark_price")
        latest = try members.figure("latest_funding_rate")
        next = try members.figure("next_funding_rate")
        lowest = try members.figureOrNil("min_funding_rate")
        highest = try members.figureOrNil("max_funding_rate")
        latestAt = try members.v2TimeOrNil("latest_funding_time")
        nextAt = try members.v2TimeOrNil("next_funding_time")
    }
}

/// What they paid.
public struct CoinExV2PastFunding: CoinExObject {
    public let market: String
    public let time: Instant?
    public let theoretical: FeeRate?
    public let actual: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        time = try members.v2TimeOrNil("funding_time")
        theoretical = try members.figureOrNil("theoretical_funding_rate")
        actual = try members.figure("actual_funding_rate")
    }
}

/// How far a contract was from its index at a time: a rate, or the premium index.
public struct CoinExV2Basis: CoinExObject {
    public let market: String
    public let createdAt: Instant
    public let rate: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        createdAt = try members.v2Time("created_at")
        rate =
            members.has("basis_rate")
            ? try members.figure("basis_rate") : try members.figure("premium_index")
    }
}

/// What margin positions of a size want.
public struct CoinExV2PositionLevels: CoinExObject {
    public struct Level: CoinExObject {
        public let amount: Amount
        public let leverage: String
        public let maintenanceRate: FeeRate
        public let initialRate: FeeRate?

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            amount = try members.figure("amount")
            leverage = try members.label("leverage")
            maintenanceRate = try members.figure("maintenance_margin_rate")
            initialRate = try members.figureOrNil("min_initial_margin_rate")
        }
    }

    public let market: String
    public let levels: [Level]

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        levels = try members.part("level")
    }
}
