import Quantities
import WireCodecs

/// One client of a server: its requests are read one at a time, and answered in order.
final class HTTPServerConnection: StreamHandler, TimerTarget {
    private enum Phase: Equatable {
        /// TLS is being agreed on. Can transition to: `waiting`, `over`.
        case opening
        /// Between requests. Can transition to: `head` with the first byte, `over` in time.
        case waiting
        /// Can transition to: `body`, `answering`, `leaving`.
        case head
        /// Can transition to: `answering`, `leaving`.
        case body
        /// The handler has the request; what comes meanwhile waits. Can transition to: `waiting`, `leaving`.
        case answering
        /// The last answer was written. Can transition to: `over`.
        case leaving
        /// Final.
        case over
    }

    private weak var server: HTTPServer?
    private let loop: EventLoop
    private let settings: HTTPServerSettings
    private let isWelcome: Bool
    private var stream: Stream?
    private var phase = Phase.opening
    private var timer: TimerID?
    private var reader: HTTPReader
    private var body = WireBuffer(capacity: 256)
    private var exchange: HTTPExchange?
    private var isReading = false
    private let serial: UInt64
    let peer: SocketAddress
    /// Since when its next request is waited for.
    private var awaitedSince: LoopTime
    private var hasBeenAnswered = false
    /// Whole requests that came.
    private var requestCount = 0

    /// - Parameter serial: in the order of coming.
    init(
        _ server: HTTPServer, _ loop: EventLoop, serial: UInt64, from peer: SocketAddress, isWelcome: Bool
    ) {
        self.peer = peer
        self.server = server
        self.loop = loop
        self.serial = serial
        self.isWelcome = isWelcome
        awaitedSince = loop.now
        settings = server.settings
        reader = HTTPReader.requests(settings.requestLimits)
    }

    /// - Parameter handshakePause: see `Stream.start`; such a client has longer than others.
    func start(_ stream: Stream, handshakePause: Interval? = nil) {
        self.stream = stream
        let time = settings.headTimeout + (handshakePause ?? .zero) * Self.handshakeBytesMax
        stream.start(deadline: loop.now + time, handshakePause: handshakePause)
    }

    /// More than a handshake of ours has.
    private static let handshakeBytesMax = 8_192

    func close() {
        stream?.close()
        leave()
    }

    /// Whether a request of it is still to come in full.
    var isAwaited: Bool {
        switch phase {
        case .opening, .waiting, .head, .body: true
        case .answering, .leaving, .over: false
        }
    }

    func waitsBefore(_ other: HTTPServerConnection) -> Bool {
        awaitedSince != other.awaitedSince ? awaitedSince < other.awaitedSince : serial < other.serial
    }

    /// Reads what has come already; whether that was a request, or the end of the connection.
    func readsRequest() -> Bool {
        let before = requestCount
        stream?.readAhead()
        return requestCount > before || !isAwaited
    }

    /// Makes room for another client.
    func dismiss() {
        switch phase {
        // Without TLS there is nothing to say it with.
        case .opening: close()
        // A client that has been answered expects that an idle connection ends.
        case .waiting: if hasBeenAnswered { leaveBehindAnswer() } else { refuse(503) }
        case .head, .body: refuse(503)
        case .answering, .leaving, .over: break
        }
    }

    // MARK: The stream

