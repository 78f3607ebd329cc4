/// The decimal that some bytes begin with and a quote ends, in units of 10^-12: for whoever needs neither its digits
/// nor how many there are.
///
/// Of the forms that `DecimalDigits` takes those with up to ten digits in front of the point and up to eight behind it.
/// Where the next thing begins is known as soon as the end of this one is, and the processor goes on from there while
/// the digits are still summed up. So that comes first, and nothing branches on how many digits there are where that
/// differs from one to the next: what fits eight bytes is one number, out of which the point is moved; of what is
/// longer the digits in front of the point are moved to the end of their word, and those behind it are padded with
/// zeros to eight.
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
    /// - Parameters:
    ///   - bytes: `bytesRead` can be read.
    ///   - isPadded: whether eight decimals are likely, as in books; all others are taken too.
    @inlinable @inline(always)
    package init?(_ bytes: UnsafePointer<UInt8>, isPadded: Bool = false) {
        self.init(ahead: BytesInside(bytes), isPadded: isPadded) { _ in Self.readRare(bytes) }
    }

    /// - Parameter rare: reads what has no point among its first eight bytes.
    @inlinable @inline(always)
    init?<Bytes: BytesAhead>(ahead bytes: Bytes, isPadded: Bool, rare: (Bytes) -> QuotedDecimal) {
        let front = EightBytes(bytes.word(0))
        let point = front.length
        guard point > 0, !front.hasNeedlessZero else { return nil }
        if bytes.byte(point) == UInt8(ascii: "."), !front.areAllDigits {
            if isPadded, let padded = QuotedDecimal(padded: bytes, front, point) {
                self = padded
                return
            }
            let stop = front.placeOfSecondOther
            if bytes.byte(stop) == UInt8(ascii: "\"") {
                guard stop > point &+ 1 else { return nil }
                self.init(
                    short: front.numberAroundPoint(before: stop), stop &- point &- 1, length: stop)
                return
            }
            if !isPadded, let padded = QuotedDecimal(padded: bytes, front, point) {
                self = padded
                return
            }
            // All else in front of the quote are digits, so that it is found without a wait for the point.
            let end = 8 &+ EightBytes(bytes.word(8)).length
            let decimals = end &- point &- 1
            guard stop == 8, decimals < 8, bytes.byte(end) == UInt8(ascii: "\"") else { return nil }
            let back = EightBytes(bytes.word(point &+ 1))
            self.init(front.number(of: point), back.paddedNumber(of: decimals), length: end)
            return
        }
        self = rare(bytes)
        guard length > 0 else { return nil }
    }

    /// With eight decimals, as many venues always write: what follows is then read without a wait for their number.
    @inlinable @inline(always)
    init?(padded bytes: some BytesAhead, _ front: EightBytes, _ point: Int) {
        guard bytes.byte(point &+ 9) == UInt8(ascii: "\"") else { return nil }
        let back = EightBytes(bytes.word(point &+ 1))
        guard back.areAllDigits else { return nil }
        self.init(front.number(of: point), back.number, length: point &+ 9)
    }

    /// Any form.
    @usableFromInline @inline(never)
    static func readRare(_ bytes: UnsafePointer<UInt8>) -> QuotedDecimal {
        QuotedDecimal(rare: BytesInside(bytes)) ?? .none
    }

    @inlinable @inline(always)
    init?(rare bytes: some BytesAhead) {
        let front = EightBytes(bytes.word(0))
        var length = front.length
        guard length > 0, !front.hasNeedlessZero else { return nil }
        var whole: UInt64
        if front.areAllDigits {
            let more = EightBytes(bytes.word(8))
            guard more.length <= 2 else { return nil }
            whole = front.number &* DecimalDigits.tens(more.length) &+ more.number(of: more.length)
            length &+= more.length
        } else {
            whole = front.number(of: length)
        }
        guard bytes.byte(length) == UInt8(ascii: ".") else {
            guard bytes.byte(length) == UInt8(ascii: "\"") else { return nil }
            self.init(whole, 0, length: length)
            return
        }
        let back = EightBytes(bytes.word(length &+ 1))
        let decimals = back.length
        guard decimals > 0, bytes.byte(length &+ 1 &+ decimals) == UInt8(ascii: "\"") else { return nil }
        self.init(whole, back.paddedNumber(of: decimals), length: length &+ 1 &+ decimals)
    }

    /// - Parameter fraction: in units of 10^-8.
    @inlinable @inline(always)
    init(_ whole: UInt64, _ fraction: UInt64, length: Int) {
        let (high, low) = whole.multipliedFullWidth(by: FixedPointScale.unit)
        let units = UInt128(high) &<< 64 | UInt128(low)
        raw = Int128(truncatingIfNeeded: units &+ UInt128(fraction &* 10_000))
        self.length = length
    }

    /// - Parameters:
    ///   - number: of up to seven digits.
    ///   - decimals: 1 to 6.
    @inlinable @inline(always)
    init(short number: UInt64, _ decimals: Int, length: Int) {
        // Seven digits with eleven zeros behind them fit.
        raw = Int128(truncatingIfNeeded: number &* DecimalDigits.tens(FixedPointScale.digits &- decimals))
        self.length = length
    }

    /// What stands for none: of length zero.
    @inlinable @inline(always)
    package static var none: QuotedDecimal { QuotedDecimal(0, 0, length: 0) }

    /// The same in a body of its own; of length zero where `init` gives nil.
    ///
    /// Objects of many decimals would each be larger than what the processor keeps of its programs.
    @usableFromInline @inline(never)
    package static func read(_ bytes: UnsafePointer<UInt8>) -> QuotedDecimal {
        QuotedDecimal(bytes) ?? .none
    }

    /// The same at the end of a text, where fewer bytes can be read; nothing beyond them is.
    /// - Parameter count: how many there are; in front of them as many can be read as are missing to eight.
    @usableFromInline @inline(never)
    package static func read(_ bytes: UnsafePointer<UInt8>, last count: Int) -> QuotedDecimal {
        QuotedDecimal(ahead: BytesAtEnd(bytes, count: count), isPadded: false) {
            QuotedDecimal(rare: $0) ?? .none
        } ?? .none
    }
}
