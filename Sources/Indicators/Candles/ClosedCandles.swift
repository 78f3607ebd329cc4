import Quantities

/// The candles that one step of a `CandleBuilder` has closed, oldest first; most often none.
///
/// A plain value that can be read while the builder goes on:
///
/// ```swift
/// for candle in candles.add(trade) { range.add(candle) }
/// ```
public struct ClosedCandles: Sequence, IteratorProtocol, BitwiseCopyable, Sendable {
    /// How many are left.
    public internal(set) var count = 0
    /// The candle that was open.
    @usableFromInline var first: Candle?
    /// The next of a row of candles that are alike but for their times.
    @usableFromInline var row: Candle?
    /// How far apart in time the candles of the row are.
    @usableFromInline var step = Interval.zero

    @inlinable init() {}

    @inlinable @inline(__always)
    public mutating func next() -> Candle? {
        count > 0 ? take() : nil
    }

    @usableFromInline
    mutating func take() -> Candle? {
        count -= 1
        if let first {
            self.first = nil
            return first
        }
        let candle = row
        row = candle?.shifted(by: step)
        return candle
    }

    /// Adds the candle that was open.
    mutating func add(_ candle: Candle) {
        first = candle
        count += 1
    }

    /// Adds a row of candles that are alike but for their times.
    mutating func add(row candle: Candle, _ number: Int, step: Interval) {
        row = candle
        count += number
        self.step = step
    }
}

extension Candle {
    /// The same candle later.
    func shifted(by step: Interval) -> Candle {
        var candle = self
        candle.start = start + step
        candle.end = end + step
        return candle
    }
}
