import Locks
import Quantities
import Transport
import WireCodecs

/// A server that answers as a test says, on a thread of its own: requests of HTTP, and texts of a WebSocket.
package final class ScriptedVenue: Sendable {
    package struct Request: Equatable, Sendable {
        package var method: String
        /// Without the query.
        package var path: String
        package var query: String
        package var authorization: String?
        package var body: String

        /// `GET /v1/market/list`.
        package var line: String { "\(method) \(path)" }
    }

    package enum Answer: Sendable {
        case reply(status: Int = 200, date: String? = nil, String)
        /// A reply with fields of its own in its head.
        case headed([(name: String, value: String)], String)
        /// Nothing comes, ever.
        case silence

        /// A reply of the venue that reports success.
        package static func data(_ data: String, date: String? = nil) -> Answer {
            .reply(date: date, #"{"code":0,"data":\#(data),"message":"Ok"}"#)
        }

        package static func code(_ code: Int, _ message: String = "no", date: String? = nil) -> Answer {
            .reply(date: date, #"{"code":\#(code),"data":{},"message":"\#(message)"}"#)
        }
    }

    /// What a text of a client leads to: texts that are sent back, or the end of the connection.
    package enum Saying: Sendable {
        case texts([String])
        case goodbye(after: [String] = [])
    }

    private let loop: EventLoop
    private let log = Lock<[Request]>([])
    private let place: Lock<(server: UInt16, isSecure: Bool)>
    private let box: Box

    /// What lives on the loop.
    private final class Box: @unchecked Sendable {
        var server: HTTPServer?
        var handler: Handler?
    }

    /// - Parameters:
    ///   - certificate: files of a certificate and its key; nil speaks plainly.
    ///   - answer: called on the server's thread.
    ///   - greeting: what a WebSocket begins with.
    ///   - say: what a text of a WebSocket is answered with.
    package init(
        certificate: (certificate: String, key: String)? = nil,
        answer: @escaping @Sendable (Request) -> Answer = { _ in .silence }, greeting: String? = nil,
        say: (@Sendable (String) -> Saying)? = nil
    ) async throws {
        loop = try EventLoop.start("venue")
        let tls = try certificate.map { try TLSContext(certificate: $0.certificate, key: $0.key) }
        let box = Box()
        self.box = box
        place = Lock((0, tls != nil))
        let handler = Handler(answer, greeting, say)
        box.handler = handler
        let port: UInt16 = await withCheckedContinuation { continuation in
            loop.submit { [loop] in
                guard let address = SocketAddress("127.0.0.1", port: 0),
                    let server = try? HTTPServer(loop, on: address, tls: tls, handler: handler)
                else { return continuation.resume(returning: 0) }
                box.server = server
                continuation.resume(returning: server.address?.port ?? 0)
            }
        }
        precondition(port != 0, "a test's server has a port")
        place.withLock { $0.server = port }
        handler.onRequest = { [weak self] request in self?.log.withLock { $0.append(request) } }
    }

    deinit {
        loop.submit { [box, loop] in
            box.server?.close()
            box.server = nil
            loop.stop()
        }
    }

    package var url: String {
        let (port, isSecure) = place.withLock { $0 }
        return "\(isSecure ? "https" : "http")://127.0.0.1:\(port)/v1"
    }

    package var socketURL: String {
        let (port, isSecure) = place.withLock { $0 }
        return "\(isSecure ? "wss" : "ws")://127.0.0.1:\(port)/"
    }

    /// What has been asked so far.
    package var requests: [Request] { log.withLock { $0 } }

    /// Sends a text to all clients of the WebSocket.
    package func push(_ text: String) {
        loop.submit { [box] in box.handler?.push(text) }
    }
}

/// Confined to the venue's loop; hence `@unchecked Sendable`.
private final class Handler: HTTPServerHandler, WebSocketHandler, @unchecked Sendable {
    private let answer: @Sendable (ScriptedVenue.Request) -> ScriptedVenue.Answer
    private let say: (@Sendable (String) -> ScriptedVenue.Saying)?
    private let greeting: String?
    private var sockets: [WebSocketConnection] = []
    /// Exchanges that are never answered.
    private var silent: [HTTPExchange] = []
    /// Set once, before there is a request.
    nonisolated(unsafe) var onRequest: (@Sendable (ScriptedVenue.Request) -> Void)?

    init(
        _ answer: @escaping @Sendable (ScriptedVenue.Request) -> ScriptedVenue.Answer, _ greeting: String?,
        _ say: (@Sendable (String) -> ScriptedVenue.Saying)?
    ) {
        self.answer = answer
        self.greeting = greeting
        self.say = say
    }

    func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
        let target = String(decoding: head.target, as: UTF8.self)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let request = ScriptedVenue.Request(
            method: String(decoding: head.method, as: UTF8.self), path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "",
            authorization: head.first("authorization").map { String(decoding: $0, as: UTF8.self) },
            body: String(decoding: body, as: UTF8.self))
        onRequest?(request)
        switch answer(request) {
        case .silence: silent.append(exchange)
        case .headed(let fields, var text):
            text.withUTF8 {
                exchange.respond(
                    200, type: "application/json", fields: fields, body: UnsafeRawBufferPointer($0))
            }
        case .reply(let status, let date, var text):
            text.withUTF8 {
                exchange.respond(
                    status, type: "application/json", fields: date.map { [("Date", $0)] } ?? [],
                    body: UnsafeRawBufferPointer($0))
            }
        }
    }

    func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { say == nil ? nil : self }

    func webSocketDidOpen(_ socket: WebSocketConnection) {
        sockets.append(socket)
        if let greeting { send(greeting, socket) }
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        switch say?(String(decoding: text, as: UTF8.self)) {
        case .texts(let texts): for text in texts { send(text, socket) }
        case .goodbye(let texts):
            for text in texts { send(text, socket) }
            socket.close(code: 1_001, reason: "going")
        case nil: break
        }
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        sockets.removeAll { $0 === socket }
    }

    func push(_ text: String) { for socket in sockets { send(text, socket) } }

    private func send(_ text: String, _ socket: WebSocketConnection) {
        var text = text
        text.withUTF8 { socket.write(text: UnsafeRawBufferPointer($0)) }
        socket.flush()
    }
}
