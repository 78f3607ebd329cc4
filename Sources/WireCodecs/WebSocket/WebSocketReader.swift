/// Takes frames from a buffer and makes messages of them: RFC 6455 in either role, with or without deflate.
///
/// The reader does no input and no output. Its caller appends what arrived to a buffer and asks for `next`
/// until that says `incomplete`. Every error is final: the caller closes the connection with its close code.
///
/// What holds at all times:
/// 1. Errors are told as early as they are certain: bad headers before their payload, bad UTF-8 and too much
///    inflated data inside an unfinished frame.
/// 2. A whole frame that is a whole message is handed out where it lies in the input, unmasked in place.
///    Only fragments and compressed data are copied.
/// 3. Memory: the input holds at most a header and a control frame of unread bytes between two calls, whatever
///    the length of the message; a message that comes in pieces takes at most `messageMax` bytes.
public struct WebSocketReader: ~Copyable {
    /// What came; the bytes are valid until the next call and until the input is written to.
    @frozen public enum Event {
        /// More bytes are needed.
        case incomplete
        case text(UnsafeRawBufferPointer)
        case binary(UnsafeRawBufferPointer)
        case ping(UnsafeRawBufferPointer)
        case pong(UnsafeRawBufferPointer)
        /// The code is `WebSocketClose.noCode` when the frame had none. Nothing is read behind it.
        case close(code: UInt16, reason: UnsafeRawBufferPointer)
    }

    /// The message that frames add to.
    @usableFromInline enum Message: BitwiseCopyable, Sendable {
        /// Between messages. Can transition to: `plain` or `compressed` with the first frame.
        case none
        /// Can transition to: `none` when its last frame is complete.
        case plain(isText: Bool)
        /// As `plain`.
        case compressed(isText: Bool)
    }

    /// Messages of more bytes are refused, compressed ones by what they inflate to.
    @usableFromInline package static var messageMaxDefault: Int { 16 << 20 }
    /// Memory that is kept for the next message that comes in pieces.
    @usableFromInline static var memoryKept: Int { 1 << 20 }

    @usableFromInline let role: WebSocketRole
    @usableFromInline let messageMax: Int
    @usableFromInline var message = Message.none
    /// The frame whose payload is being taken; nil in front of a header.
    @usableFromInline var frame: WebSocketFrameHeader?
    /// Bytes of its payload that were taken.
    @usableFromInline var taken = 0
    @usableFromInline var utf8 = UTF8Validator()
    @usableFromInline var gathered: WireBuffer
    var inflater: Inflater?
    @usableFromInline let hasDeflate: Bool

    /// - Parameters:
    ///   - role: ours.
    ///   - deflate: what the handshake negotiated.
    ///   - messageMax: in bytes.
    package init(
        _ role: WebSocketRole, deflate: DeflateParameters? = nil,
        messageMax: Int = WebSocketReader.messageMaxDefault
    ) {
        self.role = role
        self.messageMax = messageMax
        gathered = WireBuffer(capacity: 1_024)
        hasDeflate = deflate != nil
        guard let deflate else { return }
        switch role {
        case .client:
            inflater = Inflater(
                windowBits: deflate.serverWindowBits, keepsContext: !deflate.serverNoContextTakeover)
        case .server:
            inflater = Inflater(
                windowBits: deflate.clientWindowBits, keepsContext: !deflate.clientNoContextTakeover)
        }
    }

    /// The next message or control frame in the input.
    @inlinable
    package mutating func next(_ input: inout WireBuffer) throws(WebSocketFault) -> Event {
        while true {
            if frame == nil {
                guard let (header, size) = try WebSocketFrameHeader.read(input.bytes) else {
                    return .incomplete
                }
                try check(header)
                if header.opcode.isControl {
                    guard input.count >= size + header.length else { return .incomplete }
                    input.consume(size)
                    return try control(header, &input)
                }
                if isWhole(header), input.count - size >= header.length {
                    input.consume(size)
                    return try whole(header, &input)
                }
                input.consume(size)
                begin(header)
                if header.isFinal, header.isCompressed, input.count >= header.length {
                    return try wholeCompressed(header, &input)
                }
            }
            guard let event = try takePayload(&input) else { continue }
            return event
        }
    }
}

// MARK: - Headers

extension WebSocketReader {
    @inlinable
    func check(_ header: WebSocketFrameHeader) throws(WebSocketFault) {
        switch role {
        case .server: if header.mask == nil { throw WebSocketFault(.notMasked) }
        case .client: if header.mask != nil { throw WebSocketFault(.masked) }
        }
        if header.opcode.isControl { return }
        switch message {
        case .none:
            if header.opcode == .continuation { throw WebSocketFault(.nothingToContinue) }
            if header.isCompressed, !hasDeflate { throw WebSocketFault(.reservedBits) }
            if header.length > messageMax { throw WebSocketFault(.messageTooLong) }
        case .plain:
            if header.opcode != .continuation { throw WebSocketFault(.messageNotFinished) }
            if header.isCompressed { throw WebSocketFault(.reservedBits) }
            if header.length > messageMax - gathered.count { throw WebSocketFault(.messageTooLong) }
        case .compressed:
            if header.opcode != .continuation { throw WebSocketFault(.messageNotFinished) }
            if header.isCompressed { throw WebSocketFault(.reservedBits) }
            if header.length > messageMax { throw WebSocketFault(.messageTooLong) }
        }
    }

    /// Whether the frame is a message by itself that can be handed out where it lies.
    @inlinable
    func isWhole(_ header: WebSocketFrameHeader) -> Bool {
        guard header.isFinal, !header.isCompressed else { return false }
        switch message {
        case .none: return true
        case .plain, .compressed: return false
        }
    }

