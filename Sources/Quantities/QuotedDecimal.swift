/// The decimal that some bytes begin with and a quote ends, in units of 10^-12: for whoever needs neither its digits
/// nor how many there are.
///
/// Of the forms that `DecimalDigits` takes those with up to ten digits in front of the point and up to eight behind it.
/// Where the next thing begins is known as soon as the end of this one is, and the processor goes on from there while
/// the digits are still summed up. So that comes first, and nothing branches on how many digits there are where that
/// differs from one to the next: in front of the point they are moved to the end of their word, and behind it they are
/// padded with zeros to eight.
///
/// The type is public for one reason: the compiler carries bodies to other modules only for public types.
public struct QuotedDecimal: BitwiseCopyable, Sendable {
    /// In units of 10^-12.
    @usableFromInline package let raw: Int128
    /// Bytes in front of the quote.
    @usableFromInline package let length: Int

    /// Bytes that are looked at.
    @inlinable package static var bytesRead: Int { 20 }

    /// Nil when the bytes begin with no decimal, with one of another form, or when no quote follows.
    /// - Parameter bytes: `bytesRead` can be read.
    @inlinable @inline(always)
    package init?(_ bytes: UnsafePointer<UInt8>) {
        let front = EightBytes(bytes)
        var length = front.length
        guard length > 0, !front.hasNeedlessZero else { return nil }
        var whole: UInt64
        if front.areAllDigits {
            let more = EightBytes(bytes + 8)
            guard more.length <= 2 else { return nil }
            whole = front.number &* DecimalDigits.tens(more.length) &+ more.number(of: more.length)
            length &+= more.length
        } else {
            whole = front.number(of: length)
        }
        guard bytes[length] == UInt8(ascii: ".") else {
            guard bytes[length] == UInt8(ascii: "\"") else { return nil }
            self.init(whole, 0, length: length)
            return
        }
        let back = EightBytes(bytes + length + 1)
        // Many venues always write eight: what follows is then read without a wait for their number.
        if back.areAllDigits {
            guard bytes[length &+ 9] == UInt8(ascii: "\"") else { return nil }
            self.init(whole, back.number, length: length &+ 9)
            return
        }
        let stop = EightBytes.placeOfQuote(front, EightBytes(bytes + 8))
        let decimals = back.length
        guard decimals > 0 else { return nil }
        let fraction = back.paddedNumber(of: decimals)
        if stop < 16, length &+ 1 &+ decimals == stop {
            self.init(whole, fraction, length: stop)
        } else {
            // Beyond what was looked at for the quote.
            guard bytes[length &+ 1 &+ decimals] == UInt8(ascii: "\"") else { return nil }
            self.init(whole, fraction, length: length &+ 1 &+ decimals)
        }
    }

    /// - Parameter fraction: in units of 10^-8.
    @inlinable @inline(always)
    init(_ whole: UInt64, _ fraction: UInt64, length: Int) {
        let (high, low) = whole.multipliedFullWidth(by: FixedPointScale.unit)
        let units = UInt128(high) &<< 64 | UInt128(low)
        raw = Int128(truncatingIfNeeded: units &+ UInt128(fraction &* 10_000))
        self.length = length
    }

    /// The same in a body of its own; of length zero where `init` gives nil.
    ///
    /// Objects of many decimals would each be larger than what the processor keeps of its programs.
    @usableFromInline @inline(never)
    package static func read(_ bytes: UnsafePointer<UInt8>) -> QuotedDecimal {
        QuotedDecimal(bytes) ?? QuotedDecimal(0, 0, length: 0)
    }
}
