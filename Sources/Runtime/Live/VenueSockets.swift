import CoinExVenue
import MarketModel
import Quantities
import Transport
import VenueKit
import WireCodecs

/// What a link is told by its sockets: closures that are made where the session's type is known, so that the way from
/// bytes to decision is compiled as one.
@usableFromInline
struct SocketEvents {
    @usableFromInline let opened: (Instant) -> Void
    @usableFromInline let received: (UnsafeBufferPointer<UInt8>, Instant) -> Void
    @usableFromInline let closed: (Instant) -> Void
    /// The head of an answer told what the venue lets us have; the end of the request is told after.
    @usableFromInline let heard: (UInt64, CoinExQuota, Instant) -> Void
    @usableFromInline let ended: (UInt64, RequestOutcome, Instant) -> Void
    /// Events of sources of market data.
    @usableFromInline let observed: ([MarketEvent], Instant) -> Void
    /// The time has come that was asked for with `wake`.
    @usableFromInline let due: (Instant) -> Void

    @usableFromInline
    init(
        opened: @escaping (Instant) -> Void,
        received: @escaping (UnsafeBufferPointer<UInt8>, Instant) -> Void,
        closed: @escaping (Instant) -> Void,
        heard: @escaping (UInt64, CoinExQuota, Instant) -> Void,
        ended: @escaping (UInt64, RequestOutcome, Instant) -> Void,
        observed: @escaping ([MarketEvent], Instant) -> Void, due: @escaping (Instant) -> Void
    ) {
        self.opened = opened
        self.received = received
        self.closed = closed
        self.heard = heard
        self.ended = ended
        self.observed = observed
        self.due = due
    }
}

/// The sockets of a link: carries out its actions, and tells what came of them.
///
/// Cancels, orders and questions have connections of their own, so that none waits behind another kind. Confined to
/// its loop.
@usableFromInline
final class VenueSockets {
    /// Connections for each kind of request.
    private static func connections(_ kind: LinkRequest.Kind) -> Int {
        switch kind {
        case .cancel: 3
        case .order: 4
        case .query: 2
        }
    }

    /// Memory that is kept for the next action.
    private static let wireMax = 1 << 16

    private let loop: EventLoop
    private let clock: LiveClock
    private let address: VenueAddress
    private let resolver: Resolver
    private var pools: [RequestPool] = []
    private var socket: WebSocketConnection?
    private var events: SocketEvents?
    private var timer: TimerID?
    private var armedFor = Instant.distantFuture

    init(_ loop: EventLoop, _ clock: LiveClock, _ address: VenueAddress) {
        self.loop = loop
        self.clock = clock
        self.address = address
        resolver = Resolver(loop)
    }

    @usableFromInline var now: Instant { clock.instant(loop.now) }

    /// Connects ahead of need, where there is a link; from here on the events come.
    func begin(_ events: SocketEvents, hasLink: Bool) {
        self.events = events
        guard hasLink else { return }
        pools = LinkRequest.Kind.allCases.map { kind in
            var settings = HTTPPoolSettings()
            settings.connectionsMax = Self.connections(kind)
            return RequestPool(self, loop, resolver, address.rest, settings)
        }
    }

    /// Ends everything; requests under way are told as such before it returns.
    @usableFromInline func close() {
        for pool in pools { pool.close() }
        socket?.abandon()
        socket = nil
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        events = nil
    }

    /// - Parameter wire: holds what the action carries, and is emptied.
    @usableFromInline func perform(_ action: LinkAction, _ wire: inout WireBuffer) {
        carryOut(action, wire.bytes)
        wire.removeAll(keeping: Self.wireMax)
    }

    private func carryOut(_ action: LinkAction, _ bytes: UnsafeRawBufferPointer) {
        switch action {
        case .connect:
            socket?.abandon()
            let socket = WebSocketConnection(
                client: loop, resolver, address.socket, target: address.socketTarget, handler: self)
            self.socket = socket
            socket.open()
        case .close: socket?.close()
        case .sendText:
            socket?.write(text: bytes)
            socket?.flush()
        case .sendRequest(let request): pools[Int(request.kind.rawValue) - 1].send(request, bytes)
        }
    }

    /// Asks to be told when a moment has come; of several, the last counts.
    @usableFromInline func wake(at due: Instant) {
        if due == armedFor { return }
        if let timer { loop.cancelTimer(timer) }
        timer = due == .distantFuture ? nil : loop.setTimer(clock.loopTime(due), self)
        armedFor = due
    }

    fileprivate func heard(_ number: UInt64, _ quota: CoinExQuota) { events?.heard(number, quota, now) }

    fileprivate func ended(_ number: UInt64, _ outcome: RequestOutcome) {
        events?.ended(number, outcome, now)
    }

    /// Sources of market data have brought these.
    func observe(_ events: [MarketEvent]) { self.events?.observed(events, now) }

    fileprivate func deadline(_ request: LinkRequest) -> LoopTime { clock.loopTime(request.deadline) }
}

extension VenueSockets: TimerTarget {
    func timerFired(_ id: TimerID) {
        timer = nil
        armedFor = .distantFuture
        events?.due(now)
    }
}

extension VenueSockets: WebSocketHandler {
    func webSocketDidOpen(_ socket: WebSocketConnection) { events?.opened(now) }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        text.withMemoryRebound(to: UInt8.self) { events?.received($0, now) }
    }

    /// The venue speaks in texts; some of its servers send them as binary messages.
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        bytes.withMemoryRebound(to: UInt8.self) { events?.received($0, now) }
    }

    func webSocketDidDrain(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        self.socket = nil
        events?.closed(now)
    }
}

/// Requests of one kind, by the link's numbers.
private final class RequestPool: HTTPClientHandler {
    private unowned let sockets: VenueSockets
    private var pool: HTTPPool?
    /// The pool's numbers and the link's: as many as the pool carries and lets wait, and seldom more than one.
    private var numbers: [(pool: UInt64, link: UInt64)] = []

    init(
        _ sockets: VenueSockets, _ loop: EventLoop, _ resolver: Resolver, _ endpoint: Endpoint,
        _ settings: HTTPPoolSettings
    ) {
        self.sockets = sockets
        numbers.reserveCapacity(settings.connectionsMax + settings.waitingMax)
        let pool = HTTPPool(loop, resolver, endpoint, settings: settings, handler: self)
        pool.warmUp()
        self.pool = pool
    }

    func send(_ request: LinkRequest, _ bytes: UnsafeRawBufferPointer) {
        guard let pool else { return }
        let id = pool.send(deadline: sockets.deadline(request)) { $0.append(bytes) }
        numbers.append((id.number, request.number))
    }

    func close() {
        pool?.close()
        pool = nil
    }

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        guard let index = numbers.firstIndex(where: { $0.pool == id.number }) else { return }
        let number = numbers.remove(at: index).link
        switch outcome {
        case .neverSent: sockets.ended(number, .neverSent)
        case .maybeSent: sockets.ended(number, .maybeSent)
        case .answered(let status):
            if let quota = CoinExQuota(head) { sockets.heard(number, quota) }
            body.withMemoryRebound(to: UInt8.self) {
                sockets.ended(number, .answered(status: status, body: $0))
            }
        }
    }
}
