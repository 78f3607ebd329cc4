import MarketModel
import Quantities
import StrategyKit

extension CrossVenueMaker {
    /// Which price of the leader counts.
    public enum LeaderPrice: String, CaseIterable, Sendable {
        /// Half-way between bid and ask.
        case mid
        /// Nearer to the side on which less is offered: where the next trade is more likely to move it.
        case weighted

        func price(_ quote: Quote) -> Double {
            switch self {
            case .mid: return Double(quote.mid)
            case .weighted:
                let (bidSize, askSize) = (Double(quote.bidSize), Double(quote.askSize))
                guard bidSize + askSize > 0 else { return Double(quote.mid) }
                return (Double(quote.bid) * askSize + Double(quote.ask) * bidSize) / (bidSize + askSize)
            }
        }
    }

    /// What the configuration may set; the defaults suit a market such as BTCUSDT.
    public struct Parameters: StrategyParameters {
        /// In the base asset: 0.01 by default.
        public var orderSize = Quantity(raw: 10_000_000_000)
        /// In the base asset: 0.05 by default.
        public var maxInventory = Quantity(raw: 50_000_000_000)
        public var targetInventory = Quantity.zero
        public var edge = 3.0
        public var coverFees = true
        public var skew = 3.0
        public var leaderPrice = LeaderPrice.mid
        public var basisWindow = Interval.minutes(5)
        public var sampleInterval = Interval.seconds(1)
        public var requoteThreshold = 1.0
        public var leaderTimeout = Interval.seconds(2)
        public var maxDeviation = 50.0
        public var refusalPause = Interval.seconds(5)

        public init() {}
    }
}

extension CrossVenueMaker.Parameters {
    private static let quantities = Quantity(raw: 1)...Quantity(1_000_000_000_000)
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .quantity("order_size", \.orderSize, in: quantities, "How much each quote offers."),
            .quantity(
                "max_inventory", \.maxInventory, in: quantities,
                "How far the position may be from the target, on either side."),
            .quantity(
                "target_inventory", \.targetInventory, in: -quantities.upperBound...quantities.upperBound,
                "The position to lean to; what the account held before the start does not count."),
            .number(
                "edge", \.edge, in: 0...1_000, unit: "basis points",
                "How far each quote stands from the fair price, fees not counted."),
            .flag("cover_fees", \.coverFees, "Whether each quote stands farther off by the maker fee."),
            .number(
                "skew", \.skew, in: 0...1_000, unit: "basis points",
                "How far both quotes are moved against a full inventory."),
            .choice("leader_price", \.leaderPrice, "Which price of the leader counts."),
            .interval(
                "basis_window", \.basisWindow, in: .seconds(1)...day,
                "How fast past differences between the venues fade from their average."),
            .interval(
                "sample_interval", \.sampleInterval, in: .milliseconds(1)...day,
                "The pause between two looks at that difference; quoting starts after the tenth."),
            .number(
                "requote_threshold", \.requoteThreshold, in: 0...1_000, unit: "basis points",
                "How far its target has to move before a quote follows, at least a tick."),
            .interval(
                "leader_timeout", \.leaderTimeout, in: .milliseconds(10)...day,
                "Quotes are withdrawn when the leader was silent for longer."),
            .number(
                "max_deviation", \.maxDeviation, in: 0.1...1_000, unit: "basis points",
                "Quotes are withdrawn when the venues are farther apart than this beyond the average."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long a side rests after a refused order."),
        ]
    }

    /// Throws when the parameters do not fit together, or not to the markets.
    func check(_ setup: StrategySetup) throws(StrategyError) {
        guard setup.markets.count == 1, setup.watched.count == 1 else {
            throw StrategyError(
                "cross-venue-maker trades in one market and watches one that leads it, not "
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
        guard sampleInterval <= basisWindow else {
            throw StrategyError(
                "sample_interval \(sampleInterval) exceeds basis_window \(basisWindow)")
        }
    }
}
