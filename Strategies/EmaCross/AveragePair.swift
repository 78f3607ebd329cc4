import Quantities

/// A fast and a slow exponential moving average of the same values, by time.
///
/// A value counts for the time since the one before: after one time constant of steady values an
/// average has come 1/2 of the way in one step, and 63 % in many. The weight `dt / (T + dt)` is the
/// implicit Euler step of the exponential: it needs a division where the exact one needs an
/// exponential, and it is between 0 and 1 whatever the gap.
@usableFromInline
struct AveragePair: Sendable {
    @usableFromInline let fastNanoseconds: Double
    @usableFromInline let slowNanoseconds: Double
    private let warmUp: Interval
    @usableFromInline var fast = 0.0
    @usableFromInline var slow = 0.0
    @usableFromInline var lastAt = Instant.distantPast
    /// When the slow average has seen values for its time constant; never, before the first value.
    @usableFromInline var readyAt = Instant.distantFuture

    init(fast: Interval, slow: Interval) {
        fastNanoseconds = Double(fast.nanoseconds)
        slowNanoseconds = Double(slow.nanoseconds)
        warmUp = slow
    }

    @inlinable @inline(__always)
    mutating func add(_ value: Double, at now: Instant) {
        if lastAt == .distantPast { begin(value, at: now) }
        let elapsed = Double((now - lastAt).nanoseconds)
        lastAt = now
        fast += (value - fast) * (elapsed / (fastNanoseconds + elapsed))
        slow += (value - slow) * (elapsed / (slowNanoseconds + elapsed))
    }

    /// Both averages start at the first value.
    @usableFromInline
    mutating func begin(_ value: Double, at now: Instant) {
        fast = value
        slow = value
        lastAt = now
        readyAt = now + warmUp
    }
}
