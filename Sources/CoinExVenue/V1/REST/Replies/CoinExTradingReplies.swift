import MarketModel
import Quantities

// Replies about own deals and stop orders. As of 2024-03; docs.coinex.com and the venue's wiki.

/// A deal of one of our orders.
package struct CoinExOwnDeal: CoinExObject, Equatable {
    package let id: DealID
    /// Null where deals of one order were asked for.
    package let order: VenueOrderID?
    package let account: UInt64?
    package let createdAt: Instant
    package let side: CoinExSide?
    package let role: CoinExRole
    package let price: Price
    package let amount: Quantity
    package let money: Notional
    package let fee: Amount
    package let feeAsset: String?
    package let market: String?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExStop: CoinExObject, Equatable {
    package let id: VenueOrderID
    package let account: UInt64?
    package let createdAt: Instant
    package let market: String
    package let type: CoinExOrderType
    package let side: CoinExSide
    package let amount: Amount
    /// Zero for stop market orders.
    package let price: Price
    package let stopPrice: Price
    /// 1: fires when the last price has fallen to the stop price; 2: when it has risen; 0 has been seen.
    package let state: UInt64
    package let takerFee: FeeRate
    package let makerFee: FeeRate
    package let feeAsset: String?
    package let feeDiscount: FeeRate
    package let clientID: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExFiredStop: CoinExObject, Equatable {
    package enum Status: String, CoinExWord {
        /// The order that it stood for was submitted.
        case active
        /// It could not be.
        case fail
    }

    package let id: VenueOrderID
    package let createdAt: Instant
    package let market: String
    package let type: CoinExOrderType
    package let side: CoinExSide
    package let amount: Amount
    package let price: Price
    package let stopPrice: Price
    package let status: Status
    package let clientID: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
