import Transport
import WireCodecs

/// A server of archives over TLS or plainly, on a loop of its own.
package final class ArchiveServer: HTTPServerHandler, @unchecked Sendable {
    private let shelf: ArchiveShelf
    private let loop: EventLoop
    private var server: HTTPServer?
    package private(set) var port: UInt16 = 0

    /// Starts it and waits until it listens.
    package init(_ shelf: ArchiveShelf, _ tls: TLSContext? = nil) async throws {
        self.shelf = shelf
        loop = try EventLoop.start("archives")
        await withCheckedContinuation { continuation in
            loop.submit {
                self.server = try! HTTPServer(
                    self.loop, on: SocketAddress("127.0.0.1", port: 0)!, tls: tls, handler: self)
                self.port = self.server?.address?.port ?? 0
                continuation.resume()
            }
        }
    }

    /// Ends it: the loop holds the server, and the server this.
    package func stop() {
        loop.submit {
            self.server?.close()
            self.server = nil
            self.loop.stop()
        }
    }

    package func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange)
    {
        let answer = shelf.answer(String(decoding: head.target, as: UTF8.self), range: head.list("range"))
        answer.body.withUnsafeBytes { exchange.respond(answer.status, fields: answer.fields, body: $0) }
    }

    package func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { nil }
}
