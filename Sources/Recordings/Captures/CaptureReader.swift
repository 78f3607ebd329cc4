import BinanceVenue
import Journal
import MarketModel
import Quantities
import WireCodecs
import WireValues

/// What was found in the segments of a capture.
package struct CaptureTally: Equatable, Sendable {
    package var segments = 0
    package var frames = 0
    package var answers = 0
    package var notes = 0
    /// Messages that cannot be read.
    package var faults = 0
    package var firstFault: String?
    /// Places where something was not recorded, by what the recorder said and by what is missing or damaged.
    package var gaps: [String] = []
    package var gapCount = 0
    /// Segments whose writer was cut short.
    package var torn = 0
    package var range: ClosedRange<Instant>?

    /// The most gaps that are kept; all are counted.
    package static var gapsMax: Int { 256 }

    package init() {}

    mutating func note(_ gap: String) {
        gapCount += 1
        if gaps.count < Self.gapsMax { gaps.append(gap) }
    }
}

/// Reads the segments of a capture as market events.
///
/// Where something was not recorded, be it that the connection was lost, that the recorder was cut short or that a part
/// of the file is damaged, every book is distrusted.
final class CaptureReader: EventReader {
    let header: CaptureHeader
    private let paths: [String]
    private var next = 0
    private var reader: SegmentReader?
    private let feed: any CaptureFeed
    private var order: ReceiveOrder
    private var last = Instant.distantPast
    /// How the segment before ended, and its session.
    private var before: (end: SegmentEnd, session: UInt64, segment: UInt64)?
    private(set) var captured = CaptureTally()

    /// - Parameter paths: segments, in their order; folders stand for all segments in them.
    init(_ paths: [String]) throws(RecordingError) {
        self.paths = try Self.segments(paths)
        guard let first = self.paths.first else { throw .noFiles }
        header = try Self.header(first)
        feed = header.makeFeed()
        order = ReceiveOrder(.clamp)
    }

    var tally: ReaderTally {
        ReaderTally(
            lines: captured.frames + captured.answers, clampedTimes: order.clamped, frames: feed.counts)
    }

    static func segments(_ paths: [String]) throws(RecordingError) -> [String] {
        var segments: [String] = []
        for path in paths {
            guard SegmentFolder.isFolder(path) else {
                segments.append(path)
                continue
            }
            do throws(FileError) {
                segments += try SegmentFolder.segments(in: path)
            } catch {
                throw .file(error)
            }
        }
        return segments
    }

    static func header(_ path: String) throws(RecordingError) -> CaptureHeader {
        let reader = try open(path)
        do throws(WireError) {
            return try reader.metadata.withUnsafeBufferPointer { bytes throws(WireError) in
                try CaptureHeader(decoding: bytes)
            }
        } catch {
            throw .capture(path: path, "its header cannot be read: \(error)")
        }
    }

    private static func open(_ path: String) throws(RecordingError) -> SegmentReader {
        do throws(SegmentError) {
            return try SegmentReader(path)
        } catch {
            throw .capture(path: path, "\(error)")
        }
    }

    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool {
        guard let reader = try currentReader(&events) else { return false }
        guard let record = reader.next() else {
            finish(reader, &events)
            return true
        }
        let time = Instant(nanoseconds: record.time)
        captured.range = (captured.range?.lowerBound ?? time)...max(time, captured.range?.upperBound ?? time)
        let now = admit(time)
        last = now
        if reader.isBehindHole { gap("a part of \(reader.path) is damaged or missing", at: now, &events) }
        switch record.kind {
        case CaptureKind.frame:
            captured.frames += 1
            note { () throws(CaptureFault) in
                try feed.take(frame: record.bytes, on: record.channel, at: now, into: &events)
            }
        case CaptureKind.answer:
            captured.answers += 1
            let subject = record.bytes.prefix { $0 != UInt8(ascii: "\n") }
            let body = UnsafeBufferPointer(rebasing: record.bytes.dropFirst(subject.count + 1))
            note { () throws(CaptureFault) in
                try feed.take(
                    answer: body, about: String(decoding: subject, as: UTF8.self), at: now, into: &events)
            }
        case CaptureKind.gap: gap(String(decoding: record.bytes, as: UTF8.self), at: now, &events)
        default: captured.notes += 1  // open set: kinds of later versions
        }
        return true
    }

