import Quantities

/// A number of a venue that is no money: a ratio, a volatility, a Greek.
///
/// Kept in decimal digits, so that it is shown as it was sent; whoever computes with it takes `signal`.
public struct Figure: FixedPoint {
    public var raw: Int128
    @inlinable public init(raw: Int128) { self.raw = raw }

    /// The nearest floating-point number, for signals.
    package var signal: Double { Double(raw) / Double(FixedPointScale.unit) }
}

extension Figure {
    /// Parses decimal notation with or without an exponent; digits beyond the twelfth place are dropped toward zero.
    package init(scientific text: UnsafeBufferPointer<UInt8>) throws(DecimalError) {
        guard let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            try self.init(truncating: text)
            return
        }
        let mantissa = UnsafeBufferPointer(rebasing: text[..<mark])
        var value = try Figure(truncating: mantissa).raw
        var digits = text[(mark + 1)...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.count <= 3 else { throw .unexpectedByte(offset: mark) }
        var exponent = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else {
                throw .unexpectedByte(offset: mark)
            }
            exponent = exponent * 10 + Int(digit - UInt8(ascii: "0"))
        }
        for _ in 0..<exponent {
            if value == 0 { break }
            if isNegative {
                value /= 10
            } else {
                let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                guard !overflow, product.magnitude < Self.limit else { throw .overflow }
                value = product
            }
        }
        self.init(raw: value)
    }

    /// What has more than 18 digits before the point is not taken, with an exponent as without.
    private static var limit: UInt128 { 1_000_000_000_000_000_000 * UInt128(FixedPointScale.unit) }
}
