/// Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.
package struct NumberTicks: Equatable, Sendable {
    package let values: [Double]
    package let step: Double
    /// How many decimals tell the ticks apart.
    package let decimals: Int

    /// Ticks within a range, about as many as wanted (1 to 50): at least half, at most twice the number.
    package init(_ range: ClosedRange<Double>, about wanted: Int) {
        let span = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
        let rough = span / Double(min(max(wanted, 1), 50))
        var (power, exponent) = (1.0, 0)
        while power * 10 <= rough, exponent < 300 {
            power *= 10
            exponent += 1
        }
        while power > rough, exponent > -12 {
            // Dividing once from the whole power keeps 0.1 and its kind as near as a double can be.
            exponent -= 1
            power = 1 / Self.power(-exponent)
        }
        let factors = [1.0, 2, 5, 10]
        let factor = factors.first { $0 * power >= rough * 0.999 } ?? 10
        step = factor * power
        decimals = max(0, -(factor == 10 ? exponent + 1 : exponent))
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        var values: [Double] = []
        if first.isFinite, last.isFinite, last - first < 200 {
            var index = first
            while index <= last {
                values.append(index * step)
                index += 1
            }
        }
        self.values = values
    }

    /// The text of a tick.
    package func label(_ value: Double) -> String {
        step >= 1_000 && value.magnitude >= 100_000
            ? NumberText.compact(value) : NumberText.fixed(value, decimals)
    }

    /// A range that shows values with some room around them; one value alone gets room on both sides.
    ///
    /// - Parameter includesZero: whether zero is to be seen.
    package static func range(_ low: Double, _ high: Double, includesZero: Bool) -> ClosedRange<Double> {
        var (low, high) = includesZero ? (min(low, 0), max(high, 0)) : (low, high)
        guard low.isFinite, high.isFinite, low <= high else { return 0...1 }
        if low == high {
            let room = max(low.magnitude * 0.001, 1e-6)
            return low == 0 ? -1...1 : (low - room)...(high + room)
        }
        let room = (high - low) * 0.06
        // Zero at the edge is the edge: no room behind it.
        if !(includesZero && low == 0) { low -= room }
        if !(includesZero && high == 0) { high += room }
        return low...high
    }

    private static func power(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}
