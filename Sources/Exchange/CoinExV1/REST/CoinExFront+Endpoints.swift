import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

extension CoinExFront {
    /// Carries out a request that was admitted, and returns the body of its reply.
    mutating func perform(_ caller: FrontCaller, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        guard let account = caller.account else { return try performPublic(caller.endpoint, at: now) }
        switch caller.endpoint.group {
        case .place, .cancel, .batch: return try performTrading(caller, account, at: now)
        case .query, .history: return try performQuery(caller.endpoint, account, at: now)
        case .market: return try performPublic(caller.endpoint, at: now)
        case .account, .loan:
            return caller.endpoint.isMainOnly
                ? try performFamily(caller, account, at: now)
                : try performAccount(caller, account, at: now)
        }
    }

    /// A market that has to be named.
    func requireMarket() throws(FrontRefusal) -> MarketID {
        guard let market = try marketOrNil() else {
            throw .badParameter("Invalid Parameter, market is missing")
        }
        return market
    }

    func marketOrNil() throws(FrontRefusal) -> MarketID? {
        guard let name = parameters.text("market") else { return nil }
        guard let market = names.market(name) else { throw .unknownMarket }
        return market
    }

    func requireAsset(_ name: StaticString) throws(FrontRefusal) -> AssetID {
        guard let asset = names.asset(try parameters.require(name)) else { throw .unknownAsset }
        return asset
    }

    func assetOrNil(_ name: StaticString) throws(FrontRefusal) -> AssetID? {
        guard let text = parameters.text(name) else { return nil }
        guard let asset = names.asset(text) else { throw .unknownAsset }
        return asset
    }

    /// Does something in the core, with its refusal in the venue's words.
    mutating func inCore<Result>(
        _ body: (inout ExchangeCore) throws(ExchangeRefusal) -> Result
    ) throws(FrontRefusal) -> Result {
        do throws(ExchangeRefusal) {
            return try body(&core)
        } catch {
            throw FrontRefusal(error)
        }
    }
}

extension FrontRefusal {
    init(_ refusal: ExchangeRefusal) {
        self =
            switch refusal {
            case .unknownAccount: .unknownKey
            case .unknownMarket: .unknownMarket
            case .unknownAsset: .unknownAsset
            case .badPrice: .badParameter("Invalid Parameter, price")
            case .badAmount: .badParameter("Invalid Parameter, amount")
            case .belowMinimum: .belowMinimum
            case .insufficientBalance: .insufficientBalance
            case .priceOutOfBand: .priceOutOfBand
            case .invalidStopPrice: .invalidStopPrice
            case .noLiquidity: .noLiquidity
            case .notFillable: .notFillable
            case .wouldTake: .wouldTake
            case .orderNotFound: .unknownOrder
            case .othersOrder: .foreignOrder
            case .tooManyOrders: .tooManyOrders
            case .accountBarred: .barredFromTrading
            case .accountsUnrelated: .notRelated
            case .nameTaken: .badParameter("Invalid Parameter, sub_user_name exists already")
            case .tooManyAccounts: .badParameter("Too many sub accounts")
            case .busy: .unavailable
            case .badMerge: .badMerge
            }
    }
}

// MARK: - Pages

/// Which rows of a list are wanted.
struct FrontPage {
    /// From 1.
    var number: Int
    var limit: Int

    var request: PageRequest { PageRequest(offset: (number - 1) * limit, limit: limit) }
}

extension FrontParameters {
    /// `page` and `limit`, which lists want; `limit` is at most `limitMax`.
    func page(limitMax: Int64 = 100) throws(FrontRefusal) -> FrontPage {
        guard let page = try int("page"), let limit = try int("limit") else {
            throw .badParameter("Invalid Parameter, page and limit are required")
        }
        guard (1...1_000_000).contains(page), (1...limitMax).contains(limit) else {
            throw .badParameter("Invalid Parameter, page or limit is out of its range")
        }
        return FrontPage(number: Int(page), limit: Int(limit))
    }

    /// The same for lists that clients ask for without saying which page.
    func pageOrFirst() throws(FrontRefusal) -> FrontPage {
        FrontPage(
            number: try int("page", default: 1, in: 1...1_000_000),
            limit: try int("limit", default: 10, in: 1...100))
    }

    /// `start_time` and `end_time`, in seconds.
    func times(into filter: inout RowFilter) throws(FrontRefusal) {
        filter.from = try time("start_time")
        // The whole of the last second.
        filter.to = try time("end_time").map { $0 + .nanoseconds(999_999_999) }
    }

    private func time(_ name: StaticString) throws(FrontRefusal) -> Instant? {
        guard let seconds = try int(name), seconds != 0 else { return nil }
        guard (0...9_000_000_000).contains(seconds) else {
            throw .badParameter("Invalid Parameter, time in seconds")
        }
        return Instant(nanoseconds: seconds * 1_000_000_000)
    }
}

extension JSONWriter {
    /// A page: its rows, and what the venue says beside them.
    mutating func page<Row>(
        _ rows: PageOf<Row>, _ page: FrontPage, write: (inout JSONWriter, Row) -> Void
    ) {
        object { json in
            json.key("data")
            json.array { json in
                for row in rows.rows { write(&json, row) }
            }
            json.key("curr_page")
            json.int(Int64(page.number))
            json.key("has_next")
            json.bool(page.number * page.limit < rows.total)
            json.key("count")
            json.int(Int64(rows.rows.count))
            json.key("total")
            json.int(Int64(rows.total))
            json.key("total_page")
            json.int(Int64((rows.total + page.limit - 1) / page.limit))
        }
    }

    /// The shape of transfer records.
    mutating func records<Row>(_ rows: PageOf<Row>, write: (inout JSONWriter, Row) -> Void) {
        object { json in
            json.key("records")
            json.array { json in
                for row in rows.rows { write(&json, row) }
            }
            json.key("total")
            json.int(Int64(rows.total))
        }
    }
}
