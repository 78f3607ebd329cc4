/// Checks UTF-8 as it comes, piece by piece, and fails at the first byte that no valid text can have.
///
/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. A character may be cut between two
/// pieces; `isComplete` tells whether one is open.
public struct UTF8Validator: BitwiseCopyable, Sendable {
    /// Continuation bytes that the open character still needs.
    @usableFromInline var needed = 0
    /// What the next continuation byte may be: narrower than 0x80...0xBF behind E0, ED, F0 and F4.
    @usableFromInline var lower: UInt8 = 0x80
    @usableFromInline var upper: UInt8 = 0xBF

    @inlinable package init() {}

    /// Whether the text so far ends with a whole character.
    @inlinable package var isComplete: Bool { needed == 0 }

    /// False as soon as the text cannot be UTF-8, whatever follows; the validator is then of no more use.
    @inlinable
    package mutating func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let count = bytes.count
        var index = 0
        while index < count {
            if needed == 0 {
                // Plain characters, 32 at a time, then eight.
                while index &+ 32 <= count, Self.isPlain32(base + index) { index &+= 32 }
                while index &+ 8 <= count, Self.isPlain8(base + index) { index &+= 8 }
                guard index < count else { return true }
                // The last few, together with some before them.
                if count &- index < 8, index >= 8, Self.isPlain8(base + (count &- 8)) { return true }
            }
            guard accepts(base.load(fromByteOffset: index, as: UInt8.self)) else { return false }
            index += 1
        }
        return true
    }

    @inlinable static var tops: UInt64 { 0x8080_8080_8080_8080 }

    @inlinable @inline(__always)
    static func isPlain8(_ base: UnsafeRawPointer) -> Bool {
        base.loadUnaligned(as: UInt64.self) & tops == 0
    }

    @inlinable @inline(__always)
    static func isPlain32(_ base: UnsafeRawPointer) -> Bool {
        let low = base.loadUnaligned(as: UInt64.self) | (base + 8).loadUnaligned(as: UInt64.self)
        let high = (base + 16).loadUnaligned(as: UInt64.self) | (base + 24).loadUnaligned(as: UInt64.self)
        return (low | high) & tops == 0
    }

    @inlinable
    mutating func accepts(_ byte: UInt8) -> Bool {
        if needed > 0 {
            guard byte >= lower, byte <= upper else { return false }
            needed -= 1
            lower = 0x80
            upper = 0xBF
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: needed = 1
        case 0xE0...0xEF:
            needed = 2
            if byte == 0xE0 { lower = 0xA0 }
            if byte == 0xED { upper = 0x9F }
        case 0xF0...0xF4:
            needed = 3
            if byte == 0xF0 { lower = 0x90 }
            if byte == 0xF4 { upper = 0x8F }
        default: return false
        }
        return true
    }
}
