import Foundation
import Quantities
import TestSupport
import Testing
import Transport
import WireCodecs

/// Connections over the loopback, in both roles.
@Suite(.ownThread) struct StreamTests {
    private let loop: EventLoop
    private let folder: String
    private let authority: TestAuthority

    init() throws {
        loop = try EventLoop.start("test")
        folder = NSTemporaryDirectory() + "martlet-transport-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        authority = TestAuthority(folder)
    }

    /// Serves echoes; returns the port.
    private func serve(_ context: TLSContext?) async throws -> UInt16 {
        let port = Signal<UInt16>()
        loop.submit { [loop] in
            let keeper = Keeper()
            let listener = try! Listener(loop, on: SocketAddress("127.0.0.1", port: 0)!) { descriptor, from in
                let stream = try! Stream(
                    loop, descriptor, peer: "\(from)", handler: EchoHandler(), tls: context)
                keeper.streams.append(stream)
                stream.start(deadline: loop.now + .seconds(5))
            }
            keeper.listener = listener
            port.send(listener.address.port)
        }
        return await port.value
    }

    private final class Keeper {
        var listener: Listener?
        var streams: [Transport.Stream] = []
    }

    private func ask(
        _ message: [UInt8], host: String = "127.0.0.1", port: UInt16, tls: TLSContext?
    ) async -> Result<[UInt8], StreamEnd> {
        let done = Signal<Result<[UInt8], StreamEnd>>()
        loop.submit { [loop] in
            let keeper = Keeper()
            let connector = Connector(
                loop, Resolver(loop), Endpoint(host: host, port: port, tls: tls), timeout: .seconds(5),
                handler: AskingHandler(message, done), attach: { keeper.streams.append($0) },
                fail: { done.send(.failure(.notConnected($0))) })
            connector.start()
        }
        return await done.value
    }

    @Test(arguments: [1, 1_000, 100_000, 5_000_000])
    func `bytes come back as they were sent`(count: Int) async throws {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let port = try await serve(nil)
        let answer = await ask(message, port: port, tls: nil)
        #expect((try? answer.get()) == message)
    }

    @Test(arguments: ["localhost", "127.0.0.1"], [1, 100_000, 5_000_000])
    func `bytes come back over TLS with a private authority`(host: String, count: Int) async throws {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let files = authority.issue("server")
        let port = try await serve(TLSContext(certificate: files.certificate, key: files.key))
        let client = try TLSContext(authorities: authority.file)
        let answer = await ask(message, host: host, port: port, tls: client)
        let isSame = (try? answer.get()) == message
        #expect(isSame, "\(answer)")
    }

    @Test func `an authority that is not known is refused`() async throws {
        let files = authority.issue("server")
        let port = try await serve(TLSContext(certificate: files.certificate, key: files.key))
        let answer = await ask([1], host: "localhost", port: port, tls: try TLSContext())
        guard case .failure(.notConnected(.tls(let fault))) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(fault.kind == .certificate)
    }

    @Test func `a port where nobody listens is told`() async throws {
        let answer = await ask([1], port: 1, tls: nil)
        #expect(
            answer
                == .failure(.notConnected(.unreachable(address: "127.0.0.1:1", reason: "Connection refused")))
        )
    }
}
