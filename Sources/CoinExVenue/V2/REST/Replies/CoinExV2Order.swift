import MarketModel
import Quantities

/// How far an order is; only replies that ask for it say so.
public enum CoinExV2OrderStatus: String, CoinExWord {
    case open
    case partlyFilled = "part_filled"
    case filled
    case partlyCancelled = "part_canceled"
    case cancelled = "canceled"
}

/// An order as REST tells of it.
///
/// For a market order in units of the quote asset, `amount` and `unfilled` are in that asset; `filled` is in the base
/// asset always. Replies other than to `order-status` have no status: how such an order stands follows from what was
/// asked for.
public struct CoinExV2Order: CoinExObject, Equatable {
    public let id: VenueOrderID
    public let market: String
    /// `SPOT` or `MARGIN`; where it is left out, spot was asked for.
    public let marketType: String
    /// The unit of `amount`; missing in some listings.
    public let amountAsset: String?
    public let side: CoinExSide
    public let type: CoinExV2OrderType
    public let amount: Amount
    public let price: Price
    public let unfilled: Amount
    public let filled: Quantity
    public let filledValue: Notional
    /// Empty where there is none.
    public let clientID: String
    public let baseFee: Amount
    public let quoteFee: Amount
    public let discountFee: Amount
    public let makerFee: FeeRate
    public let takerFee: FeeRate
    public let lastFilledAmount: Quantity
    public let lastFilledPrice: Price
    public let createdAt: Instant
    /// Nil where nothing has changed since.
    public let updatedAt: Instant?
    public let status: CoinExV2OrderStatus?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = VenueOrderID(try members.v2Number("order_id"))
        market = try members.v2Name("market")
        marketType = try members.text("market_type", otherwise: "SPOT")
        amountAsset = try members.textOrNil("ccy")
        side = try members.word("side")
        type = try members.word("type")
        amount = try members.exact("amount")
        price = try members.exact("price")
        unfilled = try members.figure("unfilled_amount")
        filled = try members.exact("filled_amount")
        filledValue = try members.figure("filled_value", otherwise: .zero)
        clientID = try members.text("client_id", otherwise: "")
        baseFee = try members.figure("base_fee", otherwise: .zero)
        quoteFee = try members.figure("quote_fee", otherwise: .zero)
        discountFee = try members.figure("discount_fee", otherwise: .zero)
        makerFee = try members.figure("maker_fee_rate", otherwise: .zero)
        takerFee = try members.figure("taker_fee_rate", otherwise: .zero)
        if members.has("last_fill_amount") {
            lastFilledAmount = try members.exact("last_fill_amount", otherwise: .zero)
            lastFilledPrice = try members.exact("last_fill_price", otherwise: .zero)
        } else {
            lastFilledAmount = try members.exact("last_filled_amount", otherwise: .zero)
            lastFilledPrice = try members.exact("last_filled_price", otherwise: .zero)
        }
        createdAt = try members.v2Time("created_at")
        updatedAt = try members.v2TimeOrNil("updated_at")
        status = try members.wordOrNil("status")
    }
}

/// Which way the price has to go for a stop order to fire.
public enum CoinExV2TriggerDirection: String, CoinExWord {
    case higher
    case lower
}

/// A stop order as REST tells of it.
public struct CoinExV2Stop: CoinExObject, Equatable {
    public let id: VenueOrderID
    public let market: String
    public let marketType: String
    public let amountAsset: String?
    public let side: CoinExSide
    public let type: CoinExV2OrderType
    public let amount: Amount
    public let price: Price
    public let triggerPrice: Price
    public let triggerDirection: CoinExOpen<CoinExV2TriggerDirection>?
    /// `latest_price`, `index_price` or `mark_price`, where the venue tells.
    public let triggerPriceType: String?
    public let clientID: String
    public let createdAt: Instant
    public let updatedAt: Instant?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = VenueOrderID(try members.v2Number("stop_id"))
        market = try members.v2Name("market")
        marketType = try members.text("market_type", otherwise: "SPOT")
        amountAsset = try members.textOrNil("ccy")
        side = try members.word("side")
        type = try members.word("type")
        amount = try members.exact("amount")
        price = try members.exact("price", otherwise: .zero)
        triggerPrice = try members.exact("trigger_price")
        triggerDirection = try members.partOrNil("trigger_direction")
        triggerPriceType = try members.textOrNil("trigger_price_type")
        clientID = try members.text("client_id", otherwise: "")
        createdAt = try members.v2Time("created_at")
        updatedAt = try members.v2TimeOrNil("updated_at")
    }
}

/// The number that a stop order was given.
public struct CoinExV2StopNumber: CoinExObject, Equatable {
    public let id: VenueOrderID

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = VenueOrderID(try members.v2Number("stop_id"))
    }
}

/// A deal of one of our orders.
public struct CoinExV2OwnDeal: CoinExObject, Equatable {
    public let id: DealID
    public let order: VenueOrderID
    public let createdAt: Instant
    public let market: String
    /// Empty for spot.
    public let marginMarket: String
    public let side: CoinExSide
    public let price: Price
    public let amount: Quantity
    /// Nil in older replies.
    public let role: CoinExRole?
    /// Nil in older replies.
    public let fee: Amount?
    public let feeAsset: String?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = DealID(try members.v2Number("deal_id"))
        order = VenueOrderID(try members.v2Number("order_id"))
        createdAt = try members.v2Time("created_at")
        market = try members.v2Name("market")
        marginMarket = try members.text("margin_market", otherwise: "")
        side = try members.word("side")
        price = try members.exact("price")
        amount = try members.exact("amount")
        role = try members.wordOrNil("role")
        fee = try members.figureOrNil("fee")
        feeAsset = try members.textOrNil("fee_ccy")
    }
}
