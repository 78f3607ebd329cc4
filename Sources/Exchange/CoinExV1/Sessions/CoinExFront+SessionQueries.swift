import MarketModel
import Quantities
import WireCodecs

// What the WebSocket answers to questions.

extension CoinExFront {
    /// Questions that anybody may ask.
    mutating func performQuery(
        _ method: FrontMethod, _ arguments: FrontArguments, at now: Instant
    ) throws(FrontCallRefusal) -> FrontResult {
        switch method {
        case .klineQuery: return try klineQuery(arguments)
        case .stateQuery:
            try arguments.requireCount(2...2)
            let market = try market(try arguments.text(0))
            let period = try arguments.int(1, in: 1...86_400)
            guard let ticker = ticker(market) else { throw .invalidArgument }
            return value { json, front in front.write(ticker, period: period, of: market, to: &json) }
        case .dealsQuery:
            try arguments.requireCount(3...3)
            let market = try market(try arguments.text(0))
            let limit = try arguments.int(1, in: 1...10_000)
            let after = try arguments.int(2, in: 0...Int64.max)
            let deals = recentDeals(market, after: UInt64(after), limit: limit)
            return value { json, front in front.writeList(deals, to: &json) }
        case .depthQuery:
            try arguments.requireCount(3...3)
            let key = try depthKey(arguments)
            let picture = picture(key)
            return .value(depthObject(picture, isFull: true, picture, key.market))
        case .indexQuery:
            try arguments.requireCount(1...1)
            let market = try market(try arguments.text(0))
            guard let price = indexPrice(market) else { throw .invalidArgument }
            return value { json, front in
                json.object { json in
                    json.key("name")
                    json.string(front.names[market].name)
                    json.key("time")
                    json.seconds(now)
                    json.key("index")
                    json.shortest(price)
                }
            }
        default:  // open set: the list of indices is the one that is left
            return value { json, front in
                json.object { json in
                    for (index, market) in front.names.markets.enumerated() {
                        guard let price = front.indexPrice(MarketID(index)) else { continue }
                        json.key(market.name)
                        json.object { json in
                            json.key("time")
                            json.milliseconds(now)
                            json.key("index")
                            json.shortest(price)
                        }
                    }
                }
            }
        }
    }

    private func value(_ write: (inout JSONWriter, borrowing CoinExFront) -> Void) -> FrontResult {
        .value { write(&$0, self) }
    }

    private func klineQuery(_ arguments: FrontArguments) throws(FrontCallRefusal) -> FrontResult {
        try arguments.requireCount(4...4)
        let market = try market(try arguments.text(0))
        let seconds: ClosedRange<Int64> = 0...9_000_000_000
        let start = try arguments.int(1, in: seconds)
        let end = try arguments.int(2, in: seconds)
        let period = try period(arguments, 3)
        guard start <= end else { throw .invalidArgument }
        let candles = candles(
            market, period, from: Instant(nanoseconds: Int64(start) * 1_000_000_000),
            to: Instant(nanoseconds: Int64(end) * 1_000_000_000))
        return value { json, front in
            json.array { json in
                for candle in candles { candle.write(front.names[market], isNamed: false, to: &json) }
            }
        }
    }

    // MARK: Private

    /// Questions of an account about itself.
    mutating func performPrivateQuery(
        _ method: FrontMethod, _ arguments: FrontArguments, _ account: AccountID
    ) throws(FrontCallRefusal) -> FrontResult {
        switch method {
        case .orderQuery: return try orderQuery(arguments, account, from: 0)
        case .orderAccountQuery:
            let isSpot = try isSpot(arguments)
            return try orderQuery(arguments, account, from: 1, isEmpty: !isSpot)
        case .stopQuery: return try stopQuery(arguments, account, from: 0)
        case .stopAccountQuery:
            let isSpot = try isSpot(arguments)
            return try stopQuery(arguments, account, from: 1, isEmpty: !isSpot)
        case .ownDealsQuery: return try ownDealsQuery(arguments, account)
        case .assetQuery: return try assetQuery(try arguments.texts(), account)
        case .assetAccountQuery:
            try arguments.requireCount(2...2)
            let isSpot = try isSpot(arguments)
            let names = try arguments.texts(1)
            return isSpot ? try assetQuery(names, account) : .value { $0.object { _ in } }
        default:  // open set: the balances of all accounts are what is left
            let balances = self.balances(account)
            return value { json, front in
                json.object { json in
                    json.key("0")
                    front.write(balances, wanted: .all, to: &json)
                }
            }
        }
    }

    /// Whether a question about accounts is about the spot account: 0, or -1 for all.
    private func isSpot(_ arguments: FrontArguments) throws(FrontCallRefusal) -> Bool {
        let account = try arguments.int(0)
        guard account >= -2 else { throw .invalidArgument }
        return account == 0 || account == -1
    }

