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
        // The first words one by one: what is nowhere asked for by a number that is not known stays in registers.
        var storage = InlineArray<words, UInt64>(repeating: 0)
        var part = TextPart(wordOrLast(at: first))
        var all = part.word
        if part.isLast || words == 1 { return takeText(storage, 0, part, all) }
        storage[0] = part.word
        part = TextPart(wordOrLast(at: first &+ 8))
        all |= part.word
        if part.isLast || words == 2 { return takeText(storage, 1, part, all) }
        storage[1] = part.word
        part = TextPart(wordOrLast(at: first &+ 16))
        all |= part.word
        if part.isLast || words == 3 { return takeText(storage, 2, part, all) }
        storage[2] = part.word
        var index = 3
        while true {
            part = TextPart(wordOrLast(at: first &+ index &* 8))
            all |= part.word
            if part.isLast || index &+ 1 == words { return takeText(storage, index, part, all) }
            storage[index] = part.word
            index &+= 1
        }
    }

    /// Eight bytes of a text, of which those count that are in front of its end.
    @usableFromInline
    struct TextPart {
        /// Zeros from the end on.
        @usableFromInline let word: UInt64
        /// The end, 8 when it is not among them.
        @usableFromInline let length: Int

        @inlinable @inline(always)
        init(_ bytes: UInt64) {
            let stops = JSONCursor.stops(in: bytes)
            length = stops.trailingZeroBitCount &>> 3
            // All of them, where there is no end: then the lowest bit of nothing is nothing, and one less is all.
            word = bytes & ((stops & (0 &- stops)) &>> 7 &- 1)
        }

        @inlinable @inline(always)
        var isLast: Bool { length < 8 }
    }

    @inlinable @inline(always)
    mutating func takeText<let words: Int>(
        _ front: InlineArray<words, UInt64>, _ index: Int, _ part: TextPart, _ all: UInt64
    ) -> InlineText<words>? {
        let first = position &+ 1
        let end = first &+ index &* 8 &+ part.length
        guard part.isLast, end < count, bytes[end] == UInt8(ascii: "\""), all & 0x8080_8080_8080_8080 == 0
        else { return nil }
        var storage = front
        storage[index] = part.word
        position = end &+ 1
        return InlineText(storage: storage, count: end &- first)
    }

    @inlinable @inline(always)
    func wordOrLast(at place: Int) -> UInt64 { count &- place >= 8 ? word(at: place) : lastWord(at: place) }

    /// Passes over a plain string of ASCII that is no longer than this; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func passText(most countMax: Int) -> Bool {
        guard position < count, bytes[position] == UInt8(ascii: "\"") else { return false }
        let first = position &+ 1
        var all: UInt64 = 0
        var place = first
        while place &- first <= countMax {
            let part = TextPart(wordOrLast(at: place))
            all |= part.word
            if part.isLast {
                let end = place &+ part.length
                guard end &- first <= countMax, end < count, bytes[end] == UInt8(ascii: "\""),
                    all & 0x8080_8080_8080_8080 == 0
                else { return false }
                position = end &+ 1
                return true
            }
            place &+= 8
        }
        return false
    }

    /// What is left of the text, fewer than eight bytes, and zeros behind it.
    @usableFromInline @inline(never)
    func lastWord(at place: Int) -> UInt64 {
        if count >= 8, place <= count {
            return word(at: count &- 8) >> UInt64(truncatingIfNeeded: (place &- count &+ 8) &* 8)
        }
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
