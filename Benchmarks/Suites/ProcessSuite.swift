import Glibc
import Recordings

/// Two backtests in two processes against one: cores share nothing, so they should not slow each other.
enum ProcessSuite {
    /// So long that starting and stopping do not count.
    private static let rounds = 6

    static func run(_ report: inout Report) throws {
        let name = "processes.two-against-one"
        guard report.options.wants(name) else { return }
        var source = SyntheticRecords()
        let file = try RecordFile(count: report.options.events) { source.next() }
        let idle = try SystemFacts.idleCores()
        var best = 0.0
        for _ in 0..<max(1, report.options.runs / 2) {
            let one = try time(ofChildren: 1, file)
            let two = try time(ofChildren: 2, file)
            best = max(best, 2 * one / two)
        }
        report.add(name + ".idle-cores", idle, "cores")
        // On a machine that has no two cores to give, the ratio says nothing about this program.
        report.add(name + ".ratio", best, "times", idle >= 1.8 ? .atLeast(1.8) : .none)
    }

    /// What a child does: backtests over the inherited records.
    static func runChild(_ descriptor: Int32) throws {
        let file = try RecordFile(inherited: descriptor)
        for _ in 0..<rounds {
            _ = try BacktestRun.measure(RegularTaker(BacktestRun.market, period: 10_000), file)
        }
    }

    /// The time until all of the children, which start together, have ended.
    private static func time(ofChildren count: Int, _ file: RecordFile) throws -> Double {
        let start = monotonicNanoseconds()
        let children = try (0..<count).map { _ in try spawn(file.descriptor) }
        for child in children {
            var status: Int32 = 0
            guard waitpid(child, &status, 0) == child, status == 0 else {
                throw BenchError("a child process failed with status \(status)")
            }
        }
        return Double(monotonicNanoseconds() - start)
    }

    private static func spawn(_ descriptor: Int32) throws -> pid_t {
        let arguments = [CommandLine.arguments[0], "--child", String(descriptor)]
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        let error = posix_spawn(&child, "/proc/self/exe", nil, nil, &pointers, environ)
        guard error == 0 else { throw BenchError("no child process: errno \(error)") }
        return child
    }
}
