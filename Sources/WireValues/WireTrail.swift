import WireCodecs

/// Which names of an object an attempt has seen, so that none is taken that comes twice.
///
/// Names of one letter are kept exactly. Longer ones are kept by a mark of a few bits: two that share one may end an
/// attempt without need, and never let a name pass that came before.
@usableFromInline
struct WireTrail {
    /// Letters of members that were read or passed over; below `@`, and from there.
    @usableFromInline var low: UInt64 = 0
    @usableFromInline var high: UInt64 = 0
    /// Letters of members that were taken for absent.
    @usableFromInline var absentLow: UInt64 = 0
    @usableFromInline var absentHigh: UInt64 = 0
    /// Longer names: of members that were read, and of those that were passed over or taken for absent.
    @usableFromInline var read: UInt64 = 0
    @usableFromInline var passed: UInt64 = 0
    /// False when a name was taken for absent that had come before.
    @usableFromInline var isClean = true
    /// Members that were read or passed over.
    @usableFromInline var count = 0

    @inlinable @inline(always)
    init() {}

    /// Notes a member that is read; false when there was one of this name.
    @inlinable @inline(always)
    mutating func read(_ field: WireField) -> Bool {
        count &+= 1
        let length = field.name.utf8CodeUnitCount
        let first = field.name.utf8Start[0]
        guard length == 1 else {
            let bit = Self.mark(first, field.name.utf8Start[length - 1], length)
            read |= bit
            return passed & bit == 0
        }
        return note(first)
    }

    /// Notes a member that is taken for absent.
    @inlinable @inline(always)
    mutating func pass(_ field: WireField) {
        let length = field.name.utf8CodeUnitCount
        let first = field.name.utf8Start[0]
        if length == 1 {
            let bit: UInt64 = 1 &<< UInt64(first & 63)
            if first & 64 == 0 {
                if low & bit != 0 { isClean = false }
                absentLow |= bit
            } else {
                if high & bit != 0 { isClean = false }
                absentHigh |= bit
            }
        } else {
            let bit = Self.mark(first, field.name.utf8Start[length - 1], length)
            if read & bit != 0 { isClean = false }
            passed |= bit
        }
    }

    /// Notes a member that is passed over; false when there was one of this name, or may have been.
    mutating func pass(_ name: JSONText) -> Bool {
        count += 1
        guard let first = name.bytes.first, let last = name.bytes.last else { return false }
        if name.bytes.count == 1 { return first < 128 && note(first) }
        let bit = Self.mark(first, last, name.bytes.count)
        defer { passed |= bit }
        return (read | passed) & bit == 0
    }

    @inlinable @inline(always)
    mutating func note(_ letter: UInt8) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(letter & 63)
        if letter & 64 == 0 {
            defer { low |= bit }
            return (low | absentLow) & bit == 0
        }
        defer { high |= bit }
        return (high | absentHigh) & bit == 0
    }

    @inlinable @inline(always)
    static func mark(_ first: UInt8, _ last: UInt8, _ length: Int) -> UInt64 {
        1 &<< (((UInt64(first) &* 7) ^ (UInt64(last) &* 29) ^ (UInt64(truncatingIfNeeded: length) &* 3)) & 63)
    }
}
