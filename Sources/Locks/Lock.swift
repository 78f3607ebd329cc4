import Glibc

/// A value that threads share, behind a lock of the C library.
///
/// It stands in for `Mutex` of the standard library: a contended `Mutex` is handed from thread to thread by the
/// kernel, which ThreadSanitizer cannot see, so that it reports every use of one as a race. This lock it sees, and
/// a race that it reports is one.
///
/// Not recursive: a body that takes its own lock again stops the program.
public struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    @usableFromInline let value: UnsafeMutablePointer<Value>
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>

    @inlinable
    package init(_ value: consuming sending Value) {
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
        mutex = .allocate(capacity: 1)
        var kind = pthread_mutexattr_t()
        pthread_mutexattr_init(&kind)
        pthread_mutexattr_settype(&kind, Int32(PTHREAD_MUTEX_ERRORCHECK))
        mutex.initialize(to: pthread_mutex_t())
        precondition(pthread_mutex_init(mutex, &kind) == 0, "no room for a lock")
        pthread_mutexattr_destroy(&kind)
    }

    @inlinable
    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Calls the body while no other thread can be in one; waits for its turn. The body should be short.
    @inlinable
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        precondition(pthread_mutex_lock(mutex) == 0, "a lock was taken twice by one thread")
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value.pointee)
    }
}
