import MarketModel
import Quantities
import WireCodecs

// Orders, deals and balances that are asked for, in the second generation.

extension CoinExFront {
    mutating func performQueryV2(
        _ endpoint: FrontEndpointV2, _ account: AccountID
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .order:
            let market = try requireMarket()
            let id = try requireOrder("order_id")
            let order = try inCore { core throws(ExchangeRefusal) in
                try core.order(id, of: account, in: market)
            }
            return envelopeV2 { json, front in front.textV2.write(order, hasStatus: true, to: &json) }
        case .orders: return try ordersV2(account)
        case .pendingOrders:
            let (filter, page) = try scope()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.pendingOrders(of: account, filter, page.request)
            }
            return pageV2(rows, page) { $2.textV2.write($1, to: &$0) }
        case .finishedOrders:
            let (filter, page) = try scope()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.finishedOrders(of: account, filter, page.request)
            }
            return pageV2(rows, page) { $2.textV2.write($1, to: &$0) }
        case .pendingStops:
            let (filter, page) = try scope()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.pendingStops(of: account, filter, page.request)
            }
            return pageV2(rows, page) { $2.textV2.write($1, isPush: false, to: &$0) }
        case .finishedStops:
            let (filter, page) = try scope()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.finishedStops(of: account, filter, page.request)
            }
            return pageV2(rows, page) { $2.textV2.write($1, isPush: false, to: &$0) }
        default:  // open set: the lists of deals are left
            return try dealsV2(endpoint, account)
        }
    }

    private mutating func ordersV2(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        var rows: [FrontRowV2] = []
        for id in try FrontBatch.ids(parameters.require("order_ids")) {
            do throws(FrontRefusal) {
                rows.append(
                    .order(
                        try inCore { core throws(ExchangeRefusal) in
                            try core.order(id, of: account, in: market)
                        }))
            } catch {
                rows.append(.refusal(error))
            }
        }
        return rowsV2(rows, hasStatus: true)
    }

    private mutating func dealsV2(
        _ endpoint: FrontEndpointV2, _ account: AccountID
    ) throws(FrontRefusal) -> [UInt8] {
        var (filter, page) = try scope()
        filter.market = try requireMarket()
        switch endpoint {
        case .orderDeals: filter.order = try requireOrder("order_id")
        default:  // open set: own deals of all orders are left
            filter.from = try time("start_time")
            filter.to = try time("end_time").map { $0 + .nanoseconds(999_999) }
        }
        let wanted = filter
        let rows = try inCore { core throws(ExchangeRefusal) in
            try core.deals(of: account, wanted, page.request)
        }
        return pageV2(rows, page) { $2.textV2.write($1, isPush: false, to: &$0) }
    }

    /// Market, side and client id, each if it is named; and which page.
    private func scope() throws(FrontRefusal) -> (filter: RowFilter, page: FrontPage) {
        try checkMarketType()
        var filter = RowFilter(market: try marketOrNil(), side: try parameters.side("side"))
        let clientID = try parameters.clientID()
        if !clientID.isEmpty { filter.clientID = clientID }
        let page = FrontPage(
            number: try parameters.int("page", default: 1, in: 1...1_000_000),
            limit: try parameters.int("limit", default: 10, in: 1...1_000))
        return (filter, page)
    }

    /// A time in milliseconds.
    private func time(_ name: StaticString) throws(FrontRefusal) -> Instant? {
        guard let milliseconds = try parameters.int(name), milliseconds != 0 else { return nil }
        guard milliseconds > 0, let time = Instant(checkedMilliseconds: milliseconds) else {
            throw .badParameter("Invalid Parameter: time in milliseconds")
        }
        return time
    }

    private mutating func pageV2<Row>(
        _ rows: PageOf<Row>, _ page: FrontPage,
        write: (inout JSONWriter, Row, borrowing CoinExFront) -> Void
    ) -> [UInt8] {
        let hasNext = page.number * page.limit < rows.total
        return envelopeV2(pagination: (rows.total, hasNext)) { json, front in
            json.array { json in
                for row in rows.rows { write(&json, row, front) }
            }
        }
    }

    // MARK: The account

    mutating func performAccountV2(
        _ endpoint: FrontEndpointV2, _ account: AccountID
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .balances:
            let balances = try inCore { core throws(ExchangeRefusal) in try core.balances(of: account) }
            return envelopeV2 { json, front in
                json.array { json in
                    for balance in balances where balance.total.isPositive {
                        front.textV2.write(balance, changedAt: nil, to: &json)
                    }
                }
            }
        case .feeRates:
            try checkMarketType()
            let market = try requireMarket()
            let rates = try inCore { core throws(ExchangeRefusal) in try core.rates(of: account, in: market) }
            return envelopeV2 { json, front in
                json.object { json in
                    json.key("market")
                    json.string(front.names[market].name)
                    json.key("maker_rate")
                    json.shortest(rates.maker)
                    json.key("taker_rate")
                    json.shortest(rates.taker)
                }
            }
        case .cancelWithdrawal: throw .badParameter("Invalid Parameter: withdraw_id")
        default:  // open set: the settings are left
            if let isOn = try parameters.bool("cet_discount_enabled") {
                try inCore { core throws(ExchangeRefusal) in try core.setFeesAtDiscount(isOn, account) }
            }
            return envelopeV2 { json, _ in json.object { _ in } }
        }
    }
}