    @usableFromInline
    mutating func begin(_ header: WebSocketFrameHeader) {
        frame = header
        taken = 0
        guard header.opcode != .continuation else { return }
        gathered.removeAll(keeping: Self.memoryKept)
        utf8 = UTF8Validator()
        let isText = header.opcode == .text
        message = header.isCompressed ? .compressed(isText: isText) : .plain(isText: isText)
    }
}

// MARK: - Payloads

extension WebSocketReader {
    /// A frame that is a whole message and lies whole in the input.
    @inlinable
    mutating func whole(
        _ header: WebSocketFrameHeader, _ input: inout WireBuffer
    ) throws(WebSocketFault) -> Event {
        let payload = take(header.length, of: header, from: &input)
        guard header.opcode == .text else { return .binary(payload) }
        var utf8 = UTF8Validator()
        guard utf8.accepts(payload), utf8.isComplete else { throw WebSocketFault(.invalidUTF8) }
        return .text(payload)
    }

    /// A frame that is a whole compressed message and lies whole in the input.
    @usableFromInline
    mutating func wholeCompressed(
        _ header: WebSocketFrameHeader, _ input: inout WireBuffer
    ) throws(WebSocketFault) -> Event {
        let payload = take(header.length, of: header, from: &input)
        let isText = header.opcode == .text
        do throws(WebSocketFault) {
            try inflater?.addWhole(payload, to: &gathered, max: messageMax)
        } catch {
            if isText { try checkText(from: 0) }
            throw error
        }
        frame = nil
        message = .none
        guard isText else { return .binary(gathered.bytes) }
        try checkText(from: 0)
        guard utf8.isComplete else { throw WebSocketFault(.invalidUTF8) }
        return .text(gathered.bytes)
    }

    /// Unmasks bytes at the front of the input and takes them out.
    @inlinable
    mutating func take(
        _ count: Int, of header: WebSocketFrameHeader, from input: inout WireBuffer
    ) -> UnsafeRawBufferPointer {
        let bytes = UnsafeMutableRawBufferPointer(rebasing: input.mutableBytes[..<count])
        if let mask = header.mask { WebSocketMask.apply(mask, offset: taken, to: bytes) }
        input.consume(count)
        return UnsafeRawBufferPointer(bytes)
    }

    /// Takes what there is of the frame's payload; nil when the frame was not the message's last.
    @usableFromInline
    mutating func takePayload(_ input: inout WireBuffer) throws(WebSocketFault) -> Event? {
        guard let header = frame else { return nil }
        let count = min(header.length - taken, input.count)
        let piece = take(count, of: header, from: &input)
        taken += count
        let isDone = taken == header.length
        let isText = try add(piece)
        guard isDone else { return .incomplete }
        frame = nil
        taken = 0
        guard header.isFinal else { return nil }
        try finishMessage()
        return isText ? .text(gathered.bytes) : .binary(gathered.bytes)
    }

    /// Adds payload to the message; returns whether that is text.
    private mutating func add(_ piece: UnsafeRawBufferPointer) throws(WebSocketFault) -> Bool {
        let before = gathered.count
        let isText: Bool
        switch message {
        case .none: preconditionFailure("payload belongs to a message")
        case .plain(let text):
            isText = text
            gathered.append(piece)
        case .compressed(let text):
            isText = text
            do throws(WebSocketFault) {
                try inflater?.add(piece, to: &gathered, max: messageMax)
            } catch {
                // What is wrong first counts, however the message was cut.
                if isText { try checkText(from: before) }
                throw error
            }
        }
        if isText { try checkText(from: before) }
        return isText
    }

    private mutating func finishMessage() throws(WebSocketFault) {
        switch message {
        case .none: break
        case .plain(let isText):
            if isText, !utf8.isComplete { throw WebSocketFault(.invalidUTF8) }
        case .compressed(let isText):
            let before = gathered.count
            do throws(WebSocketFault) {
                try inflater?.finish(&gathered, max: messageMax)
            } catch {
                if isText { try checkText(from: before) }
                throw error
            }
            if isText {
                try checkText(from: before)
                if !utf8.isComplete { throw WebSocketFault(.invalidUTF8) }
            }
        }
        message = .none
    }

    private mutating func checkText(from start: Int) throws(WebSocketFault) {
        guard utf8.accepts(UnsafeRawBufferPointer(rebasing: gathered.bytes[start...])) else {
            throw WebSocketFault(.invalidUTF8)
        }
    }

    @usableFromInline
    mutating func control(
        _ header: WebSocketFrameHeader, _ input: inout WireBuffer
    ) throws(WebSocketFault) -> Event {
        // Between two frames `taken` is 0, and inside one no control frame can stand.
        let payload = take(header.length, of: header, from: &input)
        switch header.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close: return try close(payload)
        case .continuation, .text, .binary: preconditionFailure("data frames are taken elsewhere")
        }
    }

    private func close(_ payload: UnsafeRawBufferPointer) throws(WebSocketFault) -> Event {
        guard payload.count > 0 else { return .close(code: WebSocketClose.noCode, reason: payload) }
        guard payload.count >= 2 else { throw WebSocketFault(.badCloseCode) }
        let code = UInt16(bigEndian: payload.loadUnaligned(as: UInt16.self))
        guard WebSocketClose.isAllowed(code) else { throw WebSocketFault(.badCloseCode) }
        let reason = UnsafeRawBufferPointer(rebasing: payload[2...])
        var utf8 = UTF8Validator()
        guard utf8.accepts(reason), utf8.isComplete else { throw WebSocketFault(.invalidUTF8) }
        return .close(code: code, reason: reason)
    }
}
