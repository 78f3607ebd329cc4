import MarketModel
import Quantities

/// What a venue would take an option on a synthetic market to be worth, told once a second.
///
/// The option is one at the money, with thirty days to go, always. Its volatility is that of the market over the last
/// half minute or so. Price and Greeks are the first terms of the formula of Black and Scholes at the money. Nobody
/// trades it.
package struct SyntheticOption: Sendable {
    static let pause = Interval.seconds(1)
    /// How fast the market's past volatility fades from the implied one, in seconds.
    private static let memory = 30.0
    /// Thirty days, in years.
    private static let term = 30.0 / 365.0
    /// The density of the normal distribution at its middle.
    private static let density = 0.3989422804014327

    let market: MarketID
    let underlying: MarketID
    private let tick: Price
    private var volatility: Double?
    var nextMarkAt: Instant

    package init(_ market: MarketID, on underlying: MarketID, tick: Price, startsAt: Instant) {
        self.market = market
        self.underlying = underlying
        self.tick = tick
        nextMarkAt = startsAt
    }

    /// - Parameters:
    ///   - price: of the underlying.
    ///   - current: its volatility now, per year.
    /// - Returns: nil where the price has no number.
    mutating func mark(_ price: Double, _ current: Double) -> OptionMark? {
        let now = nextMarkAt
        nextMarkAt = now + Self.pause
        let before = volatility ?? current
        let weight = 1 - SignalMath.exp(-Self.pause.seconds / Self.memory)
        let volatility = before + (current - before) * weight
        self.volatility = volatility
        let width = volatility * Self.term.squareRoot()
        guard width > 0, let value = Price(signal: Self.density * width * price, step: tick, .toNearestOrEven)
        else { return nil }
        return OptionMark(
            market: market, price: value, volatility: Float(volatility),
            bidVolatility: Float(volatility * 0.99),
            askVolatility: Float(volatility * 1.01), delta: Float(0.5 + Self.density * width / 2),
            gamma: Float(Self.density / (price * width)),
            theta: Float(-Self.density * price * volatility / (2 * Self.term.squareRoot()) / 365),
            vega: Float(Self.density * price * Self.term.squareRoot() / 100), venueTime: now, receivedAt: now)
    }
}
