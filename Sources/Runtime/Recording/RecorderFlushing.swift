import Journal
import Locks
import Quantities

/// Brings what a recorder has written to the disk, on a thread that may wait for it.
///
/// The recorder's own thread reads sockets, which hold what comes in a few milliseconds and no more. What a power cut
/// takes is bounded as before: by the pause, and the flush itself.
final class RecorderFlushing {
    /// Of the segments that are being written; the thread has it too.
    private final class Current: Sendable {
        let flushers = Lock<[SegmentFlusher]>([])

        func flush() throws(TapeError) {
            for flusher in flushers.withLock({ $0 }) {
                do throws(FileError) {
                    try flusher.flush()
                } catch {
                    throw .synchronize(errno: error.code)
                }
            }
        }
    }

    private let current = Current()
    private let thread: TapeFlushing
    /// Which segments the thread has, and how many bytes of all logs it was told of.
    private var segments: [UInt64] = []
    private var notedBytes = 0

    init(every pause: Interval) throws(RunError) {
        thread = try TapeFlushing(every: pause) { [current] () throws(TapeError) in try current.flush() }
    }

    /// Says what was written so far; throws when an earlier flush has failed.
    func note(_ writers: [SegmentWriter]) throws(RunError) {
        let now = writers.map(\.segmentNumber)
        if segments != now {
            segments = now
            var flushers: [SegmentFlusher] = []
            do throws(SegmentError) {
                for writer in writers { flushers.append(try writer.flusher()) }
            } catch {
                throw .capture(error)
            }
            current.flushers.withLock { $0 = flushers }
        }
        let bytes = writers.reduce(0) { $0 + $1.storedBytes }
        guard bytes != notedBytes else { return }
        notedBytes = bytes
        if let failure = thread.note() { throw .tape(failure) }
    }

    /// Ends the thread; what was not flushed is left to the writers.
    func end() { thread.end() }
}
