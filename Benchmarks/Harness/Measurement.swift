import CBenchProbe
import Glibc

/// What one run of something took.
struct Measurement {
    var nanoseconds: Double
    var allocations: UInt64

    /// Runs `body` once.
    static func of(_ body: () throws -> Void) rethrows -> Measurement {
        let allocations = bench_probe_allocations()
        let start = monotonicNanoseconds()
        try body()
        let end = monotonicNanoseconds()
        return Measurement(
            nanoseconds: Double(end - start), allocations: bench_probe_allocations() - allocations)
    }

    /// Runs `body` once; the time that this thread had a processor for counts.
    static func ofProcessor(_ body: () throws -> Void) rethrows -> Measurement {
        let allocations = bench_probe_allocations()
        let start = clock(CLOCK_THREAD_CPUTIME_ID)
        try body()
        let end = clock(CLOCK_THREAD_CPUTIME_ID)
        return Measurement(
            nanoseconds: Double(end - start), allocations: bench_probe_allocations() - allocations)
    }

    /// The best of several runs of `body`, each of which measures its own inner part.
    ///
    /// The best, because all that disturbs a run makes it longer. The first run warms up.
    static func best(of runs: Int, _ body: () throws -> Measurement) rethrows -> Measurement {
        var best = try body()
        for _ in 1..<runs {
            let next = try body()
            best.nanoseconds = min(best.nanoseconds, next.nanoseconds)
            best.allocations = min(best.allocations, next.allocations)
        }
        return best
    }
}

func monotonicNanoseconds() -> Int64 { clock(CLOCK_MONOTONIC) }

private func clock(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
