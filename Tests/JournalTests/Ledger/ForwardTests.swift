import Quantities
import TestSupport
import Testing

@testable import Journal

/// What a bot's last run left to the next one.
@Suite struct ForwardTests {
    private let scratch = ScratchFolder()
    private let ledger: Ledger

    init() throws { ledger = try Ledger(path: scratch.file("ledger.db")) }

    private func begin(_ bot: String, mode: String = "live") throws -> RunID {
        var record = sampleRun
        record.mode = mode
        record.configText = bot
        record.folder = "run of \(bot)"
        return try ledger.begin(record)
    }

    private func close(_ run: RunID, _ positions: [ForwardPosition]) throws {
        var batch = LedgerBatch()
        for held in positions {
            batch.transactions.append(
                held.transaction(run, base: "BTC", quote: "USDT", at: Instant(nanoseconds: 1)))
        }
        try ledger.record(batch)
    }

    private func trade(_ run: RunID) throws {
        var batch = LedgerBatch()
        batch.fills = try sampleBatch(run).fills
        try ledger.record(batch)
    }

    private func forward(_ bot: String, before run: RunID) throws -> ForwardBalance {
        try ledger.forward(before: run) { $0 == bot }
    }

    private let held = [
        ForwardPosition(
            strategy: "grid of two words", market: "BTCUSDT", quantity: Amount(2), cost: Amount(-7)),
        ForwardPosition(strategy: "dca", market: "ETHUSDT", quantity: .zero, cost: .zero),
    ]

    @Test func `the newest run that has come to its end counts, to the last unit`() throws {
        let first = try begin("a")
        try trade(first)
        try close(first, [])
        let second = try begin("a")
        try trade(second)
        try close(second, held)
        // Of others, on paper, and later than asked for.
        try trade(try begin("b"))
        try trade(try begin("a", mode: "paper"))
        let next = try begin("a")
        try trade(try begin("a"))
        #expect(
            try forward("a", before: next) == .closed(run: "run of a", held.sorted { $0.market < $1.market }))
    }

    @Test func `a run that has traded and not ended makes it uncertain, one that did nothing is passed over`()
        throws
    {
        #expect(try forward("a", before: try begin("a")) == .nothing)
        let closed = try begin("a")
        try close(closed, [held[0]])
        #expect(try forward("a", before: try begin("a")) == .closed(run: "run of a", [held[0]]))
        let open = try begin("a")
        try trade(open)
        #expect(try forward("a", before: try begin("a")) == .open(run: "run of a"))
    }
}
