import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// The market, the account and the venue of a test.
///
/// The defaults are a market called OAKPINE with ticks of 0.01 and lots of 0.001, no fees, an account of
/// 1,000 OAK and 1,000,000 PINE, and a venue that answers at once.
public struct TapeSetup: Sendable {
    /// The markets that the strategy is given, at least one; market words are about the first unless they
    /// name one.
    public var markets = [TapeMarket()]
    /// The markets that the strategy reads only; they come behind the others.
    public var watched: [TapeMarket] = []
    /// What the account holds of the assets that are named; of others 1,000 of a base and 1,000,000 of a
    /// quote asset.
    public var balances: TapeBalances = [:]
    /// What the strategy holds in the first market when it starts, as after a restart.
    public var position: TapePosition?
    /// How long an order or a cancel travels to the simulated venue.
    public var orderLatency = Interval.zero
    /// How long the venue's answers and news travel back.
    public var answerLatency = Interval.zero
    /// What risk allows.
    public var risk = TapeRisk()
    /// How old the newest quote may be before a market cannot be read.
    public var staleAfter = Interval.seconds(10)
    /// Of the strategy's random numbers.
    public var seed: UInt64 = 7

    public init() {}
    public init(_ change: (inout TapeSetup) throws -> Void) rethrows { try change(&self) }

    /// The first market: the only one of most tests.
    public var market: TapeMarket {
        get { markets[0] }
        set { markets[0] = newValue }
    }
}

/// A market of a test.
public struct TapeMarket: Sendable {
    public var name: String
    public var base: String
    public var quote: String
    /// The step of prices. Positive.
    public var tick = Price(raw: 10_000_000_000)
    /// The step of quantities. Positive.
    public var lot = Quantity(raw: 1_000_000_000)
    public var minimumQuantity = Quantity(raw: 1_000_000_000)
    public var minimumNotional = Notional.zero
    public var makerFee = FeeRate.zero
    public var takerFee = FeeRate.zero

    public init(_ name: String = "OAKPINE", base: String = "OAK", quote: String = "PINE") {
        self.name = name
        self.base = base
        self.quote = quote
    }

    var rules: MarketRules {
        MarketRules(
            tick: tick, lot: lot, minimumQuantity: minimumQuantity, minimumNotional: minimumNotional,
            makerFee: makerFee, takerFee: takerFee)
    }
}

/// What an account holds, by the name of the asset: `["OAK": Amount(0), "PINE": Amount(500)]`.
public struct TapeBalances: ExpressibleByDictionaryLiteral, Sendable {
    var amounts: [(asset: String, amount: Amount)]

    public init(dictionaryLiteral elements: (String, Amount)...) {
        amounts = elements.map { (asset: $0.0, amount: $0.1) }
    }
}

/// A position that was there before the strategy started.
public struct TapePosition: Equatable, Sendable {
    /// Positive is long, negative is short.
    public var quantity: Quantity
    /// What it was opened at.
    public var price: Price

    public init(_ quantity: Quantity, at price: Price) {
        self.quantity = quantity
        self.price = price
    }
}

extension TapeSetup {
    /// Request windows, for pacing and for the simulated venue.
    var limits: VenueLimits { .coinExV1 }

    var table: MarketTable {
        var table = MarketTable()
        for market in markets + watched {
            table.add(market.name, base: market.base, quote: market.quote, rules: market.rules)
        }
        return table
    }

    /// What the strategy is created with.
    func strategySetup(_ table: MarketTable) -> StrategySetup {
        StrategySetup(
            markets: Array(table.markets.prefix(markets.count)),
            watched: Array(table.markets.dropFirst(markets.count)))
    }

    /// What the account holds of each asset of the table, in its order.
    func amounts(_ table: MarketTable) -> [Amount] {
        table.assets.enumerated().map { index, name in
            if let given = balances.amounts.last(where: { $0.asset == name }) { return given.amount }
            return table.markets.contains { $0.quote == AssetID(index) } ? Amount(1_000_000) : Amount(1_000)
        }
    }
}
