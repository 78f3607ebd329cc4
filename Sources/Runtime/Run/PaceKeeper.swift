import Configuration
import Glibc
import Quantities

/// Holds market time to the wall clock's, at the pace that was asked for.
public struct PaceKeeper {
    private let speed: Double?
    private let marketStart: Instant
    private let wallStart: Instant

    package init(_ pace: Pace, from start: Instant) {
        switch pace {
        case .times(let times): speed = times
        case .unlimited: speed = nil
        }
        marketStart = start
        wallStart = Self.now()
    }

    /// How much market time passes between two looks at console, ledger and interruption.
    @usableFromInline package var slice: Interval {
        guard let speed else { return .seconds(1) }
        return Interval(nanoseconds: max(1_000_000, Int64(min(speed * 50_000_000, 1e15))))
    }

    /// Waits until it is time for a moment of the market, in naps short enough to notice an interruption.
    package func wait(until market: Instant, unless isInterrupted: () -> Bool) {
        guard let speed else { return }
        let due = wallStart + Interval(nanoseconds: Int64(Double((market - marketStart).nanoseconds) / speed))
        while !isInterrupted() {
            let left = due - Self.now()
            if left <= .zero { return }
            let nap = min(left, .milliseconds(100)).nanoseconds
            var time = timespec(tv_sec: Int(nap / 1_000_000_000), tv_nsec: Int(nap % 1_000_000_000))
            nanosleep(&time, nil)
        }
    }

    /// Wall-clock seconds since the start.
    package var elapsed: Interval { Self.now() - wallStart }

    private static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
