/// Eight bytes of a text, read all at once: the digits among them, and the first byte that is none.
///
/// How many digits a number has differs from frame to frame. A loop over them ends at another place each time,
/// which the processor cannot foresee, and that costs more than all the digits.
@usableFromInline
struct EightBytes: BitwiseCopyable {
    @inlinable static var count: Int { 8 }

    /// The bytes less the digit zero; the first byte is the lowest.
    @usableFromInline let digits: UInt64
    /// The top bit of each byte that is no digit, as far as the first such byte; what is above it may be wrong.
    @usableFromInline let others: UInt64

    /// - Parameter bytes: eight can be read.
    @inlinable @inline(always)
    init(_ bytes: UnsafePointer<UInt8>) {
        self.init(UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)))
    }

    @inlinable @inline(always)
    init(_ word: UInt64) {
        digits = word ^ 0x3030_3030_3030_3030
        // What is above nine reaches the top bit when 118 is added, or has it; only what has it carries into the next.
        others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    }

    @inlinable @inline(always)
    var areAllDigits: Bool { others == 0 }

    /// Whether the first five bytes are digits, and the sixth is none.
    @inlinable @inline(always)
    var areFiveDigits: Bool { others & 0x0000_8080_8080_8080 == 0x0000_8000_0000_0000 }

    /// How many of the first bytes are digits, 0 to 8.
    @inlinable @inline(always)
    var length: Int { others.trailingZeroBitCount &>> 3 }

    /// Whether a number begins with a zero that it does not need: with a zero, and a digit behind that.
    ///
    /// Sizes below one and above come in turns, so that nothing branches on which it is.
    @inlinable @inline(always)
    var hasNeedlessZero: Bool { digits & 0xFF | others & 0x8000 == 0 }

    /// Where the second byte is that is no digit, 8 when there is none.
    ///
    /// Right as long as what is between it and the first one is ASCII, and otherwise where the first byte is that is
    /// not.
    @inlinable @inline(always)
    var placeOfSecondOther: Int { (others & (others &- 1)).trailingZeroBitCount &>> 3 }

    /// The digits around a point as one whole number, up to seven. The point is the first byte that is no digit.
    /// - Parameter stop: behind the last digit.
    @inlinable @inline(always)
    func numberAroundPoint(before stop: Int) -> UInt64 {
        // Those in front of the point are moved over it, and then all of them to the end.
        let upToPoint = others ^ (others &- 1)
        let joined = digits ^ ((digits ^ (digits &<< 8)) & upToPoint)
        return Self.sum(joined &<< UInt64(truncatingIfNeeded: 0 &- stop &* 8))
    }

    /// The number of the first bytes, which are digits, with zeros behind them up to eight: of `25` it is 25000000.
    ///
    /// One to eight of them.
    @inlinable @inline(always)
    func paddedNumber(of length: Int) -> UInt64 {
        Self.sum(digits & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- length &* 8)))
    }

    /// The number that the first bytes spell, all of which are digits: up to seven, and zero of none.
    @inlinable @inline(always)
    func number(of length: Int) -> UInt64 {
        // Moved to the end, so that zeros come in front: in two steps, as nothing can be moved by 64.
        Self.sum((digits &<< UInt64(truncatingIfNeeded: 56 &- length &* 8)) &<< 8)
    }

    /// The number of all eight.
    @inlinable @inline(always)
    var number: UInt64 { Self.sum(digits) }

    /// Eight digits summed up: in pairs first, then those of even and of odd places at once, each with its weight.
    @inlinable @inline(always)
    static func sum(_ digits: UInt64) -> UInt64 {
        let pairs = digits &* 10 &+ digits &>> 8
        let even = (pairs & 0x0000_00FF_0000_00FF) &* (1_000_000 &<< 32 &+ 100)
        let odd = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* (10_000 &<< 32 &+ 1)
        return (even &+ odd) &>> 32
    }
}