    func streamDidOpen(_ stream: Stream) {
        guard isWelcome else {
            refuse(503)
            return
        }
        phase = .waiting
        setDeadline(settings.headTimeout)
    }

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        isReading = true
        read(&input)
        isReading = false
        self.stream?.flush()
    }

    func streamDidDrain(_ stream: Stream) {}

    func stream(_ stream: Stream, didEnd end: StreamEnd) { leave() }

    private func leave() {
        guard phase != .over else { return }
        phase = .over
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        exchange?.forget()
        exchange = nil
        stream = nil
        server?.remove(self)
    }

    // MARK: Requests

    private func read(_ input: inout WireBuffer) {
        do throws(HTTPFault) {
            while true {
                switch phase {
                case .waiting:
                    guard !input.isEmpty else { return }
                    phase = .head
                    setDeadline(settings.headTimeout)
                case .head, .body: break
                case .opening, .answering, .leaving, .over: return
                }
                switch try reader.next(&input) {
                case .incomplete: return
                case .head: try beginRequest()
                case .body(let bytes): body.append(bytes)
                case .end: answer(&input)
                case .interim, .upgraded: return
                }
            }
        } catch {
            refuse(error.status)
        }
    }

    private func beginRequest() throws(HTTPFault) {
        phase = .body
        body.removeAll(keeping: 64 << 10)
        setDeadline(settings.bodyTimeout)
        guard reader.head.has("100-continue", in: "expect"), !reader.head.isOldVersion else { return }
        stream?.write {
            $0.beginResponse(100)
            $0.endHead()
        }
        stream?.flush()
    }

    /// Hands a whole request to the handler.
    private func answer(_ input: inout WireBuffer) {
        guard let server, let stream, let handler = server.handler else { return }
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        phase = .answering
        requestCount += 1
        var answer = WireBuffer(capacity: 512)
        switch WebSocketServerHandshake(deflate: settings.webSocket.deflate).answer(
            reader.head, into: &answer)
        {
        case .refused:
            stream.write(answer.bytes)
            leaveBehindAnswer()
        case .upgraded(let deflate):
            let user = handler.webSocketHandler(for: reader.head)
            // Whoever was asked may have closed the server.
            guard phase == .answering else { return }
            guard let user else {
                refuse(404)
                return
            }
            stream.write(answer.bytes)
            phase = .over
            self.stream = nil
            server.promote(self, stream, deflate, user)
            stream.flush()
        case .notAsked:
            let exchange = HTTPExchange(
                self, isHead: reader.head.isMethod("HEAD"), keepsAlive: reader.head.keepsAlive)
            self.exchange = exchange
            handler.respond(to: reader.head, body: body.bytes, exchange)
        }
    }

    /// The handler has answered: the next request may be read.
    func finishExchange(keepsAlive: Bool) {
        exchange = nil
        hasBeenAnswered = true
        guard phase == .answering, let stream else { return }
        guard keepsAlive else {
            leaveBehindAnswer()
            return
        }
        phase = .waiting
        awaitedSince = loop.now
        setDeadline(settings.idleTimeout)
        // Answered at once, it is flushed at the end of the wake-up.
        guard !isReading else { return }
        stream.flush()
        // A request that came meanwhile.
        stream.resume()
    }

    func write(_ body: (inout WireBuffer) -> Void) { stream?.write(body) }

    private func refuse(_ status: Int) {
        stream?.write {
            $0.beginResponse(status)
            $0.field("Content-Length", "0")
            $0.field("Connection", "close")
            $0.endHead()
        }
        leaveBehindAnswer()
    }

    private func leaveBehindAnswer() {
        phase = .leaving
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        server?.leaves(self)
        stream?.finish()
    }

    private func setDeadline(_ time: Interval) {
        if let timer { loop.cancelTimer(timer) }
        timer = loop.setTimer(loop.now + time, self)
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        switch phase {
        case .head, .body: refuse(408)
        case .waiting: leaveBehindAnswer()
        case .opening, .answering, .leaving, .over: break
        }
    }
}

/// One request that waits for its answer.
package final class HTTPExchange {
    private weak var connection: HTTPServerConnection?
    private let isHead: Bool
    private let keepsAlive: Bool

    init(_ connection: HTTPServerConnection, isHead: Bool, keepsAlive: Bool) {
        self.connection = connection
        self.isHead = isHead
        self.keepsAlive = keepsAlive
    }

    /// Where the client is; nil when it has gone.
    package var peer: SocketAddress? { connection?.peer }

    /// Answers; a second answer, or one to a client that has gone, is dropped.
    package func respond(
        _ status: Int, type: String? = nil, fields: [(name: String, value: String)] = [],
        body: UnsafeRawBufferPointer
    ) {
        guard let connection else { return }
        self.connection = nil
        connection.write { [isHead, keepsAlive] output in
            output.beginResponse(status)
            if let type { output.field("Content-Type", type) }
            for field in fields { output.field(field.name, field.value) }
            if status != 204, status != 304 { output.field("Content-Length", body.count) }
            if !keepsAlive { output.field("Connection", "close") }
            output.endHead()
            if !isHead, status != 204, status != 304 { output.append(body) }
        }
        connection.finishExchange(keepsAlive: keepsAlive)
    }

    package func respond(_ status: Int, text: String, type: String = "text/plain; charset=utf-8") {
        var text = text
        text.withUTF8 { respond(status, type: type, body: UnsafeRawBufferPointer($0)) }
    }

    /// Ends the connection without an answer: nobody is told what became of the request.
    package func abandon() {
        let connection = connection
        self.connection = nil
        connection?.close()
    }

    func forget() { connection = nil }
}
