/// Mean and variance of the newest values of a series.
///
/// Nil until the window is full. Constant cost. Squares are taken of the distance from a value near
/// the mean, chosen anew with every turn of the window: prices of 60,000 that vary by a cent lose no digits.
/// A window of equal values has a variance of exactly zero.
public struct RollingMoments: Indicator {
    public struct Value: BitwiseCopyable, Equatable, Sendable {
        public var mean: Double
        /// Of the values themselves: the sum of squared distances over their number.
        public var variance: Double
        @inlinable public var deviation: Double { variance.squareRoot() }

        @inlinable
        public init(mean: Double, variance: Double) {
            self.mean = mean
            self.variance = variance
        }
    }

    /// Sums of distances from a base, and of their squares.
    @usableFromInline struct Sums: Sendable {
        @usableFromInline var base = 0.0
        @usableFromInline var first = 0.0
        @usableFromInline var second = 0.0
        @usableFromInline init() {}

        @inlinable
        mutating func add(_ input: Double) {
            let distance = input - base
            first += distance
            second += distance * distance
        }

        @inlinable
        mutating func remove(_ input: Double) {
            let distance = input - base
            first -= distance
            second -= distance * distance
        }
    }

    @usableFromInline var window: RollingWindow<Double>
    @usableFromInline var sums = Sums()
    /// The sums of what came since the window turned.
    @usableFromInline var fresh = Sums()
    @usableFromInline var newest = Double.nan
    /// How many of the newest values are equal.
    @usableFromInline var equalCount = 0

    /// - Parameter length: how many values count, 2 to 1,000,000; others trap.
    public init(length: Int) {
        precondition(length >= 2, "a variance is that of two values or more")
        window = RollingWindow(length: length, blank: 0)
    }

    @inlinable public var length: Int { window.length }

    @inlinable public var value: Value? {
        guard window.isFull else { return nil }
        let count = Double(window.length)
        let mean = sums.base + sums.first / count
        if equalCount >= window.length { return Value(mean: newest, variance: 0) }
        let variance = (sums.second - sums.first * sums.first / count) / count
        return Value(mean: mean, variance: max(0, variance))
    }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        if window.count == 0 {
            sums.base = input
            fresh.base = input
        }
        equalCount = input == newest ? equalCount + 1 : 1
        newest = input
        if let leaving = window.push(input) { sums.remove(leaving) }
        sums.add(input)
        fresh.add(input)
        if window.hasTurned {
            sums = fresh
            fresh = Sums()
            fresh.base = sums.base + sums.first / Double(window.length)
        }
    }
}
