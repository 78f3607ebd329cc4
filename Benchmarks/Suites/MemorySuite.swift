import MarketModel
import Quantities
import Recordings
import Runtime
import TradingCore

/// What a long backtest holds in memory beside the mapped records.
enum MemorySuite {
    private static let limit = 50.0

    static func run(_ report: inout Report) throws {
        let name = "memory.six-million-events"
        guard report.options.wants(name) else { return }
        var source = SyntheticRecords()
        let file = try RecordFile(count: 6_000_000) { source.next() }
        let records = file.mapped.records
        var session = try BacktestRun.session(
            RegularTaker(BacktestRun.market, period: 1_000), at: file.mapped.header.firstAt)
        try [SyntheticRecords.scale].withUnsafeBufferPointer { scales in
            session.run(records, scales)
            // While the session is alive, with all that it has gathered.
            let resident = try SystemFacts.anonymousResident()
            report.add(
                name + ".anonymous-resident", Double(resident) / 1_048_576, "MiB", .atMost(limit))
        }
        guard session.engine.floor.chain.count > 0 else { throw BenchError("\(name): nothing was decided") }
    }
}
