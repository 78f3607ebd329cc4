import WireCodecs

/// A member of the messages of one generation; at most 64, so that a set of them is a word.
protocol CoinExStreamField: BitwiseCopyable, Equatable, RawRepresentable<UInt8>, Sendable {
    /// The message as a whole.
    static var message: Self { get }
}

extension CoinExStreamField {
    /// The field's bit in a set of fields.
    @inline(__always) var bit: UInt64 { 1 << UInt64(rawValue) }

    /// The bits of several fields.
    static func set(_ fields: Self...) -> UInt64 { fields.reduce(0) { $0 | $1.bit } }
}

/// Why bytes are no message of the venue's socket.
public enum CoinExStreamErrorKind: Equatable, BitwiseCopyable, Sendable {
    /// The JSON itself, or a value that is not of the kind that the member has.
    case json(JSONError.Kind)
    /// A member that must be there is not.
    case missingField
    /// A value of an order that this client does not know: never guessed at.
    case unknownValue
    /// More rows than one message may have.
    case tooManyRows
}

/// Where a decoder is, which members of the object at hand it has met, and what went wrong.
struct CoinExTrail<Field: CoinExStreamField> {
    private(set) var field = Field.message
    /// Why the decoder stopped, where the JSON itself was good.
    private(set) var fault: CoinExStreamErrorKind?
    /// Members that this client does not know, since the decoder was made.
    private(set) var unknownFields = 0
    private var seen: UInt64 = 0

    /// Begins a message.
    @inline(__always)
    mutating func begin() {
        field = .message
        fault = nil
        seen = 0
    }

    /// Begins an object whose members are counted by themselves.
    @inline(__always)
    mutating func beginObject() { seen = 0 }

    @inline(__always)
    mutating func enter(_ field: Field) {
        self.field = field
        seen |= field.bit
    }

    @inline(__always)
    mutating func skipUnknown() { unknownFields += 1 }

    /// Throws when a field of `required` was not met.
    @inline(__always)
    mutating func require(_ required: UInt64, _ json: borrowing JSONCursor) throws(JSONError) {
        if required & ~seen != 0 { throw missing(required & ~seen, json.offset) }
    }

    @inline(never)
    private mutating func missing(_ fields: UInt64, _ offset: Int) -> JSONError {
        field = Field(rawValue: UInt8(fields.trailingZeroBitCount)) ?? .message
        fault = .missingField
        return JSONError(.refused, offset: offset)
    }

    /// The error for a value that is not among those known.
    @inline(never)
    mutating func unknownValue(at offset: Int) -> JSONError {
        fault = .unknownValue
        return JSONError(.refused, offset: offset)
    }

    @inline(never)
    mutating func tooManyRows(at offset: Int) -> JSONError {
        fault = .tooManyRows
        return JSONError(.refused, offset: offset)
    }

    /// What went wrong, and in which member.
    @inline(never)
    func fault(_ error: JSONError) -> (kind: CoinExStreamErrorKind, field: Field) {
        (fault ?? .json(error.kind), field)
    }
}
