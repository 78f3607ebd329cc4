/// A decimal as it was written: its value, and how many digits stood behind the point.
///
/// Both together give the text back, byte for byte: that is what the checksum of a book is made of.
public struct WrittenDecimal: BitwiseCopyable, Equatable, Sendable {
    /// In units of 10^-12.
    @usableFromInline package var raw: Int128
    @usableFromInline package var decimals: UInt8

    @inlinable
    package init(raw: Int128, decimals: UInt8) {
        self.raw = raw
        self.decimals = decimals
    }

    @inlinable @inline(always)
    package init(_ digits: DecimalDigits) {
        self.init(raw: digits.raw, decimals: UInt8(truncatingIfNeeded: digits.decimals))
    }

    /// Reads a decimal that is not negative and is written in one way only: without needless zeros in front,
    /// without blanks.
    package init(parsing text: UnsafeBufferPointer<UInt8>) throws(DecimalError) {
        let value = try DecimalText.parse(text)
        if text[0] == UInt8(ascii: "-") { throw .unexpectedByte(offset: 0) }
        if text.count > 1, text[0] == UInt8(ascii: "0"), text[1] != UInt8(ascii: ".") {
            throw .unexpectedByte(offset: 0)
        }
        // More than 255 digits would not come back as they were.
        let decimals = DecimalText.decimals(of: text)
        if decimals == .max { throw .overflow }
        self.init(raw: value, decimals: decimals)
    }
}
