import Quantities

/// What the agents believe the asset to be worth, in ticks: a random walk whose volatility wanders.
///
/// The logarithm of the volatility is the sum of two mean-reverting factors, a slow one (half-life ten
/// minutes) and a fast one (twenty seconds): quiet and busy times at two scales, and returns with fat
/// tails. Now and then news bursts in: a jump, and the fast factor leaps.
struct FairPrice: Equatable, Sendable {
    /// Mean-reversion per second of the two factors.
    private static let slowReversion = 0.6931471805599453 / 600
    private static let fastReversion = 0.6931471805599453 / 20

    /// How many bursts come in an hour at full clustering.
    private static let burstsPerHour = 10.0
    /// By how many standard deviations a burst lifts the fast factor.
    private static let burstLift = 2.0
    /// A burst's jump, in standard deviations of a second's return.
    private static let burstJump = 4.0

    private static let secondsPerYear = 31_536_000.0

    /// The price in ticks.
    private(set) var ticks: Double
    private var logTicks: Double
    private let logStart: Double
    private let lowest: Double
    private let highest: Double
    /// Standard deviation of the return over one second, on average over all times.
    let volatilityPerSecond: Double
    /// The weights of the factors in the logarithm of the volatility.
    private let slowWeight: Double
    private let fastWeight: Double
    private let burstRate: Double
    private var slow: Double
    private var fast: Double

    /// The price stays between `lowestTicks` and a thousand times its start.
    init(
        startTicks: Double, lowestTicks: Double, annualVolatility: Double, clustering: Double,
        random: inout SeededRandom
    ) {
        ticks = startTicks
        logTicks = SignalMath.log(startTicks)
        logStart = logTicks
        lowest = SignalMath.log(lowestTicks)
        highest = SignalMath.log(startTicks * 1_000)
        volatilityPerSecond = annualVolatility / Self.secondsPerYear.squareRoot()
        slowWeight = 0.5 * clustering
        fastWeight = 0.7 * clustering
        burstRate = Self.burstsPerHour / 3_600 * clustering
        slow = SignalMath.gaussian(from: &random)
        fast = SignalMath.gaussian(from: &random)
    }

    /// The standard deviation of the return over one second, now.
    var volatilityNow: Double {
        // The second term makes the mean of the squared volatility independent of the clustering.
        let squares = slowWeight * slowWeight + fastWeight * fastWeight
        return volatilityPerSecond * SignalMath.exp(slowWeight * slow + fastWeight * fast - squares)
    }

    /// The logarithm of how far the price has come since the start.
    var logReturn: Double { logTicks - logStart }

    /// The volatility of now, per year.
    var annualVolatility: Double { volatilityNow * Self.secondsPerYear.squareRoot() }

    /// Goes where another price has gone, and no farther than its bounds.
    mutating func follow(_ logReturn: Double) {
        logTicks = min(max(logStart + logReturn, lowest), highest)
        ticks = SignalMath.exp(logTicks)
    }

    /// Moves on by a time; true when a burst came in it.
    mutating func advance(seconds: Double, random: inout SeededRandom) -> Bool {
        Self.revert(&slow, Self.slowReversion * seconds, &random)
        Self.revert(&fast, Self.fastReversion * seconds, &random)
        let volatility = volatilityNow
        var change = volatility * seconds.squareRoot() * SignalMath.gaussian(from: &random)
        let isBurst = random.chance(burstRate * seconds)
        if isBurst {
            fast += Self.burstLift
            change += volatility * Self.burstJump * SignalMath.gaussian(from: &random)
        }
        move(by: change)
        return isBurst
    }

    /// One exact step of a mean-reverting process of variance 1.
    private static func revert(_ x: inout Double, _ reversion: Double, _ random: inout SeededRandom) {
        let kept = SignalMath.exp(-reversion)
        x = kept * x + (1 - kept * kept).squareRoot() * SignalMath.gaussian(from: &random)
    }

    /// Changes the price, which is thrown back at its bounds.
    private mutating func move(by change: Double) {
        logTicks += change
        if logTicks < lowest { logTicks = min(highest, 2 * lowest - logTicks) }
        if logTicks > highest { logTicks = max(lowest, 2 * highest - logTicks) }
        ticks = SignalMath.exp(logTicks)
    }
}
