import Quantities
import WireCodecs

/// A WebSocket connection in either role: messages in, messages out, kept alive and ended in good order.
///
/// Confined to its loop. What is written is sent by `flush`; what is written while messages are being received
/// is sent at the end of that wake-up by itself.
package final class WebSocketConnection: StreamHandler, TimerTarget {
    private enum Phase: Equatable {
        /// The connection below is coming about. Can transition to: `upgrading`, `over`.
        case connecting
        /// A client's request was sent. Can transition to: `open`, `over`.
        case upgrading
        /// Can transition to: `closing` when we say goodbye or the peer does, `over`.
        case open
        /// Our close was sent. Can transition to: `over` when the peer's came and TCP ended, or in time.
        case closing(WebSocketEnd?)
        /// Final.
        case over
    }

    package let loop: EventLoop
    package let role: WebSocketRole
    package private(set) var handler: (any WebSocketHandler)?
    private let settings: WebSocketSettings
    private let handshake: WebSocketClientHandshake?
    private var phase: Phase {
        didSet {
            switch phase {
            case .open, .closing(nil): takesFrames = true
            case .connecting, .upgrading, .closing, .over: takesFrames = false
            }
        }
    }
    /// What the phase says about frames, apart because it is looked at for each of them.
    private var takesFrames: Bool
    private var connector: Connector?
    private var stream: Stream?
    private var timer: TimerID?
    /// When anything last came.
    private var heardAt: LoopTime
    private var isReceiving = false
    /// Who keeps the connection lets it go: called once at its end, also where the handler is not.
    private var letGo: ((WebSocketConnection) -> Void)?
    @exclusivity(unchecked) private var random = RandomPool()
    @exclusivity(unchecked) private var response = HTTPReader.responses()
    @exclusivity(unchecked) private var reader: WebSocketReader
    @exclusivity(unchecked) private var writer: WebSocketWriter
    /// What was agreed on; nil without compression.
    package private(set) var deflate: DeflateParameters?

    /// A client's connection; `open` begins it.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - fields: of the request, such as `Origin`.
    package init(
        client loop: EventLoop, _ resolver: Resolver, _ endpoint: Endpoint, target: String,
        fields: [(name: String, value: String)] = [], settings: WebSocketSettings = WebSocketSettings(),
        handler: any WebSocketHandler
    ) {
        self.loop = loop
        self.handler = handler
        self.settings = settings
        role = .client
        phase = .connecting
        takesFrames = false
        heardAt = loop.now
        var handshake = WebSocketClientHandshake(
            host: endpoint.authority, target: target, deflate: settings.deflate, nonce: random.bytes(16))
        handshake.fields = fields
        self.handshake = handshake
        reader = WebSocketReader(.client, messageMax: settings.messageMax)
        writer = WebSocketWriter(.client)
        connector = Connector(
            loop, resolver, endpoint, timeout: settings.openTimeout, limits: settings.limits, handler: self,
            attach: { [unowned self] in stream = $0 },
            fail: { [unowned self] in end(.notConnected($0)) })
    }

    /// A server's connection, behind a request whose answer has been written to the stream.
    ///
    /// - Parameter letGo: called at its end, before the handler is.
    init(
        server stream: Stream, from peer: SocketAddress, deflate: DeflateParameters?,
        settings: WebSocketSettings, handler: any WebSocketHandler,
        letGo: @escaping (WebSocketConnection) -> Void
    ) {
        loop = stream.loop
        self.peer = peer
        self.handler = handler
        self.letGo = letGo
        self.settings = settings
        self.stream = stream
        self.deflate = deflate
        role = .server
        phase = .open
        takesFrames = true
        handshake = nil
        heardAt = loop.now
        reader = WebSocketReader(.server, deflate: deflate, messageMax: settings.messageMax)
        writer = WebSocketWriter(.server, deflate: deflate, level: settings.deflateLevel)
    }

    package var isOpen: Bool { phase == .open }

    /// Where a server's client is; nil for a client.
    package private(set) var peer: SocketAddress?

    /// Whether so much waits to be sent that a producer should pause until `webSocketDidDrain`.
    package var isCongested: Bool { stream?.isCongested ?? false }

    /// Begins a client's connection.
    package func open() {
        precondition(phase == .connecting, "a connection is opened once")
        timer = loop.setTimer(loop.now + settings.openTimeout, self)
        connector?.start()
    }

    /// Takes over the stream on a server.
    func takeOver() {
        stream?.handler = self
        watch()
        handler?.webSocketDidOpen(self)
    }

    // MARK: Sending

    /// Writes a message that the next `flush` sends; nothing when the connection is not open.
    package func write(text: UnsafeRawBufferPointer) {
        guard phase == .open, let stream else { return }
        stream.write { writer.write(text: text, mask: random.next(), into: &$0) }
    }

    package func write(binary bytes: UnsafeRawBufferPointer) {
        guard phase == .open, let stream else { return }
        stream.write { writer.write(binary: bytes, mask: random.next(), into: &$0) }
    }

    /// Sends what was written.
    package func flush() {
        // At the end of the wake-up all is sent together.
        if !isReceiving { stream?.flush() }
    }

    /// Says goodbye: what was written before is sent, the peer's goodbye is waited for.
    package func close(code: UInt16 = WebSocketClose.normal, reason: String = "") {
        loop.assertOnLoop()
        switch phase {
        case .connecting, .upgrading: abandon(.closed(code: WebSocketClose.abnormal, reason: "closed by us"))
        case .open: sayGoodbye(code, reason, nil)
        case .closing, .over: break
        }
    }

    /// Ends the connection at once; the handler is not called any more.
    package func abandon() {
        handler = nil
        abandon(.lost(.closedByUs))
    }

    /// Ends the connection at once with a reset of TCP; the handler is told that it was closed by us.
    package func reset() {
        loop.assertOnLoop()
        connector?.cancel()
        stream?.reset()
        end(.lost(.closedByUs))
    }

    private func abandon(_ end: WebSocketEnd) {
        connector?.cancel()
        stream?.close()
        self.end(end)
    }

    /// - Parameter end: what the handler will be told; nil waits for the peer's close.
    private func sayGoodbye(_ code: UInt16, _ reason: String, _ end: WebSocketEnd?) {
        stream?.write { writer.write(close: code, reason: reason, mask: random.next(), into: &$0) }
        phase = .closing(end)
        if let timer { loop.cancelTimer(timer) }
        timer = loop.setTimer(loop.now + settings.closeTimeout, self)
        stream?.flush()
    }
}

