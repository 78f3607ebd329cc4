import Glibc
import Journal
import Locks
import Quantities

/// Brings what a run has written to the disk, on a thread of its own that may wait for it.
///
/// With the policy `process` an entry counts once it is written: the process may be killed then, but not the machine.
/// What a power cut can take is bounded by this thread: it flushes once in `pause` while there is something new, so
/// that an entry is at risk for that long and the flush itself. After a failed flush nothing is certain about the
/// tape: the thread ends, and `note` says so. The thread ends with its owner.
final class TapeFlushing {
    /// Between the end of a flush and the next.
    static let pause = Interval.milliseconds(500)

    private let work: Work
    private var thread: pthread_t?

    /// - Parameter flush: what waits for the disk; called by one thread.
    init(
        every pause: Interval = pause, _ flush: @escaping @Sendable () throws(TapeError) -> Void
    ) throws(RunError) {
        let work = try Work(every: pause, flush)
        self.work = work
        let argument = Unmanaged.passRetained(work)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().perform()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw .setup("no thread that flushes the tape: \(code)")
        }
        self.thread = thread
    }

    deinit { end() }

    /// Says that something was written; returns why the disk may not have what was written before.
    func note() -> TapeError? {
        work.state.withLock { state in
            state.isDirty = true
            return state.failure
        }
    }

    /// Ends the thread, after a flush that runs; what was not flushed is left to the caller. Once is enough.
    func end() {
        guard let thread else { return }
        self.thread = nil
        work.stop()
        pthread_join(thread, nil)
    }

    /// What the thread does, and what its owner tells it.
    private final class Work: Sendable {
        struct State {
            var isDirty = false
            var isOver = false
            var failure: TapeError?
        }

        let state = Lock(State())
        private let flush: @Sendable () throws(TapeError) -> Void
        private let pause: Interval
        /// A pipe: what is written to its second end wakes the thread before its time.
        private let bell: (Int32, Int32)

        init(
            every pause: Interval, _ flush: @escaping @Sendable () throws(TapeError) -> Void
        ) throws(RunError) {
            self.flush = flush
            self.pause = pause
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                throw .setup("no pipe for the thread that flushes the tape: \(errno)")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            bell = (ends[0], ends[1])
        }

        deinit {
            close(bell.0)
            close(bell.1)
        }

        func stop() {
            state.withLock { $0.isOver = true }
            var ring: UInt8 = 1
            _ = write(bell.1, &ring, 1)
        }

        func perform() {
            var ring = pollfd(fd: bell.0, events: Int16(POLLIN), revents: 0)
            while true {
                _ = poll(&ring, 1, Int32(truncatingIfNeeded: pause.nanoseconds / 1_000_000))
                let (isDirty, isOver) = state.withLock { state in
                    defer { state.isDirty = false }
                    return (state.isDirty, state.isOver)
                }
                if isOver { return }
                guard isDirty else { continue }
                do throws(TapeError) {
                    try flush()
                } catch {
                    state.withLock { $0.failure = error }
                    return
                }
            }
        }
    }
}
