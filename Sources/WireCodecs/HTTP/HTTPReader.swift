/// Takes HTTP/1.1 messages from a buffer, one after the other: requests on a server, responses on a client.
///
/// The reader does no input and no output. Its caller appends what arrived to a buffer and asks for `next`
/// until that says `incomplete`. Every error is final: on a server it is answered with `HTTPFault.status`,
/// then the connection is closed; what has not been taken is never read as another message.
///
/// It is strict in both roles (RFC 9112): no bare line feeds, no folded fields, no blanks before a colon, one
/// `Content-Length` at most, never together with `Transfer-Encoding`, which is `chunked` or refused.
public struct HTTPReader: ~Copyable {
    /// What came; the bytes are valid until the next call and until the input is written to.
    @frozen public enum Event {
        /// More bytes are needed.
        case incomplete
        /// A whole head: look at `head`.
        case head
        /// A response before the one that counts, such as 100 Continue: look at `head`.
        case interim
        /// Some of the body, after its transfer coding.
        case body(UnsafeRawBufferPointer)
        /// The message is complete.
        case end
        /// The connection speaks another protocol from here on; what follows stays in the input.
        case upgraded
    }

    /// What a response answers, which decides where it ends.
    package enum Asked: Equatable, BitwiseCopyable, Sendable {
        case get
        /// HEAD: the response has no body, whatever its fields say.
        case head
        /// CONNECT: behind a response of 2xx the connection is a tunnel.
        case connect
    }

    private enum State: Equatable {
        /// In front of a head, `scanned` bytes of which have no end, `lineStart` being where the last begun
        /// line starts. Can transition to: `body` or `ending`.
        case head(scanned: Int, lineStart: Int)
        /// Can transition to: `ending` when `remaining` is 0.
        case body(remaining: Int)
        /// In front of a chunk's size line. Can transition to: `chunk`, or `trailers` at the last one.
        case chunkSize(scanned: Int)
        /// Can transition to: `chunkEnd` when `remaining` is 0.
        case chunk(remaining: Int)
        /// In front of the line end that follows a chunk. Can transition to: `chunkSize`.
        case chunkEnd
        /// Among the fields behind the last chunk, `size` bytes of which were dropped. Can transition to: `end`
        /// at the empty line.
        case trailers(size: Int, scanned: Int)
        /// A body without a declared end. Can transition to: `end` when the connection ends.
        case untilClose
        /// The message is complete, which is still to be told. Can transition to: `head`.
        case ending
        /// No HTTP any more. Final.
        case upgraded
    }

    private let isServer: Bool
    private let limits: HTTPLimits
    private var state = State.head(scanned: 0, lineStart: 0)
    private var bodyBytes = 0
    /// Empty lines in front of a request line: one is forgiven (RFC 9112, section 2.2).
    private var hasSkippedLine = false
    /// Set by the caller before each response.
    package var asked = Asked.get
    /// The message that is being taken.
    package private(set) var head = HTTPHead()

    private init(isServer: Bool, _ limits: HTTPLimits) {
        self.isServer = isServer
        self.limits = limits
    }

    package static func requests(_ limits: HTTPLimits = .server) -> HTTPReader {
        HTTPReader(isServer: true, limits)
    }

    package static func responses(_ limits: HTTPLimits = .client) -> HTTPReader {
        HTTPReader(isServer: false, limits)
    }

    /// Whether nothing of a message has been taken: the connection may be closed or used for another one.
    package var isBetweenMessages: Bool { state == .head(scanned: 0, lineStart: 0) }

