import Glibc
import Transport

/// From a thread that waits to tasks: for commands, which are called and return.
enum Waiting {
    /// How often it is looked whether a signal has come.
    private static let glanceNanoseconds: Int64 = 100_000_000

    /// Carries out a task on the loop's thread, and waits for its end. A signal cancels it.
    static func wait(
        on loop: EventLoop, _ body: @escaping @Sendable () async throws -> Void
    ) -> Result<Void, any Error> {
        let latch = Latch()
        let task = Task(executorPreference: loop) {
            do {
                try await body()
                latch.open(.success(()))
            } catch {
                latch.open(.failure(error))
            }
        }
        var isCancelled = false
        while !latch.isOpen(within: glanceNanoseconds) {
            guard Interruption.isRequested, !isCancelled else { continue }
            isCancelled = true
            task.cancel()
        }
        return latch.result
    }

    /// Opened once, by another thread. What it holds is written before it is opened and read afterwards; hence
    /// `@unchecked Sendable`.
    private final class Latch: @unchecked Sendable {
        private let semaphore: UnsafeMutablePointer<sem_t>
        private(set) var result: Result<Void, any Error> = .success(())

        init() {
            semaphore = .allocate(capacity: 1)
            sem_init(semaphore, 0, 0)
        }

        deinit {
            sem_destroy(semaphore)
            semaphore.deallocate()
        }

        func open(_ result: Result<Void, any Error>) {
            self.result = result
            sem_post(semaphore)
        }

        func isOpen(within nanoseconds: Int64) -> Bool {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            let sum = Int64(time.tv_nsec) + nanoseconds
            time.tv_sec += Int(sum / 1_000_000_000)
            time.tv_nsec = Int(sum % 1_000_000_000)
            return sem_timedwait(semaphore, &time) == 0
        }
    }
}
