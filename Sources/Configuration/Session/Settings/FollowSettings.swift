import Quantities
import Simulation

/// How a synthetic market follows another one.
package struct FollowSettings: Equatable, Sendable {
    /// The name of the market whose moves it makes.
    package var market: String
    /// Where it follows a ratio: the market whose moves it makes the other way round.
    package var over: String?
    /// How much later it moves.
    package var lag = Interval.milliseconds(200)
    /// How far it strays, as a standard deviation in basis points.
    package var deviation = 1.0
    /// After how long half of the way that it has strayed is gone.
    package var halfLife = Interval.seconds(30)

    package static let deviations = 0.0...1_000.0
    package static let halfLives = Interval.milliseconds(100)...Interval.minutes(60)

    package init(market: String) { self.market = market }

    var effectiveLines: [String] {
        ["market: \(EffectiveText.scalar(market))"]
            + (over.map { ["over: \(EffectiveText.scalar($0))"] } ?? [])
            + [
                "lag: \(lag)", "deviation: \(EffectiveText.number(deviation))", "half_life: \(halfLife)",
            ]
    }
}
