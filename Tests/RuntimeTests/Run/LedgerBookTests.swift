import Journal
import Quantities
import Recordings
import Runtime
import TestSupport
import Testing
import TradingCore

@Suite struct LedgerBookTests {
    @Test func `the ledger has the run with its orders, fills, balances and equity`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(
            Sessions.text(
                mode: "paper", seed: 3, duration: "5m",
                strategies: [Sessions.maker, Sessions.cross], folder: scratch.path))
        let book = try LedgerReading(scratch.file("ledger.db"), run: 1)

        let record = try #require(book.record)
        #expect(record.mode == "paper")
        #expect(record.seed == 3)
        #expect(record.configText.contains("seed: 3\n"))
        let ending = try #require(record.ending)
        #expect(ending.outcome == "finished")
        #expect(Int(ending.decisions) == outcome.decisions)
        #expect(String(ending.decisionHash, radix: 16) == trimmed(outcome.hash))

        #expect(book.orders.count >= outcome.counters.placements)
        #expect(book.orders.allSatisfy { $0.closedAt != nil }, "no order is left open")
        #expect(Set(book.orders.map(\.state)).isSuperset(of: ["filled", "cancelled"]))
        #expect(book.fills.count == outcome.counters.fills)
        #expect(book.fills.count == outcome.lines.reduce(0) { $0 + $1.fills })
        #expect(!book.balances.isEmpty)
        #expect(!book.equity.isEmpty)

        for order in book.orders {
            let fills = book.fills.filter { $0.clientID == order.clientID }
            #expect(fills.reduce(.zero) { $0 + $1.quantity } == order.filled)
            #expect(fills.reduce(.zero) { $0 + $1.notional } == order.notional)
        }
        for line in outcome.lines {
            #expect(line.fills > 0)
            let fills = book.fills.filter { $0.strategy == line.strategy }
            #expect(Notional(fills.reduce(.zero) { $0 + $1.fee }) == line.fees)
            #expect(book.position(of: line.strategy) == line.position)
            let last = try #require(book.equity.last { $0.strategy == line.strategy })
            #expect(last.position == line.position)
            #expect(last.equity == line.profit)
            #expect(last.realized + last.unrealized == last.equity)
        }
    }

    @Test func `the double entry ends with what the venue holds, to the last digit`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(
            Sessions.text(
                duration: "6m",
                strategies: [Sessions.maker, Sessions.cross], folder: scratch.path))
        #expect(outcome.counters.fills > 0)
        try expectBalanced(LedgerReading(scratch.file("ledger.db"), run: 1))
    }

    /// A fill in the first moments is no part of the capital: the books open before the first event.
    @Test func `deals of the first chunk of records are not counted as capital`() throws {
        let scratch = ScratchFolder()
        let frames = scratch.compress(Frames.walk(200), "walk.gz")
        let records = scratch.file("walk.rec")
        _ = try RecordingImporter.convert([frames], to: records)
        for (run, file) in [(1, frames), (2, records)] as [(Int64, String)] {
            let outcome = try Sessions.run(
                Sessions.text(
                    duration: nil, data: Sessions.recording(file),
                    strategies: ["{strategy: buyer, markets: [BTCUSDT]}"], folder: scratch.path))
            #expect(outcome.counters.fills == 1)
            let book = try LedgerReading(scratch.file("ledger.db"), run: run)
            try expectBalanced(book)
            #expect(book.balance("capital", "BTC") == Amount(-1))
            #expect(book.balance("capital", "USDT") == Amount(-100_000))
            #expect(book.balance("fees", "USDT").isPositive)
        }
    }

    @Test func `several runs share one ledger, each under its own number`() throws {
        let scratch = ScratchFolder()
        var outcomes: [RunOutcome] = []
        for seed in 1...3 {
            outcomes.append(
                try Sessions.run(Sessions.text(seed: seed, duration: "3m", folder: scratch.path)))
        }
        #expect(outcomes.map(\.folder) == (1...3).map { scratch.file("run-000\($0)") })
        for (index, outcome) in outcomes.enumerated() {
            let book = try LedgerReading(scratch.file("ledger.db"), run: Int64(index) + 1)
            #expect(book.record?.seed == UInt64(index) + 1)
            #expect(book.record?.ending.map { Int($0.decisions) } == outcome.decisions)
            #expect(book.fills.count == outcome.counters.fills)
            try expectBalanced(book)
        }
        #expect(try LedgerReading(scratch.file("ledger.db"), run: 4).record == nil)
    }

    @Test func `a strategy that cannot be made leaves nothing behind`() throws {
        let scratch = ScratchFolder()
        let text = Sessions.text(
            strategies: ["{strategy: market-maker, markets: [BTCUSDT], parameters: {order_size: 0.00001}}"],
            folder: scratch.file("runs"))
        #expect(throws: (any Error).self) { try Sessions.run(text) }
        #expect(ScratchFolder.names(in: scratch.path) == [])
    }

    /// For every asset the account `venue` has the last balance that the venue told, and all is free.
    private func expectBalanced(_ book: LedgerReading) throws {
        for asset in ["BTC", "USDT"] {
            let last = try #require(book.lastBalance(asset))
            #expect(book.balance("venue", asset) == last.total)
            #expect(last.available == last.total)
            let sum = book.trialBalance.filter { $0.asset == asset }.reduce(.zero) { $0 + $1.amount }
            #expect(sum == .zero)
        }
    }

    private func trimmed(_ hash: String) -> String {
        String(hash.drop { $0 == "0" })
    }
}
