import Quantities
import TestSupport
import Testing

@testable import Journal

struct DoubleEntryTests {
    let scratch = try! ScratchFolder()
    let ledger: Ledger
    let run: RunID

    init() throws {
        ledger = try Ledger(path: scratch.file("ledger.db"))
        run = try ledger.begin(sampleRun)
    }

    func record(_ postings: [LedgerTransaction.Posting]) throws {
        var batch = LedgerBatch()
        batch.fills = [try sampleFill(run)]
        batch.transactions = [
            LedgerTransaction(run: run, id: "t", at: Instant(milliseconds: 1), postings: postings)
        ]
        try ledger.record(batch)
    }

    @Test func `a transaction off by the smallest unit is refused with its whole batch`() throws {
        let off = LedgerError.unbalanced(
            transaction: "t", asset: "USDT", sum: Amount(raw: 1))
        #expect(throws: off) {
            try record([
                .init("a", "BTC", Amount(1)), .init("b", "BTC", Amount(-1)),
                .init("a", "USDT", Amount(raw: Amount(100).raw + 1)), .init("b", "USDT", Amount(-100)),
            ])
        }
        #expect(try ledger.counts(of: run) == [0, 0, 0, 0, 0])
    }

    @Test func `assets do not make up for each other`() throws {
        let off = LedgerError.unbalanced(transaction: "t", asset: "BTC", sum: Amount(1))
        #expect(throws: off) {
            try record([.init("a", "BTC", Amount(1)), .init("a", "USDT", Amount(-1))])
        }
    }

    @Test func `a transaction has at least one posting and at most the limit`() throws {
        #expect(throws: LedgerError.wrongPostingCount(transaction: "t", count: 0)) {
            try record([])
        }
        let most = (0..<LedgerTransaction.postingsMax)
            .map { LedgerTransaction.Posting("a\($0)", "BTC", Amount($0 % 2 == 0 ? 1 : -1)) }
        #expect(throws: LedgerError.wrongPostingCount(transaction: "t", count: most.count + 1)) {
            try record(most + [.init("a", "BTC", .zero)])
        }
        try record(most)
        #expect(try ledger.rows(EntryRow.self, of: run).count == most.count)
    }

    @Test func `amounts that are too large for the ledger do not reach the sum`() throws {
        #expect(throws: LedgerError.amountOutOfRange(column: "amount")) {
            try record([
                .init("a", "X", Amount(raw: .max)), .init("b", "X", Amount(raw: .max)),
            ])
        }
    }

    @Test func `the trial balance is exact and zero in every asset`() throws {
        var batch = LedgerBatch()
        var random = SeededRandom(seed: 11)
        var grid = Amount.zero
        for number in 0..<500 {
            let amount = Amount(raw: Int128(random.next()))
            grid += amount
            batch.transactions.append(
                LedgerTransaction(
                    run: run, id: "t\(number)", at: Instant(milliseconds: Int64(number)),
                    postings: [
                        .init("grid", "USDT", amount), .init("market", "USDT", -amount),
                        .init("fees", "CET", Amount(1)), .init("grid", "CET", Amount(-1)),
                    ]))
        }
        try ledger.record(batch)
        let expected: [LedgerTransaction.Posting] = [
            .init("fees", "CET", Amount(500)), .init("grid", "CET", Amount(-500)),
            .init("grid", "USDT", grid), .init("market", "USDT", -grid),
        ]
        #expect(try ledger.trialBalance(of: run) == expected)
    }
}
