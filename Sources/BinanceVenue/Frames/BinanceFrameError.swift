import WireCodecs
import WireValues

/// Why bytes are no frame of Binance, at which of them, and in which member.
package struct BinanceFrameError: Error, Equatable, BitwiseCopyable, Sendable {
    package enum Kind: Equatable, BitwiseCopyable, Sendable {
        /// The JSON itself, or a value that is not of the kind that the member has.
        case json(JSONError.Kind)
        /// A member that the frame must have is not there.
        case missingField
        /// Update numbers that run backwards within one frame.
        case updatesBackwards
    }

    package let kind: Kind
    /// Bytes before the offending one.
    package let offset: Int
    package let field: BinanceField

    init(_ kind: Kind, offset: Int, field: BinanceField) {
        self.kind = kind
        self.offset = offset
        self.field = field
    }

    init(_ error: JSONError, field: BinanceField) {
        self.init(.json(error.kind), offset: error.offset, field: field)
    }

    /// The fault of a message; nil when it only is of a kind that nobody reads.
    init?(_ error: WireError) {
        switch error.kind {
        case .json(let kind): self.init(.json(kind), offset: error.offset, field: .data)
        case .missingField: self.init(.missingField, offset: error.offset, field: .data)
        case .unknownValue, .lostDigits, .negative, .tooMany, .contradiction:
            self.init(.json(.refused), offset: error.offset, field: .data)
        case .unexpected: return nil
        }
    }
}

extension BinanceFrameError: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .json(let kind): "\(kind) at byte \(offset), in \(field)"
        case .missingField: "\(field) is missing, byte \(offset)"
        case .updatesBackwards: "update numbers run backwards, byte \(offset)"
        }
    }
}
