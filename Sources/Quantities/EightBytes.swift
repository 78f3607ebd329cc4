/// Eight bytes of a text, read all at once: the digits among them, and the first byte that is none.
///
/// How many digits a number has differs from frame to frame. A loop over them ends at another place each time,
/// which the processor cannot foresee, and that costs more than all the digits.
@usableFromInline
struct EightBytes: BitwiseCopyable {
    @inlinable static var count: Int { 8 }

    /// The bytes less the digit zero; the first byte is the lowest.
    @usableFromInline let digits: UInt64
    /// The top bit of each byte that is no digit.
    @usableFromInline let others: UInt64

    /// - Parameter bytes: eight can be read.
    @inlinable @inline(always)
    init(_ bytes: UnsafePointer<UInt8>) {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        digits = word ^ 0x3030_3030_3030_3030
        // What is above nine reaches the top bit when 118 is added; no byte carries into the next.
        others =
            (((digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    }

    @inlinable @inline(always)
    var areAllDigits: Bool { others == 0 }

    /// How many of the first bytes are digits, 0 to 8.
    @inlinable @inline(always)
    var length: Int { others.trailingZeroBitCount &>> 3 }

    /// Whether a number of so many digits begins with a zero that it does not need.
    ///
    /// Sizes below one and above come in turns, so that nothing branches on which it is.
    @inlinable @inline(always)
    func hasNeedlessZero(_ length: Int) -> Bool {
        (digits & 0xFF) | (length > 1 ? 0 : 1) == 0
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
