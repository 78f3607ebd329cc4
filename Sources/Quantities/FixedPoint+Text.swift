/// Why a text is not an exact decimal number.
public enum DecimalError: Error, Equatable, Sendable {
    /// No digits at all.
    case empty
    /// A byte that cannot stand here, at this offset.
    case unexpectedByte(offset: Int)
    /// More than 18 digits before the point.
    case overflow
    /// Non-zero digits beyond the twelfth place after the point.
    case lostDigits
}

extension FixedPoint {
    /// Parses plain decimal notation (`-12.5`); no exponent, no spaces, no sign `+`.
    ///
    /// Zeros beyond the twelfth place are dropped, other digits there are an error: nothing is lost
    /// silently.
    @inlinable
    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(DecimalError) {
        self.init(raw: try DecimalText.parse(text))
    }

    /// Parses plain decimal notation, dropping digits beyond the twelfth place toward zero.
    ///
    /// For figures that a venue computes with more digits than any order can have (fees, deal money).
    @inlinable
    public init(truncating text: UnsafeBufferPointer<UInt8>) throws(DecimalError) {
        self.init(raw: try DecimalText.parse(text, keepsExcess: false))
    }

    /// Parses plain decimal notation.
    public init(_ text: String) throws(DecimalError) {
        var copy = text
        let result: Result<Int128, DecimalError> = copy.withUTF8 { bytes in
            do throws(DecimalError) {
                return .success(try DecimalText.parse(bytes))
            } catch {
                return .failure(error)
            }
        }
        self.init(raw: try result.get())
    }

    /// The shortest exact text: `61837.63`, `-0.5`, `0`.
    public var description: String {
        var text = text(decimals: FixedPointScale.digits)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Text with exactly `decimals` digits after the point (0 to 12); further digits are dropped.
    public func text(decimals: Int) -> String {
        precondition((0...FixedPointScale.digits).contains(decimals), "decimals are 0 to 12")
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalText.lengthMax) {
            let count = DecimalText.write(raw, decimals: decimals, to: $0.baseAddress!)
            return String(decoding: UnsafeBufferPointer(rebasing: $0[..<count]), as: UTF8.self)
        }
    }

    /// Writes the text to memory that holds at least `DecimalText.lengthMax` bytes; returns its length.
    public func write(decimals: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
        DecimalText.write(raw, decimals: decimals, to: target)
    }
}

/// Reading and writing of decimal text; shared by all fixed-point types.
public enum DecimalText {
    /// The longest text of any value: sign, 27 whole digits, point, 12 decimals.
    public static let lengthMax = 41

    /// Digits after the point as written, up to 255: what a checksum over the wire text needs.
    @inlinable
    public static func decimals(of text: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var index = text.count - 1
        while index >= 0 {
            if text[index] == UInt8(ascii: ".") { return UInt8(clamping: text.count - 1 - index) }
            index -= 1
        }
        return 0
    }

    @inlinable
    static func parse(_ text: UnsafeBufferPointer<UInt8>, keepsExcess: Bool = true)
        throws(DecimalError) -> Int128
    {
        let count = text.count
        guard count > 0, let bytes = text.baseAddress else { throw .empty }
        var index = 0
        let negative = bytes[0] == UInt8(ascii: "-")
        if negative { index = 1 }

        var whole: UInt64 = 0
        let wholeStart = index
        while index < count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            if index - wholeStart >= FixedPointScale.wholeDigitsMax {
                // Leading zeros do not count; a nineteenth digit that matters does.
                guard whole < 100_000_000_000_000_000 else { throw .overflow }
            }
            whole = whole &* 10 &+ UInt64(digit)
            index += 1
        }
        let wholeDigits = index - wholeStart

