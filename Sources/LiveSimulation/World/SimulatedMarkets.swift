import CoinExVenue
import Exchange
import MarketModel
import Quantities
import Signing
import TradingCore

/// The markets and the accounts of the simulated venue, as the venue and as the bot know them.
package enum SimulatedMarkets {
    package static let names = ["BTCUSDT", "ETHUSDT", "LTCUSDT"]
    /// The time of day at which worlds begin.
    package static let start = Instant(milliseconds: 1_767_225_600_000)
    static let account = "bot"
    static let accessID = "51B0000000000000000000000000B07A"
    static let secret = "7B07B07B07B07B07"
    /// In units of the quote asset, and of each base asset.
    static let money = Amount(1_000_000)
    static let stock = Amount(1_000)

    private static let bases = ["BTC", "ETH", "LTC"]
    private static let prices = [Price(30_000), Price(2_000), Price(80)]
    private static let sizes = [
        Quantity(raw: 20_000_000_000), Quantity(raw: 300_000_000_000), Quantity(raw: 5_000_000_000_000),
    ]
    private static let feeRate = FeeRate(raw: 2_000_000_000)
    private static let minimum = Quantity(raw: 1_000_000_000)

    static func definition(_ plan: SimulationPlan) -> ExchangeDefinition {
        var markets: [MarketDefinition] = []
        for index in names.indices {
            var market = MarketDefinition(
                name: names[index], base: bases[index], quote: "USDT", amountDecimals: 8, priceDecimals: 2,
                minimumAmount: minimum)
            market.makerRate = feeRate
            market.takerRate = feeRate
            market.openingPrice = prices[index]
            var flow = SyntheticFlow(startPrice: prices[index], typicalQuantity: sizes[index])
            flow.eventsPerSecond = plan.eventsPerSecond
            market.flow = .synthetic(flow)
            markets.append(market)
        }
        var cet = MarketDefinition(
            name: "CETUSDT", base: "CET", quote: "USDT", amountDecimals: 2, priceDecimals: 4,
            minimumAmount: Quantity(1))
        cet.openingPrice = Price(raw: 40_000_000_000)
        markets.append(cet)
        var account = AccountDefinition(name: Self.account)
        account.paysFeesAtDiscount = plan.feesAtDiscount
        account.balances =
            [AssetAmount("USDT", money), AssetAmount("CET", money)]
            + bases.map { AssetAmount($0, stock) }
        var definition = ExchangeDefinition(
            seed: plan.seed, startsAt: start, markets: markets, accounts: [account])
        // What is compared at the end is kept until then.
        definition.limits.finishedOrdersMax = 1_000_000
        definition.limits.dealsMax = 1_000_000
        return definition
    }

    static func settings(_ plan: SimulationPlan) -> FrontSettings {
        var settings = FrontSettings()
        settings.keys = [FrontKeySettings(account: account, accessID: accessID, secret: secret)]
        settings.acknowledgement = .mixed
        settings.seed = plan.seed
        settings.tickEvery = plan.tick
        settings.languages = [plan.api]
        // The world packs messages itself, once it has had its way with them.
        settings.packsMessages = false
        return settings
    }

    /// The markets as the bot knows them.
    package static let table: MarketTable = {
        var table = MarketTable()
        let rules = MarketRules(
            tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 10_000), minimumQuantity: minimum,
            makerFee: feeRate, takerFee: feeRate)
        for index in names.indices {
            table.add(names[index], base: bases[index], quote: "USDT", rules: rules)
        }
        _ = table.asset("CET")
        return table
    }()

    /// What the bot may do in each market.
    static func risk() -> RiskLimits {
        var limits = RiskLimits()
        limits.openOrdersMax = 40
        limits.positionMax = Quantity(10)
        limits.orderNotionalMax = Notional(100_000)
        return limits
    }

    /// What the account began with.
    static func deposit(_ asset: String) -> Amount { bases.contains(asset) ? stock : money }

    static var credentials: CoinExCredentials {
        CoinExCredentials(accessID: accessID, secret: Secret(secret))
    }

    static var naming: CoinExOrderNaming {
        guard let naming = CoinExOrderNaming(bot: "sim", run: 1) else {
            preconditionFailure("the name is one of letters")
        }
        return naming
    }
}
