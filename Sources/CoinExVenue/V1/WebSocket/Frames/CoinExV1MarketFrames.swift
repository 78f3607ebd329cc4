import Quantities

/// The statistics of a market over a period: `state.update`, `state.query`.
package struct CoinExV1State {
    /// Empty in the result of a query, which does not repeat it.
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var last = Price.zero
    package internal(set) var open = Price.zero
    package internal(set) var high = Price.zero
    package internal(set) var low = Price.zero
    /// Traded, in the base coin.
    package internal(set) var volume = Quantity.zero
    /// Traded, in the quote coin.
    package internal(set) var deal = Notional.zero
    /// What all asks offer, in the base coin; nil where it is not told, or empty.
    package internal(set) var sellTotal: Quantity?
    /// What all bids ask for, in the base coin; nil where it is not told, or empty.
    package internal(set) var buyTotal: Quantity?
    /// In seconds; 0 where it is not told.
    package internal(set) var period: Int64 = 0

    static let required = CoinExV1Field.set(.last, .open, .high, .low, .volume)
}

/// A candle that the venue computed: `kline.update`, `kline.query`. The order on the wire is open, close,
/// high, low.
package struct CoinExV1Candle {
    /// When it begins.
    package internal(set) var start = Instant.distantPast
    package internal(set) var open = Price.zero
    package internal(set) var close = Price.zero
    package internal(set) var high = Price.zero
    package internal(set) var low = Price.zero
    /// Traded, in the base coin.
    package internal(set) var volume = Quantity.zero
    /// Traded, in the quote coin.
    package internal(set) var value = Notional.zero
    /// Empty where the venue does not tell.
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}

/// The price of an index: `index.update`, `index.query`, `index.list`.
package struct CoinExV1Index {
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var price = Price.zero
    /// `distantPast` in pushes, which have none.
    package internal(set) var time = Instant.distantPast

    static let required = CoinExV1Field.set(.index)
}

/// An announced maintenance: `notice.update`.
public struct CoinExV1Notice: BitwiseCopyable, Equatable, Sendable {
    public internal(set) var kind: Int64 = 0
    public internal(set) var startedAt = Instant.distantPast
    public internal(set) var endedAt = Instant.distantPast
    public internal(set) var touchesSpot = false
    public internal(set) var touchesFutures = false

    static let required = CoinExV1Field.set(.startedAt, .endedAt)
}
