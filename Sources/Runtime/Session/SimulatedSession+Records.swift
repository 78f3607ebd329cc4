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
        for record in records {
            switch record.kind {
            case .quote: feed(record.quote(scales[Int(record.marketIndex)]))
            case .trade: feed(record.trade(scales[Int(record.marketIndex)]))
            case .level: feed(record.level(scales[Int(record.marketIndex)]))
            case .reset, .ticker, .connection:
                if let event = record.event(scales[Int(record.marketIndex)]) { feed(event) }
            case nil: continue
            }
        }
    }
}
