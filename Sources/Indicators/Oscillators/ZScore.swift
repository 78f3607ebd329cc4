/// How far the newest value is from the mean of the newest ones, in standard deviations.
///
/// The deviation is that of the values themselves (divided by their number, as in `BollingerBands`), so
/// that a z-score of 2 is the upper band of width 2. Begins when the window is full. Nil as well while all
/// values of the window are equal: a distance in units of zero has no value. Constant cost, no drift.
public struct ZScore: Indicator {
    @usableFromInline var moments: RollingMoments

    /// - Parameter period: how many values count, 2 to 1,000,000; others trap.
    public init(period: Int) { moments = RollingMoments(length: period) }

    @inlinable public var value: Double? {
        guard let moments = moments.value, moments.variance > 0 else { return nil }
        return (self.moments.newest - moments.mean) / moments.deviation
    }

    @inlinable public mutating func add(_ input: Double) { moments.add(input) }
}
