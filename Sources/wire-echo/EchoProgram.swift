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

    /// Echoes until the peer closes, so many times, one connection after the other.
    func connect(to endpoint: Endpoint, _ target: String, times: Int) -> Never {
        loop.submit { [self] in
            let resolver = Resolver(loop)
            open(endpoint, target, resolver, times: times)
        }
        loop.run()
        exit(0)
    }

    private func open(_ endpoint: Endpoint, _ target: String, _ resolver: Resolver, times: Int) {
        let user = EchoUser { [self] end in
            guard times > 1, Self.exitCode(end) == 0 else { Self.leave(end) }
            loop.submit { [self] in open(endpoint, target, resolver, times: times - 1) }
        }
        let socket = WebSocketConnection(
            client: loop, resolver, endpoint, target: target, settings: .echo, handler: user)
        self.socket = socket
        socket.open()
    }

    private static func exitCode(_ end: WebSocketEnd) -> Int32 {
        switch end {
        case .closed, .lost, .fault, .silent: 0
        case .notConnected: 69
        case .handshake, .notHTTP: 76
        }
    }

    private static func leave(_ end: WebSocketEnd) -> Never {
        let code = exitCode(end)
        if code == 0 { exit(0) }
        fail("\(end)", code: code)
    }

    static func fail(_ text: String, code: Int32 = 64) -> Never {
        let bytes = Array("wire-echo: \(text)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(code)
    }
}
