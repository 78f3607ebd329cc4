import Quantities
import WireCodecs

/// Why a text of a venue is not what it should be, in which member, and at which byte.
public struct WireError: Error, Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// The JSON itself, or a value of another kind than the member has.
        case json(JSONError.Kind)
        /// A member that must be there is not.
        case missingField
        /// A word that the member does not have, such as an order status that nobody told us of.
        case unknownValue
        /// A decimal with digits that would be lost.
        case lostDigits
        /// A number below zero where none can be.
        case negative
        /// More members or elements than are taken.
        case tooMany
        /// Members that contradict each other.
        case contradiction
        /// A message that is not of the kind that was asked for, or of none that is read; says which it is.
        case unexpected(String)
    }

    @usableFromInline package let kind: Kind
    /// Bytes before the offending one, from the start of the text.
    @usableFromInline package let offset: Int
    @usableFromInline package let field: WireField

    @usableFromInline
    package init(_ kind: Kind, offset: Int, field: WireField) {
        self.kind = kind
        self.offset = offset
        self.field = field
    }

    package init(_ error: JSONError, field: WireField) {
        self.init(.json(error.kind), offset: error.offset, field: field)
    }

    package init(_ error: DecimalError, offset: Int, field: WireField) {
        switch error {
        case .lostDigits: self.init(Kind.lostDigits, offset: offset, field: field)
        case .overflow: self.init(.json(.outOfRange), offset: offset, field: field)
        case .empty, .unexpectedByte: self.init(.json(.refused), offset: offset, field: field)
        }
    }

    /// The same error of a text that begins `bytes` later.
    package func moved(by bytes: Int) -> WireError {
        WireError(kind, offset: offset + bytes, field: field)
    }
}

extension WireError: CustomStringConvertible {
    public var description: String {
        let place = field == .whole ? "byte \(offset)" : "byte \(offset), in '\(field)'"
        return switch kind {
        case .json(let kind): "\(kind) at \(place)"
        case .missingField: "'\(field)' is missing, at byte \(offset)"
        case .unknownValue: "unknown value at \(place)"
        case .lostDigits: "more digits than are kept, at \(place)"
        case .negative: "less than zero at \(place)"
        case .tooMany: "more than is taken, at \(place)"
        case .contradiction: "contradicts another member, at \(place)"
        case .unexpected(let what): "\(what), at \(place)"
        }
    }
}
