/// Why an HTTP message was refused, and at which byte of its head or chunk line.
public struct HTTPFault: Error, Equatable, BitwiseCopyable, Sendable {
    public enum Kind: Equatable, BitwiseCopyable, Sendable {
        /// A line feed without a carriage return before it, or one without the other.
        case badLineEnd
        /// The first line of a request or response.
        case badStartLine
        /// A version other than HTTP/1.0 and HTTP/1.1.
        case badVersion
        case badFieldName
        case badFieldValue
        /// A field that goes on in a second line, which RFC 9112 forbids.
        case foldedField
        /// No `Host` in a request of HTTP/1.1, or more than one.
        case badHost
        /// A length that is no number, too large, or said twice.
        case badContentLength
        /// A transfer coding other than `chunked` alone.
        case unknownTransferCoding
        /// Both `Content-Length` and `Transfer-Encoding`: the two sides could disagree about the end.
        case ambiguousLength
        /// A transfer coding in HTTP/1.0, which has none.
        case transferCodingInOldVersion
        case badChunkSize
        case headTooLong
        case targetTooLong
        case tooManyFields
        case bodyTooLong
        /// The connection ended inside a message.
        case truncated
        /// Bytes of a response that nobody asked for.
        case unexpectedResponse
    }

    public let kind: Kind
    /// Bytes before the offending one.
    public let offset: Int

    package init(_ kind: Kind, at offset: Int = 0) {
        self.kind = kind
        self.offset = offset
    }

    /// The status with which a server refuses the request.
    package var status: Int {
        switch kind {
        case .badLineEnd, .badStartLine, .badFieldName, .badFieldValue, .foldedField, .badHost,
            .badContentLength,
            .ambiguousLength, .transferCodingInOldVersion, .badChunkSize, .truncated, .unexpectedResponse:
            400
        case .bodyTooLong: 413
        case .targetTooLong: 414
        case .headTooLong, .tooManyFields: 431
        case .unknownTransferCoding: 501
        case .badVersion: 505
        }
    }
}

/// How much of an HTTP message is taken; what is longer is refused.
public struct HTTPLimits: Equatable, BitwiseCopyable, Sendable {
    /// Bytes of the start line and all fields.
    package var headMax = 16 << 10
    package var targetMax = 8 << 10
    package var fieldsMax = 100
    /// Bytes of a body after its transfer coding.
    package var bodyMax = 1 << 20
    /// Bytes of a chunk's size line with its extensions, and of all trailers together.
    package var chunkLineMax = 4 << 10

    /// What a server takes.
    package static let server = HTTPLimits()
    /// What a client takes of a server that it trusts with longer answers.
    package static let client = HTTPLimits(headMax: 64 << 10, bodyMax: 64 << 20)

    package init(headMax: Int = 16 << 10, bodyMax: Int = 1 << 20) {
        self.headMax = headMax
        self.bodyMax = bodyMax
    }
}
