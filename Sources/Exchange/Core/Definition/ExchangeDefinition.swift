import MarketModel
import Quantities

/// What a local exchange consists of when it opens.
package struct ExchangeDefinition: Equatable, Sendable {
    /// From it follows everything that is random.
    package var seed: UInt64
    /// When the markets open; no command comes earlier.
    package var startsAt: Instant
    /// 1 to 1,024.
    package var markets: [MarketDefinition]
    /// At most `ExchangeLimits.accountsMax`. A sub-account stands behind its main account.
    package var accounts: [AccountDefinition]
    /// The asset in which fees can be paid at a discount; an asset of its own if no market knows it.
    package var discountAsset = "CET"
    /// The part of a fee that is still to be paid in the discount asset: 0.7 is seventy percent.
    package var discountRate = FeeRate(raw: 700_000_000_000)
    /// The number of the first order or stop order; later ones follow.
    package var firstOrder: UInt64 = 35_435_972
    /// The number of the first deal.
    package var firstDeal: UInt64 = 462_666
    package var limits = ExchangeLimits()

    package init(
        seed: UInt64, startsAt: Instant, markets: [MarketDefinition], accounts: [AccountDefinition]
    ) {
        self.seed = seed
        self.startsAt = startsAt
        self.markets = markets
        self.accounts = accounts
    }
}

/// A market of the local exchange.
package struct MarketDefinition: Equatable, Sendable {
    package var name: String
    package var base: String
    package var quote: String
    /// Digits after the point of amounts, in the base asset: 0 to 12.
    package var amountDecimals: Int
    /// Digits after the point of prices: 0 to 12.
    package var priceDecimals: Int
    /// In the base asset.
    package var minimumAmount: Quantity
    /// A rate below zero is a rebate.
    package var makerRate = FeeRate(raw: 2_000_000_000)
    package var takerRate = FeeRate(raw: 2_000_000_000)
    /// The steps to which the depth may be merged, beside none at all.
    package var mergeSteps: [Price] = []
    /// How far from the last price a limit may be, as a part of it; nil is any.
    package var priceBand: FeeRate?
    /// What the asset is worth before the first trade, for fees in the discount asset and the index.
    package var openingPrice: Price?
    package var flow = MarketFlow.clientsOnly

    package init(
        name: String, base: String, quote: String, amountDecimals: Int, priceDecimals: Int,
        minimumAmount: Quantity
    ) {
        self.name = name
        self.base = base
        self.quote = quote
        self.amountDecimals = amountDecimals
        self.priceDecimals = priceDecimals
        self.minimumAmount = minimumAmount
    }

    /// The step of prices.
    package var tick: Price { Price(raw: Int128(DecimalText.powersOfTen(12 - priceDecimals))) }
    /// The step of amounts in the base asset.
    package var lot: Quantity { Quantity(raw: Int128(DecimalText.powersOfTen(12 - amountDecimals))) }
}

/// Who trades in a market beside the clients.
package enum MarketFlow: Equatable, Sendable {
    /// Nobody.
    case clientsOnly
    /// A seeded crowd; prices and sizes of clients and crowd meet in one book.
    case synthetic(SyntheticFlow)
    /// A recording, which whoever drives the exchange hands over event by event: `ExchangeCore.replay`.
    case replayed
}

/// What the crowd of a synthetic market is like; the ranges are those of `SyntheticMarketConfiguration`.
package struct SyntheticFlow: Equatable, Sendable {
    package var startPrice: Price
    package var typicalQuantity: Quantity
    /// The step of the crowd's prices, a multiple of the market's; nil is the market's.
    package var tick: Price?
    package var spreadTicks = 1
    package var depthLevels = 30
    package var eventsPerSecond = 100.0
    package var annualVolatility = 0.6
    package var clustering = 0.6

    package init(startPrice: Price, typicalQuantity: Quantity) {
        self.startPrice = startPrice
        self.typicalQuantity = typicalQuantity
    }
}

/// An account of the local exchange.
package struct AccountDefinition: Equatable, Sendable {
    /// Unique.
    package var name: String
    /// The main account that this one is a sub-account of; nil for a main account.
    package var main: String?
    /// What it owns at the start.
    package var balances: [AssetAmount] = []
    /// Whether fees are paid in the discount asset where its balance covers them.
    package var paysFeesAtDiscount = false
    /// The account's own rates; nil is the market's.
    package var rates: FeeRates?

    package init(name: String, main: String? = nil) {
        self.name = name
        self.main = main
    }
}

package struct AssetAmount: Equatable, Sendable {
    package var asset: String
    package var amount: Amount

    package init(_ asset: String, _ amount: Amount) {
        self.asset = asset
        self.amount = amount
    }
}

package struct FeeRates: BitwiseCopyable, Equatable, Sendable {
    package var maker: FeeRate
    package var taker: FeeRate

    package init(maker: FeeRate, taker: FeeRate) {
        self.maker = maker
        self.taker = taker
    }
}

/// How much the exchange holds and keeps. Where a history is full its oldest row goes; where there is no room
/// for an order or an account, it is refused.
package struct ExchangeLimits: BitwiseCopyable, Equatable, Sendable {
    package static let accountsMax = 10_000

    /// Resting orders of an account.
    package var openOrdersMax = 5_000
    /// Waiting stop orders of an account; a market holds at most `StopBook.stopsMax` of all accounts.
    package var stopsMax = 500
    /// Ended orders kept for an account: those that traded.
    package var finishedOrdersMax = 1_000
    /// Ended stop orders kept for an account: those that fired.
    package var finishedStopsMax = 500
    /// Deals kept for an account.
    package var dealsMax = 2_000
    /// Changes of balances kept for an account.
    package var balanceRowsMax = 1_000
    /// Deposits and transfers kept for an account, each.
    package var transfersMax = 500
    /// Public deals kept of a market.
    package var publicDealsMax = 2_000
    /// Candles kept of a market and period: those in which something traded.
    package var candlesMax = 1_500
    /// Rows of a kind that all accounts together have room for: see `shared`.
    package static let rowsMax = 40_000
    /// What an account keeps at least, however many there are.
    package static let rowsLeast = 100

    /// The limits with histories that are shorter where there are many accounts, so that all of them together stay
    /// within `rowsMax` rows of a kind, twice as many of deals.
    package static func shared(among accounts: Int) -> ExchangeLimits {
        var limits = ExchangeLimits()
        let share = max(rowsLeast, rowsMax / max(1, accounts))
        limits.finishedOrdersMax = min(limits.finishedOrdersMax, share)
        limits.finishedStopsMax = min(limits.finishedStopsMax, share)
        limits.dealsMax = min(limits.dealsMax, 2 * share)
        limits.balanceRowsMax = min(limits.balanceRowsMax, share)
        return limits
    }

    /// With so much news waiting to be taken, public news is dropped; what clients are owed is kept.
    package var publicNewsMax = 65_536
    /// With so much news waiting, orders are refused and the markets stand still until it is taken.
    package var newsMax = 262_144

    package init() {}
}
