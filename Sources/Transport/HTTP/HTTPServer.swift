import Quantities
import WireCodecs

/// How a server treats its clients.
package struct HTTPServerSettings: Sendable {
    /// Clients at a time. When there are as many, the one whose request has been waited for the longest makes
    /// room for a new one, so that silent and slow clients cannot keep others out. Where all are being
    /// answered or have become WebSockets, the new one is answered with 503 and closed.
    package var clientsMax = 64
    /// How long a request's head may take to come, from its first byte or from the connection.
    package var headTimeout = Interval.seconds(5)
    /// How long its body may take.
    package var bodyTimeout = Interval.seconds(10)
    /// How long a connection may wait for its next request.
    package var idleTimeout = Interval.seconds(60)
    package var requestLimits = HTTPLimits.server
    package var webSocket = WebSocketSettings()
    package var limits = StreamLimits()

    package init() {
        // Clients that do not take what they are sent are not worth much memory.
        limits.outputMax = 8 << 20
        webSocket.limits.outputMax = 8 << 20
    }
}

/// Who answers the requests of a server; called on its loop.
package protocol HTTPServerHandler: AnyObject {
    /// A whole request has come: it is answered with `exchange.respond`, now or later.
    ///
    /// Head and body are valid during the call.
    func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange)
    /// A client asks for a WebSocket: who is to use it, or nil to refuse with 404.
    func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)?
}

/// Accepts clients and answers their requests, over TLS or plainly, with WebSockets where they ask for them.
///
/// Every client is bounded in what it may send, in how long it may take and in what may wait for it. Confined to
/// its loop.
package final class HTTPServer {
    private let loop: EventLoop
    private let tls: TLSContext?
    let settings: HTTPServerSettings
    private(set) var handler: (any HTTPServerHandler)?
    private var listener: Listener?
    private var clients: [ObjectIdentifier: HTTPServerConnection] = [:]
    private var sockets: [ObjectIdentifier: WebSocketConnection] = [:]
    /// Clients that take their last answer, in the order of their leaving: at most `clientsMax`, then the first
    /// is cut off.
    private var leavers: [HTTPServerConnection] = []
    private var lastSerial: UInt64 = 0
    /// Clients that were turned away because there were too many.
    package private(set) var refused = 0
    /// Asked for each client that comes: the pause between the bytes of our handshake; nil sends them at once.
    package var handshakePause: (() -> Interval?)?
    /// Clients that had to make room for others.
    package private(set) var dismissed = 0

    /// - Parameter address: of the loopback unless the caller has good reason.
    package init(
        _ loop: EventLoop, on address: SocketAddress, tls: TLSContext?,
        settings: HTTPServerSettings = HTTPServerSettings(), handler: any HTTPServerHandler
    ) throws(SystemError) {
        self.loop = loop
        self.tls = tls
        self.settings = settings
        self.handler = handler
        listener = try Listener(loop, on: address) { [weak self] descriptor, from in
            self?.accept(descriptor, from)
        }
    }

    /// Where it listens: with the port that the system chose when 0 was asked for.
    package var address: SocketAddress? { listener?.address }

    /// Connections that live.
    package var clientCount: Int { clients.count + sockets.count + leavers.count }

    /// Accepts nothing more and ends all connections at once.
    package func close() {
        listener?.close()
        listener = nil
        let (clients, sockets, leavers) = (clients, sockets, leavers)
        self.clients = [:]
        self.sockets = [:]
        self.leavers = []
        for leaver in leavers { leaver.close() }
        // nondeterminism-ok: all of them end in the same moment.
        for client in clients.values { client.close() }
        // nondeterminism-ok: all of them end in the same moment.
        for socket in sockets.values { socket.abandon() }
        handler = nil
    }

    private func accept(_ descriptor: consuming Descriptor, _ from: SocketAddress) {
        if clients.count + sockets.count >= settings.clientsMax { makeRoom() }
        // Whoever answered a request meanwhile may have closed the server.
        guard listener != nil else { return }
        let isWelcome = clients.count + sockets.count < settings.clientsMax
        if !isWelcome { refused += 1 }
        lastSerial += 1
        let client = HTTPServerConnection(self, loop, serial: lastSerial, from: from, isWelcome: isWelcome)
        do throws(ConnectFailure) {
            let stream = try Stream(
                loop, descriptor, peer: "\(from)", handler: client, tls: tls, limits: settings.limits)
            if isWelcome { clients[ObjectIdentifier(client)] = client } else { addLeaver(client) }
            client.start(stream, handshakePause: handshakePause?())
        } catch {
            // TLS cannot be set up: there is nothing to tell the client with.
            return
        }
    }

    /// Dismisses the client whose request has been waited for the longest, if there is one.
    private func makeRoom() {
        // One more than there are: each is found to have asked at most once, and then one that waits goes.
        for _ in 0...settings.clientsMax {
            // nondeterminism-ok: the order does not matter for the least of distinct serials.
            let waiting = clients.values.filter(\.isAwaited)
            guard let first = waiting.min(by: { $0.waitsBefore($1) }) else { return }
            // Its request may lie in the system's memory: in a flood that is told later than it comes.
            if first.readsRequest() {
                if clients.count + sockets.count < settings.clientsMax { return }
                continue
            }
            dismissed += 1
            first.dismiss()
            return
        }
    }

    /// The client has its last answer before it.
    func leaves(_ client: HTTPServerConnection) {
        guard clients.removeValue(forKey: ObjectIdentifier(client)) != nil else { return }
        addLeaver(client)
    }

    private func addLeaver(_ client: HTTPServerConnection) {
        if leavers.count >= settings.clientsMax { leavers.removeFirst().close() }
        leavers.append(client)
    }

    func remove(_ client: HTTPServerConnection) {
        guard clients.removeValue(forKey: ObjectIdentifier(client)) == nil else { return }
        leavers.removeAll { $0 === client }
    }

    /// A connection has become a WebSocket.
    func promote(
        _ client: HTTPServerConnection, _ stream: Stream, _ deflate: DeflateParameters?,
        _ user: any WebSocketHandler
    ) {
        remove(client)
        let socket = WebSocketConnection(
            server: stream, from: client.peer, deflate: deflate, settings: settings.webSocket, handler: user,
            letGo: { [weak self] in self?.sockets[ObjectIdentifier($0)] = nil })
        sockets[ObjectIdentifier(socket)] = socket
        socket.takeOver()
    }
}
