import WireCodecs

/// Why bytes are no message of the venue's socket: at which of them, in which member of which method.
public struct CoinExV1StreamError: Error, Equatable, BitwiseCopyable, Sendable {
    public typealias Kind = CoinExStreamErrorKind

    public let kind: Kind
    /// Nil where the method was not read yet.
    public let method: CoinExV1Method?
    public let field: CoinExV1Field
    /// Bytes before the offending one, from the start of the message, or of the result for replies.
    public let offset: Int
}

extension CoinExV1StreamError: CustomStringConvertible {
    public var description: String {
        let place = method.map { "\($0), " } ?? ""
        return switch kind {
        case .json(let kind): "\(place)\(field): \(kind) at byte \(offset)"
        case .missingField: "\(place)\(field) is missing at byte \(offset)"
        case .unknownValue: "\(place)\(field) has an unknown value at byte \(offset)"
        case .tooManyRows: "\(place)\(field) has too many rows at byte \(offset)"
        }
    }
}

extension CoinExTrail<CoinExV1Field> {
    @inline(never)
    func error(_ error: JSONError, _ method: CoinExV1Method?) -> CoinExV1StreamError {
        let (kind, field) = fault(error)
        return CoinExV1StreamError(kind: kind, method: method, field: field, offset: error.offset)
    }
}
