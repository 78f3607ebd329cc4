import COpenSSL
import Glibc
import Quantities
import TestSupport
import WireCodecs

@testable import Transport

/// A loop, a folder and an authority of one test; what lives on the loop is reached through `on`.
final class Stage: @unchecked Sendable {
    let loop: EventLoop
    let scratch = ScratchFolder()
    let authority: TestAuthority

    init() throws {
        loop = try EventLoop.start("test")
        authority = TestAuthority(scratch.path)
    }

    deinit { loop.stop() }

    /// Runs the body on the loop and returns what it returns.
    @discardableResult
    func on<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            loop.submit { continuation.resume(returning: body()) }
        }
    }

    /// Waits until something that lives on the loop says that the condition holds.
    func when(_ watched: some Watched, _ condition: @escaping @Sendable () -> Bool) async {
        await withCheckedContinuation { continuation in
            loop.submit {
                if condition() {
                    continuation.resume()
                } else {
                    watched.waiters.append((condition, { continuation.resume() }))
                }
            }
        }
    }

    /// Waits until the loop has gone round, so that what was begun before has happened.
    func settle() async { await on {} }

    /// A context of a server with a certificate that the authority issued.
    func serverContext(_ wish: TestAuthority.Wish = TestAuthority.Wish()) throws -> TLSContext {
        let files = authority.issue("server", wish)
        return try TLSContext(certificate: files.certificate, key: files.key)
    }

    func clientContext() throws -> TLSContext { try TLSContext(authorities: authority.file) }
}

/// Something on a loop whose changes tests wait for. Confined to that loop.
class Watched: @unchecked Sendable {
    fileprivate var waiters: [(condition: @Sendable () -> Bool, resume: () -> Void)] = []

    func changed() {
        let met = waiters.filter { $0.condition() }
        guard !met.isEmpty else { return }
        waiters.removeAll { $0.condition() }
        for waiter in met { waiter.resume() }
    }
}

/// One end of a connection: gathers what comes, and does what it is told to. Confined to its loop.
final class Probe: Watched, StreamHandler, @unchecked Sendable {
    private(set) var stream: Transport.Stream?
    private(set) var received: [UInt8] = []
    private(set) var opens = 0
    private(set) var drains = 0
    private(set) var ends: [StreamEnd] = []
    /// Called behind each event of this name, for tests of what may be done there.
    var onOpen: ((Probe) -> Void)?
    var onReceive: ((Probe) -> Void)?
    var onDrain: ((Probe) -> Void)?
    var onEnd: ((Probe) -> Void)?
    /// Leaves what comes in the connection.
    var takesNothing = false

    var text: String { String(decoding: received, as: UTF8.self) }
    var end: StreamEnd? { ends.first }
    var descriptorNumber: Int32 { stream?.number ?? -1 }

    func attach(_ stream: Transport.Stream) { self.stream = stream }

    func say(_ text: String) { say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { stream?.write($0) }
        stream?.flush()
    }

    func streamDidOpen(_ stream: Transport.Stream) {
        opens += 1
        onOpen?(self)
        changed()
    }

    func stream(_ stream: Transport.Stream, didReceive input: inout WireBuffer) {
        if !takesNothing {
            received += Array(input.bytes)
            input.removeAll()
        }
        onReceive?(self)
        changed()
    }

    func streamDidDrain(_ stream: Transport.Stream) {
        drains += 1
        onDrain?(self)
        changed()
    }

    func stream(_ stream: Transport.Stream, didEnd end: StreamEnd) {
        ends.append(end)
        onEnd?(self)
        changed()
    }
}

/// Accepts connections and gives each a probe. Confined to its loop.
final class ProbeServer: Watched, @unchecked Sendable {
    private let loop: EventLoop
    private(set) var listener: Listener?
    private(set) var probes: [Probe] = []
    var port: UInt16 { listener?.address.port ?? 0 }

    init(
        _ loop: EventLoop, tls: TLSContext? = nil, limits: StreamLimits = StreamLimits(),
        prepare: @escaping (Probe) -> Void = { _ in }
    ) {
        self.loop = loop
        super.init()
        listener = try! Listener(loop, on: SocketAddress("127.0.0.1", port: 0)!) {
            [weak self] descriptor, from in
            // The loop keeps the listener until it ends: a test may be over when somebody still connects.
            guard let self else { return }
            let probe = Probe()
            prepare(probe)
            let stream = try! Transport.Stream(
                loop, descriptor, peer: "\(from)", handler: probe, tls: tls, limits: limits)
            probe.attach(stream)
            probes.append(probe)
            stream.start(deadline: loop.now + .seconds(20))
            changed()
        }
    }

    /// Lets go of the connections that have ended.
    func forget() { probes.removeAll { $0.end != nil } }

    func close() {
        listener?.close()
        for probe in probes { probe.stream?.close() }
        probes = []
    }
}

extension Stage {
    /// A server whose connections are probes.
    func serve(
        _ tls: TLSContext? = nil, limits: StreamLimits = StreamLimits(),
        prepare: @escaping @Sendable (Probe) -> Void = { _ in }
    ) async -> ProbeServer {
        await on { [loop] in ProbeServer(loop, tls: tls, limits: limits, prepare: prepare) }
    }

    /// A connection of a probe to a port of this machine.
    ///
    /// - Parameter host: what TLS verifies; it need not lead there.
    func connect(
        _ port: UInt16, _ tls: TLSContext? = nil, host: String = "localhost",
        limits: StreamLimits = StreamLimits(), prepare: @escaping @Sendable (Probe) -> Void = { _ in }
    ) async -> Probe {
        await on { [loop] in
            let probe = Probe()
            prepare(probe)
            let address = SocketAddress("127.0.0.1", port: port)!
            let keeper = RaceKeeper()
            keeper.race = AddressRace(loop, [address]) { descriptor, failure in
                keeper.race = nil
                guard let descriptor else {
                    preconditionFailure("a test's server accepts: \(String(describing: failure))")
                }
                let stream = try! Transport.Stream(
                    loop, descriptor, peer: host, handler: probe, tls: tls, host: host, port: port,
                    limits: limits)
                probe.attach(stream)
                stream.start(deadline: loop.now + .seconds(20))
            }
            keeper.race?.start()
            return probe
        }
    }

    /// The first connection that the server accepts, or a later one.
    func accepted(_ server: ProbeServer, _ index: Int = 0) async -> Probe {
        await when(server) { server.probes.count > index }
        return await on { server.probes[index] }
    }
}

private final class RaceKeeper {
    var race: AddressRace?
}
