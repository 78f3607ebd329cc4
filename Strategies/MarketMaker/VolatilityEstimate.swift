import Quantities

/// The variance of returns per second, from mid prices that are looked at in intervals.
///
/// Quotes flicker by a tick many times a second without going anywhere; looked at in every quote
/// that would count as volatility. So the mid price is sampled, at most once per interval. Squared
/// returns and the seconds they took are summed with weights that fade over the window: their
/// quotient is right for irregular samples, and from the first one on.
@usableFromInline
struct VolatilityEstimate: Sendable {
    /// Samples before the estimate can be used.
    static let samplesMin = 10

    private let window: Double
    private let interval: Interval
    private var lastMid = 0.0
    private var lastAt = Instant.distantPast
    private var squares = 0.0
    private var seconds = 0.0
    private var count = 0
    @usableFromInline private(set) var nextSampleAt = Instant.distantPast

    init(window: Interval, interval: Interval) {
        self.window = window.seconds
        self.interval = interval
    }

    var isReady: Bool { count >= Self.samplesMin }

    /// In units of (return squared) per second; zero before the second sample.
    var variancePerSecond: Double { seconds > 0 ? squares / seconds : 0 }

    mutating func sample(_ mid: Double, at now: Instant) {
        if lastMid > 0 {
            let elapsed = (now - lastAt).seconds
            let change = (mid - lastMid) / lastMid
            let fading = SignalMath.exp(-elapsed / window)
            squares = squares * fading + change * change
            seconds = seconds * fading + elapsed
        }
        lastMid = mid
        lastAt = now
        nextSampleAt = now + interval
        count = min(count + 1, Self.samplesMin)
    }
}
