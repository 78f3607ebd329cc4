import CBenchProbe
import Glibc

/// Keeps this thread, and the processes that it starts, on one core.
///
/// Two programs that talk to each other are woken on the same core or on another one as the system likes, and
/// the one takes several times as long as the other. On one core a round trip is the work of both and
/// nothing else, so that two clients can be compared.
enum OneCore {
    static func keep() throws(BenchError) {
        guard bench_probe_keep_to_one_core() == 0 else {
            throw BenchError("this process cannot stay on one core: errno \(errno)")
        }
    }

    /// From a thread that one which is kept to a core has started: keeps out of its way, where there is another core.
    static func avoid() { _ = bench_probe_keep_to_other_cores() }

    static func leave() { bench_probe_leave_core() }
}
