import Quantities
import TestSupport
import Testing

@testable import Journal

struct LedgerTests {
    let scratch = ScratchFolder()
    let ledger: Ledger
    let run: RunID

    init() throws {
        ledger = try Ledger(path: scratch.file("ledger.db"))
        run = try ledger.begin(sampleRun)
    }

    @Test func `what is recorded comes back exactly, also after reopening`() throws {
        let batch = try sampleBatch(run)
        try ledger.record(batch)
        for ledger in [ledger, try Ledger(path: ledger.path)] {
            #expect(try ledger.rows(OrderRow.self, of: run) == batch.orders)
            #expect(try ledger.rows(FillRow.self, of: run) == batch.fills)
            #expect(try ledger.rows(BalanceRow.self, of: run) == batch.balances)
            #expect(try ledger.rows(EquityRow.self, of: run) == batch.equity)
            #expect(try ledger.rows(MarketRow.self, of: run) == batch.markets)
            #expect(try ledger.rows(PriceRow.self, of: run) == batch.prices)
            #expect(try ledger.rows(FillMidRow.self, of: run) == batch.fillMids)
            #expect(try ledger.rows(NoteRow.self, of: run) == batch.notes)
            let entries = try ledger.rows(EntryRow.self, of: run)
            #expect(entries == (try batch.transactions[0].entries()))
            #expect(entries.map(\.posting) == batch.transactions[0].postings)
        }
    }

    @Test func `of a folder's runs all but one are forgotten, with their rows`() throws {
        var record = sampleRun
        record.folder = "run-0007"
        let other = run
        let (old, new) = (try ledger.begin(record), try ledger.begin(record))
        for run in [other, old, new] { try ledger.record(try sampleBatch(run)) }
        try ledger.forget(folder: "run-0007", but: new)
        #expect(try ledger.runs().map(\.id) == [other, new])
        #expect(try ledger.counts(of: old) == [0, 0, 0, 0, 0])
        for run in [other, new] { #expect(try ledger.counts(of: run) == [2, 2, 4, 1, 1]) }
        try ledger.forget(new)
        #expect(try ledger.runs().map(\.id) == [other])
        #expect(try ledger.counts(of: other) == [2, 2, 4, 1, 1])
    }

    @Test func `recording a batch again changes nothing`() throws {
        let batch = try sampleBatch(run)
        try ledger.record(batch)
        let before = try ledger.counts(of: run)
        #expect(before == [2, 2, 4, 1, 1])
        try ledger.record(batch)
        #expect(try ledger.counts(of: run) == before)
        #expect(try ledger.rows(OrderRow.self, of: run) == batch.orders)
    }

    @Test func `a later row of an order replaces what may change`() throws {
        var batch = try sampleBatch(run)
        try ledger.record(batch)
        batch.orders[0].filled = try Quantity("0.1")
        batch.orders[0].notional = try Notional("6183.763")
        batch.orders[0].state = "closed"
        batch.orders[0].reason = "filled"
        batch.orders[0].closedAt = Instant(milliseconds: 77)
        batch.orders[0].venueID = "13400"
        try ledger.record(batch)
        #expect(try ledger.rows(OrderRow.self, of: run) == batch.orders)
    }

    @Test func `other facts under a known key are a conflict and change nothing`() throws {
        try ledger.record(try sampleBatch(run))
        let before = try ledger.rows(FillRow.self, of: run)

        var fills = LedgerBatch()
        fills.fills = [try sampleFill(run, "new"), try sampleFill(run)]
        fills.fills[1].quantity = try Quantity("0.2")
        let conflict = LedgerError.conflict(table: "fills", key: "BTCUSDT 3514376759")
        #expect(throws: conflict) { try ledger.record(fills) }
        #expect(try ledger.rows(FillRow.self, of: run) == before, "not even the new fill")

        var orders = LedgerBatch()
        orders.orders = [try sampleOrder(run)]
        orders.orders[0].side = "sell"
        #expect(throws: LedgerError.conflict(table: "orders", key: "m1-grid-7-1")) {
            try ledger.record(orders)
        }

        var transactions = LedgerBatch()
        transactions.transactions = [try sampleTransaction(run)]
        transactions.transactions[0].postings.removeLast(2)
        #expect(throws: LedgerError.conflict(table: "entries", key: "deal 1 leg 0")) {
            try ledger.record(transactions)
        }
    }

    @Test func `the same keys in another run are other rows`() throws {
        try ledger.record(try sampleBatch(run))
        let other = try ledger.begin(sampleRun)
        #expect(other != run)
        #expect(try ledger.counts(of: other) == [0, 0, 0, 0, 0])
        try ledger.record(try sampleBatch(other))
        #expect(try ledger.counts(of: other) == [2, 2, 4, 1, 1])
    }

    @Test func `a run is known from its beginning and complete at its end`() throws {
        #expect(try ledger.run(run) == sampleRun)
        try ledger.end(run, sampleEnding)
        var ended = sampleRun
        ended.ending = sampleEnding
        #expect(try ledger.run(run) == ended)
    }

    @Test func `facts of a run that was never begun are refused`() throws {
        let unknown = RunID(99)
        #expect(try ledger.run(unknown) == nil)
        #expect(throws: LedgerError.unknownRun(unknown)) { try ledger.end(unknown, sampleEnding) }
        #expect(throws: LedgerError.unknownRun(unknown)) {
            try ledger.record(try sampleBatch(unknown))
        }
        #expect(try ledger.counts(of: unknown) == [0, 0, 0, 0, 0])
    }

    @Test func `a row that breaks a rule of the schema is refused`() throws {
        var batch = LedgerBatch()
        batch.orders = [try sampleOrder(run)]
        batch.orders[0].side = "long"
        let error = #expect(throws: LedgerError.self) { try ledger.record(batch) }
        guard case .database(let failure)? = error else {
            Issue.record("no failure of the database: \(String(describing: error))")
            return
        }
        #expect(failure.kind == .constraint)
    }

    @Test func `amounts that could not be read back are refused`() throws {
        var batch = LedgerBatch()
        batch.fills = [try sampleFill(run)]
        batch.fills[0].fee = Amount(1_000_000_000) * 1_000_000_000
        #expect(throws: LedgerError.amountOutOfRange(column: "fee")) { try ledger.record(batch) }
        batch.fills[0].fee = Amount(raw: batch.fills[0].fee.raw - 1)
        try ledger.record(batch)
        #expect(try ledger.rows(FillRow.self, of: run) == batch.fills)
    }

    @Test func `a batch has a limit`() throws {
        var batch = LedgerBatch()
        let row = try sampleBatch(run).balances[0]
        batch.balances = Array(repeating: row, count: LedgerLimits.batchRowsMax)
        try ledger.record(batch)
        batch.balances.append(row)
        #expect(throws: LedgerError.batchTooLarge(rows: batch.balances.count)) {
            try ledger.record(batch)
        }
    }

    @Test func `texts of any content come back`() throws {
        for text in ["", "it's", "\"; DROP TABLE orders; --", "\u{0}\u{1}", "ﷺ 🐦", "a\nb"] {
            var batch = LedgerBatch()
            batch.orders = [try sampleOrder(run, "order " + text)]
            batch.orders[0].reason = text
            try ledger.record(batch)
            let stored = try ledger.rows(OrderRow.self, of: run)
            #expect(stored.contains(batch.orders[0]))
        }
    }
}
