import MarketModel
import Quantities
import WireCodecs

// What an account may ask about its orders and deals.

extension CoinExFront {
    mutating func performQuery(
        _ endpoint: FrontEndpoint, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .order: return try order(account)
        case .orders: return try orders(account)
        case .pendingOrders:
            let page = try parameters.page()
            let filter = try filter()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.pendingOrders(of: account, filter, page.request)
            }
            return orderPage(rows, page)
        case .finishedOrders:
            let page = try parameters.page()
            var filter = try filter()
            try parameters.times(into: &filter)
            if parameters.text("stop_order_id") != nil { filter.stop = try requireOrder("stop_order_id") }
            let wanted = filter
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.finishedOrders(of: account, wanted, page.request)
            }
            return orderPage(rows, page)
        case .orderDeals: return try orderDeals(account)
        case .ownDeals:
            let page = try parameters.page()
            var filter = try filter()
            try parameters.times(into: &filter)
            let wanted = filter
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.deals(of: account, wanted, page.request)
            }
            return dealPage(rows, page, namesOrder: true)
        case .pendingStops:
            let page = try parameters.page()
            let filter = try filter()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.pendingStops(of: account, filter, page.request)
            }
            return stopPage(rows, page, isHistory: false)
        case .firedStops:
            let page = try parameters.page()
            let filter = try filter()
            let rows = try inCore { core throws(ExchangeRefusal) in
                try core.finishedStops(of: account, filter, page.request)
            }
            return stopPage(rows, page, isHistory: true)
        default:  // open set: the endpoints of other groups
            throw .unspecified
        }
    }

    /// Market, side and client id, each if it is named.
    private func filter() throws(FrontRefusal) -> RowFilter {
        try parameters.checkAccount()
        var filter = RowFilter(market: try marketOrNil(), side: try parameters.side())
        let clientID = try parameters.clientID()
        if !clientID.isEmpty { filter.clientID = clientID }
        return filter
    }

    private mutating func order(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let id = try requireOrder()
        let order = try inCore { core throws(ExchangeRefusal) in try core.order(id, of: account, in: market) }
        return envelope { json, front in front.orderText.write(order, .query, to: &json) }
    }

    private mutating func orders(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        var rows: [FrontBatchRow] = []
        for id in try FrontBatch.ids(parameters.require("batch_ids")) {
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
        return envelope { json, front in
            json.array { json in
                for row in rows { row.write(.query, "data", front.orderText, to: &json) }
            }
        }
    }

    private mutating func orderDeals(_ account: AccountID) throws(FrontRefusal) -> [UInt8] {
        let page = try parameters.page()
        var filter = RowFilter()
        filter.order = try requireOrder()
        let wanted = filter
        let rows = try inCore { core throws(ExchangeRefusal) in
            try core.deals(of: account, wanted, page.request)
        }
        return dealPage(rows, page, namesOrder: false)
    }

    private mutating func orderPage(_ rows: PageOf<ExchangeOrder>, _ page: FrontPage) -> [UInt8] {
        envelope { json, front in
            json.page(rows, page) { json, order in front.orderText.write(order, .query, to: &json) }
        }
    }

    private mutating func dealPage(
        _ rows: PageOf<OwnDeal>, _ page: FrontPage, namesOrder: Bool
    ) -> [UInt8] {
        envelope { json, front in
            json.page(rows, page) { json, deal in
                front.orderText.write(deal, namesOrder: namesOrder, to: &json)
            }
        }
    }

    private mutating func stopPage(
        _ rows: PageOf<ExchangeStop>, _ page: FrontPage, isHistory: Bool
    ) -> [UInt8] {
        envelope { json, front in
            json.page(rows, page) { json, stop in
                front.orderText.write(stop, isHistory: isHistory, to: &json)
            }
        }
    }
}
