import MarketModel
import Quantities
import StrategyKit

extension Momentum {
    /// How large an entry is.
    public enum Sizing: String, CaseIterable, Sendable {
        /// Always the quantity.
        case fixed
        /// As much as loses `risk` between entry and stop, at most the quantity.
        case risk
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        public var candle = Interval.minutes(60)
        public var entryCandles = 20
        public var exitCandles = 10
        public var rangeCandles = 14
        public var stopDistance = 3.0
        public var stopStep = 0.25
        public var minStop = 10.0
        public var restartStop = 100.0
        public var sizing = Sizing.fixed
        /// In the base asset: 0.01 by default.
        public var quantity = Quantity(raw: 10_000_000_000)
        public var risk = Notional(5)
        public var allowShort = false
        public var slippage = 5.0
        public var stopPatience = Interval.seconds(1)
        public var retryPause = Interval.milliseconds(250)
        public var refusalPause = Interval.seconds(10)

        public init() {}
    }
}

extension Momentum.Parameters {
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        signalSchema + stopSchema + orderSchema
    }

    private static var signalSchema: [Parameter<Self>] {
        [
            .interval("candle", \.candle, in: .seconds(1)...day, "The length of a candle."),
            .integer(
                "entry_candles", \.entryCandles, in: 2...1_000, unit: "candles",
                "A close beyond the highs or lows of so many candles is a break-out that is followed."),
            .integer(
                "exit_candles", \.exitCandles, in: 2...1_000, unit: "candles",
                "A close beyond those of so many candles against the position ends it."),
            .integer(
                "range_candles", \.rangeCandles, in: 2...1_000, unit: "candles",
                "How many candles the average true range is smoothed over."),
            .flag(
                "allow_short", \.allowShort,
                "Whether a break-out downward is followed with a short position."),
        ]
    }

    private static var stopSchema: [Parameter<Self>] {
        [
            .number(
                "stop_distance", \.stopDistance, in: 0.1...100, unit: "average true ranges",
                "How far the stop trails behind the best price since the entry."),
            .number(
                "stop_step", \.stopStep, in: 0...10, unit: "average true ranges",
                "How far the stop has to move before its order is replaced."),
            .number(
                "min_stop", \.minStop, in: 0.1...5_000, unit: "basis points",
                "The least distance of the stop, whatever the range is."),
            .number(
                "restart_stop", \.restartStop, in: 1...5_000, unit: "basis points",
                "The distance of the stop for a position found at the start, until the range is known."),
            .interval(
                "stop_patience", \.stopPatience, in: .zero...Interval.minutes(10),
                "How long the market may be beyond the stop before the position is sold without it."),
        ]
    }

    private static var orderSchema: [Parameter<Self>] {
        [
            .choice("sizing", \.sizing, "How large an entry is."),
            .quantity(
                "quantity", \.quantity, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                "How much an entry buys or sells; with sizing by risk, at most."),
            .notional(
                "risk", \.risk, in: Notional(raw: 1)...Notional(1_000_000_000),
                "What may be lost between entry and stop, without slippage and fees; for sizing by risk."),
            .number(
                "slippage", \.slippage, in: 0...1_000, unit: "basis points",
                "How much worse than the best price an order may trade."),
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
            throw StrategyError("momentum trades one market, not \(setup.markets.count)")
        }
        let market = setup.market
        let lot = market.rules.lot
        let minimum = market.rules.minimumQuantity
        guard quantity.isMultiple(of: lot) else {
            throw StrategyError("quantity \(quantity) is not a multiple of the lot of \(market.name), \(lot)")
        }
        guard quantity >= minimum, quantity.isPositive else {
            throw StrategyError("quantity \(quantity) is below the minimum of \(market.name), \(minimum)")
        }
        guard exitCandles <= entryCandles else {
            throw StrategyError("exit_candles \(exitCandles) is more than entry_candles \(entryCandles)")
        }
        guard stopStep < stopDistance else {
            throw StrategyError("stop_step \(stopStep) is not less than stop_distance \(stopDistance)")
        }
    }
}
