import MarketModel
import Quantities
import Simulation

/// A definition that has been looked over: its names as numbers.
struct DefinitionPlan {
    private(set) var assets: [String] = []
    private(set) var assetNames: [String: AssetID] = [:]
    private(set) var marketNames: [String: MarketID] = [:]
    private(set) var terms: [RoomTerms] = []
    private(set) var discountAsset = AssetID(0)
    private(set) var discountWays: [DiscountWay] = []
    /// By market; nil where there is none.
    private(set) var crowds: [SyntheticMarket?] = []

    init(_ definition: ExchangeDefinition) throws(DefinitionError) {
        if definition.markets.isEmpty { throw .noMarkets }
        if definition.markets.count > MarketID.marketsMax { throw .tooManyMarkets }
        if definition.accounts.count > ExchangeLimits.accountsMax { throw .tooManyAccounts }
        guard (1...1 << 53).contains(definition.firstOrder), (1...1 << 53).contains(definition.firstDeal)
        else { throw .numberOutOfRange }
        let one = FeeRate(1)
        guard definition.discountRate >= .zero, definition.discountRate <= one else { throw .rateOutOfRange }
        try Self.check(definition.limits)
        for (index, market) in definition.markets.enumerated() { try add(market, index) }
        try check(definition.accounts)
        discountAsset = asset(definition.discountAsset)
        discountWays = assets.indices.map { way(to: AssetID($0)) }
        for index in definition.markets.indices { crowds.append(try Self.crowd(of: index, definition)) }
    }

    private static func check(_ limits: ExchangeLimits) throws(DefinitionError) {
        let all = [
            limits.openOrdersMax, limits.stopsMax, limits.finishedOrdersMax, limits.finishedStopsMax,
            limits.dealsMax, limits.balanceRowsMax, limits.transfersMax, limits.publicDealsMax,
            limits.candlesMax, limits.publicNewsMax, limits.newsMax,
        ]
        guard all.allSatisfy({ (1...1_000_000).contains($0) }) else { throw .limitOutOfRange }
    }

    private mutating func add(_ market: MarketDefinition, _ index: Int) throws(DefinitionError) {
        for name in [market.name, market.base, market.quote] where name.isEmpty { throw .nameEmpty("market") }
        if marketNames[market.name] != nil { throw .marketNamedTwice(index: index) }
        if market.base == market.quote { throw .sameAssetTwice(market: index) }
        guard (0...12).contains(market.amountDecimals), (0...12).contains(market.priceDecimals) else {
            throw .decimalsOutOfRange(market: index)
        }
        guard market.minimumAmount.isPositive, market.minimumAmount.isMultiple(of: market.lot) else {
            throw .minimumOutOfRange(market: index)
        }
        try Self.check(FeeRates(maker: market.makerRate, taker: market.takerRate))
        let prices = market.mergeSteps + [market.openingPrice].compactMap { $0 }
        guard prices.allSatisfy(\.isPositive) else { throw .priceOutOfRange(market: index) }
        if let band = market.priceBand, !band.isPositive { throw .rateOutOfRange }
        marketNames[market.name] = MarketID(index)
        terms.append(
            RoomTerms(
                id: MarketID(index), base: asset(market.base), quote: asset(market.quote), tick: market.tick,
                lot: market.lot, minimum: market.minimumAmount,
                rates: FeeRates(maker: market.makerRate, taker: market.takerRate), band: market.priceBand,
                openingPrice: market.openingPrice))
    }

    private static func check(_ rates: FeeRates) throws(DefinitionError) {
        let half = FeeRate(raw: 500_000_000_000)
        for rate in [rates.maker, rates.taker] where rate.magnitude > half { throw .rateOutOfRange }
    }

    private mutating func check(_ accounts: [AccountDefinition]) throws(DefinitionError) {
        var isMain: [String: Bool] = [:]
        for (index, account) in accounts.enumerated() {
            if account.name.isEmpty { throw .nameEmpty("account") }
            if isMain[account.name] != nil { throw .accountNamedTwice(index: index) }
            if let main = account.main, isMain[main] != true { throw .mainAccountUnknown(index: index) }
            isMain[account.name] = account.main == nil
            if let rates = account.rates { try Self.check(rates) }
            for balance in account.balances {
                guard !balance.amount.isNegative, balance.amount <= Amount(1_000_000_000_000_000_000) else {
                    throw .balanceOutOfRange(account: index)
                }
                if balance.asset.isEmpty { throw .nameEmpty("asset") }
                _ = asset(balance.asset)
            }
        }
    }

    /// The number of an asset, new or known.
    private mutating func asset(_ name: String) -> AssetID {
        if let known = assetNames[name] { return known }
        let id = AssetID(assets.count)
        assets.append(name)
        assetNames[name] = id
        return id
    }

    private func way(to asset: AssetID) -> DiscountWay {
        if asset == discountAsset { return .same }
        let direct = terms.firstIndex { $0.base == discountAsset && $0.quote == asset }
        if let direct { return .direct(direct) }
        for (index, market) in terms.enumerated() where market.base == discountAsset {
            let other = terms.firstIndex { $0.base == asset && $0.quote == market.quote }
            if let other { return .across(discount: index, other: other) }
        }
        return .none
    }

    /// The crowd of a market; nil when it has none.
    private static func crowd(
        of index: Int, _ definition: ExchangeDefinition
    ) throws(DefinitionError) -> SyntheticMarket? {
        let market = definition.markets[index]
        guard case .synthetic(let flow) = market.flow else { return nil }
        let tick = flow.tick ?? market.tick
        guard tick.isPositive, tick.isMultiple(of: market.tick) else {
            throw .synthetic(market: index, .tickOutOfRange)
        }
        var configuration = SyntheticMarketConfiguration(
            market: MarketID(index), startsAt: definition.startsAt, startPrice: flow.startPrice, tick: tick,
            lot: market.lot, typicalQuantity: flow.typicalQuantity)
        configuration.spreadTicks = flow.spreadTicks
        configuration.depthLevels = flow.depthLevels
        configuration.eventsPerSecond = flow.eventsPerSecond
        configuration.annualVolatility = flow.annualVolatility
        configuration.clustering = flow.clustering
        do throws(SyntheticMarketError) {
            let source = SeededRandom(seed: definition.seed).stream(UInt64(index))
            var random = source
            return try SyntheticMarket(configuration: configuration, seed: random.next())
        } catch {
            throw .synthetic(market: index, error)
        }
    }
}
