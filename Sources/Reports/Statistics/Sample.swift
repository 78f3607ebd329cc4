/// Numbers and what can be said of them.
package struct Sample: Equatable, Sendable {
    /// In ascending order.
    private let sorted: [Double]

    package init(_ values: [Double]) { sorted = values.filter(\.isFinite).sorted() }

    package var count: Int { sorted.count }

    /// Nil without numbers.
    package var mean: Double? {
        sorted.isEmpty ? nil : sorted.reduce(0, +) / Double(sorted.count)
    }

    /// The standard deviation of what they were drawn from; nil for less than two.
    package var deviation: Double? {
        guard let mean, count > 1 else { return nil }
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(count - 1)).squareRoot()
    }

    /// How uncertain the mean is, as if the numbers were independent; nil for less than two.
    package var standardError: Double? { deviation.map { $0 / Double(count).squareRoot() } }

    /// The least number that at least a share (0 to 1) of them does not exceed; nil without numbers.
    package func quantile(_ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = Int((share * Double(count)).rounded(.up)) - 1
        return sorted[min(max(rank, 0), count - 1)]
    }
}
