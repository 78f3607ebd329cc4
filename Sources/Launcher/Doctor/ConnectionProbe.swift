import Quantities
import Transport
import WireCodecs

/// Opens one connection, looks at it and ends it: which step fails, and how long the certificate lives.
///
/// Confined to its loop; hence `@unchecked Sendable`.
final class ConnectionProbe: StreamHandler, @unchecked Sendable {
    /// What a connection that came about is like.
    struct Success: Sendable {
        let took: Interval
        /// Nil without TLS.
        let tls: String?
        let certificateEnd: Instant?
    }

    private let loop: EventLoop
    private let startedAt: LoopTime
    private var connector: Connector?
    private var stream: Stream?
    private var conclude: ((Result<Success, ConnectFailure>) -> Void)?

    private init(_ loop: EventLoop, _ conclude: @escaping (Result<Success, ConnectFailure>) -> Void) {
        self.loop = loop
        self.conclude = conclude
        startedAt = LoopTime.now
    }

    /// The addresses of a name.
    static func resolve(_ host: String, port: UInt16, on loop: EventLoop) async -> Resolver.Answer {
        await withCheckedContinuation { continuation in
            loop.submit {
                Resolver(loop).resolve(host, port: port) { continuation.resume(returning: $0) }
            }
        }
    }

    /// Connects, up to the end of the handshake.
    static func connect(
        _ endpoint: Endpoint, on loop: EventLoop, timeout: Interval
    ) async -> Result<Success, ConnectFailure> {
        await withCheckedContinuation { continuation in
            loop.submit {
                let probe = ConnectionProbe(loop) { continuation.resume(returning: $0) }
                probe.start(endpoint, timeout)
            }
        }
    }

    private func start(_ endpoint: Endpoint, _ timeout: Interval) {
        // The connector keeps the probe until there is a connection, and that keeps it until it is over.
        let connector = Connector(
            loop, Resolver(loop), endpoint, timeout: timeout, handler: self,
            attach: { [weak self] in self?.stream = $0 },
            fail: { [weak self] in self?.end(.failure($0)) })
        self.connector = connector
        connector.start()
    }

    private func end(_ result: Result<Success, ConnectFailure>) {
        let conclude = conclude
        self.conclude = nil
        connector = nil
        stream?.close()
        stream = nil
        conclude?(result)
    }

    func streamDidOpen(_ stream: Stream) {
        let success = Success(
            took: LoopTime.now - startedAt, tls: stream.tlsVersion, certificateEnd: stream.peerCertificateEnd)
        end(.success(success))
    }

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) { input.removeAll() }
    func streamDidDrain(_ stream: Stream) {}

    func stream(_ stream: Stream, didEnd end: StreamEnd) {
        switch end {
        case .notConnected(let failure): self.end(.failure(failure))
        case .endedByPeer, .broken, .tls, .tooSlow, .timeout, .closedByUs:
            self.end(.failure(.closed(phase: .handshaking)))
        }
    }
}