    private func page(
        _ arguments: FrontArguments, from place: Int, limitMax: Int64 = 100
    ) throws(FrontCallRefusal) -> PageRequest {
        PageRequest(
            offset: try arguments.int(place, in: 0...1_000_000),
            limit: try arguments.int(place + 1, in: 1...limitMax))
    }

    private func filter(_ arguments: FrontArguments, from place: Int) throws(FrontCallRefusal) -> RowFilter {
        let market = try market(try arguments.text(place))
        let side: Side?
        switch try arguments.int(place + 1, in: 0...2) {
        case 1: side = .sell
        case 2: side = .buy
        default: side = nil
        }
        return RowFilter(market: market, side: side)
    }

    private func orderQuery(
        _ arguments: FrontArguments, _ account: AccountID, from place: Int, isEmpty: Bool = false
    ) throws(FrontCallRefusal) -> FrontResult {
        try arguments.requireCount((place + 4)...(place + 4))
        let filter = try filter(arguments, from: place)
        let request = try page(arguments, from: place + 2)
        var rows = PageOf<ExchangeOrder>()
        if !isEmpty {
            rows = try known { core throws(ExchangeRefusal) in
                try core.pendingOrders(of: account, filter, request)
            }
        }
        return value { json, front in
            json.listing(rows, request) { json, order in front.pushText.write(order, to: &json) }
        }
    }

    private func stopQuery(
        _ arguments: FrontArguments, _ account: AccountID, from place: Int, isEmpty: Bool = false
    ) throws(FrontCallRefusal) -> FrontResult {
        try arguments.requireCount((place + 4)...(place + 4))
        let filter = try filter(arguments, from: place)
        let request = try page(arguments, from: place + 2)
        var rows = PageOf<ExchangeStop>()
        if !isEmpty {
            rows = try known { core throws(ExchangeRefusal) in
                try core.pendingStops(of: account, filter, request)
            }
        }
        return value { json, front in
            json.listing(rows, request) { json, stop in
                front.pushText.write(stop, isPush: false, to: &json)
            }
        }
    }

    /// Account, market, side, start, end, offset, limit.
    private func ownDealsQuery(
        _ arguments: FrontArguments, _ account: AccountID
    ) throws(FrontCallRefusal) -> FrontResult {
        try arguments.requireCount(7...7)
        let isSpot = try isSpot(arguments)
        var filter = try filter(arguments, from: 1)
        let seconds: ClosedRange<Int64> = 0...9_000_000_000
        let (start, end) = (try arguments.int(3, in: seconds), try arguments.int(4, in: seconds))
        if start > 0 { filter.from = Instant(nanoseconds: Int64(start) * 1_000_000_000) }
        if end > 0 { filter.to = Instant(nanoseconds: Int64(end) * 1_000_000_000 + 999_999_999) }
        let request = try page(arguments, from: 5)
        let wanted = filter
        let rows =
            isSpot
            ? try known { core throws(ExchangeRefusal) in try core.deals(of: account, wanted, request) }
            : PageOf<OwnDeal>()
        return value { json, front in
            json.array { json in
                for deal in rows.rows {
                    front.pushText.write(
                        deal.id, deal.side, deal.at, deal.price, deal.quantity, in: deal.market,
                        own: (deal.order, deal.clientID), to: &json)
                }
            }
        }
    }

    private func assetQuery(
        _ list: [String], _ account: AccountID
    ) throws(FrontCallRefusal) -> FrontResult {
        let wanted = try assets(list)
        let balances = self.balances(account)
        return value { json, front in front.write(balances, wanted: wanted, to: &json) }
    }

    private func balances(_ account: AccountID) -> [AssetBalance] {
        do throws(ExchangeRefusal) {
            return try core.balances(of: account)
        } catch {
            return []
        }
    }

    private func write(_ balances: [AssetBalance], wanted: FrontChoice, to json: inout JSONWriter) {
        json.object { json in
            for balance in balances where wanted.contains(balance.asset) {
                if wanted == .all, balance.total.isZero { continue }
                json.key(names[balance.asset])
                pushText.write(balance, to: &json)
            }
        }
    }

    /// What the core knows of an account that has signed.
    private func known<Row>(
        _ body: (borrowing ExchangeCore) throws(ExchangeRefusal) -> PageOf<Row>
    ) throws(FrontCallRefusal) -> PageOf<Row> {
        do throws(ExchangeRefusal) {
            return try body(core)
        } catch {
            throw .invalidArgument
        }
    }
}

extension JSONWriter {
    /// A part of a list as the WebSocket tells it.
    fileprivate mutating func listing<Row>(
        _ rows: PageOf<Row>, _ request: PageRequest, write: (inout JSONWriter, Row) -> Void
    ) {
        object { json in
            json.key("limit")
            json.int(Int64(request.limit))
            json.key("offset")
            json.int(Int64(request.offset))
            json.key("total")
            json.int(Int64(rows.total))
            json.key("records")
            json.array { json in for row in rows.rows { write(&json, row) } }
        }
    }
}
