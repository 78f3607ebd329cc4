import WireCodecs

/// Where a decoder is, which members of the object at hand it has met, and what went wrong.
struct CoinExV1Trail {
    private(set) var field = CoinExV1Field.message
    /// Why the decoder stopped, where the JSON itself was good.
    private(set) var fault: CoinExV1StreamError.Kind?
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
    mutating func enter(_ field: CoinExV1Field) {
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
        field = CoinExV1Field(rawValue: UInt8(fields.trailingZeroBitCount)) ?? .message
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

    @inline(never)
    func error(_ error: JSONError, _ method: CoinExV1Method?) -> CoinExV1StreamError {
        CoinExV1StreamError(
            kind: fault ?? .json(error.kind), method: method, field: field, offset: error.offset)
    }
}
