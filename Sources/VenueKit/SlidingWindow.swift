import Quantities

/// The most requests in any window of a given length: a true sliding window, not a bucket.
///
/// Request `i` may go when request `i - limit` is at least one window old. So the times of the last
/// `limit` requests are all that is kept, and both the question and the answer take constant time.
package struct SlidingWindow: Sendable {
    package let limit: RateLimit
    private var times: [Instant]
    private var next = 0
    /// Closed until then because the venue said so.
    private var closedUntil = Instant.distantPast

    package init(_ limit: RateLimit) {
        self.limit = limit
        times = Array(repeating: .distantPast, count: limit.requests)
    }

    /// When the next request may go, if `reserve` requests of the window are kept for others.
    package func opensAt(reserve: Int = 0) -> Instant {
        precondition(reserve < limit.requests, "a reserve leaves room")
        var index = next + reserve
        if index >= times.count { index -= times.count }
        let oldest = times[index]
        return max(closedUntil, oldest == .distantPast ? .distantPast : oldest + limit.window)
    }

    /// Notes a request that goes now. Only after `opensAt` has come.
    package mutating func note(at now: Instant) {
        times[next] = now
        next += 1
        if next == times.count { next = 0 }
    }

    /// The venue refused for rate: nothing goes for a whole window.
    package mutating func close(at now: Instant) {
        closedUntil = max(closedUntil, now + limit.window)
    }

    /// How many requests of the window that ends now are used.
    ///
    /// The times are in order from the oldest at `next` on, so that a large window is not walked through.
    package func used(at now: Instant) -> Int {
        var range = 0..<times.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let time = times[(next + middle) % times.count]
            let isUsed = time != .distantPast && now - time < limit.window
            range = isUsed ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return times.count - range.lowerBound
    }
}
