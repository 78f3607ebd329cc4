import Indicators
import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

/// Candles of real trades hold what the trades held.
@Suite(.enabled(if: SharedData.isThere, "the recordings in ../shared/data/market are not there"))
struct RecordedCandleTests {
    @Test(arguments: ["spot_btcusdt_20240808", "spot_btcusdt_20240809"])
    func `candles of a recording conserve count, volume and turnover`(name: String) throws {
        var source = try RecordingSource(SharedData.binance(name))
        let kinds: [CandleBuilder.Kind] = [
            .time(.seconds(1)), .time(.minutes(1)), .ticks(100), .volume(try Quantity("0.5")),
        ]
        var builders = kinds.map { CandleBuilder($0) }
        var candles = [CandleSums](repeating: CandleSums(), count: kinds.count)
        var trades = CandleSums()
        while let event = try source.next() {
            guard case .trade(let trade) = event else { continue }
            try trades.add(trade)
            for index in builders.indices {
                for candle in builders[index].add(trade) { candles[index].add(candle) }
            }
        }
        #expect(trades.count > 1_000)
        for index in builders.indices {
            // Not all is in the open candle.
            #expect(candles[index].count > 0)
            if let open = builders[index].current { candles[index].add(open) }
            #expect(candles[index] == trades)
            #expect(builders[index].lateCount == 0)
            #expect(builders[index].refusedCount == 0)
        }
    }
}
