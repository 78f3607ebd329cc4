import MarketModel
import Quantities

/// The captures of several venues as one stream of events: on one clock, that of their recorder.
///
/// Segments are put together by what they are of, in the order in which the first of each comes; markets are numbered
/// in that order. Of events that came at the same time, those of the first venue come first.
final class CaptureSet: EventReader {
    private struct Lane {
        let reader: CaptureReader
        /// What the reader's markets are numbered from here.
        let firstMarket: Int
        var waiting: [MarketEvent] = []
        var isOver = false
    }

    /// The markets of all venues.
    let markets: [CaptureHeader.Listing]
    private var lanes: [Lane] = []

    /// - Parameter paths: segments, and folders of them.
    init(_ paths: [String]) throws(RecordingError) {
        var groups: [(header: CaptureHeader, paths: [String])] = []
        for path in try CaptureReader.segments(paths) {
            let header = try CaptureReader.header(path)
            if let index = groups.firstIndex(where: { $0.header.venue.name == header.venue.name }) {
                groups[index].paths.append(path)
            } else {
                groups.append((header, [path]))
            }
        }
        guard !groups.isEmpty else { throw .noFiles }
        var markets: [CaptureHeader.Listing] = []
        for group in groups {
            for market in group.header.markets where markets.contains(where: { $0.name == market.name }) {
                throw .capture(
                    path: group.paths[0],
                    "it calls a market \(market.name), as another venue's capture does: record them by a configuration"
                )
            }
            lanes.append(Lane(reader: try CaptureReader(group.paths), firstMarket: markets.count))
            markets += group.header.markets
        }
        self.markets = markets
    }

    var tally: ReaderTally {
        var tally = ReaderTally()
        for lane in lanes {
            let one = lane.reader.tally
            tally.lines += one.lines
            tally.clampedTimes += one.clampedTimes
            tally.frames = lanes.count == 1 ? one.frames : tally.frames
        }
        return tally
    }

    /// What was found in all segments.
    var captured: CaptureTally {
        var all = lanes[0].reader.captured
        for lane in lanes.dropFirst() { all.add(lane.reader.captured) }
        return all
    }

    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool {
        if lanes.count == 1 { return try lanes[0].reader.read(into: &events) }
        var first: Int?
        for index in lanes.indices {
            while lanes[index].waiting.isEmpty, !lanes[index].isOver {
                lanes[index].isOver = try !lanes[index].reader.read(into: &lanes[index].waiting)
            }
            guard let next = lanes[index].waiting.first?.receivedAt else { continue }
            if let best = first, lanes[best].waiting[0].receivedAt <= next { continue }
            first = index
        }
        guard let first else { return false }
        // Of one record, so at one time.
        for event in lanes[first].waiting { events.append(event.moved(by: lanes[first].firstMarket)) }
        lanes[first].waiting.removeAll(keepingCapacity: true)
        return true
    }
}

extension CaptureTally {
    fileprivate mutating func add(_ other: CaptureTally) {
        segments += other.segments
        frames += other.frames
        answers += other.answers
        notes += other.notes
        faults += other.faults
        firstFault = firstFault ?? other.firstFault
        gaps = Array((gaps + other.gaps).prefix(Self.gapsMax))
        gapCount += other.gapCount
        torn += other.torn
        if let mine = range, let its = other.range {
            range = min(mine.lowerBound, its.lowerBound)...max(mine.upperBound, its.upperBound)
        } else {
            range = range ?? other.range
        }
    }
}

extension MarketEvent {
    /// The event with the number of its market so many higher.
    fileprivate func moved(by count: Int) -> MarketEvent {
        func moved(_ market: MarketID) -> MarketID { MarketID(Int(market.index) + count) }
        switch self {
        case .quote(var event):
            event.market = moved(event.market)
            return .quote(event)
        case .trade(var event):
            event.market = moved(event.market)
            return .trade(event)
        case .level(var event):
            event.market = moved(event.market)
            return .level(event)
        case .reset(var event):
            event.market = moved(event.market)
            return .reset(event)
        case .ticker(var event):
            event.market = moved(event.market)
            return .ticker(event)
        case .optionMark(var event):
            event.market = moved(event.market)
            return .optionMark(event)
        case .connection: return self
        }
    }
}
