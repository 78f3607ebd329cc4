/// Where the bytes of a number are looked at: in the midst of a text, or at its end.
///
/// The types are public for one reason: the compiler carries bodies to other modules only for public types.
public protocol BytesAhead: BitwiseCopyable {
    /// A byte; zero beyond the end.
    func byte(_ index: Int) -> UInt8
    /// Eight bytes, of which the first is the lowest; zeros beyond the end.
    func word(_ index: Int) -> UInt64
}

/// Bytes with so many behind them that nobody asks whether they are there.
public struct BytesInside: BytesAhead {
    @usableFromInline let bytes: UnsafePointer<UInt8>

    @inlinable @inline(always)
    init(_ bytes: UnsafePointer<UInt8>) { self.bytes = bytes }

    @inlinable @inline(always)
    public func byte(_ index: Int) -> UInt8 { bytes[index] }

    @inlinable @inline(always)
    public func word(_ index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
    }
}

/// Bytes at the end of a text: nothing beyond it is read.
public struct BytesAtEnd: BytesAhead {
    @usableFromInline let bytes: UnsafePointer<UInt8>
    /// How many there are.
    @usableFromInline let count: Int

    /// - Parameter count: how many there are; in front of them as many can be read as are missing to eight.
    @inlinable @inline(always)
    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    @inlinable @inline(always)
    public func byte(_ index: Int) -> UInt8 { index < count ? bytes[index] : 0 }

    @inlinable @inline(always)
    public func word(_ index: Int) -> UInt64 {
        // The last eight, of which those are dropped that are in front.
        let place = min(index, count &- 8)
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
        return word >> UInt64(truncatingIfNeeded: (index &- place) &* 8)
    }
}
