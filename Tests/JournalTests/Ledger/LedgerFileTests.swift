import Glibc
import Quantities
import TestSupport
import Testing

@testable import Journal

struct LedgerFileTests {
    let scratch = ScratchFolder()
    var path: String { scratch.file("ledger.db") }

    @Test func `a new ledger is its owner's only, with its log`() throws {
        let ledger = try Ledger(path: path)
        _ = try ledger.begin(sampleRun)
        #expect(try permissions(of: path) == 0o600)
        #expect(try permissions(of: path + "-wal") == 0o600)
    }

    @Test func `it is written ahead, with foreign keys, and knows whose it is`() throws {
        let ledger = try Ledger(path: path)
        let database = try Database(path: path, mode: .readOnly)
        let mode = try Statement(database, "PRAGMA journal_mode")
        #expect(try mode.step())
        #expect(mode.text(0) == "wal")
        #expect(try database.integer("PRAGMA foreign_keys") == 1)
        #expect(try database.integer("PRAGMA application_id") == 0x4D52_544C)
        #expect(try database.integer("PRAGMA user_version") == 3)
        #expect(try database.integer("SELECT count(*) FROM orders") == 0)
        #expect(ledger.path == path)
    }

    @Test func `a later schema is refused and left as it is`() throws {
        _ = try Ledger(path: path)
        try Database(path: path, mode: .readWrite).execute("PRAGMA user_version = 4")
        let before = try contents(of: path)
        #expect(throws: LedgerError.newerSchema(path: path, found: 4, known: 3)) {
            _ = try Ledger(path: path)
        }
        #expect(try contents(of: path) == before)
    }

    /// A ledger as the first version made it, with a run in it.
    private func writeFirstVersion() throws {
        let database = try Database(path: path, mode: .readWrite)
        try database.execute(LedgerSchema.migrations[0])
        try database.execute("PRAGMA application_id = 0x4D52544C; PRAGMA user_version = 1")
        try database.execute(
            """
            INSERT INTO runs VALUES (1, 5, 'paper', 'mode: paper', 'ab', '7', 3, '00ff', 9, 'finished');
            INSERT INTO orders VALUES (1, '1', 'grid', 'BTCUSDT', 'buy', 'limit', '10', NULL, '2', '1', '10',
              'cancelled', NULL, 5, 6, '77');
            INSERT INTO equity VALUES (1, 6, 'grid', 'BTCUSDT', '3', '1', '13', '0', '3')
            """)
    }

    @Test func `a ledger of the first version is brought up to date and keeps its rows`() throws {
        try writeFirstVersion()
        let ledger = try Ledger(path: path)
        let run = RunID(1)
        let record = try #require(try ledger.run(run))
        #expect(record.folder == nil && record.ending?.decisions == 3)
        let orders = try ledger.rows(OrderRow.self, of: run)
        #expect(orders.map(\.state) == ["cancelled"] && orders[0].openedAt == nil && orders[0].ahead == nil)
        #expect(orders[0].spend == nil)
        let equity = try ledger.rows(EquityRow.self, of: run)
        #expect(equity.map(\.equity) == [Notional(3)] && equity[0].fees == nil)
        try ledger.record(try sampleBatch(run))
        let reader = try Ledger(reading: path)
        #expect(try reader.rows(EquityRow.self, of: run).count == 2)
        let listing = RunListing(
            id: run, folder: nil, startedAt: Instant(nanoseconds: 5), mode: "paper", isEnded: true)
        #expect(try reader.runs() == [listing])
    }

    @Test func `a ledger of the first version is not changed by reading, and said to be old`() throws {
        try writeFirstVersion()
        let before = try contents(of: path)
        #expect(throws: LedgerError.olderSchema(path: path, found: 1, known: 3)) {
            _ = try Ledger(reading: path)
        }
        #expect(try contents(of: path) == before)
    }

    @Test func `the view of markouts has the sign of the side`() throws {
        let ledger = try Ledger(path: path)
        let run = try ledger.begin(sampleRun)
        var batch = LedgerBatch()
        for (deal, side) in [("1", "buy"), ("2", "sell")] {
            var fill = try sampleFill(run, deal)
            (fill.side, fill.price, fill.quantity) = (side, Price(100), Quantity(2))
            batch.fills.append(fill)
            batch.fillMids.append(
                FillMidRow(
                    run: run, market: "BTCUSDT", dealID: deal, afterMilliseconds: 1_000, mid: Price(101)))
        }
        try ledger.record(batch)
        let statement = try Statement(
            Database(path: path, mode: .readOnly),
            "SELECT basis_points, quote_value FROM markouts ORDER BY deal_id")
        #expect(try statement.step())
        #expect([statement.text(0), statement.text(1)] == ["100.0", "2.0"])
        #expect(try statement.step())
        #expect([statement.text(0), statement.text(1)] == ["-100.0", "-2.0"])
    }

    @Test func `another program's database is refused and left as it is`() throws {
        try Database(path: path, mode: .readWrite)
            .execute("CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (1)")
        let before = try contents(of: path)
        #expect(throws: LedgerError.foreignFile(path: path)) { _ = try Ledger(path: path) }
        #expect(try contents(of: path) == before)
        #expect(access(path + "-wal", F_OK) != 0)
    }

    @Test(arguments: [1, 5, 99, 100, 512, 5_000])
    func `a file that is no database is refused and left as it is`(count: Int) throws {
        let text = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        try write(text, to: path)
        #expect(throws: LedgerError.foreignFile(path: path)) { _ = try Ledger(path: path) }
        #expect(try contents(of: path) == text)
    }

    @Test func `a ledger that was being created when the process ended is created`() throws {
        try write([], to: path)
        let ledger = try Ledger(path: path)
        #expect(try ledger.begin(sampleRun) == RunID(1))
    }

    @Test func `a directory and a missing directory are told`() throws {
        let missing = scratch.file("missing/ledger.db")
        #expect(throws: LedgerError.file(FileError(.create, missing, code: ENOENT))) {
            _ = try Ledger(path: missing)
        }
        let error = #expect(throws: LedgerError.self) { _ = try Ledger(path: scratch.path) }
        guard case .database(let failure)? = error else {
            Issue.record("no failure of the database: \(String(describing: error))")
            return
        }
        #expect(failure.kind == .cannotOpen)
        #expect(failure.subject == scratch.path)
    }

    @Test func `a damaged ledger is a typed error`() throws {
        do {
            let ledger = try Ledger(path: path)
            let run = try ledger.begin(sampleRun)
            try ledger.record(try sampleBatch(run))
        }
        var bytes = try contents(of: path)
        for index in 100..<bytes.count { bytes[index] = 0xEE }
        try write(bytes, to: path)
        let error = #expect(throws: LedgerError.self) { _ = try Ledger(path: path) }
        guard case .database(let failure)? = error else {
            Issue.record("no failure of the database: \(String(describing: error))")
            return
        }
        #expect(failure.kind == .corrupt)
    }

    @Test func `a stored text that is no amount is told with its column`() throws {
        let ledger = try Ledger(path: path)
        let run = try ledger.begin(sampleRun)
        try ledger.record(try sampleBatch(run))
        let database = try Database(path: path, mode: .readWrite)
        try database.execute("UPDATE fills SET fee = '1e-3'; UPDATE runs SET seed = 'x'")
        #expect(throws: LedgerError.unreadableAmount(column: "fee", text: "1e-3")) {
            _ = try ledger.rows(FillRow.self, of: run)
        }
        #expect(throws: LedgerError.unreadableNumber(column: "seed", text: "x")) {
            _ = try ledger.run(run)
        }
    }

    @Test func `a writer that holds the ledger too long makes others busy`() throws {
        let ledger = try Ledger(path: path)
        let other = try Database(path: path, mode: .readWrite)
        try other.begin()
        let error = #expect(throws: LedgerError.self) { _ = try ledger.begin(sampleRun) }
        guard case .database(let failure)? = error else {
            Issue.record("no failure of the database: \(String(describing: error))")
            return
        }
        #expect(failure.kind == .busy)
        other.rollBack()
        _ = try ledger.begin(sampleRun)
    }

    @Test func `a notebook reads numbers and times while the ledger is open`() throws {
        let ledger = try Ledger(path: path)
        let run = try ledger.begin(sampleRun)
        try ledger.record(try sampleBatch(run))
        let notebook = try Database(path: path, mode: .readOnly)
        func rows(_ sql: String) throws -> [[String]] {
            let statement = try Statement(notebook, sql)
            var rows: [[String]] = []
            while try statement.step() {
                rows.append((0..<statement.columnCount).map { statement.text($0) })
            }
            return rows
        }
        #expect(
            try rows("SELECT client_id, price, quantity, created_at FROM orders_numbers")[0]
                == ["m1-grid-7-1", "61837.63", "1.23e-10", "2024-08-08T23:54:13.937Z"])
        #expect(
            try rows("SELECT strategy, market, asset, fills, fee FROM fees")
                == [["grid", "BTCUSDT", "CET", "2", "-0.000246"]])
        #expect(try rows("SELECT sum(price * quantity - notional) FROM fills_numbers") == [["0.0"]])
        #expect(try rows("SELECT sum(amount) FROM entries_numbers") == [["0.0"]])
        #expect(try rows("SELECT asset, available FROM balances_numbers") == [["USDT", "0.0"]])
        #expect(
            try rows("SELECT position, mark_price, at FROM equity_numbers")
                == [["-0.1", "", "1970-01-01T00:00:00.009Z"]])
        let error = #expect(throws: DatabaseError.self) {
            try notebook.execute("DELETE FROM fills")
        }
        #expect(error?.kind == .readOnly)
    }
}
