import Quantities
import TestSupport
import Testing
import Transport
import WireCodecs

/// Whoever is told of an answer may use the pool at once, and may let it go.
@Suite(.ownThread) struct HTTPPoolReentryTests {
    private final class Answering: HTTPServerHandler {
        func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
            exchange.respond(200, body: body)
        }

        func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { nil }
    }

    /// Sends each request when the last one was answered, then closes the pool and lets it go.
    private final class Asking: HTTPClientHandler {
        private let loop: EventLoop
        private let done: Signal<[String]>
        private var answers: [String] = []
        private var left: Int
        var pool: HTTPPool?
        var server: HTTPServer?

        init(_ loop: EventLoop, requests: Int, _ done: Signal<[String]>) {
            self.loop = loop
            self.done = done
            left = requests
        }

        func send() {
            let body = "request \(left)"
            left -= 1
            _ = pool?.send(deadline: loop.now + .seconds(5)) {
                $0.beginRequest("POST", "/")
                $0.field("Host", "localhost")
                $0.field("Content-Length", body.utf8.count)
                $0.endHead()
                $0.append(body)
            }
        }

        func request(
            _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
            body: UnsafeRawBufferPointer
        ) {
            if left > 0 {
                send()
            } else {
                let last = pool
                pool = nil
                last?.close()
                server?.close()
            }
            // The answer in hand is still whole.
            answers.append("\(outcome), \(head.fieldCount) fields: \(String(decoding: body, as: UTF8.self))")
            if pool == nil { done.send(answers) }
        }
    }

    @Test func `the next request may be sent from the end of the last one, and the pool let go`() async throws
    {
        let loop = try EventLoop.start("test")
        let done = Signal<[String]>()
        loop.submit {
            let asking = Asking(loop, requests: 3, done)
            guard let address = SocketAddress("127.0.0.1", port: 0),
                let server = try? HTTPServer(loop, on: address, tls: nil, handler: Answering()),
                let port = server.address?.port
            else { return done.send([]) }
            asking.server = server
            let endpoint = Endpoint(host: "127.0.0.1", port: port)
            asking.pool = HTTPPool(loop, Resolver(loop), endpoint, handler: asking)
            asking.send()
        }
        let answers = await done.value
        loop.stop()
        #expect(
            answers == [
                "answered with 200, 1 fields: request 3", "answered with 200, 1 fields: request 2",
                "answered with 200, 1 fields: request 1",
            ])
    }
}
