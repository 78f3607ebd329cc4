import MarketModel
import Quantities
import StrategyKit

extension SimulatedSession where Observer: ~Copyable {
    /// Runs over mapped records, which have been checked: known kinds, known markets, time not going back.
    ///
    /// This is the inner loop of a backtest: it switches on the record and builds only the one event.
    ///
    /// - Parameter scales: per market.
    @inlinable
    package mutating func run(
        _ records: UnsafeBufferPointer<MarketRecord>, _ scales: UnsafeBufferPointer<RecordScale>
    ) {
        for index in records.indices {
            // Each case reads its own fields from the mapped record: no case needs a copy of it.
            let scale = scales[Int(records[index].marketIndex)]
            switch records[index].kind {
            case .quote: feed(records[index].quote(scale))
            case .trade: feed(records[index].trade(scale))
            case .level: feed(records[index].level(scale))
            case .reset, .ticker, .optionMark, .connection: feed(records[index], scale)
            case nil: continue
            }
        }
    }

    /// The kinds that come seldom.
    @inlinable @inline(never)
    mutating func feed(_ record: MarketRecord, _ scale: RecordScale) {
        if let event = record.event(scale) { feed(event) }
    }
}
