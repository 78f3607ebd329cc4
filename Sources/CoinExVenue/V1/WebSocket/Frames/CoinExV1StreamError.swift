import WireCodecs

/// Why bytes are no message of the venue's socket: at which of them, in which member of which method.
public struct CoinExV1StreamError: Error, Equatable, BitwiseCopyable, Sendable {
    public enum Kind: Equatable, BitwiseCopyable, Sendable {
        /// The JSON itself, or a value that is not of the kind that the member has.
        case json(JSONError.Kind)
        /// A member that must be there is not.
        case missingField
        /// A value of an order that this client does not know: never guessed at.
        case unknownValue
        /// More rows than one message may have.
        case tooManyRows
    }

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
