import MarketModel
import Quantities
import StrategyKit

extension Twap {
    /// Which way the parent order goes.
    public enum Direction: String, CaseIterable, Sendable {
        case buy
        case sell

        var side: Side {
            switch self {
            case .buy: .buy
            case .sell: .sell
            }
        }
    }

    /// What becomes of time in which the market could not be read.
    public enum PauseRule: String, CaseIterable, Sendable {
        /// The schedule stops and goes on later: the end moves as well.
        case shift
        /// The schedule goes on, and what was missed is made up for, as far as `slice_multiple` allows.
        case catchUp = "catch_up"
    }

    /// What becomes of a remainder when the duration is over.
    public enum EndRule: String, CaseIterable, Sendable {
        /// It stays undone.
        case leave
        /// It is crossed, within limit price and participation, for one slice more.
        case cross
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        public var side = Direction.buy
        /// In the base asset: 0.1 by default.
        public var quantity = Quantity(raw: 100_000_000_000)
        public var duration = Interval.minutes(10)
        public var slice = Interval.seconds(10)
        public var jitter = 0.2
        public var participation = 0.1
        public var participationWindow = Interval.minutes(5)
        public var limitPrice = Price.zero
        public var restShare = 0.7
        public var slippage = 2.0
        public var requotePause = Interval.seconds(1)
        public var sliceMultiple = 3.0
        public var afterPause = PauseRule.catchUp
        public var atEnd = EndRule.leave
        public var retryPause = Interval.milliseconds(250)
        public var refusalPause = Interval.seconds(5)

        public init() {}
    }
}

extension Twap.Parameters {
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .choice("side", \.side, "Whether the parent order buys or sells."),
            .quantity(
                "quantity", \.quantity, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                "The parent order: this much and never more; an own position at the start counts as done."),
            .interval(
                "duration", \.duration, in: .seconds(1)...day * 7,
                "The time over which the parent order is spread."),
            .interval(
                "slice", \.slice, in: .milliseconds(100)...day,
                "The length of a slice; it is shortened so that a whole number of them fills the duration."),
            .number(
                "jitter", \.jitter, in: 0...0.9, unit: "of a slice",
                "How far the ends of the slices are scattered, so that orders do not come like a clock."),
            .number(
                "participation", \.participation, in: 0...1, unit: "of the public volume",
                "The share of what was traded in the window that own fills and the living order may be; "
                    + "0 is no limit."),
            .interval(
                "participation_window", \.participationWindow, in: .seconds(1)...day,
                "The rolling time over which participation is counted."),
            .price(
                "limit_price", \.limitPrice, in: .zero...Price(1_000_000_000_000),
                "No order is worse than this price; 0 is no limit."),
            .number(
                "rest_share", \.restShare, in: 0...1, unit: "of a slice",
                "How long an order rests at the touch before what the schedule lacks is crossed; "
                    + "1 never crosses."),
            .number(
                "slippage", \.slippage, in: 0...1_000, unit: "basis points",
                "How much worse than the best price a crossing order may trade."),
            .interval(
                "requote_pause", \.requotePause, in: .milliseconds(10)...day,
                "How long a resting order stays at least before it follows the touch."),
            .number(
                "slice_multiple", \.sliceMultiple, in: 1...1_000, unit: "even slices",
                "The most that one slice may trade when it has to catch up."),
            .choice(
                "after_pause", \.afterPause,
                "Whether time in which the market cannot be read moves the schedule or is made up for."),
            .choice("at_end", \.atEnd, "What becomes of a remainder when the duration is over."),
            .interval(
                "retry_pause", \.retryPause, in: .milliseconds(1)...day,
                "How long to wait before what a crossing order left is tried again."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("twap trades one market, not \(setup.markets.count)")
        }
        try check(setup.market)
        guard slice <= duration else {
            throw StrategyError("slice \(slice) is longer than duration \(duration)")
        }
        let slices = SliceSchedule.slices(of: slice, in: duration)
        guard slices <= SliceSchedule.slicesMax else {
            throw StrategyError(
                "slice \(slice) makes \(slices) slices of duration \(duration), "
                    + "more than \(SliceSchedule.slicesMax)")
        }
    }

    private func check(_ market: Market) throws(StrategyError) {
        let rules = market.rules
        guard quantity.isMultiple(of: rules.lot) else {
            throw StrategyError(
                "quantity \(quantity) is not a multiple of the lot of \(market.name), \(rules.lot)")
        }
        guard quantity >= rules.minimumQuantity, quantity.isPositive else {
            throw StrategyError(
                "quantity \(quantity) is below the minimum of \(market.name), \(rules.minimumQuantity)")
        }
        guard !limitPrice.isZero else { return }
        guard limitPrice.isMultiple(of: rules.tick) else {
            throw StrategyError(
                "limit_price \(limitPrice) is not a multiple of the tick of \(market.name), \(rules.tick)")
        }
        guard let value = value(at: limitPrice) else {
            throw StrategyError(
                "quantity \(quantity) at limit_price \(limitPrice) is too large to count with")
        }
        guard value >= rules.minimumNotional else {
            throw StrategyError(
                "quantity \(quantity) at limit_price \(limitPrice) is worth \(value), below the minimum of "
                    + "\(market.name), \(rules.minimumNotional)")
        }
    }

    private func value(at price: Price) -> Notional? {
        do throws(ArithmeticError) {
            return try quantity.times(price, .down)
        } catch {
            return nil
        }
    }
}
