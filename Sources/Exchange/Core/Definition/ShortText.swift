/// A text of at most 32 bytes that is copied without reference counting: names that clients give their
/// orders.
package struct ShortText: BitwiseCopyable, Hashable, Sendable {
    package static let lengthMax = 32

    // Bytes beyond the length are zero, so that equal texts are equal words.
    private var words: InlineWords = InlineWords()
    package private(set) var count = 0

    package static var empty: ShortText { ShortText() }
    package var isEmpty: Bool { count == 0 }

    private init() {}

    /// Nil for a text of more than 32 bytes.
    package init?(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            guard count < Self.lengthMax else { return nil }
            words.set(byte, at: count)
            count += 1
        }
    }

    /// Nil for a text of more than 32 bytes of UTF-8.
    package init?(_ text: String) {
        self.init(text.utf8)
    }

    package subscript(index: Int) -> UInt8 {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "within the text")
        return words.byte(at: index)
    }
}

/// The bytes of a short text, eight to a word.
struct InlineWords: BitwiseCopyable, Hashable, Sendable {
    private var a: UInt64 = 0
    private var b: UInt64 = 0
    private var c: UInt64 = 0
    private var d: UInt64 = 0

    func byte(at index: Int) -> UInt8 {
        let shift = UInt64(index & 7) << 3
        let word =
            switch index >> 3 {
            case 0: a
            case 1: b
            case 2: c
            default: d
            }
        return UInt8(truncatingIfNeeded: word >> shift)
    }

    mutating func set(_ byte: UInt8, at index: Int) {
        let bits = UInt64(byte) << (UInt64(index & 7) << 3)
        switch index >> 3 {
        case 0: a |= bits
        case 1: b |= bits
        case 2: c |= bits
        default: d |= bits
        }
    }
}

extension ShortText: CustomStringConvertible {
    package var description: String { String(decoding: (0..<count).map { self[$0] }, as: UTF8.self) }
}

extension ShortText: ExpressibleByStringLiteral {
    /// Traps for a literal of more than 32 bytes.
    package init(stringLiteral text: StaticString) {
        guard let short = text.withUTF8Buffer({ ShortText($0) }) else {
            preconditionFailure("a short text has at most 32 bytes")
        }
        self = short
    }
}
