/// One kind of text of the venue, by name, and how it is read: for looking at what the venue said.
package struct CoinExDecoder: Sendable {
    /// `POST /order/limit` for a reply of REST, the method for a message of a stream.
    package let name: String
    /// Reads a whole text into its typed value; throws what its decoder throws.
    package let decode: @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable

    package init(
        _ name: String, _ decode: @escaping @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable
    ) {
        self.name = name
        self.decode = decode
    }
}

/// All texts of the venue that can be read, in the order of its documents.
package enum CoinExDecoders {
    /// Those of the first generation.
    package static let all: [CoinExDecoder] =
        CoinExV1.endpoints.map(\.decoder) + CoinExV1Method.allCases.map(\.decoder)

    /// Those of the second, with what is read only and what is refused for a reason.
    package static let v2: [CoinExDecoder] =
        CoinExV2.endpoints.map(\.decoder) + CoinExV2.readOnly + CoinExV2.refused
        + CoinExV2Method.allCases.map(\.decoder)

    package static func named(_ name: String, in api: CoinExAPI = .v1) -> CoinExDecoder? {
        switch api {
        case .v1: all.first { $0.name == name }
        case .v2: v2.first { $0.name == name } ?? CoinExV2.refusal(of: name)
        }
    }
}
