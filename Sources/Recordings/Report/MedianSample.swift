import Quantities

/// The median of a stream of intervals, from an even sample of bounded size.
///
/// Every interval is taken until the sample is full; then every second one is dropped and only every
/// second one is taken from there on, and so forth.
struct MedianSample {
    static let sizeMax = 4_096

    private var sample: [Int64] = []
    private var stride = 1
    private var seen = 0

    mutating func note(_ interval: Interval) {
        defer { seen += 1 }
        guard seen % stride == 0 else { return }
        if sample.count == Self.sizeMax {
            sample = sample.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            stride *= 2
            guard seen % stride == 0 else { return }
        }
        sample.append(interval.nanoseconds)
    }

    /// The median; nil when nothing was noted.
    var median: Interval? {
        guard !sample.isEmpty else { return nil }
        return Interval(nanoseconds: sample.sorted()[sample.count / 2])
    }
}
