import MarketModel
import Quantities

/// Reads record files of the same markets, one after the other.
final class RecordReader: EventReader {
    /// Records that are taken at a time.
    private static let batch = 256

    let markets: [RecordMarket]
    private let files: [MappedRecords]
    private let scales: [RecordScale]
    private var file = 0
    private var position = 0

    init(_ paths: [String]) throws(RecordingError) {
        var files: [MappedRecords] = []
        for path in paths {
            let next = try MappedRecords(path)
            if let before = files.last {
                guard next.header.markets == before.header.markets else {
                    throw .mixedFiles(path: path)
                }
                if next.header.recordCount > 0, next.header.firstAt < before.header.lastAt {
                    throw .records(path: path, error: .timeBackwards(record: 0))
                }
            }
            files.append(next)
        }
        self.files = files
        markets = files.first?.header.markets ?? []
        scales = markets.map(\.scale)
    }

    var tally: ReaderTally { ReaderTally() }

    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool {
        guard file < files.count else { return false }
        let records = files[file].records
        let end = min(records.count, position + Self.batch)
        for record in records[position..<end] {
            // All records were checked at opening; a connection has no market and no numbers.
            let index = Int(record.marketIndex)
            let scale = index < scales.count ? scales[index] : Self.noNumbers
            if let event = record.event(scale) { events.append(event) }
        }
        position = end
        if end == records.count {
            file += 1
            position = 0
        }
        return true
    }

    private static let noNumbers = RecordScale(priceDecimals: 0, quantityDecimals: 0)
}
