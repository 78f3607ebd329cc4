import Glibc
import Quantities
import Transport

/// The times of a live session: those of the day at its start, counted on by a clock that never jumps.
///
/// A clock of the machine that is set while the session runs changes nothing here; how far it is from the venue's is
/// the link's to measure.
struct LiveClock: Sendable {
    private let offset: Int64

    init() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        offset = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) - LoopTime.now.nanoseconds
    }

    func instant(_ time: LoopTime) -> Instant { Instant(nanoseconds: time.nanoseconds &+ offset) }

    /// When a moment comes on the loop; never for one that is too far.
    func loopTime(_ instant: Instant) -> LoopTime {
        let (time, overflow) = instant.nanoseconds.subtractingReportingOverflow(offset)
        return overflow ? .never : LoopTime(nanoseconds: time)
    }
}
