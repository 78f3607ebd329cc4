import MarketModel
import Quantities
import StrategyKit

extension MarketMaker {
    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the base asset: 0.01 by default.
        public var orderSize = Quantity(raw: 10_000_000_000)
        /// In the base asset: 0.05 by default.
        public var maxInventory = Quantity(raw: 50_000_000_000)
        public var targetInventory = Quantity.zero
        public var riskAversion = 1.0
        public var horizon = Interval.seconds(60)
        public var fillDepth = 2.0
        public var minSpread = 1.0
        public var coverFees = true
        public var volatilityWindow = Interval.minutes(5)
        public var sampleInterval = Interval.seconds(1)
        public var requoteThreshold = 2.0
        public var quoteTimeout = Interval.seconds(10)
        public var refusalPause = Interval.seconds(5)

        public init() {}
    }
}

extension MarketMaker.Parameters {
    private static let quantities = Quantity(raw: 1)...Quantity(1_000_000_000_000)
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .quantity("order_size", \.orderSize, in: quantities, "How much each quote offers."),
            .quantity(
                "max_inventory", \.maxInventory, in: quantities,
                "How far the position may be from the target, on either side."),
            .quantity(
                "target_inventory", \.targetInventory,
                in: -quantities.upperBound...quantities.upperBound,
                "The position to lean to; what the account held before the start does not count."),
            .number(
                "risk_aversion", \.riskAversion, in: 0...100, unit: "per fill depth",
                "How strongly quotes lean against inventory and widen with volatility; 0 is never."),
            .interval(
                "horizon", \.horizon, in: .seconds(1)...day,
                "How long inventory is expected to be held: volatility counts over this time."),
            .number(
                "fill_depth", \.fillDepth, in: 0.01...1_000, unit: "basis points",
                "The distance from the mid price at which fills become e times rarer."),
            .number(
                "min_spread", \.minSpread, in: 0...1_000, unit: "basis points",
                "The least distance between bid and ask, fees not counted."),
            .flag(
                "cover_fees", \.coverFees, "Whether each quote stands farther off by the maker fee."
            ),
            .interval(
                "volatility_window", \.volatilityWindow, in: .seconds(1)...day,
                "How fast past price changes fade from the volatility."),
            .interval(
                "sample_interval", \.sampleInterval, in: .milliseconds(1)...day,
                "The pause between two looks at the mid price; quoting starts after the tenth."
            ),
            .number(
                "requote_threshold", \.requoteThreshold, in: 0...1_000, unit: "basis points",
                "How far its target has to move before a quote follows, at least a tick."
            ),
            .interval(
                "quote_timeout", \.quoteTimeout, in: .milliseconds(100)...day,
                "Quotes are pulled when the market was silent for this time."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long a side rests after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("market-maker quotes one market, not \(setup.markets.count)")
        }
        let market = setup.market
        let lot = market.rules.lot
        let minimum = market.rules.minimumQuantity
        guard orderSize.isMultiple(of: lot) else {
            throw StrategyError(
                "order_size \(orderSize) is not a multiple of the lot of \(market.name), \(lot)"
            )
        }
        guard orderSize >= minimum, orderSize.isPositive else {
            throw StrategyError(
                "order_size \(orderSize) is below the minimum of \(market.name), \(minimum)"
            )
        }
        guard maxInventory >= orderSize else {
            throw StrategyError("max_inventory \(maxInventory) is below order_size \(orderSize)")
        }
        guard sampleInterval <= volatilityWindow else {
            throw StrategyError(
                "sample_interval \(sampleInterval) exceeds volatility_window \(volatilityWindow)"
            )
        }
    }
}
