import Journal
import Quantities
import Recordings
import Runtime
import TestSupport
import Testing
import TradingCore

/// What a report needs is in the ledger, at its moment, however the run was driven.
@Suite struct RunRecordingTests {
    private func rows<Row: LedgerRow>(_ type: Row.Type, _ path: String, run: Int64 = 1) throws -> [Row] {
        var rows: [Row] = []
        try Ledger(reading: path).forEach(type, of: RunID(run)) { rows.append($0) }
        return rows
    }

    /// Quotes every 100 ms; the bid goes up by seven cents each, and starts over after 400 cents.
    private func bid(at milliseconds: Int64) -> Double {
        Double(6_000_000 + (milliseconds / 100 * 7) % 400) / 100
    }

    @Test func `mids after a fill are those of the recording at that moment, from frames and from records`()
        throws
    {
        let scratch = ScratchFolder()
        let frames = scratch.compress(Frames.walk(400), "walk.gz")
        let records = scratch.file("walk.rec")
        _ = try RecordingImporter.convert([frames], to: records)
        for (run, file) in [(1, frames), (2, records)] as [(Int64, String)] {
            _ = try Sessions.run(
                Sessions.text(
                    duration: nil, data: Sessions.recording(file),
                    strategies: ["{strategy: buyer, markets: [BTCUSDT]}"], folder: scratch.path))
            let marks = try rows(FillMidRow.self, scratch.file("ledger.db"), run: run)
            #expect(marks.map(\.afterMilliseconds) == [0, 1_000, 5_000, 30_000])
            // The buyer asks at the first quote; news of its fill is here 30 ms later, give or take jitter, between
            // two quotes: the mid at a horizon is that of the quote before.
            for mark in marks {
                let mid = (bid(at: mark.afterMilliseconds) + 60_010) / 2
                #expect(abs(Double(mark.mid) - mid) < 1e-6, "after \(mark.afterMilliseconds) ms")
            }
        }
    }

    @Test func `a mid beyond the end of the run is unknown`() throws {
        let scratch = ScratchFolder()
        let frames = scratch.compress(Frames.walk(70), "walk.gz")
        _ = try Sessions.run(
            Sessions.text(
                duration: nil, data: Sessions.recording(frames),
                strategies: ["{strategy: buyer, markets: [BTCUSDT]}"], folder: scratch.path))
        let marks = try rows(FillMidRow.self, scratch.file("ledger.db"))
        #expect(marks.map(\.afterMilliseconds) == [0, 1_000, 5_000])
    }

    @Test func `the same is recorded at any pace`() throws {
        let scratch = ScratchFolder()
        for pace in ["max", "2000"] {
            _ = try Sessions.run(
                Sessions.text(
                    mode: "paper", seed: 3, duration: "5m", pace: pace,
                    strategies: [Sessions.maker, Sessions.cross], folder: scratch.path))
        }
        let path = scratch.file("ledger.db")
        func same<Row: LedgerRow>(_ type: Row.Type, _ strip: (inout Row) -> Void) throws -> Bool {
            var (first, second) = (try rows(type, path, run: 1), try rows(type, path, run: 2))
            for index in first.indices { strip(&first[index]) }
            for index in second.indices { strip(&second[index]) }
            return !first.isEmpty && first == second
        }
        #expect(try same(FillMidRow.self) { $0.run = RunID(0) })
        #expect(try same(PriceRow.self) { $0.run = RunID(0) })
        #expect(try same(EquityRow.self) { $0.run = RunID(0) })
        #expect(try same(OrderRow.self) { $0.run = RunID(0) })
    }

    @Test func `orders know when they opened and what stood before them`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(Sessions.text(seed: 3, duration: "5m", folder: scratch.path))
        let orders = try rows(OrderRow.self, scratch.file("ledger.db"))
        #expect(orders.count >= outcome.counters.placements)
        for order in orders where order.state != "rejected" {
            let opened = try #require(order.openedAt, "order \(order.clientID)")
            #expect(opened >= order.createdAt)
            if let closed = order.closedAt { #expect(closed >= opened) }
        }
        #expect(orders.contains { $0.ahead != nil })
        #expect(orders.allSatisfy { !($0.ahead?.isNegative ?? false) })
    }

    @Test func `the split of the profit and the own quotes are in the samples`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(Sessions.text(seed: 3, duration: "5m", folder: scratch.path))
        let samples = try rows(EquityRow.self, scratch.file("ledger.db"))
        #expect(samples.count >= 300, "one every second")
        let last = try #require(samples.last)
        let line = outcome.lines[0]
        #expect(last.spread == line.spread && last.fees == line.fees && last.rebates == .zero)
        #expect(samples.contains { $0.ownBid != nil && $0.ownAsk != nil })
        for sample in samples {
            if let bid = sample.ownBid, let ask = sample.ownAsk { #expect(bid < ask) }
        }
        let prices = try rows(PriceRow.self, scratch.file("ledger.db"))
        #expect(prices.count == samples.count)
        let runs = try Ledger(reading: scratch.file("ledger.db")).runs()
        #expect(runs.map(\.folder) == ["run-0001"])
    }

    @Test func `P21: rebates are told apart from fees`() throws {
        let scratch = ScratchFolder()
        var text = Sessions.text(
            duration: "5m", strategies: [Sessions.maker, Sessions.cross], folder: scratch.path)
        text = text.replacing("maker_fee: 0,", with: "maker_fee: -0.0001,")
        let outcome = try Sessions.run(text)
        let samples = try rows(EquityRow.self, scratch.file("ledger.db"))
        let fills = try rows(FillRow.self, scratch.file("ledger.db"))
        for line in outcome.lines {
            let last = try #require(samples.last { $0.strategy == line.strategy })
            let ours = fills.filter { $0.strategy == line.strategy }.map(\.fee)
            let paid = ours.filter(\.isPositive).reduce(.zero) { $0 + $1 }
            let back = ours.filter(\.isNegative).reduce(.zero) { $0 - $1 }
            #expect(last.fees == Notional(paid) && last.rebates == Notional(back))
            #expect(Notional(paid) - Notional(back) == line.fees)
        }
        #expect(fills.contains { $0.fee.isNegative })
    }
}
