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

    /// Whether all bytes may stand in the value of a header field.
    static func areValues(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var index = 0
        while index + 8 <= bytes.count {
            let word = (base + index).loadUnaligned(as: UInt64.self)
            let controls = (word &- ones &* 0x20) & ~word & tops
            let difference = word ^ ones &* 0x7F
            let deletes = (difference &- ones) & ~difference & tops
            // A tab is a control character that is allowed, so those eight are looked at one by one.
            if controls | deletes != 0 {
                for offset in 0..<8
                where !HTTPText.isValue(base.load(fromByteOffset: index + offset, as: UInt8.self)) {
                    return false
                }
            }
            index += 8
        }
        while index < bytes.count {
            guard HTTPText.isValue(base.load(fromByteOffset: index, as: UInt8.self)) else { return false }
            index += 1
        }
        return true
    }
}
