/// Why a TLS connection failed.
public struct TLSFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Equatable, Sendable {
        /// The peer's certificate is not to be trusted: nothing was sent to it.
        case certificate
        /// The peer does not speak TLS as we do: version, ciphers, a broken record.
        case negotiation
        /// The connection ended without TLS's own end: what came may have been cut off.
        case truncated
        /// A certificate, a key or a list of authorities of our own cannot be used.
        case configuration
    }

    public let kind: Kind
    /// OpenSSL's words.
    public let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    public var description: String {
        switch kind {
        case .certificate: "the peer's certificate is refused: \(reason)"
        case .negotiation: "TLS: \(reason)"
        case .truncated: "the connection was cut off"
        case .configuration: reason
        }
    }
}
