import MarketModel
import Quantities

/// How a synthetic market follows another one: the same news, heard later, and told a little differently.
package struct SyntheticFollowing: Equatable, Sendable {
    /// The market whose moves it makes.
    package var market: MarketID
    /// Where it follows a ratio: the market whose moves it makes the other way round.
    package var over: MarketID?
    /// How much later it moves: zero to `lags`' end.
    package var lag = Interval.milliseconds(200)
    /// The standard deviation of how far it strays, as a fraction of the price: 0 to 0.1.
    package var deviation = 0.0001
    /// After how long half of the way that it has strayed is gone; positive.
    package var halfLife = Interval.seconds(30)

    package static let lags = Interval.zero...Interval.seconds(10)

    package init(_ market: MarketID, over: MarketID? = nil) {
        self.market = market
        self.over = over
    }
}

/// Where the fair price of a market has been, for those that follow it.
struct PriceTrail: Sendable {
    /// Points that are kept at least; the oldest go first, and what asks for an older one gets the oldest there is.
    static let pointsMin = 65_536

    private var times: [Instant] = []
    private var returns: [Double] = []

    /// The logarithm of how far the price has come since the start.
    mutating func note(_ logReturn: Double, at time: Instant) {
        if times.count == 2 * Self.pointsMin {
            times.removeFirst(Self.pointsMin)
            returns.removeFirst(Self.pointsMin)
        }
        times.append(time)
        returns.append(logReturn)
    }

    /// How far it had come at a time; nothing before the first point.
    func logReturn(at time: Instant) -> Double {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? returns[low - 1] : returns.first ?? 0
    }
}

/// How far a following market is from where it should be: a mean-reverting random walk around nothing.
struct Stray: Sendable {
    private(set) var value = 0.0

    mutating func advance(seconds: Double, _ following: SyntheticFollowing, _ random: inout SeededRandom) {
        let kept = SignalMath.exp(-0.6931471805599453 * seconds / following.halfLife.seconds)
        let spread = (1 - kept * kept).squareRoot() * following.deviation
        value = kept * value + spread * SignalMath.gaussian(from: &random)
    }
}
