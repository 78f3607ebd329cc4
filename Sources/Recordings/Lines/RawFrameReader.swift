import BinanceVenue
import MarketModel
import Quantities

/// Reads recordings of raw frames: one or several files that continue each other.
///
/// The feed lives as long as the reader, so a book that was complete at the end of one file goes on in
/// the next: a recording that was cut at midnight needs no second snapshot.
final class RawFrameReader: EventReader {
    private var lines: LineSequence
    private var order: ReceiveOrder
    private var feed: BinanceFeed

    init(_ paths: [String], _ table: MarketTable, _ policy: RecordingOptions.TimeOrder) {
        lines = LineSequence(paths)
        order = ReceiveOrder(policy)
        feed = BinanceFeed(table)
    }

    var tally: ReaderTally {
        ReaderTally(lines: lines.lineCount, clampedTimes: order.clamped, frames: feed.counts)
    }

    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool {
        guard let line = try lines.next() else { return false }
        if line.isEmpty { return true }
        do throws(LineFault) {
            guard let raw = RawFrameLine(line) else { throw .noTime }
            let now = try order.admit(raw.receivedAt)
            do throws(BinanceFrameError) {
                try feed.receive(raw.frame, at: now, into: &events)
            } catch {
                throw .frame(error)
            }
        } catch {
            throw lines.error(error)
        }
        return true
    }
}
