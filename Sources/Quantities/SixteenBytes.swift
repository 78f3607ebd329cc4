/// The first sixteen bytes of a text, for numbers that are shorter: read all at once, without a branch per digit.
///
/// How many digits a number has differs from frame to frame. A loop over them ends at another place each time,
/// which the processor cannot foresee, and that costs more than all the digits.
@usableFromInline
struct SixteenBytes: BitwiseCopyable {
    @inlinable static var count: Int { 16 }

    /// The bytes less the digit zero; the first byte is the lowest.
    @usableFromInline let digits: UInt128
    /// The top bit of each byte that is no digit.
    @usableFromInline let others: UInt128

    /// - Parameter bytes: sixteen can be read.
    @inlinable @inline(always)
    init(_ bytes: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(bytes)
        let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ Self.zeros
        let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) ^ Self.zeros
        digits = UInt128(high) &<< 64 | UInt128(low)
        others = UInt128(Self.others(high)) &<< 64 | UInt128(Self.others(low))
    }

    /// A whole number of up to fifteen digits without a needless zero; nil for others.
    @inlinable @inline(always)
    var whole: (value: UInt64, length: Int)? {
        let length = others.trailingZeroBitCount &>> 3
        // Where all are digits there are 128 zero bits.
        guard length > 0, length < Self.count, length == 1 || firstByte != 0 else { return nil }
        return (Self.number(digits, length), length)
    }

    /// A decimal of up to fifteen bytes, as `DecimalDigits` takes them; nil for others.
    @inlinable @inline(always)
    var decimal: DecimalDigits? {
        let place = others.trailingZeroBitCount
        let point = place &>> 3
        guard point > 0, point < Self.count, point == 1 || firstByte != 0 else { return nil }
        // The bytes below the one at the point.
        let whole = (1 as UInt128) &<< UInt128(truncatingIfNeeded: point &* 8) &- 1
        guard UInt8(truncatingIfNeeded: digits &>> UInt128(truncatingIfNeeded: point &* 8)) == Self.point
        else {
            return DecimalDigits(value: Self.number(digits, point), decimals: 0, length: point)
        }
        let length = (others & (others &- 1)).trailingZeroBitCount &>> 3
        let decimals = length &- point &- 1
        guard length < Self.count, decimals > 0, decimals <= FixedPointScale.digits else { return nil }
        let joined = digits & whole | (digits &>> 8) & ~whole
        return DecimalDigits(value: Self.number(joined, length &- 1), decimals: decimals, length: length)
    }

    @inlinable @inline(always)
    var firstByte: UInt8 { UInt8(truncatingIfNeeded: digits) }

    /// The number that the first bytes spell, one to fifteen of them.
    @inlinable @inline(always)
    static func number(_ digits: UInt128, _ length: Int) -> UInt64 {
        // Moved to the end: zeros come in front.
        let moved = digits &<< UInt128(truncatingIfNeeded: (count &- length) &* 8)
        let high = eightDigits(UInt64(truncatingIfNeeded: moved))
        let low = eightDigits(UInt64(truncatingIfNeeded: moved &>> 64))
        return high &* 100_000_000 &+ low
    }

    /// The number of eight digits, summed up in pairs, fours and eights.
    @inlinable @inline(always)
    static func eightDigits(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
    }

    @inlinable @inline(always)
    static func others(_ word: UInt64) -> UInt64 {
        // What is above nine reaches the top bit when 118 is added; no byte carries into the next.
        (((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    }

    @inlinable static var zeros: UInt64 { 0x3030_3030_3030_3030 }
    /// A point less the digit zero, as it is among the digits.
    @inlinable static var point: UInt8 { UInt8(ascii: ".") ^ 0x30 }
}

extension DecimalDigits {
    /// The whole number that some bytes begin with; nil when they do not, when it has more than fifteen digits or a
    /// needless zero in front, and near the end of the bytes.
    @inlinable @inline(always)
    package static func whole(atFrontOf text: UnsafeBufferPointer<UInt8>) -> (value: UInt64, length: Int)? {
        guard let bytes = text.baseAddress, text.count >= SixteenBytes.count else { return nil }
        return SixteenBytes(bytes).whole
    }
}
