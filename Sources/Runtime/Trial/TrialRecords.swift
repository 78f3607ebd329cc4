import MarketModel
import Quantities
import Recordings

/// A recording that any number of trials run over: one record file, mapped once, read by all.
///
/// Trials share it between threads: it is never written to.
package final class TrialRecords: Sendable {
    private let mapped: MappedRecords
    /// Per market of the session.
    let scales: [RecordScale]

    /// The recording of a session's files.
    ///
    /// A single record file of the session's markets is mapped where it lies. Any other recording is decoded
    /// once and written to `cache`; a complete file that is there already is taken as it is, so its
    /// name has to tell its content.
    package init(_ files: [String], _ parts: SessionParts, cachedAt cache: String) throws(RunError) {
        if files.count == 1, let lying = try MarketInput.map(files, parts)?.files.first {
            mapped = lying
        } else {
            if let kept = Self.kept(cache, parts) {
                mapped = kept
            } else {
                mapped = try Self.convert(files, parts, to: cache)
            }
        }
        scales = mapped.header.markets.map(\.scale)
        guard mapped.header.recordCount > 0 else { throw .noData }
    }

    package var count: Int { mapped.records.count }
    package var firstAt: Instant { mapped.header.firstAt }
    package var lastAt: Instant { mapped.header.lastAt }

    /// The records, valid as long as this object is alive.
    var records: UnsafeBufferPointer<MarketRecord> { mapped.records }

    /// A file of an earlier time, if it is whole and of these markets.
    private static func kept(_ path: String, _ parts: SessionParts) -> MappedRecords? {
        do throws(RecordingError) {
            let kept = try MappedRecords(path)
            return kept.header.markets.map(\.name) == parts.table.markets.map(\.name) ? kept : nil
        } catch {
            return nil
        }
    }

    private static func convert(
        _ files: [String], _ parts: SessionParts, to path: String
    ) throws(RunError) -> MappedRecords {
        var source = try MarketInput.open(files, parts)
        let recorded = source.table.markets.map(\.name)
        let markets = try MarketInput.matched(recorded, parts)
        do throws(RecordingError) {
            var own: [RecordMarket] = []
            for market in parts.table.markets {
                guard let index = recorded.firstIndex(of: market.name) else { continue }
                own.append(source.markets[index])
            }
            var writer = try RecordFileWriter(path, own)
            while let event = try source.next() {
                if let event = MarketInput.inSession(event, markets) { try writer.append(event) }
            }
            try writer.finish()
            return try MappedRecords(path)
        } catch {
            throw .recording(error)
        }
    }
}

extension TrialRecords {
    /// The part from `start` to `end`, both included, in `blocks` parts of equal time.
    ///
    /// What the markets looked like just before is found by applying all records up to there, once.
    package func window(from start: Instant, to end: Instant, blocks: Int) -> TrialWindow {
        let first = index { $0.receivedAt >= start }
        let times = TrialWindow.blockTimes(from: start, to: end, count: blocks)
        let ends = times.map { time in index { $0.receivedAt > time } }
        return TrialWindow(
            start: start, end: end, first: first, blockTimes: times, blockEnds: ends,
            states: states(before: first))
    }

    /// The first record for which `isBeyond` holds, which holds for all behind it.
    private func index(_ isBeyond: (MarketRecord) -> Bool) -> Int {
        let records = records
        var (low, high) = (0, records.count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(records[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func states(before end: Int) -> [MarketState] {
        var states = [MarketState](repeating: MarketState(), count: scales.count)
        let records = records
        for index in 0..<end {
            let market = Int(records[index].marketIndex)
            let scale = scales[market]
            switch records[index].kind {
            case .quote: _ = states[market].apply(records[index].quote(scale))
            case .trade: states[market].apply(records[index].trade(scale))
            case .level: _ = states[market].apply(records[index].level(scale))
            case .reset: if let reset = records[index].reset() { states[market].apply(reset) }
            case .ticker: states[market].ticker = records[index].ticker(scale)
            case .optionMark: states[market].optionMark = records[index].optionMark(scale)
            case .connection, nil: continue
            }
        }
        return states
    }
}