// MARK: - Receiving

extension WebSocketConnection {
    package func streamDidOpen(_ stream: Stream) {
        phase = .upgrading
        stream.write { handshake?.write(into: &$0) }
        stream.flush()
    }

    package func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        heardAt = loop.now
        isReceiving = true
        if phase == .upgrading { readResponse(&input) }
        readFrames(&input)
        isReceiving = false
        stream.flush()
    }

    private func readResponse(_ input: inout WireBuffer) {
        do throws(HTTPFault) {
            while true {
                switch try response.next(&input) {
                case .incomplete: return
                case .interim: continue
                case .head, .body, .end, .upgraded: break
                }
                break
            }
        } catch {
            abandon(.notHTTP(error))
            return
        }
        do throws(HandshakeError) {
            deflate = try handshake?.check(response.head)
        } catch {
            abandon(.handshake(error))
            return
        }
        reader = WebSocketReader(.client, deflate: deflate, messageMax: settings.messageMax)
        writer = WebSocketWriter(.client, deflate: deflate, level: settings.deflateLevel)
        phase = .open
        watch()
        handler?.webSocketDidOpen(self)
    }

    private func readFrames(_ input: inout WireBuffer) {
        // Who lets the handler go also ends the phase that takes frames.
        guard let handler else { return }
        do throws(WebSocketFault) {
            while takesFrames {
                switch try reader.next(&input) {
                case .incomplete: return
                case .text(let text): handler.webSocket(self, didReceiveText: text)
                case .binary(let bytes): handler.webSocket(self, didReceiveBinary: bytes)
                case .ping(let payload):
                    guard phase == .open, handler.webSocketAnswersPing(self) else { continue }
                    let answer = settings.echoesPings ? payload : UnsafeRawBufferPointer(start: nil, count: 0)
                    stream?.write { writer.write(pong: answer, mask: random.next(), into: &$0) }
                    handler.webSocketDidAnswerPing(self)
                case .pong: break
                case .close(let code, let reason): takeGoodbye(code, String(decoding: reason, as: UTF8.self))
                }
            }
        } catch {
            if phase == .open { sayGoodbye(error.closeCode, "", .fault(error)) }
            stream?.finish()
        }
        // Behind the peer's goodbye nothing counts.
        if case .closing(_?) = phase { input.removeAll() }
    }

    private func takeGoodbye(_ code: UInt16, _ reason: String) {
        let end = WebSocketEnd.closed(code: code, reason: reason)
        switch phase {
        case .open: sayGoodbye(code, "", end)
        case .closing: phase = .closing(end)
        case .connecting, .upgrading, .over: return
        }
        // The server ends the connection below first (RFC 6455, section 7.1.1).
        if role == .server { stream?.finish() }
    }

    package func streamDidDrain(_ stream: Stream) { handler?.webSocketDidDrain(self) }

    package func stream(_ stream: Stream, didEnd end: StreamEnd) {
        switch phase {
        case .closing(let known?): self.end(known)
        case .connecting, .upgrading:
            if case .notConnected(let failure) = end {
                self.end(.notConnected(failure))
            } else {
                self.end(.lost(end))
            }
        case .open, .closing(nil): self.end(.lost(end))
        case .over: break
        }
    }
}

// MARK: - Time

extension WebSocketConnection {
    /// Looks again when the next ping could be due.
    private func watch() {
        if let timer { loop.cancelTimer(timer) }
        timer = loop.setTimer(heardAt + settings.pingAfter, self)
    }

    package func timerFired(_ id: TimerID) {
        timer = nil
        switch phase {
        case .connecting: abandon(.notConnected(.timeout(phase: .connecting)))
        case .upgrading: abandon(.lost(.timeout("answer to the request for a WebSocket")))
        case .open:
            let silence = loop.now - heardAt
            if silence >= settings.silentAfter {
                abandon(.silent)
            } else if silence >= settings.pingAfter {
                let empty = UnsafeRawBufferPointer(start: nil, count: 0)
                stream?.write { writer.write(ping: empty, mask: random.next(), into: &$0) }
                stream?.flush()
                guard phase == .open else { return }
                timer = loop.setTimer(
                    min(loop.now + settings.pingAfter, heardAt + settings.silentAfter), self)
            } else {
                watch()
            }
        case .closing(let known):
            abandon(known ?? .closed(code: WebSocketClose.abnormal, reason: "no answer"))
        case .over: break
        }
    }

    private func end(_ end: WebSocketEnd) {
        guard phase != .over else { return }
        phase = .over
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        connector = nil
        stream = nil
        let (handler, letGo) = (handler, letGo)
        self.handler = nil
        self.letGo = nil
        letGo?(self)
        handler?.webSocket(self, didEnd: end)
    }
}
