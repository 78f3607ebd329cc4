import MarketModel
import Quantities
import WireCodecs

/// Writes what the second generation tells of orders, deals and balances.
struct FrontTextV2 {
    let names: FrontNames

    /// An order as REST tells of it; only replies that ask for it say its status.
    func write(_ order: ExchangeOrder, hasStatus: Bool = false, to json: inout JSONWriter) {
        json.object { json in
            writeMembers(order, to: &json)
            if hasStatus {
                json.key("status")
                json.string(order.statusV2)
            }
        }
    }

    /// The same without the object around it.
    func writeMembers(_ order: ExchangeOrder, to json: inout JSONWriter) {
        let market = names[order.market]
        json.key("order_id")
        json.uint(order.id.raw)
        json.key("market")
        json.string(market.name)
        json.key("market_type")
        json.string("SPOT" as StaticString)
        json.key("ccy")
        json.string(order.unit == .base ? market.base : market.quote)
        writeTerms(order, market, to: &json)
        json.key("client_id")
        json.string(order.clientID)
        json.key("base_fee")
        json.shortest(order.baseFee)
        json.key("quote_fee")
        json.shortest(order.quoteFee)
        json.key("discount_fee")
        json.shortest(order.discountFee)
        writeRest(order, to: &json)
    }

    /// An order as pushes tell of it.
    func writePush(_ order: ExchangeOrder, to json: inout JSONWriter) {
        let market = names[order.market]
        json.object { json in
            json.key("order_id")
            json.uint(order.id.raw)
            json.key("market")
            json.string(market.name)
            json.key("margin_market")
            json.string("" as StaticString)
            writeTerms(order, market, to: &json)
            json.key("base_ccy_fee")
            json.shortest(order.baseFee)
            json.key("quote_ccy_fee")
            json.shortest(order.quoteFee)
            json.key("discount_ccy_fee")
            json.shortest(order.discountFee)
            writeRest(order, to: &json)
            json.key("client_id")
            json.string(order.clientID)
        }
    }

    private func writeTerms(_ order: ExchangeOrder, _ market: FrontMarket, to json: inout JSONWriter) {
        json.key("side")
        json.string(order.side.word)
        json.key("type")
        json.string(Self.type(isMarket: order.isMarket, order.duration))
        json.key("amount")
        json.amount(order.amount, order.unit, market)
        json.key("price")
        json.shortest(order.price ?? .zero)
        json.key("unfilled_amount")
        json.amount(order.left, order.unit, market)
        json.key("filled_amount")
        json.shortest(order.dealBase)
        json.key("filled_value")
        json.shortest(order.dealQuote)
    }

    private func writeRest(_ order: ExchangeOrder, to json: inout JSONWriter) {
        json.key("maker_fee_rate")
        json.shortest(order.isMarket ? .zero : order.makerRate)
        json.key("taker_fee_rate")
        json.shortest(order.takerRate)
        json.key("last_filled_amount")
        json.shortest(order.lastDeal?.quantity ?? .zero)
        json.key("last_filled_price")
        json.shortest(order.lastDeal?.price ?? .zero)
        json.key("created_at")
        json.milliseconds(order.createdAt)
        json.key("updated_at")
        json.milliseconds(order.updatedAt)
    }

    /// A stop order; pushes have no account and a status.
    func write(_ stop: ExchangeStop, isPush: Bool, to json: inout JSONWriter) {
        let market = names[stop.market]
        json.object { json in
            json.key("stop_id")
            json.uint(stop.id.raw)
            json.key("market")
            json.string(market.name)
            if isPush {
                json.key("margin_market")
                json.string("" as StaticString)
            } else {
                json.key("market_type")
                json.string("SPOT" as StaticString)
                json.key("ccy")
                json.string(stop.unit == .base ? market.base : market.quote)
            }
            json.key("side")
            json.string(stop.side.word)
            json.key("type")
            json.string(Self.type(isMarket: stop.isMarket, stop.duration))
            json.key("amount")
            json.shortest(stop.amount)
            json.key("price")
            json.shortest(stop.price ?? .zero)
            json.key("trigger_price")
            json.shortest(stop.stopPrice)
            json.key("trigger_direction")
            json.string(stop.direction == .rising ? "higher" : "lower" as StaticString)
            json.key("trigger_price_type")
            json.string("latest_price" as StaticString)
            if isPush {
                json.key("taker_fee_rate")
                json.shortest(stop.takerRate)
                json.key("maker_fee_rate")
                json.shortest(stop.makerRate)
                json.key("status")
                json.string(stop.statusV2)
            }
            json.key("client_id")
            json.string(stop.clientID)
            json.key("created_at")
            json.milliseconds(stop.createdAt)
            json.key("updated_at")
            json.milliseconds(stop.updatedAt)
        }
    }

