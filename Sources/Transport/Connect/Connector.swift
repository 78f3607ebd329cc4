import Quantities
import WireCodecs

/// Opens one connection: looks the name up, races its addresses, talks to the proxy, agrees on TLS.
///
/// The connection's handler hears of it as of any other: `streamDidOpen`, or `didEnd` with `.notConnected`. All
/// steps together have one deadline. Confined to its loop.
package final class Connector: TimerTarget {
    private let loop: EventLoop
    private let resolver: Resolver
    private let endpoint: Endpoint
    private let limits: StreamLimits
    private let timeout: Interval
    private var deadline = LoopTime.never
    private var handler: (any StreamHandler)?
    private let attach: (Stream) -> Void
    private let fail: (ConnectFailure) -> Void
    private var phase = ConnectPhase.resolving
    private var race: AddressRace?
    private var timer: TimerID?
    private var tunnel: Tunnel?
    private var isOver = false

    /// - Parameters:
    ///   - timeout: for all steps together.
    ///   - attach: gets the connection before it is open, to keep it.
    ///   - fail: called when there is none; the handler is then not called.
    package init(
        _ loop: EventLoop, _ resolver: Resolver, _ endpoint: Endpoint, timeout: Interval,
        limits: StreamLimits = StreamLimits(), handler: any StreamHandler, attach: @escaping (Stream) -> Void,
        fail: @escaping (ConnectFailure) -> Void
    ) {
        self.loop = loop
        self.resolver = resolver
        self.endpoint = endpoint
        self.limits = limits
        self.handler = handler
        self.attach = attach
        self.fail = fail
        self.timeout = timeout
    }

    package func start() {
        loop.assertOnLoop()
        deadline = loop.now + timeout
        timer = loop.setTimer(deadline, self)
        let (host, port) = endpoint.proxy.map { ($0.host, $0.port) } ?? (endpoint.host, endpoint.port)
        resolver.resolve(host, port: port) { [self] answer in
            guard !isOver else { return }
            switch answer {
            case .success(let addresses): connect(addresses)
            case .failure(let failure): end(failure)
            }
        }
    }

    /// Gives up; neither the handler nor `fail` is called any more.
    package func cancel() {
        guard !isOver else { return }
        tunnel?.close()
        leave()
    }

    package func timerFired(_ id: TimerID) {
        timer = nil
        tunnel?.close()
        end(.timeout(phase: phase))
    }

    private func connect(_ addresses: [SocketAddress]) {
        phase = .connecting
        let race = AddressRace(loop, addresses) { [self] descriptor, failure in
            guard !isOver else { return }
            self.race = nil
            guard let descriptor else {
                end(failure ?? .closed(phase: .connecting))
                return
            }
            if let proxy = endpoint.proxy {
                talk(to: proxy, descriptor)
            } else {
                open(descriptor)
            }
        }
        self.race = race
        race.start()
    }

    private func talk(to proxy: Proxy, _ descriptor: consuming Descriptor) {
        phase = .proxying
        let tunnel = Tunnel(ProxyHandshake(proxy, host: endpoint.host, port: endpoint.port)) {
            [self] failure in
            guard !isOver else { return }
            if let failure {
                end(failure)
            } else if let descriptor = self.tunnel?.takeDescriptor() {
                self.tunnel = nil
                open(descriptor)
            }
        }
        self.tunnel = tunnel
        tunnel.start(loop, descriptor)
    }

    private func open(_ descriptor: consuming Descriptor) {
        phase = .handshaking
        guard let handler else { return }
        let peer = "\(endpoint.host):\(endpoint.port)"
        let deadline = deadline
        do throws(ConnectFailure) {
            let stream = try Stream(
                loop, descriptor, peer: peer, handler: handler, tls: endpoint.tls, host: endpoint.host,
                port: endpoint.port, limits: limits)
            attach(stream)
            leave()
            stream.start(deadline: deadline)
        } catch {
            end(error)
        }
    }

    private func end(_ failure: ConnectFailure) {
        guard !isOver else { return }
        // The handler may be all that keeps the one who is told.
        let handler = handler
        leave()
        withExtendedLifetime(handler) { fail(failure) }
    }

    private func leave() {
        isOver = true
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        race?.cancel()
        race = nil
        tunnel = nil
        handler = nil
    }
}
