import MarketModel
import Quantities
import StrategyKit

extension TriangularArbitrage {
    /// What becomes of what a leg did not fill.
    public enum Leftovers: String, CaseIterable, Sendable {
        /// It is sold at home at once.
        case unwind
        /// It is held up to `hold_max`, and sold when it is more.
        case hold
    }

    /// What the configuration may set; the defaults suit BTCUSDT, ETHUSDT and ETHBTC.
    public struct Parameters: StrategyParameters {
        /// In the outer asset, ETH: 0.1 by default.
        public var orderSize = Quantity(raw: 100_000_000_000)
        public var minEdge = 2.0
        public var slippage = 2.0
        public var leftovers = Leftovers.unwind
        public var holdMax = Notional(100)
        public var quoteAgeMax = Interval.seconds(1)
        public var patience = Interval.seconds(2)
        public var pause = Interval.milliseconds(200)
        public var lossesMax = 20
        public var refusalPause = Interval.seconds(5)

        public init() {}

        var minEdgeRate: FeeRate {
            // A hundredth of a percent is 10^8 units of 10^-12.
            FeeRate(raw: Int128((minEdge * 1e8).rounded(.up)))
        }
    }
}

extension TriangularArbitrage.Parameters {
    private static let day = Interval.minutes(1_440)

    public static var schema: [Parameter<Self>] {
        [
            .quantity(
                "order_size", \.orderSize, in: Quantity(raw: 1)...Quantity(1_000_000_000_000),
                unit: "asset that the cross market trades", "The most that a cycle goes round with."),
            .number(
                "min_edge", \.minEdge, in: 0...1_000, unit: "basis points",
                "The least gain of a cycle, as a share of its cost, after all fees."),
            .number(
                "slippage", \.slippage, in: 0...1_000, unit: "basis points",
                "How much worse than planned the second and third leg, and sales of leftovers, may trade."),
            .choice("leftovers", \.leftovers, "What becomes of what a leg did not fill."),
            .notional(
                "hold_max", \.holdMax, in: .zero...Notional(1_000_000_000),
                "How much of each asset may be left over where leftovers are held."),
            .interval(
                "quote_age_max", \.quoteAgeMax, in: .milliseconds(1)...day,
                "No cycle begins on a quote that is older."),
            .interval(
                "patience", \.patience, in: .milliseconds(10)...day,
                "How long the next leg may wait for the account to have what the leg before brought."),
            .interval("pause", \.pause, in: .zero...day, "How long to wait after a cycle."),
            .integer(
                "losses_max", \.lossesMax, in: 1...1_000_000, unit: "cycles in a row",
                "How many may lose money; then it stops."),
            .interval(
                "refusal_pause", \.refusalPause, in: .milliseconds(10)...day,
                "How long to wait after a refused order."),
        ]
    }

    /// The triangle of the markets; throws when they make none, or the parameters do not fit to it.
    func triangle(_ setup: StrategySetup) throws(StrategyError) -> Triangle {
        guard let triangle = Triangle(setup.markets) else {
            let names = setup.markets.map(\.name).joined(separator: ", ")
            throw StrategyError(
                "triangular-arbitrage needs two markets that are paid in one asset, and a third that trades what they "
                    + "trade against each other; \(names) make no triangle")
        }
        let market = triangle.cross
        guard orderSize >= market.rules.minimumQuantity else {
            throw StrategyError(
                "order_size \(orderSize) is below the minimum of \(market.name), \(market.rules.minimumQuantity)"
            )
        }
        return triangle
    }
}
