import MarketModel
import Quantities

/// Reads tables of trades of one market; every file begins with its own header line.
///
/// Such tables say when a trade happened and nothing about when anybody heard of it: the two times of
/// their events are the same.
final class TradeTableReader: EventReader {
    private var lines: LineSequence
    private var order: ReceiveOrder
    private var row = TableRow()
    private var columns: TradeColumns?
    private let market: MarketID
    private var tradeCount: UInt64 = 0

    init(_ paths: [String], _ market: MarketID, _ policy: RecordingOptions.TimeOrder) {
        lines = LineSequence(paths)
        order = ReceiveOrder(policy)
        self.market = market
    }

    var tally: ReaderTally {
        ReaderTally(lines: lines.lineCount, clampedTimes: order.clamped)
    }

    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool {
        guard let line = try lines.next() else { return false }
        if line.isEmpty { return true }
        if lines.lineNumber == 1 { columns = TradeColumns(header: line) }
        guard let columns else { throw .unknownFormat(path: lines.path) }
        if lines.lineNumber == 1 { return true }
        do throws(LineFault) {
            row.split(line)
            let trade = try TradeRow(row, columns)
            let now = try order.admit(trade.at)
            tradeCount += 1
            events.append(
                .trade(
                    Trade(
                        market: market, aggressor: trade.aggressor,
                        id: DealID(trade.id ?? tradeCount), price: trade.price,
                        quantity: trade.amount, venueTime: trade.at, receivedAt: now)))
        } catch {
            throw lines.error(error)
        }
        return true
    }
}
