import Indicators
import MarketModel
import Quantities

/// What a closed candle says about the trend.
struct TrendSignal: Sendable {
    /// Where the close of a candle is, compared with the candles before it.
    struct Reading: Equatable, Sendable {
        /// Above all of the entry channel: a trend begins, or goes on.
        var isBreakingUp = false
        var isBreakingDown = false
        /// Above all of the exit channel: too high for a short position.
        var isAboveExit = false
        /// Below all of the exit channel: too low for a long position.
        var isBelowExit = false
    }

    private var entry: DonchianChannel
    private var exit: DonchianChannel
    private var average: ATR

    init(entryCandles: Int, exitCandles: Int, rangeCandles: Int) {
        entry = DonchianChannel(period: entryCandles)
        exit = DonchianChannel(period: exitCandles)
        average = ATR(period: rangeCandles)
    }

    /// The average true range; nil until it has seen enough candles.
    var range: Double? { average.value }

    /// Takes a candle; reads nothing until all figures are known.
    mutating func take(_ candle: Candle) -> Reading {
        let close = Double(candle.close)
        var reading = Reading()
        // The channels are those before this candle: within its own it can never be beyond.
        if let entry = entry.value, average.value != nil {
            reading.isBreakingUp = close > entry.upper
            reading.isBreakingDown = close < entry.lower
        }
        if let exit = exit.value {
            reading.isAboveExit = close > exit.upper
            reading.isBelowExit = close < exit.lower
        }
        entry.add(candle)
        exit.add(candle)
        average.add(candle)
        return reading
    }
}
