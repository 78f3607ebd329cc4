import MarketModel
import Quantities

// Replies about own deals and stop orders. As of 2024-03; docs.coinex.com and the venue's wiki.

/// A deal of one of our orders.
public struct CoinExOwnDeal: CoinExObject, Equatable {
    public let id: DealID
    /// Null where deals of one order were asked for.
    public let order: VenueOrderID?
    public let account: UInt64?
    public let createdAt: Instant
    public let side: CoinExSide?
    public let role: CoinExRole
    public let price: Price
    public let amount: Quantity
    public let money: Notional
    public let fee: Amount
    public let feeAsset: String?
    public let market: String?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = DealID(try members.number("id"))
        order = try members.numberOrNil("order_id").map { VenueOrderID($0) }
        account = try members.numberOrNil("account_id")
        createdAt = try members.seconds("create_time")
        side = try members.wordOrNil("type")
        role = try members.word("role")
        price = try members.exact("price")
        amount = try members.exact("amount")
        fee = try members.figure("fee")
        feeAsset = try members.textOrNil("fee_asset")
        market = try members.textOrNil("market")
        money = try members.figure("deal_money")
    }
}

/// A stop order that waits.
public struct CoinExStop: CoinExObject, Equatable {
    public let id: VenueOrderID
    public let account: UInt64?
    public let createdAt: Instant
    public let market: String
    public let type: CoinExOrderType
    public let side: CoinExSide
    public let amount: Amount
    /// Zero for stop market orders.
    public let price: Price
    public let stopPrice: Price
    /// 1: fires when the last price has fallen to the stop price; 2: when it has risen; 0 has been seen.
    public let state: UInt64
    public let takerFee: FeeRate
    public let makerFee: FeeRate
    public let feeAsset: String?
    public let feeDiscount: FeeRate
    public let clientID: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        account = try members.numberOrNil("account_id")
        id = VenueOrderID(try members.number("order_id"))
        createdAt = try members.seconds("create_time")
        amount = try members.exact("amount")
        price = try members.exact("price")
        stopPrice = try members.exact("stop_price")
        takerFee = try members.figure("taker_fee", otherwise: .zero)
        makerFee = try members.figure("maker_fee", otherwise: .zero)
        state = try members.number("state")
        feeAsset = try members.textOrNil("fee_asset")
        feeDiscount = try members.figure("fee_discount", otherwise: .zero)
        market = try members.text("market")
        type = try members.word("order_type")
        side = try members.word("type")
        clientID = try members.text("client_id", otherwise: "")
    }
}

/// A stop order that has fired.
public struct CoinExFiredStop: CoinExObject, Equatable {
    public enum Status: String, CoinExWord {
        /// The order that it stood for was submitted.
        case active
        /// It could not be.
        case fail
    }

    public let id: VenueOrderID
    public let createdAt: Instant
    public let market: String
    public let type: CoinExOrderType
    public let side: CoinExSide
    public let amount: Amount
    public let price: Price
    public let stopPrice: Price
    public let status: Status
    public let clientID: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = VenueOrderID(try members.number("order_id"))
        createdAt = try members.seconds("create_time")
        amount = try members.exact("amount")
        price = try members.exact("price")
        stopPrice = try members.exact("stop_price")
        market = try members.text("market")
        type = try members.word("order_type")
        side = try members.word("type")
        status = try members.word("status")
        clientID = try members.text("client_id", otherwise: "")
    }
}
