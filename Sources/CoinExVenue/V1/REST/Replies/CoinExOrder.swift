import MarketModel
import Quantities
import WireCodecs

/// An order as REST tells of it.
///
/// What may not be concluded from it:
/// 1. In the reply to a cancel, `status` is that before the removal.
/// 2. `left` may be dust on an order that is done, and `"0"` on one that was cancelled.
/// 3. For a market buy in units of the quote asset, `amount` and `left` are in that asset.
/// So what was filled is `dealAmount`, always in the base asset, and nothing else.
public struct CoinExOrder: CoinExObject, Equatable {
    public let id: VenueOrderID
    /// Not in replies to placements.
    public let account: UInt64?
    public let createdAt: Instant
    public let finishedAt: Instant?
    public let market: String
    public let type: CoinExOrderType
    public let side: CoinExSide
    public let status: CoinExOrderStatus
    public let amount: Amount
    /// The unit of `amount` and `left`, where the venue names it.
    public let amountAsset: String?
    public let price: Price
    public let left: Amount
    public let dealAmount: Quantity
    public let dealMoney: Notional
    public let averagePrice: Price
    public let quoteFee: Amount
    public let stockFee: Amount
    public let moneyFee: Amount
    public let assetFee: Amount
    public let feeAsset: String?
    public let feeDiscount: FeeRate
    public let makerFee: FeeRate
    public let takerFee: FeeRate
    /// Empty where there is none.
    public let clientID: String
    public let source: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = VenueOrderID(try members.number("id"))
        createdAt = try members.seconds("create_time")
        finishedAt = try members.secondsOrNil("finished_time")
        account = try members.numberOrNil("account_id")
        amount = try members.exact("amount")
        amountAsset = try members.textOrNil("amount_asset")
        price = try members.exact("price")
        dealAmount = try members.exact("deal_amount")
        dealMoney = try members.figure("deal_money", otherwise: .zero)
        quoteFee = try members.figure("deal_fee", otherwise: .zero)
        stockFee = try members.figure("stock_fee", otherwise: .zero)
        moneyFee = try members.figure("money_fee", otherwise: .zero)
        assetFee = try members.figure("asset_fee", otherwise: .zero)
        feeAsset = try members.textOrNil("fee_asset")
        feeDiscount = try members.figure("fee_discount", otherwise: .zero)
        averagePrice = try members.figure("avg_price", otherwise: .zero)
        market = try members.text("market")
        left = try members.figure("left", otherwise: .zero)
        makerFee = try members.figure("maker_fee_rate", otherwise: .zero)
        takerFee = try members.figure("taker_fee_rate", otherwise: .zero)
        type = try members.word("order_type")
        side = try members.word("type")
        status = try members.word("status")
        clientID = try members.text("client_id", otherwise: "")
        source = try members.label("source_id")
    }
}

/// One order of a batch: its own code, and the order where the venue has one.
public struct CoinExBatchRow: CoinExObject, Equatable {
    public let code: Int
    public let message: String
    public let order: CoinExOrder?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        code = try members.value("code") { json throws(CoinExDecodeError) in
            Int(try json.coinEx("code") { json throws(JSONError) in try json.int() })
        }
        message = try members.text("message", otherwise: "")
        guard code == 0 else {
            order = nil
            return
        }
        // Cancels by client id have the order under another name than all other batches.
        order =
            if members.has("order") {
                try members.partOrNil("order")
            } else {
                try members.partOrNil("data")
            }
    }
}

/// The orders of a batch, in the order of the request; nil where the venue says no more than that it is done.
public struct CoinExBatch: CoinExDecodable, Equatable {
    public let rows: [CoinExBatchRow]?

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        if kind == .array {
            rows = try [CoinExBatchRow](reading: &json, as: field)
        } else {
            _ = try CoinExDone(reading: &json, as: field)
            rows = nil
        }
    }
}

/// The codes of a batch whose orders are not looked at: what a cancelled stop order looks like is not known for
/// certain.
public struct CoinExBatchCodes: CoinExDecodable, Equatable {
    public struct Row: CoinExObject, Equatable {
        public let code: Int
        public let message: String

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            code = try members.value("code") { json throws(CoinExDecodeError) in
                Int(try json.coinEx("code") { json throws(JSONError) in try json.int() })
            }
            message = try members.text("message", otherwise: "")
        }
    }

    public let rows: [Row]?

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        if kind == .array {
            rows = try [Row](reading: &json, as: field)
        } else {
            _ = try CoinExDone(reading: &json, as: field)
            rows = nil
        }
    }
}
