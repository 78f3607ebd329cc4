import Quantities

/// How much was traded in the last stretch of time, kept in buckets.
///
/// A sum over whole buckets cannot be exact to the nanosecond; each use says on which side it errs.
struct RollingVolume: Sendable {
    enum Error: Sendable {
        /// Counts nothing that is older than the window: never too much.
        case below
        /// Counts all that is as young as the window: never too little.
        case above
    }

    /// Buckets that a window is divided into.
    static let resolution = 60

    private let width: Int64
    private var buckets: [Quantity]
    /// The number of the newest bucket, counted from the beginning of time; nil before the first.
    private var newest: Int64?
    private var sum = Quantity.zero

    init(window: Interval, erring error: Error) {
        width = max(1, window.nanoseconds / Int64(Self.resolution))
        // One bucket has only begun, and the width is rounded down.
        let extra = error == .above ? 2 : 0
        buckets = Array(repeating: .zero, count: Self.resolution + extra)
    }

    mutating func add(_ quantity: Quantity, at now: Instant) throws(ArithmeticError) {
        let slot = roll(to: now)
        sum = try sum.adding(quantity)
        buckets[slot] += quantity
    }

    /// What the window that ends now has seen.
    mutating func total(at now: Instant) -> Quantity {
        _ = roll(to: now)
        return sum
    }

    /// When the next bucket begins, and the oldest one drops out.
    func nextRoll(after now: Instant) -> Instant {
        Instant(nanoseconds: (now.nanoseconds / width) * width) + Interval(nanoseconds: width)
    }

    /// Drops what is too old; returns the slot of the newest bucket.
    private mutating func roll(to now: Instant) -> Int {
        let number = max(now.nanoseconds / width, newest ?? .min)
        let count = Int64(buckets.count)
        let passed = newest.map { min(number - $0, count) } ?? count
        newest = number
        for step in 0..<passed {
            let slot = self.slot(number - step, count)
            sum -= buckets[slot]
            buckets[slot] = .zero
        }
        return slot(number, count)
    }

    private func slot(_ number: Int64, _ count: Int64) -> Int { Int(((number % count) + count) % count) }
}
