import MarketModel
import Quantities

@testable import Exchange

/// An exchange with four accounts and three markets, and seeded commands to it, sensible and senseless.
struct RandomTraffic: ~Copyable {
    var core: ExchangeCore
    private(set) var mirror: NewsMirror
    /// How often each answer came.
    private(set) var refusals: [ExchangeRefusal: Int] = [:]
    private(set) var accepted = 0

    private var random: SeededRandom
    private var now = second(0)
    private var news: [ExchangeNews] = []
    private var recent: [VenueOrderID] = []

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        core = try ExchangeCore(Self.definition(seed))
        mirror = NewsMirror(core)
    }

    private static func definition(_ seed: UInt64) -> ExchangeDefinition {
        let markets = [("BTC", 2, 3), ("CET", 4, 8), ("ETH", 2, 4)].map { base, prices, amounts in
            var market = MarketDefinition(
                name: base + "USDT", base: base, quote: "USDT", amountDecimals: amounts,
                priceDecimals: prices,
                minimumAmount: quantity("0.01"))
            market.openingPrice = price("100")
            market.makerRate = base == "CET" ? rate("-0.0001") : rate("0.001")
            return market
        }
        let accounts = ["ann", "ben", "sub", "carl"].map { name in
            var account = AccountDefinition(name: name, main: name == "sub" ? "ann" : nil)
            account.balances = ["BTC", "CET", "ETH", "USDT"].map { asset in
                AssetAmount(asset, amount(asset == "USDT" ? "3000" : asset == "CET" ? "5" : "30"))
            }
            account.paysFeesAtDiscount = name == "ben" || name == "sub"
            if name == "carl" { account.rates = FeeRates(maker: rate("0.0005"), taker: rate("0.003")) }
            return account
        }
        var definition = ExchangeDefinition(
            seed: seed, startsAt: second(0), markets: markets, accounts: accounts)
        var flow = SyntheticFlow(startPrice: price("100"), typicalQuantity: quantity("0.05"))
        flow.eventsPerSecond = 20
        flow.depthLevels = 5
        definition.markets[2].flow = .synthetic(flow)
        definition.markets[0].priceBand = rate("0.2")
        definition.firstOrder = 1
        definition.limits.openOrdersMax = 12
        definition.limits.stopsMax = 4
        definition.limits.finishedOrdersMax = 20
        definition.limits.dealsMax = 20
        return definition
    }

    /// One command, and the news of it.
    mutating func step() {
        now = now + .milliseconds(Int64(random.below(200)))
        do throws(ExchangeRefusal) {
            try command()
            accepted += 1
        } catch {
            refusals[error, default: 0] += 1
            mirror.mix(UInt64(error.rawValue))
        }
        core.takeNews(into: &news)
        mirror.hear(news, core)
    }

    private mutating func command() throws(ExchangeRefusal) {
        let account = AccountID(3 + random.below(4))
        let market = MarketID(random.below(3))
        let number = random.below(100)
        if number < 45 {
            recent.append(try core.place(limitOrder(account, market), at: now).id)
        } else if number < 55 {
            _ = try core.place(marketOrder(account, market), at: now)
        } else if number < 62 {
            let order = random.chance(0.5) ? limitOrder(account, market) : marketOrder(account, market)
            let last = random.chance(0.1) ? try core.lastPrice(in: market) : nil
            recent.append(try core.place(StopRequest(order, stopPrice: last ?? somePrice()), at: now).id)
        } else if number < 76 {
            _ = try core.cancel(someOrder(), of: account, in: market, at: now)
        } else if number < 84 {
            let size = random.chance(0.6) ? someAmount() : nil
            let order = try core.modify(
                someOrder(), of: account, in: market, amount: size,
                price: random.chance(0.6) ? somePrice() : nil, at: now)
            recent.append(order.id)
        } else if number < 87 {
            _ = try core.modifyStop(
                someOrder(), of: account, in: market, amount: random.chance(0.5) ? someAmount() : nil,
                price: random.chance(0.5) ? somePrice() : nil,
                stopPrice: random.chance(0.5) ? somePrice() : nil, at: now)
        } else if number < 89 {
            try core.cancelStop(someOrder(), of: account, in: market, at: now)
        } else if number < 91 {
            _ = try core.cancel(clientID: someName(), of: account, in: market, at: now)
        } else if number < 92 {
            try core.cancelAll(of: account, in: market, at: now)
            try core.cancelStops(of: account, in: market, at: now)
        } else if number < 95 {
            try move(from: account)
        } else if number < 96 {
            try core.setFeesAtDiscount(random.chance(0.5), account)
        } else {
            core.advance(to: now)
        }
    }

    private mutating func move(from account: AccountID) throws(ExchangeRefusal) {
        let asset = AssetID(random.below(core.assets.count))
        let size = Amount(random.below(20))
        if random.chance(0.3) {
            let deposit = try core.deposit(size, asset, to: account, at: now)
            return mirror.note(deposit.amount, asset, account)
        }
        let other = AccountID(3 + random.below(4))
        let transfer = try core.transfer(size, asset, from: account, to: other, at: now)
        mirror.note(-transfer.amount, asset, account)
        mirror.note(transfer.amount, asset, other)
    }
}

// MARK: - What is asked for

extension RandomTraffic {
    private mutating func limitOrder(_ account: AccountID, _ market: MarketID) -> OrderRequest {
        var request = OrderRequest(
            account: account, market: market, side: random.chance(0.5) ? .buy : .sell, price: somePrice(),
            amount: someAmount())
        let number = random.below(20)
        if number < 2 { request.duration = .immediateOrCancel }
        if number == 2 || number == 3 { request.duration = .fillOrKill }
        if number == 4 || number == 5 { request.duration = .makerOnly }
        request.isHidden = random.chance(0.1)
        request.clientID = someName()
        return request
    }

    private mutating func marketOrder(_ account: AccountID, _ market: MarketID) -> OrderRequest {
        let isQuote = random.chance(0.5)
        return OrderRequest(
            account: account, market: market, side: random.chance(0.5) ? .buy : .sell, price: nil,
            amount: isQuote ? Amount(raw: Int128(random.below(400_000_000)) * 1_000_000) : someAmount(),
            unit: isQuote ? .quote : .base)
    }

    /// Near 100; now and then impossible.
    private mutating func somePrice() -> Price {
        if random.chance(0.01) { return Price(raw: Int128(random.below(1_000)) - 500) }
        return Price(raw: Int128(9_700 + random.below(600)) * 10_000_000_000)
    }

    /// Up to 5; now and then impossible.
    private mutating func someAmount() -> Amount {
        if random.chance(0.01) { return Amount(raw: Int128(random.below(1_000)) - 500) }
        if random.chance(0.01) { return Amount(random.below(1_000)) }
        return Amount(raw: Int128(1 + random.below(random.chance(0.2) ? 5_000 : 800)) * 1_000_000_000)
    }

    private mutating func someName() -> ShortText { ShortText("bot-\(random.below(6))") ?? .empty }

    /// Mostly one of the newest.
    private mutating func someOrder() -> VenueOrderID {
        if recent.isEmpty || random.chance(0.02) { return VenueOrderID(UInt64(random.below(1_000))) }
        if recent.count > 60 { recent.removeFirst(30) }
        return recent[random.below(recent.count)]
    }
}
