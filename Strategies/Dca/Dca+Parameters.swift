import MarketModel
import Quantities
import StrategyKit

extension Dca {
    /// When the first purchase is due.
    public enum FirstChoice: String, CaseIterable, Sendable {
        /// At once: the interval that has begun already counts.
        case now
        /// When the next interval begins: what a restart within an interval needs.
        case next
    }

    /// What becomes of an interval in which buying was not possible.
    public enum MissedChoice: String, CaseIterable, Sendable {
        /// Its amount is not spent.
        case skip
        /// Its amount is added to the next purchase.
        case catchUp = "catch_up"
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the quote asset: 50 by default.
        public var spend = Notional(50)
        public var quantity = Quantity.zero
        public var interval = Interval.minutes(60)
        public var first = FirstChoice.now
        public var missed = MissedChoice.skip
        public var catchUpMax = 3
        public var budget = Notional.zero
        public var below = Price.zero
        public var dip = 0.0
        public var dipWindow = Interval.minutes(60)
        public var patience = Interval.zero
        public var slippage = 5.0
        public var takeProfit = 0.0
        public var retryPause = Interval.seconds(1)
        public var refusalPause = Interval.seconds(10)

        public init() {}
    }
}

extension Dca.Parameters {
    private static let day = Interval.minutes(1_440)
    private static let sums = Notional.zero...Notional(1_000_000_000_000)

    public static var schema: [Parameter<Self>] { planSchema + orderSchema }

    private static var planSchema: [Parameter<Self>] {
        [
            .notional("spend", \.spend, in: sums, "How much is spent per interval; excludes quantity."),
            .quantity(
                "quantity", \.quantity, in: Quantity.zero...Quantity(1_000_000_000_000),
                "How much is bought per interval; set spend to 0 for it."),
            .interval(
                "interval", \.interval, in: .seconds(1)...day * 366,
                "How often; intervals begin where the clock (UTC) is a multiple of them."),
            .choice("first", \.first, "When the first purchase is due."),
            .choice("missed", \.missed, "What becomes of an interval in which buying was not possible."),
            .integer(
                "catch_up_max", \.catchUpMax, in: 1...1_000,
                "How many missed amounts are added at most, with missed: catch_up."),
            .notional(
                "budget", \.budget, in: sums,
                "How much what is held may have cost, fees not counted; 0 is no limit."),
        ]
    }

    private static var orderSchema: [Parameter<Self>] {
        [
            .price(
                "below", \.below, in: Price.zero...Price(1_000_000_000_000),
                "The highest price that is paid; 0 is any."),
            .number(
                "dip", \.dip, in: 0...9_000, unit: "basis points",
                "How far below its moving average the price has to be; 0 is anywhere."),
            .interval(
                "dip_window", \.dipWindow, in: .seconds(1)...day * 366,
                "The time constant of that average; buying starts when it has passed once."),
            .interval(
                "patience", \.patience, in: .zero...day,
                "How long a purchase waits at the best bid before it takes what is offered; 0 takes at once."),
            .number(
                "slippage", \.slippage, in: 0...1_000, unit: "basis points",
                "How much worse than the best ask a purchase may trade."),
            .number(
                "take_profit", \.takeProfit, in: 0...100_000, unit: "basis points",
                "How far above its average price all that was bought is sold; 0 is never."),
            .interval(
                "retry_pause", \.retryPause, in: .milliseconds(1)...day,
                "How long to wait before what an order left is tried again."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("dca buys in one market, not \(setup.markets.count)")
        }
        guard spend.isZero || quantity.isZero else {
            throw StrategyError(
                "spend \(spend) and quantity \(quantity) exclude each other: set one of them to 0")
        }
        guard spend.isPositive || quantity.isPositive else {
            throw StrategyError("nothing to buy: set spend or quantity")
        }
        let market = setup.market
        guard below.isMultiple(of: market.rules.tick) else {
            throw StrategyError(
                "below \(below) is not a multiple of the tick of \(market.name), \(market.rules.tick)")
        }
        guard budget.isZero || budget >= spend else {
            throw StrategyError("budget \(budget) is below spend \(spend)")
        }
        guard budget.isZero || budget >= market.rules.minimumNotional else {
            throw StrategyError(
                "budget \(budget) is below the least value of an order of \(market.name), "
                    + "\(market.rules.minimumNotional)")
        }
        guard patience < interval else {
            throw StrategyError("patience \(patience) is not shorter than interval \(interval)")
        }
    }
}
