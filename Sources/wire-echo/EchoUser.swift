import Transport
import WireCodecs

/// Sends every message back as it came.
final class EchoUser: WebSocketHandler {
    private let onEnd: (WebSocketEnd) -> Void

    init(onEnd: @escaping (WebSocketEnd) -> Void = { _ in }) { self.onEnd = onEnd }

    func webSocketDidOpen(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        socket.write(text: text)
        socket.flush()
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        socket.write(binary: bytes)
        socket.flush()
    }

    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) { onEnd(end) }
}

/// Every request for a WebSocket gets one; other requests are told what is here.
final class EchoServer: HTTPServerHandler {
    func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
        guard head.isMethod("GET") || head.isMethod("HEAD") else {
            // What was sent comes back, for clients of plain HTTP.
            exchange.respond(200, type: "application/octet-stream", body: body)
            return
        }
        exchange.respond(200, text: "A WebSocket echo: ask for an upgrade.\n")
    }

    func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { EchoUser() }
}
