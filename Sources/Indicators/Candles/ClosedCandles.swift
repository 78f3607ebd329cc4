import Quantities

/// The candles that one step of a `CandleBuilder` has closed, oldest first; most often none.
///
/// A plain value that can be read while the builder goes on:
///
/// ```swift
/// for candle in candles.add(trade) { range.add(candle) }
/// ```
public struct ClosedCandles: Sequence, IteratorProtocol, BitwiseCopyable, Sendable {
    /// The candle that was open.
    @usableFromInline var first: Candle?
    /// The next of a row of candles that are alike but for their times.
    @usableFromInline var row: Candle?
    @usableFromInline var rowCount = 0
    /// How far apart in time the candles of the row are.
    @usableFromInline var step = Interval.zero

    @inlinable init() {}

    /// How many are left.
    @inlinable public var count: Int { rowCount + (first == nil ? 0 : 1) }

    @inlinable
    public mutating func next() -> Candle? {
        if let first {
            self.first = nil
            return first
        }
        guard rowCount > 0, let candle = row else { return nil }
        rowCount -= 1
        row = candle.shifted(by: step)
        return candle
    }
}

extension Candle {
    /// The same candle later.
    @inlinable
    func shifted(by step: Interval) -> Candle {
        var candle = self
        candle.start = start + step
        candle.end = end + step
        return candle
    }
}
