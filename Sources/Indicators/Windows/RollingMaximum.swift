/// The largest of the newest values of a series.
///
/// It keeps only values that can still become the largest: those with no larger one behind them. Each
/// value is taken in once and out once, so the cost is constant on average; a single value costs at
/// most the length of the window. Exact: nothing is computed.
public struct RollingMaximum: Indicator {
    @usableFromInline struct Entry: BitwiseCopyable, Sendable {
        @usableFromInline var value: Double
        /// The number of the input in the series.
        @usableFromInline var number: Int

        @inlinable
        init(value: Double, number: Int) {
            self.value = value
            self.number = number
        }
    }

    /// A ring of falling values, the oldest at `head`.
    @usableFromInline var entries: [Entry]
    @usableFromInline var head = 0
    @usableFromInline var used = 0
    @usableFromInline var taken = 0

    /// - Parameter length: how many values count, 1 to 1,000,000; others trap.
    public init(length: Int) {
        IndicatorLimits.check(window: length)
        entries = Array(repeating: Entry(value: 0, number: 0), count: length)
    }

    @inlinable public var length: Int { entries.count }
    @inlinable public var value: Double? { taken >= entries.count ? entries[head].value : nil }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        while used > 0, entries[slot(used - 1)].value <= input { used -= 1 }
        if used > 0, entries[head].number <= taken - entries.count {
            head = slot(1)
            used -= 1
        }
        entries[slot(used)] = Entry(value: input, number: taken)
        used += 1
        taken += 1
    }

    @inlinable
    func slot(_ place: Int) -> Int {
        let index = head + place
        return index < entries.count ? index : index - entries.count
    }
}
