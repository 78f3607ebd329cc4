import Quantities

/// How much more a price is at one venue than at another, slowly averaged, as a fraction.
///
/// What the leader does first is no basis: its moves reach the other venue within the time of the window many times
/// over. Samples are taken at most once per interval and fade over the window.
struct Basis: Sendable {
    /// Samples before the average can be used.
    static let samplesMin = 10

    private let window: Double
    private let interval: Interval
    private var sum = 0.0
    private var weight = 0.0
    private var count = 0
    private var lastAt = Instant.distantPast

    init(window: Interval, interval: Interval) {
        self.window = window.seconds
        self.interval = interval
    }

    /// Nil before the tenth sample.
    var value: Double? { count >= Self.samplesMin ? sum / weight : nil }

    /// Takes a sample, unless the last one was taken less than an interval ago.
    ///
    /// What is farther from the average than `bound` counts as that far: a false price moves it little, a lasting
    /// change in the end.
    mutating func sample(_ difference: Double, within bound: Double, at now: Instant) {
        guard lastAt == .distantPast || now - lastAt >= interval else { return }
        let fading = lastAt == .distantPast ? 1 : SignalMath.exp(-(now - lastAt).seconds / window)
        let middle = value ?? difference
        sum = sum * fading + min(max(difference, middle - bound), middle + bound)
        weight = weight * fading + 1
        count = min(count + 1, Self.samplesMin)
        lastAt = now
    }
}
