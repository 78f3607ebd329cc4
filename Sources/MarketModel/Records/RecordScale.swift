import Quantities

/// A number that a record cannot hold at the decimals of its market.
public enum RecordScaleError: Error, Equatable, Sendable {
    /// The number has digits beyond the market's decimals.
    case lostDigits
    /// The number needs more than 64 bits at the market's decimals.
    case overflow
}

/// The decimals of a market's records, as the factors that bring their whole numbers to raw units.
@frozen public struct RecordScale: BitwiseCopyable, Equatable, Sendable {
    /// 10^(12 - price decimals): 1 to 10^12.
    public let priceMultiplier: Int64
    /// 10^(12 - quantity decimals): 1 to 10^12.
    public let quantityMultiplier: Int64

    /// A scale of so many digits after the point, 0 to 12 each.
    @inlinable
    public init(priceDecimals: Int, quantityDecimals: Int) {
        precondition(
            (0...FixedPointScale.digits).contains(priceDecimals)
                && (0...FixedPointScale.digits).contains(quantityDecimals), "decimals are 0 to 12")
        priceMultiplier = Int64(DecimalText.powersOfTen(FixedPointScale.digits - priceDecimals))
        quantityMultiplier = Int64(
            DecimalText.powersOfTen(FixedPointScale.digits - quantityDecimals))
    }

    // A product of 63 and 40 bits always fits the 127 of a raw number.

    @inlinable @inline(__always)
    public func price(_ mantissa: Int64) -> Price {
        Price(raw: Int128(mantissa) &* Int128(priceMultiplier))
    }

    @inlinable @inline(__always)
    public func quantity(_ mantissa: Int64) -> Quantity {
        Quantity(raw: Int128(mantissa) &* Int128(quantityMultiplier))
    }

    @inlinable
    public func mantissa(_ price: Price) throws(RecordScaleError) -> Int64 {
        try Self.mantissa(price.raw, priceMultiplier)
    }

    @inlinable
    public func mantissa(_ quantity: Quantity) throws(RecordScaleError) -> Int64 {
        try Self.mantissa(quantity.raw, quantityMultiplier)
    }

    @inlinable
    static func mantissa(_ raw: Int128, _ multiplier: Int64) throws(RecordScaleError) -> Int64 {
        if let small = Int64(exactly: raw) {
            let (quotient, rest) = small.quotientAndRemainder(dividingBy: multiplier)
            if rest != 0 { throw .lostDigits }
            return quotient
        }
        let (quotient, rest) = raw.quotientAndRemainder(dividingBy: Int128(multiplier))
        if rest != 0 { throw .lostDigits }
        guard let mantissa = Int64(exactly: quotient) else { throw .overflow }
        return mantissa
    }
}
