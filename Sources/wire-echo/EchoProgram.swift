import Glibc
import Quantities
import Transport
import WireCodecs

/// One run of the program. Everything but its making happens on its loop; hence `@unchecked Sendable`.
final class EchoProgram: @unchecked Sendable {
    private let loop: EventLoop
    private var server: HTTPServer?
    private var socket: WebSocketConnection?

    init() throws(SystemError) { loop = try EventLoop() }

    /// Serves until it is killed.
    func serve(on address: SocketAddress, _ tls: TLSContext?) -> Never {
        loop.submit { [self] in
            var settings = HTTPServerSettings()
            settings.clientsMax = 1_024
            settings.requestLimits = HTTPLimits(headMax: 16 << 10, bodyMax: 64 << 20)
            settings.limits.outputMax = 256 << 20
            settings.webSocket = .echo
            do throws(SystemError) {
                let server = try HTTPServer(
                    loop, on: address, tls: tls, settings: settings, handler: EchoServer())
                print("listening on \(server.address.map { "\($0)" } ?? "?")")
                fflush(nil)
                self.server = server
            } catch {
                Self.fail("\(error)", code: 74)
            }
        }
        loop.run()
        exit(0)
    }

    /// Echoes until the peer closes.
    func connect(to endpoint: Endpoint, _ target: String) -> Never {
        loop.submit { [self] in
            let socket = WebSocketConnection(
                client: loop, Resolver(loop), endpoint, target: target, settings: .echo,
                handler: EchoUser { Self.leave($0) })
            self.socket = socket
            socket.open()
        }
        loop.run()
        exit(0)
    }

    private static func leave(_ end: WebSocketEnd) -> Never {
        switch end {
        case .closed, .lost, .fault, .silent: exit(0)
        case .notConnected: fail("\(end)", code: 69)
        case .handshake, .notHTTP: fail("\(end)", code: 76)
        }
    }

    static func fail(_ text: String, code: Int32 = 64) -> Never {
        let bytes = Array("wire-echo: \(text)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(code)
    }
}
