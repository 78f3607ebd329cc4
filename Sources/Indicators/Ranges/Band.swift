/// Two bounds around a series.
public struct Band: BitwiseCopyable, Equatable, Sendable {
    public var lower: Double
    public var middle: Double
    public var upper: Double

    @inlinable public var width: Double { upper - lower }

    @inlinable
    public init(lower: Double, middle: Double, upper: Double) {
        self.lower = lower
        self.middle = middle
        self.upper = upper
    }
}
