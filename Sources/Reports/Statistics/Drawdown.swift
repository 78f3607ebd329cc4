import Pages
import Quantities

/// How far a profit fell from its highest point, and for how long it stayed below it.
package struct Drawdown: Equatable, Sendable {
    /// The deepest fall; 0 or above.
    package private(set) var deepest = 0.0
    /// Where the deepest fall began and where it was deepest.
    package private(set) var peakAt: Instant?
    package private(set) var troughAt: Instant?
    /// The longest time from a highest point to the next one that is as high, or to the end.
    package private(set) var longest = Interval.zero
    /// Whether the longest time lasts to the end.
    package private(set) var isUnderWaterAtEnd = false
    /// The distance to the highest point before, 0 or below, at every time.
    package private(set) var curve: [Point] = []

    /// - Parameter profit: in the order of time. The highest point before the first is zero.
    package init(_ profit: [Point]) {
        var peak = 0.0
        var peakTime = profit.first?.time ?? Instant(nanoseconds: 0)
        curve.reserveCapacity(profit.count)
        for point in profit where point.value.isFinite {
            if point.value >= peak {
                note(point.time - peakTime, isAtEnd: false)
                (peak, peakTime) = (point.value, point.time)
            } else if peak - point.value > deepest {
                deepest = peak - point.value
                (peakAt, troughAt) = (peakTime, point.time)
            }
            curve.append(Point(point.time, min(0, point.value - peak)))
        }
        if let last = profit.last, last.time > peakTime { note(last.time - peakTime, isAtEnd: true) }
    }

    private mutating func note(_ time: Interval, isAtEnd: Bool) {
        guard deepest > 0, time > longest else { return }
        longest = time
        isUnderWaterAtEnd = isAtEnd
    }
}
