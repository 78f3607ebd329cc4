/// Why a WebSocket connection cannot go on: what the peer did wrong, and the close code that answers it.
public struct WebSocketFault: Error, Equatable, BitwiseCopyable, Sendable {
    public enum Kind: Equatable, BitwiseCopyable, Sendable {
        /// RSV bits that no negotiated extension explains.
        case reservedBits
        case unknownOpcode
        /// A control frame that is not final.
        case fragmentedControl
        /// A control frame with more than 125 bytes of payload.
        case longControl
        /// A length in more bytes than it needs.
        case lengthNotMinimal
        /// A length above 2^63 - 1.
        case lengthOverflow
        /// A client's frame without a mask.
        case notMasked
        /// A server's frame with one.
        case masked
        /// A continuation without a message that it continues.
        case nothingToContinue
        /// A new message inside another one.
        case messageNotFinished
        /// A close frame with one byte, or with a code that must not be sent.
        case badCloseCode
        /// Text, or the reason of a close, that is not UTF-8.
        case invalidUTF8
        /// A message, before or after decompression, longer than its reader takes.
        case messageTooLong
        /// Compressed data that cannot be decompressed.
        case badDeflate
    }

    public let kind: Kind

    @usableFromInline
    init(_ kind: Kind) { self.kind = kind }

    /// What the close frame says that answers this.
    package var closeCode: UInt16 {
        switch kind {
        case .reservedBits, .unknownOpcode, .fragmentedControl, .longControl, .lengthNotMinimal,
            .lengthOverflow,
            .notMasked, .masked, .nothingToContinue, .messageNotFinished, .badCloseCode:
            WebSocketClose.protocolError
        case .invalidUTF8, .badDeflate: WebSocketClose.invalidData
        case .messageTooLong: WebSocketClose.tooBig
        }
    }
}

/// The codes of a close frame (RFC 6455, section 7.4).
package enum WebSocketClose {
    package static let normal: UInt16 = 1000
    package static let goingAway: UInt16 = 1001
    package static let protocolError: UInt16 = 1002
    /// Not on the wire: the close frame had no code.
    package static let noCode: UInt16 = 1005
    /// Not on the wire: the connection ended without a close frame.
    package static let abnormal: UInt16 = 1006
    package static let invalidData: UInt16 = 1007
    package static let tooBig: UInt16 = 1009
    package static let tryAgainLater: UInt16 = 1013

    /// Whether a peer may send the code: those registered, those of libraries, those of applications.
    package static func isAllowed(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