        var fraction: UInt64 = 0
        var fractionDigits = 0
        if index < count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let fractionStart = index
            let end = min(count, fractionStart + FixedPointScale.digits)
            while index < end {
                let digit = bytes[index] &- UInt8(ascii: "0")
                if digit > 9 { break }
                fraction = fraction &* 10 &+ UInt64(digit)
                index += 1
            }
            fractionDigits = index - fractionStart
            while index < count {
                let digit = bytes[index] &- UInt8(ascii: "0")
                if digit > 9 { break }
                if digit != 0, keepsExcess { throw .lostDigits }
                index += 1
            }
            if index == fractionStart { throw .unexpectedByte(offset: index) }
        }
        if index < count { throw .unexpectedByte(offset: index) }
        if wholeDigits == 0 { throw wholeStart == count ? .empty : .unexpectedByte(offset: wholeStart) }

        let (high, low) = whole.multipliedFullWidth(by: FixedPointScale.unit)
        let scaled = fraction &* powersOfTen(FixedPointScale.digits - fractionDigits)
        let magnitude =
            Int128(truncatingIfNeeded: UInt128(high) << 64 | UInt128(low))
            &+ Int128(scaled)
        return negative ? -magnitude : magnitude
    }

    /// 10^exponent for exponents 0 to 12.
    @inlinable @inline(__always)
    package static func powersOfTen(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1_000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        case 11: 100_000_000_000
        case 12: 1_000_000_000_000
        default: preconditionFailure("a fixed-point number has 12 digits")
        }
    }

    static func write(_ raw: Int128, decimals: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
        guard let narrow = UInt64(exactly: raw.magnitude) else {
            return writeWide(raw, decimals: decimals, to: target)
        }
        var start = target
        // A number of which nothing but zeros is written has no sign.
        if raw < 0, narrow >= powersOfTen(FixedPointScale.digits - decimals) {
            target[0] = UInt8(ascii: "-")
            start += 1
        }
        return start - target + writeNarrow(narrow, decimals: decimals, to: start)
    }

    /// Writes a number below 18,446,745 without a sign; returns its length.
    ///
    /// Eight digits are written before and eight or twelve behind the point, whatever counts of them: `target` has room
    /// for 21 bytes, and what follows stands over the rest.
    @inlinable @inline(__always)
    package static func writeNarrow(
        _ raw: UInt64, decimals: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let room = UnsafeMutableRawPointer(target)
        let (whole, fraction) = raw.quotientAndRemainder(dividingBy: FixedPointScale.unit)
        let length = lengthOfNarrow(whole)
        let digits = textOfEight(whole) &>> UInt64(64 &- 8 &* length)
        room.storeBytes(of: digits.littleEndian, as: UInt64.self)
        guard decimals > 0 else { return length }
        target[length] = UInt8(ascii: ".")
        let (first, last) = fraction.quotientAndRemainder(dividingBy: 10_000)
        room.storeBytes(of: textOfEight(first).littleEndian, toByteOffset: length &+ 1, as: UInt64.self)
        if decimals > 8 {
            let four = UInt32(truncatingIfNeeded: textOfEight(last) &>> 32)
            room.storeBytes(of: four.littleEndian, toByteOffset: length &+ 9, as: UInt32.self)
        }
        return length &+ 1 &+ decimals
    }

    /// Digits of a number below 100,000,000; one for zero.
    @inlinable @inline(__always)
    static func lengthOfNarrow(_ whole: UInt64) -> Int {
        if whole < 10 { return 1 }
        if whole < 100 { return 2 }
        if whole < 1_000 { return 3 }
        if whole < 10_000 { return 4 }
        if whole < 100_000 { return 5 }
        if whole < 1_000_000 { return 6 }
        return whole < 10_000_000 ? 7 : 8
    }

    /// The text of a number below 100,000,000, with all eight digits; the first one is the lowest byte.
    ///
    /// The number is divided in the middle three times, both parts of all at once: no digit waits for another.
    @inlinable @inline(__always)
    static func textOfEight(_ number: UInt64) -> UInt64 {
        let halves = number / 10_000 | (number % 10_000) &<< 32
        // A hundredth, as a multiple of 2 to the minus 20 that is right below 10,000; then a tenth, right below 100.
        let hundreds = (halves &* 10_486) &>> 20 & 0x0000_007F_0000_007F
        let quarters = hundreds | (halves &- hundreds &* 100) &<< 16
        let tens = (quarters &* 103) &>> 10 & 0x000F_000F_000F_000F
        return (tens | (quarters &- tens &* 10) &<< 8) | 0x3030_3030_3030_3030
    }

    private static func writeWide(
        _ raw: Int128, decimals: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let magnitude = raw.magnitude
        let unit = UInt128(FixedPointScale.unit)
        var whole = magnitude / unit
        let kept = UInt64(magnitude % unit) / powersOfTen(FixedPointScale.digits - decimals)
        var length = 0
        if raw < 0, whole != 0 || kept != 0 {
            target[0] = UInt8(ascii: "-")
            length = 1
        }

        var digits = 1
        var probe = whole / 10
        while probe > 0 {
            digits += 1
            probe /= 10
        }
        var position = length + digits
        length = position
        repeat {
            position -= 1
            target[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole % 10)
            whole /= 10
        } while whole > 0

        if decimals > 0 {
            target[length] = UInt8(ascii: ".")
            var rest = kept
            position = length + decimals
            length = position + 1
            for _ in 0..<decimals {
                target[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                position -= 1
            }
        }
        return length
    }
}
