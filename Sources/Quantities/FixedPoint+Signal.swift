// The crossing between exact money and `Double` signals, in both directions, with its rounding named.

extension Double {
    /// The nearest signal value of an exact number: for indicators, models and reports only.
    @inlinable public init(_ value: some FixedPoint) {
        if let small = Int64(exactly: value.raw) {
            self = Double(small) / 1e12
        } else {
            self = Double(value.raw) / 1e12
        }
    }
}

extension FixedPoint {
    /// An exact value from a signal, rounded to a multiple of `step`; nil when the signal is not finite
    /// or beyond ±10^18.
    ///
    /// The signal is first brought to twelve digits (nearest), then to the step: a signal within
    /// half a raw unit of a step boundary counts as being on it.
    @inlinable
    public init?(signal: Double, step: Self, _ rounding: Rounding) {
        guard signal.isFinite, signal.magnitude < 1e18 else { return nil }
        self = Self(raw: Int128((signal * 1e12).rounded(.toNearestOrEven))).rounded(to: step, rounding)
    }
}
