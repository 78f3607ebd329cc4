import Exchange
import MarketModel
import Quantities

/// The core of the local exchange by itself: commands in, answers and news out, no wire.
enum ExchangeSuite {
    private static let count = 100_000
    private static let accounts = 200
    /// Orders that rest on each side, a tick apart, before the measurement begins.
    private static let restingOrders = 400

    static func run(_ report: inout Report) throws {
        try run("exchange.place_cancel", &report) { market, index in
            let id = try market.place(index, .buy, ticks: 9_900 + index % 90, lots: 10).id
            try market.cancel(id, index)
        }
        try run("exchange.two_sided_trade", &report) { market, index in
            _ = try market.place(index, .sell, ticks: 10_000, lots: 10)
            _ = try market.place(index + 7, .buy, ticks: 10_000, lots: 10)
        }
        try run("exchange.place_modify_cancel", &report) { market, index in
            let id = try market.place(index, .sell, ticks: 10_011 + index % 90, lots: 10).id
            try market.cancel(market.modify(id, index, ticks: 10_011 + index % 70), index)
        }
        try run("exchange.crowd.place_cancel", hasCrowd: true, &report) { market, index in
            let id = try market.place(index, .buy, ticks: 9_000 + index % 90, lots: 10).id
            try market.cancel(id, index)
        }
        try run("exchange.depth_50", &report) { market, _ in
            _ = try market.core.depth(of: MarketID(0), limit: 50)
        }
    }

    private static func run(
        _ name: String, hasCrowd: Bool = false, _ report: inout Report,
        _ body: (inout BenchExchange, Int) throws -> Void
    ) throws {
        guard report.options.wants(name) else { return }
        let definition = try BenchExchange.definition(accounts: accounts, hasCrowd: hasCrowd)
        var exchange = BenchExchange(try ExchangeCore(definition), accounts: accounts)
        if !hasCrowd { try exchange.fill(restingOrders) }
        // Histories and news have their size.
        for index in 0..<count { try exchange.turn(index, body) }
        let best = try Measurement.best(of: report.options.runs) {
            try Measurement.of {
                for index in 0..<count { try exchange.turn(index, body) }
            }
        }
        let audit = exchange.core.audit()
        guard audit.isSound else { throw BenchError("\(name): the audit found \(audit.faults)") }
        report.add(name + ".time", best.nanoseconds / Double(count), "ns/turn")
        report.add(name + ".allocations", Double(best.allocations) / Double(count), "per turn")
    }
}

/// An exchange with one market and many accounts, told in ticks and lots.
struct BenchExchange: ~Copyable {
    var core: ExchangeCore
    private let accounts: Int
    private var now = Instant(milliseconds: 1_700_000_000_000)
    private var news: [ExchangeNews] = []

    init(_ core: consuming ExchangeCore, accounts: Int) {
        self.core = core
        self.accounts = accounts
    }

    static func definition(accounts: Int, hasCrowd: Bool) throws -> ExchangeDefinition {
        var market = MarketDefinition(
            name: "BTCUSDT", base: "BTC", quote: "USDT", amountDecimals: 4, priceDecimals: 2,
            minimumAmount: try Quantity("0.001"))
        if hasCrowd {
            market.flow = .synthetic(
                SyntheticFlow(startPrice: Price(100), typicalQuantity: try Quantity("0.1")))
        }
        var definition = ExchangeDefinition(
            seed: 1, startsAt: Instant(milliseconds: 1_700_000_000_000), markets: [market],
            accounts: (0..<accounts).map { number in
                var account = AccountDefinition(name: "account \(number)")
                account.balances = [
                    AssetAmount("BTC", Amount(1_000_000_000)), AssetAmount("USDT", Amount(1_000_000_000)),
                ]
                return account
            })
        definition.firstOrder = 1
        return definition
    }

    /// Rests orders of one account on both sides.
    mutating func fill(_ orders: Int) throws {
        for index in 0..<orders {
            _ = try place(0, .buy, ticks: 9_990 - index, lots: 100)
            _ = try place(0, .sell, ticks: 10_010 + index, lots: 100)
        }
    }

    /// What `body` does 50 microseconds later, and taking its news.
    mutating func turn(_ index: Int, _ body: (inout BenchExchange, Int) throws -> Void) throws {
        now = now + .microseconds(50)
        try body(&self, index)
        core.takeNews(into: &news)
    }

    mutating func place(
        _ account: Int, _ side: Side, ticks: Int, lots: Int
    ) throws(ExchangeRefusal) -> ExchangeOrder {
        try core.place(
            OrderRequest(
                account: id(account), market: MarketID(0), side: side,
                price: Price(raw: Int128(ticks) * 10_000_000_000),
                amount: Amount(raw: Int128(lots) * 100_000_000)), at: now)
    }

    mutating func modify(_ order: VenueOrderID, _ account: Int, ticks: Int) throws(ExchangeRefusal)
        -> VenueOrderID
    {
        try core.modify(
            order, of: id(account), in: MarketID(0), amount: nil,
            price: Price(raw: Int128(ticks) * 10_000_000_000), at: now
        ).id
    }

    mutating func cancel(_ order: VenueOrderID, _ account: Int) throws(ExchangeRefusal) {
        try core.cancel(order, of: id(account), in: MarketID(0), at: now)
    }

    private func id(_ account: Int) -> AccountID {
        AccountID(Int(AccountID.firstClient.index) + account % accounts)
    }
}
