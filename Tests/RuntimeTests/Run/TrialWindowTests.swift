import Configuration
import MarketModel
import Quantities
import Runtime
import TestSupport
import Testing

@testable import Runtime

@Suite struct TrialWindowTests {
    private let scratch = ScratchFolder()

    private func records(_ lines: [String]) throws -> (TrialRecords, SessionParts) {
        let file = scratch.compress(lines, "day.gz")
        let parts = try Sessions.parts(
            Sessions.text(
                duration: nil, data: Sessions.recording(file),
                strategies: ["{strategy: buyer, markets: [BTCUSDT]}"]))
        return (try TrialRecords([file], parts, cachedAt: scratch.file("day.records")), parts)
    }

    private func time(_ milliseconds: Int64) -> Instant {
        Instant(milliseconds: Frames.start + milliseconds)
    }

    @Test func `blocks hold every record of the window once, those at its ends too`() throws {
        let (records, _) = try records(Frames.walk(100))
        let window = records.window(from: time(1_000), to: time(7_000), blocks: 4)
        #expect(window.first == 10)
        #expect(window.blockEnds == [26, 41, 56, 71])
        #expect(window.blockTimes == [2_500, 4_000, 5_500, 7_000].map(time))
        let whole = records.window(from: records.firstAt, to: records.lastAt, blocks: 7)
        #expect(whole.first == 0)
        #expect(whole.blockEnds.last == 100)
        let empty = records.window(from: time(60_000), to: time(70_000), blocks: 2)
        #expect(empty.first == 100)
        #expect(empty.blockEnds == [100, 100])
    }

    @Test func `a window in the middle begins with the book and the quote of that moment`() throws {
        let (records, _) = try records([
            Frames.line(0, Frames.depth(99, 101, bids: #"[["59999.00","1.0"]]"#)),
            Frames.line(10, Frames.snapshot),
            Frames.line(20, Frames.ticker(1, "60000.00", "60001.00")),
            Frames.line(30, Frames.depth(102, 103, bids: #"[["59998.00","2.0"]]"#)),
            Frames.line(40, Frames.ticker(2, "60000.50", "60001.00")),
            Frames.line(50, Frames.depth(104, 105, bids: #"[["59997.00","3.0"]]"#)),
        ])
        let start = records.window(from: time(0), to: time(50), blocks: 1)
        #expect(start.states[0].quote == nil)
        #expect(start.states[0].book.state == .empty)
        let middle = records.window(from: time(35), to: time(50), blocks: 1)
        #expect(middle.states[0].quote?.bid == Price(60_000))
        #expect(middle.states[0].book.isLive)
        #expect(middle.states[0].book.bids.count == 3)
        let late = records.window(from: time(50), to: time(50), blocks: 1)
        #expect(late.states[0].quote?.bid.description == "60000.5")
        #expect(late.states[0].book.bids.count == 3)
    }

    @Test func `a trial over the first part is a backtest of that duration`() throws {
        let (records, parts) = try records(Frames.walk(300))
        var configuration = parts.configuration
        configuration.duration = .seconds(12)
        let run = try SessionRun(SessionParts(configuration), console: SilentConsole())
            .perform(Sessions.bindings)
        let window = records.window(
            from: records.firstAt, to: records.firstAt + .seconds(12), blocks: 5)
        let trial = try #require(
            try TrialRun(SessionParts(configuration), records, window).perform(Sessions.bindings))
        #expect(trial.hash == run.hash)
        #expect(trial.events == run.events)
        #expect(trial.profit == run.profit)
        #expect(trial.decisions == 1)
        #expect(trial.equity.count == 5)
    }

    @Test func `a record file of the session's markets is used where it lies`() throws {
        let (_, parts) = try records(Frames.walk(50))
        let lying = scratch.file("day.records")
        var configuration = parts.configuration
        configuration.data = .recording(files: [lying])
        let again = try TrialRecords(
            [lying], SessionParts(configuration), cachedAt: scratch.file("other.records"))
        #expect(again.count == 50)
        #expect(ScratchFolder.read(scratch.file("other.records")).isEmpty)
    }

    @Test func `a trial that is not wanted any more is given up`() throws {
        let (records, parts) = try records(Frames.walk(300))
        let window = records.window(from: records.firstAt, to: records.lastAt, blocks: 10)
        var asked = 0
        let run = TrialRun(parts, records, window) {
            asked += 1
            return asked == 3
        }
        #expect(try run.perform(Sessions.bindings) == nil)
        #expect(asked == 3)
    }
}
