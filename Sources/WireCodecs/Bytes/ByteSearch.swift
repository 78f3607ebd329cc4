/// Searches over eight bytes at a time.
enum ByteSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Where the byte first stands at or behind `start`; nil when it does not.
    static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let pattern = ones &* UInt64(byte)
        var index = start
        while index + 8 <= bytes.count {
            let difference = (base + index).loadUnaligned(as: UInt64.self) ^ pattern
            // The lowest bit that is set marks the first byte that is zero.
            let zeros = (difference &- ones) & ~difference & tops
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            if base.load(fromByteOffset: index, as: UInt8.self) == byte { return index }
            index += 1
        }
        return nil
    }

    /// The first byte at or behind `start` that cannot stand in the value of a header field; nil when there is
    /// none.
    @inline(__always)
    static func firstNonValue(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start
        while index &+ 8 <= bytes.count {
            let word = (base + index).loadUnaligned(as: UInt64.self)
            let controls = (word &- ones &* 0x20) & ~word & tops
            let difference = word ^ ones &* 0x7F
            let deletes = (difference &- ones) & ~difference & tops
            guard controls | deletes != 0 else {
                index &+= 8
                continue
            }
            // The lowest bit that is set is right in both; a tab is a control character that is allowed.
            index &+= (controls | deletes).trailingZeroBitCount / 8
            guard HTTPText.isValue(base.load(fromByteOffset: index, as: UInt8.self)) else { return index }
            index &+= 1
        }
        while index < bytes.count {
            guard HTTPText.isValue(base.load(fromByteOffset: index, as: UInt8.self)) else { return index }
            index &+= 1
        }
        return nil
    }

    /// Whether all bytes may stand in the value of a header field.
    static func areValues(_ bytes: UnsafeRawBufferPointer) -> Bool { firstNonValue(bytes, from: 0) == nil }
}
