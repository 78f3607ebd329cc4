/// Why a text was not read as the JSON that was asked for, and at which byte.
public struct JSONError: Error, Equatable, BitwiseCopyable, Sendable {
    @usableFromInline package let kind: Kind

    /// Bytes before the offending one, from the start of the text.
    @usableFromInline package let offset: Int

    @inlinable
    package init(_ kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    public enum Kind: Equatable, BitwiseCopyable, Sendable {
        /// The text ended inside a value; every true prefix of an object or an array ends so.
        case truncated
        /// A byte that no JSON can have here.
        case unexpectedByte
        /// A value begins here, but of another kind than the one asked for.
        case wrongKind
        /// A backslash before something that is no escape.
        case invalidEscape
        /// Half a surrogate pair without its other half.
        case loneSurrogate
        /// A byte below 0x20 inside a string.
        case controlCharacter
        /// A string that is not UTF-8; the offset is the string's, not the byte's.
        case invalidUTF8
        /// A string with escapes where only a plain one is taken.
        case escapedText
        /// An integer that the asked-for type cannot hold.
        case outOfRange
        /// A number with a fraction or an exponent where an integer was asked for.
        case notAnInteger
        /// More than `JSONCursor.nestingMax` containers inside each other.
        case nestingTooDeep
        /// An array ended before the element that was asked for.
        case missingElement
        /// Something other than blanks after the document.
        case trailingBytes
        /// An unescaped text is longer than the buffer offered for it.
        case bufferTooSmall
        /// Valid JSON that its reader does not accept: a name or a figure it cannot have.
        case refused
    }
}
