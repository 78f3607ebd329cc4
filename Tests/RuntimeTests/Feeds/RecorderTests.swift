import Configuration
import Journal
import Locks
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing

@testable import Recordings
@testable import Runtime

/// What a venue sends is written down as it comes, and read as any recording is.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct RecorderTests {
    private let scratch = ScratchFolder()
    private static let names = ["btcusdt@depth@100ms", "btcusdt@bookTicker", "btcusdt@trade"]

    private static func recorder(
        _ venue: ScriptedBinance, _ folder: String, _ streams: [String] = names,
        change: (inout SegmentSettings) -> Void = { _ in }, isInterrupted: @escaping () -> Bool
    ) throws -> Recorder {
        var source = SourceSettings(.binance)
        source.socket = venue.socketURL
        source.rest = venue.restURL
        var settings = SegmentSettings()
        change(&settings)
        return try Recorder(
            [try RecorderInput.input(source, streams: streams, environment: [:])],
            folder: folder, settings: settings, console: SilentConsole(), isInterrupted: isInterrupted)
    }

    /// Records on a thread of its own while `body` does something with the venue.
    private func record(
        _ venue: ScriptedBinance, change: @escaping @Sendable (inout SegmentSettings) -> Void = { _ in },
        while body: @escaping @Sendable () async -> Void
    ) async throws -> RecorderOutcome {
        let isOver = Flag()
        let task = Task {
            await body()
            isOver.set()
        }
        let folder = scratch.file("out")
        let outcome = try await SpareThread.run {
            // What was sent has been read when the recorder looks up for the third time.
            var looks = 0
            let recorder = try Self.recorder(venue, folder, change: change) {
                looks += isOver.isSet ? 1 : 0
                return looks == 3
            }
            return recorder.perform()
        }
        await task.value
        return outcome
    }

    /// Waits until the venue has as many clients and has told them a number of steps.
    private static func hear(_ steps: Int, of venue: ScriptedBinance) async {
        while await venue.enter({ $0.subscriptionCount }) == 0 { await Task.yield() }
        for _ in 0..<steps { await venue.enter { $0.step() } }
    }

    /// Waits for an answer to a question about a book that came after so many.
    private static func waitForBooks(_ count: Int, of venue: ScriptedBinance) async {
        while await venue.enter({ $0.snapshots }) < count { await Task.yield() }
    }

    @Test func `a capture has every frame, and its book is the venue's`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        let outcome = try await record(venue) {
            await Self.hear(5, of: venue)
            await Self.waitForBooks(1, of: venue)
            await Self.hear(200, of: venue)
            await Self.hear(1, of: venue)
        }
        #expect(outcome.failure == nil)
        #expect(outcome.lines.count == 1 && outcome.lines[0].answers == 1 && outcome.lines[0].gaps == 0)
        var source = try RecordingSource([scratch.file("out")])
        #expect(source.format == .capture)
        var state = MarketState()
        while let event = try source.next() {
            if case .level(let change) = event { _ = state.apply(change) }
            if case .reset(let reset) = event { state.apply(reset) }
        }
        let bids = await venue.enter { $0.levels("BTCUSDT", ofBids: true) }
        let ours = (0..<state.book.bids.count).map {
            "\(state.book.bids[$0].price.text(decimals: 2)) \(state.book.bids[$0].quantity)"
        }
        #expect(ours == bids)
        #expect(source.capture?.frames == outcome.lines[0].frames)
        #expect(source.report.bookMatches == source.report.bookSamples && source.report.bookSamples > 100)
        #expect(source.table.markets.map(\.name) == ["BTCUSDT"])
        #expect(source.table.markets[0].rules.tick == Price(raw: 10_000_000_000))
    }

    @Test func `a connection that was lost leaves a gap, and the book is built anew behind it`() async throws
    {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        let outcome = try await record(venue) {
            await Self.hear(10, of: venue)
            await Self.waitForBooks(1, of: venue)
            await venue.enter { $0.drop() }
            await Self.hear(10, of: venue)
            await Self.waitForBooks(2, of: venue)
            await Self.hear(10, of: venue)
        }
        #expect(outcome.lines[0].gaps == 1)
        var source = try RecordingSource([scratch.file("out")])
        var resets: [BookReset.Reason] = []
        while let event = try source.next() {
            if case .reset(let reset) = event { resets.append(reset.reason) }
        }
        #expect(resets == [.snapshot, .recordingGap, .snapshot])
        #expect(source.capture?.gaps.first?.hasSuffix("the connection was lost") == true)
        #expect(source.report.bookMatches == source.report.bookSamples)
    }

    @Test func `a recorder goes on where one ended, in segments of a size`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        var frames = 0
        for round in 1...2 {
            let outcome = try await record(
                venue,
                change: {
                    $0.blockBytes = 2_048
                    $0.segmentBytes = 4_096
                },
                while: {
                    await Self.hear(5, of: venue)
                    await Self.waitForBooks(round, of: venue)
                    await Self.hear(300, of: venue)
                })
            frames += outcome.lines[0].frames
            #expect(outcome.lines[0].gaps == round - 1)
        }
        let segments = ScratchFolder.names(in: scratch.file("out"))
        #expect(segments.count > 4)
        var source = try RecordingSource(segments.map { scratch.file("out/\($0)") })
        while try source.next() != nil {}
        #expect(source.capture?.frames == frames)
        #expect(source.capture?.gapCount == 1 && source.capture?.torn == 0)
        #expect(source.report.sequenceGapCount == 0)
        // Without one of its segments it has a hole there.
        let holed = segments.filter { $0 != segments[1] }.map { scratch.file("out/\($0)") }
        var less = try RecordingSource(holed)
        while try less.next() != nil {}
        #expect(less.capture?.gapCount == 2)
        #expect(less.capture?.gaps.contains { $0.hasSuffix("segments between 1 and 3 are missing") } == true)
    }

    @Test func `a capture feeds a backtest`() async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        _ = try await record(venue) {
            await Self.hear(5, of: venue)
            await Self.waitForBooks(1, of: venue)
            await Self.hear(50, of: venue)
        }
        let text = Sessions.text(
            duration: nil, data: Sessions.recording(scratch.file("out")),
            strategies: ["{strategy: buyer, markets: [BTCUSDT]}"])
        let outcome = try Sessions.run(text)
        #expect(outcome.ending == .finished)
        #expect(outcome.lines.first?.fills ?? 0 > 0)
        #expect(try Sessions.run(text).hash == outcome.hash)
    }

    @Test(arguments: ["!ticker@arr", "btcusdt@trad", "@trade"])
    func `what the venue does not have is told before anything is written`(name: String) async throws {
        let venue = try await ScriptedBinance(["BTCUSDT"])
        #expect(throws: RunError.self) { try Self.recorder(venue, scratch.file("out"), [name]) { true } }
        #expect(ScratchFolder.names(in: scratch.file("out")).isEmpty)
    }
}

/// Set once, from any thread.
private final class Flag: Sendable {
    private let value = Lock(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
