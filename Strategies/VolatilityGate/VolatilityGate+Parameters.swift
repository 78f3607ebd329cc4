import MarketModel
import Quantities
import StrategyKit

extension VolatilityGate {
    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the base asset: 0.01 by default.
        public var orderSize = Quantity(raw: 10_000_000_000)
        /// In the base asset: 0.05 by default.
        public var maxInventory = Quantity(raw: 50_000_000_000)
        public var width = 0.5
        public var horizon = Interval.seconds(60)
        public var minEdge = 1.0
        public var coverFees = true
        public var widenAbove = 0.7
        public var stopAbove = 1.0
        public var hysteresis = 0.05
        public var widenFactor = 2.0
        public var ivTimeout = Interval.seconds(10)
        public var requoteThreshold = 0.25
        public var refusalPause = Interval.seconds(5)

        public init() {}
    }
}

extension VolatilityGate.Parameters {
    private static let quantities = Quantity(raw: 1)...Quantity(1_000_000_000_000)
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .quantity("order_size", \.orderSize, in: quantities, "How much each quote offers."),
            .quantity(
                "max_inventory", \.maxInventory, in: quantities,
                "How far the position may be from zero, on either side."),
            .number(
                "width", \.width, in: 0.01...100, unit: "standard deviations",
                "How far each quote stands from the mid price, in implied moves over 'horizon'."),
            .interval(
                "horizon", \.horizon, in: .seconds(1)...day, "The time over which implied moves are taken."),
            .number(
                "min_edge", \.minEdge, in: 0...1_000, unit: "basis points",
                "The least distance of a quote from the mid price, fees not counted."),
            .flag("cover_fees", \.coverFees, "Whether each quote stands farther off by the maker fee."),
            .number(
                "widen_above", \.widenAbove, in: 0.01...100, unit: "of the price a year",
                "Above this implied volatility quotes stand farther off: 0.7 is 70 %."),
            .number(
                "stop_above", \.stopAbove, in: 0.01...100, unit: "of the price a year",
                "Above this implied volatility nothing is quoted."),
            .number(
                "hysteresis", \.hysteresis, in: 0...10, unit: "of the price a year",
                "How far below a threshold the implied volatility has to fall until it counts as passed back."
            ),
            .number(
                "widen_factor", \.widenFactor, in: 1...100, "How many times farther off quotes stand then."),
            .interval(
                "iv_timeout", \.ivTimeout, in: .milliseconds(100)...day,
                "Nothing is quoted on an implied volatility that is older."),
            .number(
                "requote_threshold", \.requoteThreshold, in: 0...10, unit: "of the distance",
                "How far its target has to move before a quote follows, at least a tick."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long a side rests after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the markets.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1, (1...VolatilityGate.optionsMax).contains(setup.watched.count) else {
            throw StrategyError(
                "volatility-gate trades in one market and watches 1 to \(VolatilityGate.optionsMax) options, not "
                    + "\(setup.markets.count) and \(setup.watched.count)")
        }
        let market = setup.market
        guard orderSize.isMultiple(of: market.rules.lot) else {
            throw StrategyError(
                "order_size \(orderSize) is not a multiple of the lot of \(market.name), \(market.rules.lot)")
        }
        guard orderSize >= market.rules.minimumQuantity else {
            throw StrategyError(
                "order_size \(orderSize) is below the minimum of \(market.name), \(market.rules.minimumQuantity)"
            )
        }
        guard maxInventory >= orderSize else {
            throw StrategyError("max_inventory \(maxInventory) is below order_size \(orderSize)")
        }
        guard widenAbove <= stopAbove else {
            throw StrategyError("widen_above \(widenAbove) exceeds stop_above \(stopAbove)")
        }
        guard hysteresis < widenAbove else {
            throw StrategyError("hysteresis \(hysteresis) is not below widen_above \(widenAbove)")
        }
    }
}
