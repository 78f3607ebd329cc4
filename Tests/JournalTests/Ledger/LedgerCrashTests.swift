import Glibc
import Quantities
import TestSupport
import Testing

@testable import Journal

struct LedgerCrashTests {
    let scratch = try! ScratchFolder()
    var path: String { scratch.file("ledger.db") }

    @Test func `a kill in the middle of a transaction leaves the committed rows`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try Ledger(path: path)
            let run = try ledger.begin(sampleRun)
            try ledger.record(try sampleBatch(run))
            // A second connection, in the middle of deleting what the first has recorded.
            let database = try Database(path: path, mode: .readWrite)
            try database.execute("PRAGMA cache_size = 1")
            try database.begin()
            try database.execute("DELETE FROM orders; DELETE FROM fills")
            try database.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO balances SELECT \(run.number), i, 'X', '1', '1' FROM n
                """)
            kill(getpid(), SIGKILL)
        }
        // The uncommitted rows have reached the log, since the cache could not hold them.
        #expect(try contents(of: path + "-wal").count > 500_000)
        let ledger = try Ledger(path: path)
        let run = RunID(1)
        #expect(try ledger.run(run) == sampleRun)
        #expect(try ledger.counts(of: run) == [2, 2, 4, 1, 1])
        #expect(try ledger.rows(FillRow.self, of: run) == sampleBatch(run).fills)
    }

    @Test func `a full database is a typed error, keeps its rows, and goes on with space`() throws {
        let ledger = try Ledger(path: path)
        let run = try ledger.begin(sampleRun)
        try ledger.record(try sampleBatch(run))
        let pages = try ledger.database.integer("PRAGMA page_count")
        try ledger.database.execute("PRAGMA max_page_count = \(pages + 1)")
        var large = LedgerBatch()
        for number in 0..<1_000 { large.orders.append(try sampleOrder(run, "order \(number)")) }

        let error = #expect(throws: LedgerError.self) { try ledger.record(large) }
        guard case .database(let failure)? = error else {
            Issue.record("no failure of the database: \(String(describing: error))")
            return
        }
        #expect(failure.kind == .full)
        #expect(try ledger.counts(of: run) == [2, 2, 4, 1, 1])

        try ledger.database.execute("PRAGMA max_page_count = 1000000")
        try ledger.record(large)
        #expect(try ledger.counts(of: run) == [1_002, 2, 4, 1, 1])
    }

    @Test func `a file that may not grow is a typed error and keeps its rows`() async throws {
        await #expect(processExitsWith: .success) { [path = path as String] in
            limitFileSize(to: 512 << 10)
            let ledger = try Ledger(path: path)
            let run = try ledger.begin(sampleRun)
            try ledger.record(try sampleBatch(run))
            let error = #expect(throws: LedgerError.self) {
                for number in 0..<100_000 {
                    var batch = LedgerBatch()
                    batch.orders = [try sampleOrder(run, "order \(number)")]
                    try ledger.record(batch)
                }
            }
            guard case .database(let failure)? = error else {
                Issue.record("no failure of the database: \(String(describing: error))")
                return
            }
            #expect(failure.kind == .full || failure.kind == .inputOutput)
        }
        let ledger = try Ledger(path: path)
        let counts = try ledger.counts(of: RunID(1))
        #expect(counts[0] > 2)
        #expect(counts.dropFirst() == [2, 4, 1, 1])
        // What was told to be recorded is there without a gap.
        let orders = try ledger.rows(OrderRow.self, of: RunID(1))
        #expect(orders.contains { $0.clientID == "order \(counts[0] - 3)" })
        let check = try Statement(ledger.database, "PRAGMA integrity_check")
        #expect(try check.step())
        #expect(check.text(0) == "ok")
    }
}
