import MarketModel
import Quantities
import WireCodecs

/// Where an order is told of in REST: the same order looks a little different in each place.
enum FrontOrderPlace {
    /// The reply to its placement.
    case placement
    /// The reply to its cancel: as it was before.
    case cancel
    /// The reply to a cancel of several.
    case batchCancel
    /// A query.
    case query
}

/// Writes orders as REST tells of them.
struct FrontOrderText {
    let names: FrontNames
    /// The asset in which fees are paid at a discount.
    let discountAsset: String

    func write(_ order: ExchangeOrder, _ place: FrontOrderPlace, to json: inout JSONWriter) {
        let market = names[order.market]
        json.object { json in
            json.key("id")
            json.uint(order.id.raw)
            if place == .query {
                json.key("account_id")
                json.int(0)
            }
            json.key("create_time")
            json.seconds(order.createdAt)
            writeEnd(order, place, to: &json)
            writeAmounts(order, place, market, to: &json)
            writeFees(order, market, to: &json)
            json.key("market")
            json.string(market.name)
            json.key("order_type")
            json.string(order.isMarket ? "market" : "limit" as StaticString)
            json.key("type")
            json.string(order.side == .buy ? "buy" : "sell" as StaticString)
            json.key("status")
            json.string(order.status.word)
            json.key("client_id")
            json.string(order.clientID)
            json.key("source_id")
            if order.sourceID.isEmpty {
                json.string("api.v1" as StaticString)
            } else {
                json.string(order.sourceID)
            }
        }
    }

    private func writeEnd(_ order: ExchangeOrder, _ place: FrontOrderPlace, to json: inout JSONWriter) {
        json.key("finished_time")
        switch place {
        case .placement, .cancel, .batchCancel: json.null()
        case .query:
            if let finishedAt = order.finishedAt { json.seconds(finishedAt) } else { json.int(0) }
        }
    }

    private func writeAmounts(
        _ order: ExchangeOrder, _ place: FrontOrderPlace, _ market: FrontMarket, to json: inout JSONWriter
    ) {
        json.key("amount")
        json.amount(order.amount, order.unit, market)
        if order.isMarket || place == .query {
            json.key("amount_asset")
            json.string(order.unit == .base ? market.base : market.quote)
        }
        json.key("price")
        json.shortest(order.price ?? .zero)
        json.key("deal_amount")
        json.shortest(order.dealBase)
        json.key("deal_money")
        json.decimal(order.dealQuote, 16)
        json.key("avg_price")
        if order.hasTraded { json.shortest(order.averagePrice) } else { json.string("0.00" as StaticString) }
        json.key("left")
        // History, and cancels of several, show nothing left whatever there was.
        let hidesRest = place == .batchCancel || place == .query && order.finishedAt != nil
        if hidesRest { json.string("0" as StaticString) } else { json.amount(order.left, order.unit, market) }
    }

    private func writeFees(_ order: ExchangeOrder, _ market: FrontMarket, to json: inout JSONWriter) {
        json.key("deal_fee")
        json.shortest(order.quoteFee)
        json.key("stock_fee")
        json.shortest(order.baseFee)
        json.key("money_fee")
        json.shortest(order.quoteFee)
        json.key("asset_fee")
        json.shortest(order.discountFee)
        json.key("fee_asset")
        if order.paysFeesAtDiscount { json.string(discountAsset) } else { json.null() }
        json.key("fee_discount")
        json.decimal(order.feeDiscount, 2)
        json.key("maker_fee_rate")
        json.shortest(order.isMarket ? .zero : order.makerRate)
        json.key("taker_fee_rate")
        json.shortest(order.takerRate)
    }
}

extension FrontOrderText {
    /// A waiting stop order, or one that fired.
    func write(_ stop: ExchangeStop, isHistory: Bool, to json: inout JSONWriter) {
        let market = names[stop.market]
        json.object { json in
            json.key("order_id")
            json.uint(stop.id.raw)
            json.key("account_id")
            json.int(0)
            json.key("create_time")
            json.seconds(stop.createdAt)
            json.key("amount")
            json.shortest(stop.amount)
            json.key("price")
            json.shortest(stop.price ?? .zero)
            json.key("stop_price")
            json.shortest(stop.stopPrice)
            if isHistory {
                json.key("status")
                json.string(stop.status == .failed ? "fail" : "active" as StaticString)
            } else {
                json.key("state")
                json.int(Int64(stop.direction.rawValue))
                json.key("taker_fee")
                json.shortest(stop.takerRate)
                json.key("maker_fee")
                json.shortest(stop.makerRate)
            }
            json.key("fee_asset")
            if stop.paysFeesAtDiscount { json.string(discountAsset) } else { json.null() }
            json.key("fee_discount")
            json.shortest(stop.feeDiscount)
            json.key("market")
            json.string(market.name)
            json.key("order_type")
            json.string(stop.isMarket ? "market" : "limit" as StaticString)
            json.key("type")
            json.string(stop.side == .buy ? "buy" : "sell" as StaticString)
            json.key("client_id")
            json.string(stop.clientID)
        }
    }

    /// An own deal; where the order is asked for by its number, the deal does not name it.
    func write(_ deal: OwnDeal, namesOrder: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.key("id")
            json.uint(deal.id.raw)
            json.key("order_id")
            if namesOrder { json.uint(deal.order.raw) } else { json.null() }
            json.key("account_id")
            json.int(0)
            json.key("create_time")
            json.seconds(deal.at)
            json.key("type")
            json.string(deal.side == .buy ? "buy" : "sell" as StaticString)
            json.key("role")
            json.string(deal.role == .maker ? "maker" : "taker" as StaticString)
            json.key("price")
            json.shortest(deal.price)
            json.key("amount")
            json.shortest(deal.quantity)
            json.key("deal_money")
            json.shortest(deal.money)
            json.key("fee")
            json.shortest(deal.fee)
            json.key("fee_asset")
            json.string(names[deal.feeAsset])
            json.key("market")
            json.string(names[deal.market].name)
        }
    }
}

extension OrderStatus {
    var word: StaticString {
        switch self {
        case .notDealt: "not_deal"
        case .partlyDealt: "part_deal"
        case .done: "done"
        case .cancelled: "cancel"
        }
    }
}

extension JSONWriter {
    mutating func string(_ text: ShortText) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ShortText.lengthMax) { room in
            for index in 0..<text.count { room[index] = text[index] }
            string(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(room)[..<text.count]))
        }
    }

    /// An amount in its unit: base with the digits of the market, quote with as many as there are.
    mutating func amount(_ amount: Amount, _ unit: AmountUnit, _ market: FrontMarket) {
        switch unit {
        case .base: decimal(amount, market.amountDecimals)
        case .quote: shortest(amount)
        }
    }
}
