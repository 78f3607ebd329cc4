import MarketModel
import Quantities
import StrategyKit

extension Grid {
    /// What the cells above the market hold at the start.
    public enum Start: String, CaseIterable, Sendable {
        /// Nothing but an earlier position: they buy when the market has come above them.
        case empty
        /// What the account holds of the base asset: they sell from the first moment on.
        case holdings
    }

    /// Whether the grid follows a market that has left it.
    public enum Recentring: String, CaseIterable, Sendable {
        case never
        /// Upwards only, where it has sold everything.
        case up
        /// Downwards, too: there it sells what no cell above the market has room for, at a loss.
        case both
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the base asset: 0.001 by default.
        public var orderSize = Quantity(raw: 1_000_000_000)
        public var levels = 10
        public var spacing = 50.0
        public var centre = Price.zero
        public var lower = Price.zero
        public var upper = Price.zero
        public var start = Start.empty
        public var recentre = Recentring.never
        public var makerOnly = true
        public var stopLoss = Notional.zero
        public var takeProfit = Notional.zero
        public var close = true
        public var closeSlippage = 20.0
        public var quoteTimeout = Interval.seconds(10)
        public var refusalPause = Interval.seconds(10)

        public init() {}

        /// Whether the grid lies between two prices, not around one.
        var hasBounds: Bool { lower.isPositive && upper.isPositive }
    }
}

extension Grid.Parameters {
    private static let day = Interval.minutes(1_440)
    private static let prices = Price.zero...Price(1_000_000_000)
    private static let values = Notional.zero...Notional(1_000_000_000)

    public static var schema: [Parameter<Self>] {
        [
            .quantity(
                "order_size", \.orderSize, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                "How much each level buys and sells."),
            .integer("levels", \.levels, in: 1...50, "Lines of the grid on each side of its centre."),
            .number(
                "spacing", \.spacing, in: 0.1...5_000, unit: "basis points",
                "The distance from one line to the next, unless lower and upper are set."),
            .price("centre", \.centre, in: prices, "The middle of the grid; 0 is the first mid price."),
            .price("lower", \.lower, in: prices, "The lowest line; 0 leaves it to centre and spacing."),
            .price("upper", \.upper, in: prices, "The highest line; 0 leaves it to centre and spacing."),
            .choice("start", \.start, "What the levels above the market hold at the start."),
            .choice("recentre", \.recentre, "Whether the grid follows a market that has left it."),
            .flag("maker_only", \.makerOnly, "Whether orders that would take are refused by the venue."),
            .notional(
                "stop_loss", \.stopLoss, in: values,
                "The loss of the whole grid at which it ends; 0 is never."),
            .notional(
                "take_profit", \.takeProfit, in: values,
                "The profit of the whole grid at which it ends; 0 is never."),
            .flag("close", \.close, "Whether the position is closed when the grid ends."),
            .number(
                "close_slippage", \.closeSlippage, in: 0...1_000, unit: "basis points",
                "How much worse than the best price an order that closes the position may trade."),
            .interval(
                "quote_timeout", \.quoteTimeout, in: .milliseconds(100)...day,
                "Orders are pulled from a market that could not be read for this time."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("grid trades one market, not \(setup.markets.count)")
        }
        let market = setup.market
        let rules = market.rules
        guard orderSize.isMultiple(of: rules.lot) else {
            throw StrategyError(
                "order_size \(orderSize) is not a multiple of the lot of \(market.name), \(rules.lot)")
        }
        guard orderSize >= rules.minimumQuantity, orderSize.isPositive else {
            throw StrategyError(
                "order_size \(orderSize) is below the minimum of \(market.name), \(rules.minimumQuantity)")
        }
        guard lower.isPositive == upper.isPositive else {
            throw StrategyError("lower \(lower) and upper \(upper) are set together, or neither")
        }
        guard !hasBounds || lower < upper else {
            throw StrategyError("lower \(lower) is not below upper \(upper)")
        }
        let spacing = GridLines(self).spacing
        let fees = 2 * Double(rules.makerFee) * 10_000
        guard spacing > fees else {
            throw StrategyError(
                "a spacing of \(spacing) basis points does not cover two maker fees of together \(fees)")
        }
    }
}
