import WireCodecs

/// Which names of an object an attempt has seen, so that none is taken that comes twice.
///
/// Names of one letter are kept exactly. Longer ones are kept by a mark of a few bits: two that share one may end an
/// attempt without need, and never let a name pass that came before.
@usableFromInline
struct WireTrail: BitwiseCopyable {
    /// A set of names.
    @usableFromInline
    struct Names: BitwiseCopyable {
        /// Names of one letter: below `@`, and from there.
        @usableFromInline var low: UInt64 = 0
        @usableFromInline var high: UInt64 = 0
        /// Marks of longer ones.
        @usableFromInline var long: UInt64 = 0

        @inlinable @inline(always)
        init() {}

        @inlinable @inline(always)
        mutating func insert(_ first: UInt8, _ last: UInt8, _ length: Int) {
            if length != 1 {
                long |= Self.mark(first, last, length)
            } else if first & 64 == 0 {
                low |= 1 &<< UInt64(first & 63)
            } else {
                high |= 1 &<< UInt64(first & 63)
            }
        }

        @inlinable @inline(always)
        static func mark(_ first: UInt8, _ last: UInt8, _ length: Int) -> UInt64 {
            let sum = (UInt64(first) &* 7) ^ (UInt64(last) &* 29) ^ (UInt64(truncatingIfNeeded: length) &* 3)
            return 1 &<< (sum & 63)
        }

        @inlinable @inline(always)
        func shares(_ other: Names) -> Bool {
            (low & other.low) | (high & other.high) | (long & other.long) != 0
        }
    }

    /// Of members that were read.
    @usableFromInline var read = Names()
    /// Of members that were taken for absent.
    @usableFromInline var absent = Names()
    /// Of members that were passed over, and how many these are.
    @usableFromInline var others = Names()
    @usableFromInline var passed = 0

    @inlinable @inline(always)
    init() {}

    /// False when a name came twice, or was taken for absent and came, or may have.
    @inlinable @inline(always)
    var isClean: Bool { !read.shares(others) && !read.shares(absent) && !others.shares(absent) }

    /// Notes a member that is read, each only once.
    @inlinable @inline(always)
    mutating func read(_ field: WireField) {
        let length = field.name.utf8CodeUnitCount
        read.insert(field.name.utf8Start[0], field.name.utf8Start[length - 1], length)
    }

    /// Notes a member that is taken for absent.
    @inlinable @inline(always)
    mutating func miss(_ field: WireField) {
        let length = field.name.utf8CodeUnitCount
        absent.insert(field.name.utf8Start[0], field.name.utf8Start[length - 1], length)
    }

    /// Notes a member that is passed over; false when there was one of this name, or may have been.
    mutating func pass(_ name: JSONText) -> Bool {
        passed += 1
        guard let first = name.bytes.first, let last = name.bytes.last else { return false }
        if name.bytes.count == 1, first >= 128 { return false }
        var this = Names()
        this.insert(first, last, name.bytes.count)
        guard !this.shares(read), !this.shares(others) else { return false }
        others.insert(first, last, name.bytes.count)
        return true
    }
}
