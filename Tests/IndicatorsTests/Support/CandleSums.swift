import Indicators
import MarketModel
import Quantities

/// What trades, or the candles made of them, hold together.
struct CandleSums: Equatable {
    private(set) var volume = Quantity.zero
    private(set) var bought = Quantity.zero
    private(set) var turnover = Notional.zero
    private(set) var count = 0

    mutating func add(_ candle: Candle) {
        volume += candle.volume
        bought += candle.buyVolume
        turnover += candle.turnover
        count += candle.count
    }

    mutating func add(_ trade: Trade) throws {
        volume += trade.quantity
        bought += trade.aggressor == .buy ? trade.quantity : .zero
        turnover += try trade.price.times(trade.quantity, .down)
        count += 1
    }
}
