import Quantities

/// An exponential moving average of a price by time, which says how far the price is below it.
///
/// The weight of a value is `dt / (T + dt)`: between 0 and 1 whatever the gap. Ready when it has
/// seen values for one time constant.
@usableFromInline
struct DipAverage: Sendable {
    private let nanoseconds: Double
    private let warmUp: Interval
    private var average = 0.0
    private var lastAt = Instant.distantPast
    private var readyAt = Instant.distantFuture

    init(window: Interval) {
        nanoseconds = Double(window.nanoseconds)
        warmUp = window
    }

    @usableFromInline
    mutating func add(_ value: Double, at now: Instant) {
        if lastAt == .distantPast {
            average = value
            lastAt = now
            readyAt = now + warmUp
        }
        let elapsed = Double((now - lastAt).nanoseconds)
        lastAt = now
        average += (value - average) * (elapsed / (nanoseconds + elapsed))
    }

    /// Whether a value is below the average by at least a share of it; false before the average is ready.
    func isDip(_ value: Double, share: Double, at now: Instant) -> Bool {
        now >= readyAt && value <= average * (1 - share)
    }
}
