import MarketModel
import Quantities
import StrategyKit

extension StopLoss {
    /// Which position is protected.
    public enum PositionSide: String, CaseIterable, Sendable {
        /// Bought, and sold to close it.
        case long
        /// Sold, and bought back to close it.
        case short
    }

    /// How the strategy's own position is opened.
    public enum EntryChoice: String, CaseIterable, Sendable {
        /// At whatever the book offers.
        case market
        /// At `entry_price`, or at the touch where that is 0; it rests until it is filled.
        case limit
    }

    /// Where the stop stands.
    public enum StopKind: String, CaseIterable, Sendable {
        /// At `stop_price`.
        case fixed
        /// `stop_distance` from the average price of the position.
        case percent
        /// `stop_distance` from the best price since the position is protected.
        case trailing
    }

    /// What closes the position.
    public enum OrderChoice: String, CaseIterable, Sendable {
        /// Whatever the book offers.
        case market
        /// Not worse than `limit_distance` beyond the stop; what that leaves is followed up.
        case limit
    }

    /// How a stop order at the venue is moved or resized.
    public enum AdjustChoice: String, CaseIterable, Sendable {
        /// By one request that replaces it: it stands until its replacement does.
        case modify
        /// By a cancel and, when that is confirmed, a new order: naked in between.
        case renew
    }

    /// What becomes of the stop order when the bot ends.
    public enum EndChoice: String, CaseIterable, Sendable {
        /// It stays at the venue.
        case leave
        /// It is cancelled.
        case cancel
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        public var side = PositionSide.long
        public var heldQuantity = Quantity.zero
        /// In the base asset: 0.01 by default.
        public var entryQuantity = Quantity(raw: 10_000_000_000)
        public var entry = EntryChoice.market
        public var entryPrice = Price.zero
        public var stop = StopKind.percent
        public var stopPrice = Price.zero
        public var stopDistance = 100.0
        public var trailStep = 5.0
        public var order = OrderChoice.market
        public var limitDistance = 20.0
        public var takeProfit = 0.0
        public var takeProfitZone = 10.0
        public var adjust = AdjustChoice.modify
        public var triggerPatience = Interval.seconds(1)
        public var retryPause = Interval.milliseconds(250)
        public var refusalPause = Interval.seconds(1)
        public var gapNotice = Interval.seconds(1)
        public var onStop = EndChoice.leave

        public init() {}
    }
}

extension StopLoss.Parameters {
    private static let day = Interval.minutes(1_440)
    private static let quantities = Quantity.zero...Quantity(1_000_000_000_000)
    private static let prices = Price.zero...Price(1_000_000_000_000)

    public static var schema: [Parameter<Self>] { positionSchema + stopSchema + careSchema }

    private static var positionSchema: [Parameter<Self>] {
        [
            .choice("side", \.side, "Which position is protected."),
            .quantity(
                "held_quantity", \.heldQuantity, in: quantities,
                "How much the account holds before the start that is to be protected; excludes an entry."),
            .quantity(
                "entry_quantity", \.entryQuantity, in: quantities,
                "How much is bought (or sold short) first, once, when nothing is held at the start."),
            .choice("entry", \.entry, "How that is done."),
            .price(
                "entry_price", \.entryPrice, in: prices,
                "The price of a limit entry; 0 is the best price at that moment."),
        ]
    }

    private static var stopSchema: [Parameter<Self>] {
        [
            .choice("stop", \.stop, "Where the stop stands."),
            .price("stop_price", \.stopPrice, in: prices, "The price of a fixed stop."),
            .number(
                "stop_distance", \.stopDistance, in: 1...9_000, unit: "basis points",
                "How far a percent or trailing stop is from its reference."),
            .number(
                "trail_step", \.trailStep, in: 0...1_000, unit: "basis points",
                "How far a trailing stop has to lag behind before it is moved."),
            .choice("order", \.order, "What closes the position."),
            .number(
                "limit_distance", \.limitDistance, in: 0...5_000, unit: "basis points",
                "How much worse than the stop, or than the market later on, a limit order may trade."),
            .number(
                "take_profit", \.takeProfit, in: 0...100_000, unit: "basis points",
                "How far above the reference (below, when short) the position is sold; 0 is never."),
            .number(
                "take_profit_zone", \.takeProfitZone, in: 0...1_000, unit: "basis points",
                "How near to that price the market has to come before the order for it takes the stop's place."
            ),
        ]
    }

    private static var careSchema: [Parameter<Self>] {
        [
            .choice("adjust", \.adjust, "How the stop order is moved or resized."),
            .interval(
                "trigger_patience", \.triggerPatience, in: .zero...day,
                "How long the market may be beyond a stop that has not fired before the bot closes itself."),
            .interval(
                "retry_pause", \.retryPause, in: .milliseconds(1)...day,
                "How long to wait before what an order left is tried again."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order; the level is watched meanwhile."),
            .interval(
                "gap_notice", \.gapNotice, in: .zero...day,
                "How long a part of the position may be unprotected before that is told."),
            .choice("on_stop", \.onStop, "What becomes of the stop order when the bot ends."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the market.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1 else {
            throw StrategyError("stop-loss protects one market, not \(setup.markets.count)")
        }
        guard heldQuantity.isZero || entryQuantity.isZero else {
            throw StrategyError(
                "held_quantity \(heldQuantity) and entry_quantity \(entryQuantity) exclude each other: "
                    + "set one of them to 0")
        }
        guard heldQuantity.isPositive || entryQuantity.isPositive else {
            throw StrategyError("nothing to protect: set held_quantity or entry_quantity")
        }
        let market = setup.market
        try check("held_quantity", heldQuantity, market)
        try check("entry_quantity", entryQuantity, market)
        try check("entry_price", entryPrice, market)
        try check("stop_price", stopPrice, market)
        guard stop != .fixed || stopPrice.isPositive else {
            throw StrategyError("a fixed stop needs a stop_price")
        }
        if stop == .fixed, entryPrice.isPositive {
            let isBeyond = side == .long ? stopPrice >= entryPrice : stopPrice <= entryPrice
            if isBeyond {
                throw StrategyError(
                    "stop_price \(stopPrice) is on the wrong side of entry_price \(entryPrice) for a "
                        + "\(side.rawValue) position")
            }
        }
        guard side == .long || takeProfit < 10_000 else {
            throw StrategyError("take_profit \(takeProfit) leaves no price for a short position")
        }
        guard takeProfit == 0 || takeProfitZone < takeProfit else {
            throw StrategyError(
                "take_profit_zone \(takeProfitZone) is not below take_profit \(takeProfit)")
        }
    }

    private func check(_ name: String, _ quantity: Quantity, _ market: Market) throws(StrategyError) {
        guard quantity.isMultiple(of: market.rules.lot) else {
            throw StrategyError(
                "\(name) \(quantity) is not a multiple of the lot of \(market.name), \(market.rules.lot)")
        }
        guard quantity.isZero || quantity >= market.rules.minimumQuantity else {
            throw StrategyError(
                "\(name) \(quantity) is below the minimum of \(market.name), "
                    + "\(market.rules.minimumQuantity)")
        }
    }

    private func check(_ name: String, _ price: Price, _ market: Market) throws(StrategyError) {
        guard price.isMultiple(of: market.rules.tick) else {
            throw StrategyError(
                "\(name) \(price) is not a multiple of the tick of \(market.name), \(market.rules.tick)")
        }
    }
}
