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
    /// A signal that is a whole number of steps but for the noise of `Double` arithmetic counts as that
    /// number: 61837.63 is on a step of 0.01, whatever its last bits say. The step must be positive.
    @inlinable
    public init?(signal: Double, step: Self, _ rounding: Rounding) {
        precondition(step.raw > 0, "a step is positive")
        guard signal.isFinite, signal.magnitude < 1e18 else { return nil }
        let steps = signal / Double(step)
        guard steps.magnitude < 0x1p100 else { return nil }
        let nearest = steps.rounded(.toNearestOrEven)
        let noise = max(1, steps.magnitude) * 0x1p-48
        let whole: Double
        if (steps - nearest).magnitude <= noise {
            whole = nearest
        } else {
            switch rounding {
            case .down: whole = steps.rounded(.down)
            case .up: whole = steps.rounded(.up)
            case .towardZero: whole = steps.rounded(.towardZero)
            case .awayFromZero: whole = steps.rounded(.awayFromZero)
            case .toNearestOrEven: whole = nearest
            }
        }
        let (raw, overflow) = Int128(whole).multipliedReportingOverflow(by: step.raw)
        if overflow { return nil }
        self.init(raw: raw)
    }
}
