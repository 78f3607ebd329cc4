import MarketModel
import Quantities
import StrategyKit

extension EmaCross {
    /// Which prices the averages are taken of.
    public enum Source: String, CaseIterable, Sendable {
        /// Half-way between best bid and ask, at every change of the quote.
        case mid
        /// Every public trade.
        case trade
    }

    /// How the position is changed.
    public enum OrderChoice: String, CaseIterable, Sendable {
        /// Immediate-or-cancel at the touch plus slippage: what the bound leaves is tried again.
        case limit
        /// At whatever the book offers.
        case market
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the base asset: 0.001 by default.
        public var quantity = Quantity(raw: 1_000_000_000)
        public var source = Source.mid
        public var fast = Interval.seconds(30)
        public var slow = Interval.minutes(2)
        public var threshold = 2.0
        public var allowShort = false
        public var order = OrderChoice.limit
        public var slippage = 5.0
        public var retryPause = Interval.milliseconds(250)
        public var refusalPause = Interval.seconds(10)

        public init() {}
    }
}

extension EmaCross.Parameters {
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .quantity(
                "quantity", \.quantity, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                "How much is held while the trend is up."),
            .choice("source", \.source, "Which prices the averages are taken of."),
            .interval(
                "fast", \.fast, in: .milliseconds(10)...day,
                "The time constant of the fast average."),
            .interval(
                "slow", \.slow, in: .milliseconds(10)...day,
                "The time constant of the slow average; trading starts when it has passed once."),
            .number(
                "threshold", \.threshold, in: 0...1_000, unit: "basis points",
                "How far the averages have to be apart for a change of the position."),
            .flag(
                "allow_short", \.allowShort,
                "Whether a falling trend is held short instead of not at all."),
            .choice("order", \.order, "How the position is changed."),
            .number(
                "slippage", \.slippage, in: 0...1_000, unit: "basis points",
                "How much worse than the best price a limit order may trade."),
            .interval(
                "retry_pause", \.retryPause, in: .zero...day,
                "How long to wait before what an order left is tried again."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("ema-cross trades one market, not \(setup.markets.count)")
        }
        let market = setup.market
        let lot = market.rules.lot
        let minimum = market.rules.minimumQuantity
        guard quantity.isMultiple(of: lot) else {
            throw StrategyError(
                "quantity \(quantity) is not a multiple of the lot of \(market.name), \(lot)"
            )
        }
        guard quantity >= minimum, quantity.isPositive else {
            throw StrategyError(
                "quantity \(quantity) is below the minimum of \(market.name), \(minimum)"
            )
        }
        guard fast < slow else {
            throw StrategyError("fast \(fast) is not shorter than slow \(slow)")
        }
    }
}
