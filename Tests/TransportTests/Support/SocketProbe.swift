import Quantities
import WireCodecs

@testable import Transport

/// One end of a WebSocket: keeps what it is told, and does what the test wants there. Confined to its loop.
final class SocketProbe: Watched, WebSocketHandler, @unchecked Sendable {
    enum Event: Equatable, Sendable {
        case opened
        case text(String)
        case binary(Int)
        case drained
        case ended(WebSocketEnd)
    }

    var socket: WebSocketConnection?
    private(set) var events: [Event] = []
    /// Called behind each event.
    var onEvent: ((SocketProbe, Event) -> Void)?

    var end: WebSocketEnd? {
        for case .ended(let end) in events { return end }
        return nil
    }

    func say(_ text: String) {
        var text = text
        text.withUTF8 { socket?.write(text: UnsafeRawBufferPointer($0)) }
        socket?.flush()
    }

    func say(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { socket?.write(binary: $0) }
        socket?.flush()
    }

    private func add(_ event: Event) {
        events.append(event)
        onEvent?(self, event)
        changed()
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) {
        self.socket = socket
        add(.opened)
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        add(.text(String(decoding: text, as: UTF8.self)))
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        add(.binary(bytes.count))
    }

    func webSocketDidDrain(_ socket: WebSocketConnection) { add(.drained) }
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) { add(.ended(end)) }
}

/// Gives every client a WebSocket of a probe. Confined to its loop.
final class SocketHost: Watched, HTTPServerHandler, @unchecked Sendable {
    private(set) var server: HTTPServer?
    private(set) var probes: [SocketProbe] = []
    private let prepare: (SocketProbe) -> Void
    /// Called in front of the answer to who asks for a WebSocket.
    var onUpgrade: ((SocketHost) -> Void)?
    /// Called with each request; nil answers with the body.
    var onRequest: ((SocketHost, HTTPExchange) -> Void)?

    var port: UInt16 { server?.address?.port ?? 0 }

    init(
        _ loop: EventLoop, tls: TLSContext?, settings: HTTPServerSettings,
        prepare: @escaping (SocketProbe) -> Void
    ) {
        self.prepare = prepare
        super.init()
        server = try! HTTPServer(
            loop, on: SocketAddress("127.0.0.1", port: 0)!, tls: tls, settings: settings, handler: self)
    }

    func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
        if let onRequest { onRequest(self, exchange) } else { exchange.respond(200, body: body) }
        changed()
    }

    func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? {
        onUpgrade?(self)
        let probe = SocketProbe()
        prepare(probe)
        probes.append(probe)
        changed()
        return probe
    }

    /// Lets go of the server and of the probes.
    func forget() {
        server?.close()
        server = nil
        probes = []
    }
}

extension Stage {
    func host(
        _ tls: TLSContext? = nil, settings: HTTPServerSettings = HTTPServerSettings(),
        prepare: @escaping @Sendable (SocketProbe) -> Void = { _ in }
    ) async -> SocketHost {
        await on { [loop] in SocketHost(loop, tls: tls, settings: settings, prepare: prepare) }
    }

    /// A client's WebSocket to a port of this machine.
    func socket(
        _ port: UInt16, _ tls: TLSContext? = nil, settings: WebSocketSettings = WebSocketSettings(),
        prepare: @escaping @Sendable (SocketProbe) -> Void = { _ in }
    ) async -> SocketProbe {
        await on { [loop] in
            let probe = SocketProbe()
            prepare(probe)
            let socket = WebSocketConnection(
                client: loop, Resolver(loop), Endpoint(host: "127.0.0.1", port: port, tls: tls),
                target: "/", settings: settings, handler: probe)
            probe.socket = socket
            socket.open()
            return probe
        }
    }

    /// The server's end of the first WebSocket.
    func upgraded(_ host: SocketHost) async -> SocketProbe {
        await when(host) { !host.probes.isEmpty }
        return await on { host.probes[0] }
    }
}
