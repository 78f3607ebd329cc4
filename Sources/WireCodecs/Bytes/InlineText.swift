/// A short text of a venue, such as a symbol, that is kept in place: up to eight bytes for each of its words.
///
/// Nothing is allocated and nothing is counted for it, so that events which have a few of them are plain values.
public struct InlineText<let words: Int>: BitwiseCopyable, Sendable {
    /// The bytes in their order, the first in the lowest place; zero behind the last.
    @usableFromInline var storage: InlineArray<words, UInt64>
    @usableFromInline package private(set) var count: Int

    /// The most bytes.
    @inlinable package static var countMax: Int { words * 8 }

    @inlinable @inline(always)
    init(storage: InlineArray<words, UInt64>, count: Int) {
        self.storage = storage
        self.count = count
    }

    /// An empty text.
    @inlinable @inline(always)
    package init() {
        storage = InlineArray(repeating: 0)
        count = 0
    }

    /// Nil for a text that is too long.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Self.countMax else { return nil }
        storage = InlineArray(repeating: 0)
        count = bytes.count
        for (index, byte) in bytes.enumerated() {
            storage[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
    }

    /// Lends the bytes.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(byteCount: Self.countMax, alignment: 8) { room in
            for index in 0..<words {
                room.storeBytes(of: storage[index].littleEndian, toByteOffset: index * 8, as: UInt64.self)
            }
            return body(UnsafeBufferPointer(rebasing: room.assumingMemoryBound(to: UInt8.self)[..<count]))
        }
    }
}

extension InlineText: Hashable {
    @inlinable
    public static func == (one: InlineText, other: InlineText) -> Bool {
        guard one.count == other.count else { return false }
        for index in 0..<words where one.storage[index] != other.storage[index] { return false }
        return true
    }

    public func hash(into hasher: inout Hasher) {
        for index in 0..<words { hasher.combine(storage[index]) }
    }
}

extension InlineText: CustomStringConvertible {
    public var description: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}

extension InlineText: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let value = InlineText(text) else {
            preconditionFailure("a literal fits into the place that it is given")
        }
        self = value
    }
}

// MARK: - Reading

extension JSONCursor {
    /// Reads a plain string of ASCII as it stands here; nil, and nothing is consumed, for any other.
    @inlinable @inline(always)
    package mutating func takeText<let words: Int>() -> InlineText<words>? {
        guard position < count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let first = position &+ 1
        var storage = InlineArray<words, UInt64>(repeating: 0)
        var all: UInt64 = 0
        var index = 0
        while index < words {
            let place = first &+ index &* 8
            let word = count &- place >= 8 ? word(at: place) : lastWord(at: place)
            let stops = Self.stops(in: word)
            if stops != 0 {
                let length = stops.trailingZeroBitCount &>> 3
                let kept = word & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
                let end = place &+ length
                guard end < count, bytes[end] == UInt8(ascii: "\""), (all | kept) & 0x8080_8080_8080_8080 == 0
                else { return nil }
                storage[index] = kept
                position = end &+ 1
                return InlineText(storage: storage, count: end &- first)
            }
            all |= word
            storage[index] = word
            index &+= 1
        }
        return nil
    }

    /// What is left of the text, fewer than eight bytes, and zeros behind it.
    @usableFromInline @inline(never)
    func lastWord(at place: Int) -> UInt64 {
        var word: UInt64 = 0
        var index = count
        while index > place {
            index -= 1
            word = word << 8 | UInt64(bytes[index])
        }
        return word
    }

    /// Reads a string, with its escapes replaced and its UTF-8 checked; one that is too long is refused.
    @usableFromInline
    package mutating func inlineText<let words: Int>() throws(JSONError) -> InlineText<words> {
        let text = try text()
        guard let value = InlineText<words>(try text.string()) else {
            throw JSONError(.refused, offset: text.offset)
        }
        return value
    }
}
