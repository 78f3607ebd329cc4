/// Moving average convergence and divergence: how far a fast average is above a slow one, and its own average.
///
/// Begins as in TA-Lib: both averages have their first figure with the value `slow`, as means of the newest
/// `fast` and `slow` values; the signal is begun with the mean of the first `signal` lines, and nothing is told
/// before it is there: with the value `slow + signal - 1`. Constant cost, no window.
public struct MACD: Indicator {
    public struct Value: BitwiseCopyable, Equatable, Sendable {
        /// The fast average minus the slow one.
        public var line: Double
        /// The average of the line.
        public var signal: Double
        /// The line minus the signal.
        @inlinable public var histogram: Double { line - signal }

        @inlinable
        public init(line: Double, signal: Double) {
            self.line = line
            self.signal = signal
        }
    }

    @usableFromInline var fast: EMA
    @usableFromInline var slow: EMA
    @usableFromInline var signal: EMA

    /// - Parameters are periods of `EMA`, 1 to 1,000,000; the fast one is shorter, others trap.
    public init(fast: Int = 12, slow: Int = 26, signal: Int = 9) {
        precondition(fast < slow, "the fast average has the shorter period")
        self.fast = EMA(period: fast, skipping: slow - fast)
        self.slow = EMA(period: slow)
        self.signal = EMA(period: signal)
    }

    @inlinable public var value: Value? {
        guard let fast = fast.value, let slow = slow.value, let signal = signal.value else { return nil }
        return Value(line: fast - slow, signal: signal)
    }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        fast.add(input)
        slow.add(input)
        if let fast = fast.value, let slow = slow.value { signal.add(fast - slow) }
    }
}
