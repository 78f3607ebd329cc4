import WireCodecs

/// Why a text of the venue is not what it should be, in which member, and at which byte.
public struct CoinExDecodeError: Error, Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// The JSON itself, or a value of another kind than the member has.
        case json(JSONError.Kind)
        /// A member that must be there is not.
        case missingField
        /// A word that the member does not have, such as an order status that nobody told us of.
        case unknownValue
        /// A decimal with digits that would be lost.
        case lostDigits
        /// More members, rows or elements than are taken.
        case tooMany
    }

    public let kind: Kind
    /// Bytes before the offending one, from the start of the text.
    public let offset: Int
    public let field: CoinExField

    public init(_ kind: Kind, offset: Int, field: CoinExField) {
        self.kind = kind
        self.offset = offset
        self.field = field
    }

    public init(_ error: JSONError, field: CoinExField) {
        self.init(.json(error.kind), offset: error.offset, field: field)
    }
}

extension CoinExDecodeError: CustomStringConvertible {
    public var description: String {
        let place = field == .whole ? "byte \(offset)" : "byte \(offset), in '\(field)'"
        return switch kind {
        case .json(let kind): "\(kind) at \(place)"
        case .missingField: "'\(field)' is missing, at byte \(offset)"
        case .unknownValue: "unknown value at \(place)"
        case .lostDigits: "more digits than are kept, at \(place)"
        case .tooMany: "more than is taken, at \(place)"
        }
    }
}
