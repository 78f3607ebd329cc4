import CLinux
import Glibc
import Quantities

/// A time of a loop's clock, which never jumps: for deadlines, not for the time of day.
package struct LoopTime: BitwiseCopyable, Comparable, Hashable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static var now: LoopTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return LoopTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static let never = LoopTime(nanoseconds: .max)

    package static func < (a: LoopTime, b: LoopTime) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Later by an interval; never stays never.
    package static func + (a: LoopTime, b: Interval) -> LoopTime {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return overflow ? .never : LoopTime(nanoseconds: sum)
    }

    package static func - (a: LoopTime, b: LoopTime) -> Interval {
        Interval(nanoseconds: a.nanoseconds &- b.nanoseconds)
    }
}
