import Glibc
import Testing

/// Gives each test of a suite a thread of its own.
///
/// All tests take turns on as many threads as there are cores. Where one computes for seconds the others stand still
/// between two of their steps, and the connections that they hold run out of time meanwhile. A test that plays both
/// ends of a connection must not be kept waiting for that long.
package struct OwnThread: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let thread = ThreadExecutor()
        defer { thread.stop() }
        try await withTaskExecutorPreference(thread) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    /// Each test of the suite runs on a thread of its own.
    package static var ownThread: OwnThread { OwnThread() }
}

/// Runs what a task has to do, in the order in which it comes, on one thread.
private final class ThreadExecutor: TaskExecutor, @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let bell = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []
    private var isStopped = false

    init() {
        pthread_mutex_init(lock, nil)
        pthread_cond_init(bell, nil)
        var thread = pthread_t()
        let isStarted = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<ThreadExecutor>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(isStarted == 0, "no thread for a test")
        pthread_detach(thread)
    }

    deinit {
        pthread_cond_destroy(bell)
        pthread_mutex_destroy(lock)
        bell.deallocate()
        lock.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        withLock { jobs.append(job) }
    }

    /// What came before is done first.
    func stop() { withLock { isStopped = true } }

    private func withLock(_ body: () -> Void) {
        pthread_mutex_lock(lock)
        body()
        pthread_cond_signal(bell)
        pthread_mutex_unlock(lock)
    }

    private func run() {
        while true {
            pthread_mutex_lock(lock)
            while jobs.isEmpty, !isStopped { pthread_cond_wait(bell, lock) }
            let ready = jobs
            jobs = []
            pthread_mutex_unlock(lock)
            if ready.isEmpty { return }
            for job in ready { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }
}
