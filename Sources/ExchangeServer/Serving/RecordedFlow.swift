import Exchange
import MarketModel
import Quantities
import Recordings

/// The recording that a market of the exchange plays.
package struct ExchangeRecording: Equatable, Sendable {
    package static let paces = 0.01...1_000.0

    package var market: String
    /// Read one after the other.
    package var files: [String]
    /// Recorded seconds per second.
    package var pace = 1.0
    /// Whether it begins anew when it is over.
    package var repeats = true

    package init(market: String, files: [String]) {
        self.market = market
        self.files = files
    }
}

/// Hands over the events of a recording when their time has come.
///
/// The first event happens at once, the others as far behind it as they were when they were recorded, divided by
/// the pace. Events that the market cannot have, such as prices off its digits, are left out and counted.
struct RecordedFlow {
    /// Events of one turn of the loop; the others wait for the next, so that clients are heard meanwhile.
    static let eventsPerTurn = 2_000

    let recording: ExchangeRecording
    private let market: MarketID
    private var source: RecordingSource
    /// In the recording's own numbers.
    private let recorded: MarketID
    private var event: MarketEvent?
    private var firstAt = Instant.distantPast
    private var startedAt: Instant
    /// Events that were handed over, those that were left out among them.
    private(set) var played = 0
    private(set) var skipped = 0
    private(set) var isOver = false
    /// Why the recording ended before its end.
    private(set) var failure: RecordingError?

    init(_ recording: ExchangeRecording, _ market: MarketID, at now: Instant) throws(RecordingError) {
        self.recording = recording
        self.market = market
        source = try Self.source(recording)
        let name = recording.market
        guard let found = source.table.markets.first(where: { $0.name == name })?.id else {
            throw .unnamedMarket(path: recording.files.first ?? name)
        }
        recorded = found
        startedAt = now
        readNext()
        firstAt = event?.receivedAt ?? now
    }

    private static func source(_ recording: ExchangeRecording) throws(RecordingError) -> RecordingSource {
        var options = RecordingOptions()
        options.marketName = recording.market
        options.timeOrder = .clamp
        options.checksBooks = false
        options.infersQuotes = false
        return try RecordingSource(recording.files, options)
    }

    /// When the next event happens here; `distantFuture` when the recording is over.
    var nextDue: Instant { event.map { time(of: $0.receivedAt) } ?? .distantFuture }

    private func time(of recordedAt: Instant) -> Instant {
        let passed = Double((recordedAt - firstAt).nanoseconds) / recording.pace
        return startedAt + Interval(nanoseconds: Int64(passed))
    }

    /// Hands what is due to the exchange.
    mutating func play(into front: inout CoinExFront, until now: Instant) {
        for _ in 0..<Self.eventsPerTurn {
            guard let event, nextDue <= now else { return }
            do throws(ExchangeRefusal) {
                try front.replay(event, in: market, at: now)
            } catch {
                skipped += 1
            }
            played += 1
            readNext()
            guard self.event == nil, !isOver else { continue }
            if recording.repeats { begin(anewIn: &front, at: now) } else { isOver = true }
        }
    }

    private mutating func begin(anewIn front: inout CoinExFront, at now: Instant) {
        do throws(RecordingError) {
            source = try Self.source(recording)
        } catch {
            failure = error
            isOver = true
            return
        }
        readNext()
        guard let event else {
            isOver = true
            return
        }
        firstAt = event.receivedAt
        startedAt = now
        // What the recording showed last is not there when it begins.
        let reset = BookReset(
            market: market, reason: .snapshot, sequence: 0, venueTime: now, receivedAt: now)
        do throws(ExchangeRefusal) {
            try front.replay(.reset(reset), in: market, at: now)
        } catch {
            skipped += 1
        }
    }

    /// The next event of this market that does anything.
    private mutating func readNext() {
        event = nil
        while event == nil {
            do throws(RecordingError) {
                guard let next = try source.next() else { return }
                let isOurs =
                    switch next {
                    case .level(let level): level.market == recorded
                    case .trade(let trade): trade.market == recorded
                    case .reset(let reset): reset.market == recorded
                    case .quote, .ticker, .optionMark, .connection: false
                    }
                if isOurs { event = next }
            } catch {
                switch error {
                // Reading goes on behind a line that cannot be read.
                case .line: skipped += 1
                case .capture, .file, .lines, .records, .unwritable, .noFiles, .unknownFormat, .mixedFiles,
                    .unnamedMarket, .noMarkets, .unknownQuoteAsset, .impossibleName, .tooManyMarkets:
                    failure = error
                    isOver = true
                    return
                }
            }
        }
    }
}
