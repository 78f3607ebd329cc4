import Quantities

// The seven signals of an option mark as the bit patterns of single precision, two to a field: the first in the low
// half. The vega stands in `detail`.

extension MarketRecord {
    @inlinable
    public func optionMark(_ scale: RecordScale) -> OptionMark {
        OptionMark(
            market: market, price: scale.price(a), volatility: Self.low(b), bidVolatility: Self.high(b),
            askVolatility: Self.low(c), delta: Self.high(c), gamma: Self.low(d), theta: Self.high(d),
            vega: Float(bitPattern: detail), venueTime: venueTime, receivedAt: receivedAt)
    }

    /// Creates the record of a mark; throws when its price does not fit the scale.
    @inlinable
    public init(_ mark: OptionMark, _ scale: RecordScale) throws(RecordScaleError) {
        self.init(
            kindCode: Kind.optionMark.rawValue, marketIndex: mark.market.index,
            detail: mark.vega.bitPattern, venueTime: mark.venueTime, receivedAt: mark.receivedAt,
            a: try scale.mantissa(mark.price), b: Self.pair(mark.volatility, mark.bidVolatility),
            c: Self.pair(mark.askVolatility, mark.delta), d: Self.pair(mark.gamma, mark.theta))
    }

    @inlinable
    static func pair(_ low: Float, _ high: Float) -> Int64 {
        Int64(bitPattern: UInt64(high.bitPattern) << 32 | UInt64(low.bitPattern))
    }

    @inlinable
    static func low(_ pair: Int64) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: pair)) }

    @inlinable
    static func high(_ pair: Int64) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: UInt64(bitPattern: pair) >> 32))
    }
}
