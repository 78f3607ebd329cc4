import Configuration
import Glibc
import Quantities

/// Holds market time to the wall clock's, at the pace that was asked for.
public struct PaceKeeper {
    /// Market seconds per second; nil is as fast as it goes.
    package private(set) var speed: Double?
    private var marketStart: Instant
    private var wallStart: Instant
    private let firstStart: Instant

    package init(_ pace: Pace, from start: Instant) {
        switch pace {
        case .times(let times): speed = times
        case .unlimited: speed = nil
        }
        marketStart = start
        wallStart = Self.now()
        firstStart = wallStart
    }

    /// How much market time passes between two looks at console, ledger and interruption.
    @usableFromInline package var slice: Interval {
        guard let speed else { return .seconds(1) }
        return Interval(nanoseconds: max(1_000_000, Int64(min(speed * 50_000_000, 1e15))))
    }

    /// Waits until it is time for a moment of the market, in naps short enough to notice an interruption.
    package func wait(until market: Instant, unless isInterrupted: () -> Bool) {
        while !isInterrupted() {
            let left = left(until: market)
            if left <= .zero { return }
            nap(min(left, .milliseconds(100)))
        }
    }

    /// How long it is by the wall clock until a moment of the market; not positive when it has come.
    package func left(until market: Instant) -> Interval {
        guard let speed else { return .zero }
        let nanoseconds = Double((market - marketStart).nanoseconds) / speed
        return wallStart + Interval(nanoseconds: Int64(min(nanoseconds, 9e18))) - Self.now()
    }

    package func nap(_ time: Interval) {
        let nap = time.nanoseconds
        var time = timespec(tv_sec: Int(nap / 1_000_000_000), tv_nsec: Int(nap % 1_000_000_000))
        nanosleep(&time, nil)
    }

    /// It is this moment of the market now, whatever time has passed on the wall.
    package mutating func restart(at market: Instant) {
        marketStart = market
        wallStart = Self.now()
    }

    /// Goes on at another speed from a moment of the market.
    package mutating func change(to speed: Double, at market: Instant) {
        restart(at: market)
        self.speed = speed
    }

    /// Wall-clock seconds since the start.
    package var elapsed: Interval { Self.now() - firstStart }

    private static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
