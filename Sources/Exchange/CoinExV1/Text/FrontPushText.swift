import MarketModel
import Quantities
import WireCodecs

/// Writes orders as the WebSocket tells of them.
struct FrontPushText {
    let names: FrontNames
    let discountAsset: String

    /// An order, in queries and in pushes.
    func write(_ order: ExchangeOrder, to json: inout JSONWriter) {
        let market = names[order.market]
        json.object { json in
            json.key("id")
            json.uint(order.id.raw)
            json.key("type")
            json.int(order.isMarket ? 2 : 1)
            writeOwner(order.side, order.account, order.options, to: &json)
            json.key("ctime")
            json.microseconds(order.createdAt)
            json.key("mtime")
            json.microseconds(order.updatedAt)
            json.key("market")
            json.string(market.name)
            writeSource(order.sourceID, order.clientID, to: &json)
            json.key("price")
            json.price(order.price, market)
            json.key("amount")
            json.amount(order.amount, order.unit, market)
            writeRates(order.takerRate, order.isMarket ? .zero : order.makerRate, to: &json)
            json.key("left")
            json.amount(order.left, order.unit, market)
            json.key("deal_stock")
            json.shortest(order.dealBase)
            json.key("deal_money")
            json.shortest(order.dealQuote)
            json.key("money_fee")
            json.shortest(order.quoteFee)
            json.key("stock_fee")
            json.shortest(order.baseFee)
            json.key("asset_fee")
            json.shortest(order.discountFee)
            writeDiscount(order.paysFeesAtDiscount, order.feeDiscount, to: &json)
            writeLastDeal(order.lastDeal, to: &json)
            json.key("stop_id")
            json.uint(order.stop.raw)
        }
    }

    /// A stop order; pushes have two members more than queries.
    func write(_ stop: ExchangeStop, isPush: Bool, to json: inout JSONWriter) {
        let market = names[stop.market]
        json.object { json in
            json.key("id")
            json.uint(stop.id.raw)
            json.key("type")
            json.int(stop.isMarket ? 2 : 1)
            writeOwner(stop.side, stop.account, stop.options, to: &json)
            json.key(isPush ? "direction" : "state" as StaticString)
            json.int(Int64(stop.direction.rawValue))
            json.key("ctime")
            json.microseconds(stop.createdAt)
            json.key("mtime")
            json.microseconds(stop.updatedAt)
            json.key("market")
            json.string(market.name)
            writeSource(stop.sourceID, stop.clientID, to: &json)
            json.key("stop_price")
            json.price(stop.stopPrice, market)
            json.key("price")
            json.price(stop.price, market)
            json.key("amount")
            json.amount(stop.amount, stop.unit, market)
            writeRates(stop.takerRate, stop.makerRate, to: &json)
            writeDiscount(stop.paysFeesAtDiscount, stop.feeDiscount, to: &json)
            if isPush {
                json.key("status")
                json.int(Int64(stop.status == .cancelled ? 0 : stop.status.rawValue))
            }
        }
    }

    private func writeOwner(
        _ side: Side, _ account: AccountID, _ options: OrderOptions, to json: inout JSONWriter
    ) {
        json.key("side")
        json.int(side.wireNumber)
        json.key("user")
        json.int(Int64(account.index))
        json.key("account")
        json.int(0)
        json.key("option")
        json.uint(UInt64(options.rawValue))
    }

    private func writeSource(_ source: ShortText, _ client: ShortText, to json: inout JSONWriter) {
        json.key("source")
        if source.isEmpty { json.string("api.v1" as StaticString) } else { json.string(source) }
        json.key("client_id")
        json.string(client)
    }

    private func writeRates(_ taker: FeeRate, _ maker: FeeRate, to json: inout JSONWriter) {
        json.key("taker_fee")
        json.rate(taker)
        json.key("maker_fee")
        json.rate(maker)
    }

    private func writeDiscount(_ isPaidAtDiscount: Bool, _ discount: FeeRate, to json: inout JSONWriter) {
        json.key("fee_discount")
        json.shortest(discount)
        json.key("fee_asset")
        if isPaidAtDiscount { json.string(discountAsset) } else { json.null() }
    }

    private func writeLastDeal(_ deal: LastDeal?, to json: inout JSONWriter) {
        json.key("last_deal_amount")
        json.shortest(deal?.quantity ?? .zero)
        json.key("last_deal_price")
        json.shortest(deal?.price ?? .zero)
        json.key("last_deal_time")
        if let deal { json.microseconds(deal.at) } else { json.int(0) }
        json.key("last_deal_id")
        json.uint(deal?.id.raw ?? 0)
        json.key("last_role")
        switch deal?.role {
        case nil: json.int(0)
        case .maker?: json.int(1)
        case .taker?: json.int(2)
        }
    }
}

// MARK: - Deals and balances

extension FrontPushText {
    /// A public deal, and with more members one's own.
    func write(
        _ id: DealID, _ side: Side, _ at: Instant, _ price: Price, _ quantity: Quantity, in market: MarketID,
        own: (order: VenueOrderID, client: ShortText)? = nil, to json: inout JSONWriter
    ) {
        let market = names[market]
        json.object { json in
            json.key("id")
            json.uint(id.raw)
            json.key("time")
            json.microseconds(at)
            json.key("price")
            json.decimal(price, market.priceDecimals)
            json.key("amount")
            json.decimal(quantity, market.amountDecimals)
            json.key("type")
            json.string(side == .buy ? "buy" : "sell" as StaticString)
            if let own {
                json.key("order_id")
                json.uint(own.order.raw)
                json.key("client_id")
                json.string(own.client)
            }
        }
    }

    /// What is had of an asset; pushes tell when.
    func write(_ balance: AssetBalance, at: Instant? = nil, to json: inout JSONWriter) {
        json.object { json in
            json.key("available")
            json.shortest(balance.available)
            json.key("frozen")
            json.shortest(balance.frozen)
            if let at {
                json.key("timestamp")
                json.microseconds(at)
            }
        }
    }
}

extension Side {
    /// The WebSocket's number: 1 sell, 2 buy.
    var wireNumber: Int64 {
        switch self {
        case .sell: 1
        case .buy: 2
        }
    }
}

extension JSONWriter {
    /// A price with the digits of its market; `0` for none.
    mutating func price(_ price: Price?, _ market: FrontMarket) {
        if let price { decimal(price, market.priceDecimals) } else { string("0" as StaticString) }
    }

    /// A rate with four digits, or more where it has them.
    mutating func rate(_ rate: FeeRate) {
        if rate.isMultiple(of: FeeRate(raw: 100_000_000)) { decimal(rate, 4) } else { shortest(rate) }
    }
}