    /// An own deal; pushes name the client's order as well.
    func write(_ deal: OwnDeal, isPush: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.key("deal_id")
            json.uint(deal.id.raw)
            json.key("created_at")
            json.milliseconds(deal.at)
            json.key("market")
            json.string(names[deal.market].name)
            json.key("side")
            json.string(deal.side.word)
            json.key("order_id")
            json.uint(deal.order.raw)
            if isPush {
                json.key("client_id")
                json.string(deal.clientID)
                json.key("position_id")
                json.int(0)
            }
            json.key("margin_market")
            json.string("" as StaticString)
            json.key("price")
            json.shortest(deal.price)
            json.key("amount")
            json.shortest(deal.quantity)
            json.key("role")
            json.string(deal.role == .maker ? "maker" : "taker" as StaticString)
            json.key("fee")
            json.shortest(deal.fee)
            json.key("fee_ccy")
            json.string(names[deal.feeAsset])
        }
    }

    func write(_ deal: PublicDeal, to json: inout JSONWriter) {
        let market = names[deal.market]
        json.object { json in
            json.key("deal_id")
            json.uint(deal.id.raw)
            json.key("created_at")
            json.milliseconds(deal.at)
            json.key("side")
            json.string(deal.aggressor.word)
            json.key("price")
            json.decimal(deal.price, market.priceDecimals)
            json.key("amount")
            json.decimal(deal.quantity, market.amountDecimals)
        }
    }

    func write(_ ticker: MarketTicker, of market: MarketID, to json: inout JSONWriter) {
        let market = names[market]
        json.object { json in
            json.key("market")
            json.string(market.name)
            json.key("last")
            json.decimal(ticker.last, market.priceDecimals)
            json.key("open")
            json.decimal(ticker.open, market.priceDecimals)
            json.key("close")
            json.decimal(ticker.last, market.priceDecimals)
            json.key("high")
            json.decimal(ticker.high, market.priceDecimals)
            json.key("low")
            json.decimal(ticker.low, market.priceDecimals)
            json.key("volume")
            json.shortest(ticker.volume)
            json.key("volume_sell")
            json.shortest(ticker.askTotal)
            json.key("volume_buy")
            json.shortest(ticker.bidTotal)
            json.key("value")
            json.shortest(ticker.value)
            json.key("period")
            json.int(86_400)
        }
    }

    /// What is had of an asset; pushes tell when.
    func write(_ balance: AssetBalance, changedAt: Instant?, to json: inout JSONWriter) {
        json.object { json in
            if changedAt != nil {
                json.key("margin_market")
                json.string("" as StaticString)
            }
            json.key("ccy")
            json.string(names[balance.asset])
            json.key("available")
            json.shortest(balance.available)
            json.key("frozen")
            json.shortest(balance.frozen)
            if let changedAt {
                json.key("updated_at")
                json.milliseconds(changedAt)
            }
        }
    }

    private static func type(isMarket: Bool, _ duration: OrderDuration) -> StaticString {
        if isMarket { return "market" }
        return switch duration {
        case .goodTillCancelled: "limit"
        case .immediateOrCancel: "ioc"
        case .fillOrKill: "fok"
        case .makerOnly: "maker_only"
        }
    }
}

extension ExchangeOrder {
    fileprivate var statusV2: StaticString {
        switch status {
        case .notDealt: "open"
        case .partlyDealt: "part_filled"
        case .done: "filled"
        case .cancelled: hasTraded ? "part_canceled" : "canceled"
        }
    }
}

extension ExchangeStop {
    fileprivate var statusV2: StaticString {
        switch status {
        case .waiting, .cancelled: ""
        case .active: "active_success"
        case .failed: "active_fail"
        }
    }
}

extension Side {
    fileprivate var word: StaticString {
        switch self {
        case .buy: "buy"
        case .sell: "sell"
        }
    }
}