    private func note(_ body: () throws(CaptureFault) -> Void) {
        do throws(CaptureFault) {
            try body()
        } catch {
            captured.faults += 1
            if captured.firstFault == nil { captured.firstFault = "\(error)" }
        }
    }

    private func gap(_ reason: String, at now: Instant, _ events: inout [MarketEvent]) {
        captured.note("\(now): \(reason)")
        feed.takeGap(at: now, into: &events)
    }

    private func admit(_ time: Instant) -> Instant {
        do throws(LineFault) {
            return try order.admit(time)
        } catch {
            return time
        }
    }

    /// The segment that is being read; nil behind the last.
    private func currentReader(_ events: inout [MarketEvent]) throws(RecordingError) -> SegmentReader? {
        if let reader { return reader }
        guard next < paths.count else { return nil }
        let path = paths[next]
        next += 1
        let reader = try Self.open(path)
        guard try Self.header(path).markets == header.markets else { throw .mixedFiles(path: path) }
        captured.segments += 1
        if let before {
            let goesOn =
                before.end == .continued && before.session == reader.session
                && before.segment + 1 == reader.segment
            if !goesOn, before.end == .continued {
                gap("segments between \(before.segment) and \(reader.segment) are missing", at: last, &events)
            }
        }
        self.reader = reader
        return reader
    }

    private func finish(_ reader: SegmentReader, _ events: inout [MarketEvent]) {
        let end = reader.end ?? .torn(bytes: 0)
        before = (end, reader.session, reader.segment)
        if case .torn(let bytes) = end {
            captured.torn += 1
            gap(
                "the recorder was cut short in \(reader.path), \(bytes) bytes behind its last block",
                at: last, &events)
        }
        self.reader = nil
    }
}

extension CaptureTally: CustomStringConvertible {
    package var description: String {
        var lines = [
            "\(segments) segments: \(frames) frames, \(answers) answers, \(gapCount) gaps, \(torn) cut short, "
                + "\(faults) that cannot be read"
        ]
        if let firstFault { lines.append("  first that cannot be read: \(firstFault)") }
        lines += gaps.map { "  gap \($0)" }
        return lines.joined(separator: "\n")
    }
}

extension RecordingSurvey {
    /// Surveys a capture, whose header says which markets it has.
    init(capture paths: [String]) throws(RecordingError) {
        let reader = try CaptureSet(paths)
        for market in reader.markets { add(market.name) }
        var events: [MarketEvent] = []
        while try reader.read(into: &events) {
            for event in events { note(event) }
            events.removeAll(keepingCapacity: true)
        }
    }

    private mutating func note(_ event: MarketEvent) {
        switch event {
        case .quote(let quote):
            note(Level(price: quote.bid, quantity: quote.bidSize), of: quote.market)
            note(Level(price: quote.ask, quantity: quote.askSize), of: quote.market)
        case .trade(let trade): note(Level(price: trade.price, quantity: trade.quantity), of: trade.market)
        case .level(let change):
            note(Level(price: change.price, quantity: change.quantity), of: change.market)
        case .ticker(let ticker): note(ticker)
        case .optionMark(let mark): note(Level(price: mark.price, quantity: .zero), of: mark.market)
        case .reset, .connection: return
        }
    }

    private mutating func note(_ ticker: Ticker) {
        for price in [ticker.last, ticker.open, ticker.high, ticker.low] {
            note(Level(price: price, quantity: ticker.volume), of: ticker.market)
        }
    }
}
