/// Bollinger's bands: the mean of the newest values, and so many standard deviations to both sides.
///
/// The deviation is that of the values themselves (divided by their number), as Bollinger and TA-Lib have it.
/// Begins when the window is full. Constant cost, no drift.
public struct BollingerBands: Indicator {
    public let deviations: Double
    @usableFromInline var moments: RollingMoments

    /// - Parameters:
    ///   - period: how many values count, 2 to 1,000,000; others trap.
    ///   - deviations: the distance of the bands from the mean, in standard deviations.
    public init(period: Int = 20, deviations: Double = 2) {
        moments = RollingMoments(length: period)
        self.deviations = deviations
    }

    @inlinable public var value: Band? {
        guard let moments = moments.value else { return nil }
        let reach = moments.deviation * deviations
        return Band(lower: moments.mean - reach, middle: moments.mean, upper: moments.mean + reach)
    }

    @inlinable public mutating func add(_ input: Double) { moments.add(input) }
}