    /// The next part of a message in the input.
    package mutating func next(_ input: inout WireBuffer) throws(HTTPFault) -> Event {
        while true {
            switch state {
            case .head(let scanned, let lineStart):
                guard try findHeadEnd(&input, scanned, lineStart) else { return .incomplete }
                return try beginMessage()
            case .body(let remaining):
                guard let piece = try takeBody(&input, remaining) else { return .incomplete }
                state = remaining == piece.count ? .ending : .body(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkSize(let scanned):
                guard try takeChunkSize(&input, scanned) else { return .incomplete }
            case .chunk(let remaining):
                guard let piece = try takeBody(&input, remaining) else { return .incomplete }
                state = remaining == piece.count ? .chunkEnd : .chunk(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkEnd:
                guard try takeLineEnd(&input) else { return .incomplete }
                state = .chunkSize(scanned: 0)
            case .trailers(let size, let scanned):
                guard try takeTrailer(&input, size, scanned) else { return .incomplete }
            case .untilClose:
                guard let piece = try takeBody(&input, .max) else { return .incomplete }
                return .body(piece)
            case .ending:
                state = .head(scanned: 0, lineStart: 0)
                hasSkippedLine = false
                return .end
            case .upgraded: return .upgraded
            }
        }
    }

    /// The peer has closed its side: returns whether a message that lasts until then is complete.
    ///
    /// Throws when a message was cut off; false when none had begun.
    package mutating func finish(_ input: borrowing WireBuffer) throws(HTTPFault) -> Bool {
        switch state {
        case .head:
            guard input.isEmpty else { throw HTTPFault(.truncated) }
            return false
        case .untilClose, .ending:
            state = .head(scanned: 0, lineStart: 0)
            return true
        case .body, .chunkSize, .chunk, .chunkEnd, .trailers: throw HTTPFault(.truncated)
        case .upgraded: return false
        }
    }
}

// MARK: - Heads

extension HTTPReader {
    /// Looks for the empty line; moves the head into `head` when it is there.
    private mutating func findHeadEnd(
        _ input: inout WireBuffer, _ scanned: Int, _ lineStart: Int
    ) throws(HTTPFault) -> Bool {
        if scanned == 0, let length = try head.takeUsual(input.bytes, isRequest: isServer, limits) {
            input.consume(length)
            return true
        }
        var (scanned, lineStart) = (scanned, lineStart)
        let bytes = input.bytes
        while let feed = ByteSearch.first(0x0A, in: bytes, from: scanned) {
            // What lies beyond the limit is not judged, however much of it has come already.
            guard feed < limits.headMax else { throw HTTPFault(.headTooLong) }
            guard feed > lineStart, bytes[feed - 1] == 0x0D else { throw HTTPFault(.badLineEnd, at: feed) }
            scanned = feed + 1
            guard feed - 1 == lineStart else {
                lineStart = scanned
                continue
            }
            if lineStart == 0 {
                guard isServer, !hasSkippedLine else { throw HTTPFault(.badStartLine) }
                hasSkippedLine = true
                input.consume(2)
                state = .head(scanned: 0, lineStart: 0)
                return try findHeadEnd(&input, 0, 0)
            }
            head.clear()
            head.storage.append(UnsafeRawBufferPointer(rebasing: bytes[..<scanned]))
            input.consume(scanned)
            try head.parse(isRequest: isServer, limits)
            return true
        }
        guard bytes.count < limits.headMax else { throw HTTPFault(.headTooLong) }
        state = .head(scanned: bytes.count, lineStart: lineStart)
        return false
    }

    private mutating func beginMessage() throws(HTTPFault) -> Event {
        bodyBytes = 0
        let framing: HTTPFraming
        if isServer {
            framing = try head.requestFraming(limits)
        } else {
            if head.status == 101 || (asked == .connect && (200..<300).contains(head.status)) {
                state = .upgraded
                return .head
            }
            framing = try head.responseFraming(toHead: asked == .head, limits)
            if head.status < 200 {
                state = .head(scanned: 0, lineStart: 0)
                return .interim
            }
        }
        switch framing {
        case .none, .length(0): state = .ending
        case .length(let length): state = .body(remaining: length)
        case .chunked: state = .chunkSize(scanned: 0)
        case .untilClose: state = .untilClose
        }
        return .head
    }

    /// The server has answered an upgrade: what follows the request's head is no HTTP.
    package mutating func upgrade() {
        precondition(isServer && state == .ending, "only a request without a body is upgraded")
        state = .upgraded
    }
}

// MARK: - Bodies

extension HTTPReader {
    /// Up to `limit` bytes of the body; nil when there are none.
    private mutating func takeBody(
        _ input: inout WireBuffer, _ limit: Int
    ) throws(HTTPFault) -> UnsafeRawBufferPointer? {
        guard !input.isEmpty else { return nil }
        // What lies within the limit is handed out, however much has come together with it.
        guard bodyBytes < limits.bodyMax else { throw HTTPFault(.bodyTooLong) }
        let count = min(limit, input.count, limits.bodyMax - bodyBytes)
        bodyBytes += count
        let piece = UnsafeRawBufferPointer(rebasing: input.bytes[..<count])
        input.consume(count)
        return piece
    }

    private func takeLineEnd(_ input: inout WireBuffer) throws(HTTPFault) -> Bool {
        guard !input.isEmpty else { return false }
        guard input[0] == 0x0D else { throw HTTPFault(.badLineEnd) }
        guard input.count >= 2 else { return false }
        guard input[1] == 0x0A else { throw HTTPFault(.badLineEnd, at: 1) }
        input.consume(2)
        return true
    }

    /// The length of a whole line without its end; nil when it is not whole yet.
    private func lineLength(_ input: borrowing WireBuffer, _ scanned: Int) throws(HTTPFault) -> Int? {
        let bytes = input.bytes
        guard let feed = ByteSearch.first(0x0A, in: bytes, from: scanned) else {
            guard bytes.count <= limits.chunkLineMax else { throw HTTPFault(.badChunkSize) }
            return nil
        }
        guard feed <= limits.chunkLineMax else { throw HTTPFault(.badChunkSize) }
        guard feed > 0, bytes[feed - 1] == 0x0D else { throw HTTPFault(.badLineEnd, at: feed) }
        return feed - 1
    }

    /// `1*HEXDIG [;extensions]`: the extensions are dropped (RFC 9112, section 7.1).
    private mutating func takeChunkSize(
        _ input: inout WireBuffer, _ scanned: Int
    ) throws(HTTPFault) -> Bool {
        guard let length = try lineLength(input, scanned) else {
            state = .chunkSize(scanned: input.count)
            return false
        }
        let line = UnsafeRawBufferPointer(rebasing: input.bytes[..<length])
        var (size, digits) = (0, 0)
        while digits < length, let digit = Self.hexadecimal(line[digits]) {
            // 15 digits cannot overflow, leading zeros included.
            guard digits < 15 else { throw HTTPFault(.badChunkSize, at: digits) }
            size = size << 4 | digit
            digits += 1
        }
        guard digits > 0 else { throw HTTPFault(.badChunkSize) }
        let rest = HTTPText.trimmed(UnsafeRawBufferPointer(rebasing: line[digits...]))
        guard rest.count == 0 || rest[0] == UInt8(ascii: ";"), ByteSearch.areValues(rest) else {
            throw HTTPFault(.badChunkSize, at: digits)
        }
        guard size <= limits.bodyMax - bodyBytes else { throw HTTPFault(.bodyTooLong) }
        input.consume(length + 2)
        state = size == 0 ? .trailers(size: 0, scanned: 0) : .chunk(remaining: size)
        return true
    }

    /// A field behind the last chunk is checked and dropped.
    private mutating func takeTrailer(
        _ input: inout WireBuffer, _ size: Int, _ scanned: Int
    ) throws(HTTPFault) -> Bool {
        guard let length = try lineLength(input, scanned) else {
            state = .trailers(size: size, scanned: input.count)
            return false
        }
        if length == 0 {
            state = .ending
        } else {
            let total = size + length + 2
            guard total <= limits.chunkLineMax else { throw HTTPFault(.headTooLong) }
            // Only its form matters: the field is taken out again.
            try head.parseField(input.bytes, 0..<length, limits)
            head.dropLastField()
            state = .trailers(size: total, scanned: 0)
        }
        input.consume(length + 2)
        return true
    }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
