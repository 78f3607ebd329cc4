import Glibc

/// Threads that all do the same work until there is none left.
///
/// Threads of the system, not tasks: a backtest computes for long without a moment at which it could yield, and
/// a pool of tasks would be the same threads behind a bridge from this synchronous program.
package struct WorkerThreads {
    private var ids: [pthread_t] = []

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts threads; at least one could be started, or this traps: the process is out of everything.
    package init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        for _ in 0..<count {
            let context = Unmanaged.passRetained(Body(body))
            var id = pthread_t()
            let code = pthread_create(
                &id, nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                }, context.toOpaque())
            guard code == 0 else {
                context.release()
                break
            }
            ids.append(id)
        }
        precondition(!ids.isEmpty, "a process can start a thread")
    }

    var count: Int { ids.count }

    /// Waits until all have ended.
    package func join() {
        for id in ids { pthread_join(id, nil) }
    }
}
