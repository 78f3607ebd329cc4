import MarketModel
import Quantities
import Transport
import VenueKit
import WireCodecs

/// The sockets of a source of market data: carries out its actions, and tells it what came of them.
///
/// Confined to its loop.
final class SourceSockets {
    /// Questions under way at a time; whole books are asked for one after the other.
    private static let requestsMax = 2

    private let loop: EventLoop
    private let clock: LiveClock
    private let address: SourceAddress
    private let resolver: Resolver
    private let index: Int
    private var machine: any MarketSource
    private weak var user: (any SourceUser)?
    private var output = SourceOutput()
    private var isPumping = false
    private var sockets: [UInt64: FeedSocket] = [:]
    private var requests: HTTPPool?
    /// By the pool's number.
    private var asked: [UInt64: SourceRequest] = [:]
    private var timer: TimerID?
    private var armedFor = Instant.distantFuture
    /// Why the last socket ended: the same is told once, until one stands again.
    private var lastEnd: WebSocketEnd?

    /// - Parameter index: what the user knows it by.
    init(
        _ loop: EventLoop, _ clock: LiveClock, _ address: SourceAddress, _ machine: any MarketSource,
        index: Int, user: any SourceUser
    ) {
        self.loop = loop
        self.clock = clock
        self.address = address
        self.machine = machine
        self.index = index
        self.user = user
        resolver = Resolver(loop)
    }

    private var now: Instant { clock.instant(loop.now) }

    func start() {
        var settings = HTTPPoolSettings()
        settings.connectionsMax = Self.requestsMax
        settings.warmConnections = 0
        requests = HTTPPool(loop, resolver, address.rest, settings: settings, handler: self)
        let now = now
        machine.start(at: now, into: &output)
        pump(at: now)
    }

    /// Ends everything at once; nothing is told any more.
    func close() {
        user = nil
        requests?.close()
        requests = nil
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        // nondeterminism-ok: all of them end in the same moment.
        for socket in sockets.values { socket.connection?.abandon() }
        sockets = [:]
    }

    // MARK: Actions

    /// Hands over what the source has made, and carries out what it asks for.
    ///
    /// What an action leads to at once is told while it is being carried out: its own actions come after.
    private func pump(at now: Instant) {
        if !output.events.isEmpty {
            user?.source(index, made: output.events, at: now)
            output.events.removeAll(keepingCapacity: true)
        }
        guard !isPumping else { return }
        isPumping = true
        var next = 0
        while next < output.actions.count {
            carryOut(output.actions[next], at: now)
            next += 1
        }
        output.actions.removeAll(keepingCapacity: true)
        isPumping = false
        wake(at: machine.nextDue)
    }

    private func carryOut(_ action: SourceAction, at now: Instant) {
        switch action {
        case .connect(let number, let target):
            let socket = FeedSocket(number, self)
            sockets[number] = socket
            let connection = WebSocketConnection(
                client: loop, resolver, address.socket, target: address.socketBase + target, handler: socket)
            socket.connection = connection
            connection.open()
        case .close(let number): sockets.removeValue(forKey: number)?.leave()
        case .send(let number, let bytes):
            guard let connection = sockets[number]?.connection else { return }
            bytes.withUnsafeBytes { connection.write(text: $0) }
            connection.flush()
        case .request(let request): ask(request)
        case .announce(let state): user?.source(index, is: state, at: now)
        case .tell(let text): user?.source(index, tells: text, at: now)
        }
    }

    private func ask(_ request: SourceRequest) {
        guard let requests else { return }
        let (rest, base) = (address.rest, address.restBase)
        let id = requests.send(deadline: clock.loopTime(request.deadline)) { output in
            output.beginRequest("GET", base + request.target)
            output.field("Host", rest.authority)
            output.field("Accept", "application/json")
            output.endHead()
        }
        asked[id.number] = request
    }

    private func wake(at due: Instant) {
        if due == armedFor { return }
        if let timer { loop.cancelTimer(timer) }
        timer = due == .distantFuture ? nil : loop.setTimer(clock.loopTime(due), self)
        armedFor = due
    }

    // MARK: What sockets tell

    fileprivate func opened(_ number: UInt64) {
        let now = now
        lastEnd = nil
        machine.opened(number, at: now, into: &output)
        pump(at: now)
    }

    fileprivate func received(_ number: UInt64, _ bytes: UnsafeRawBufferPointer) {
        let now = now
        bytes.withMemoryRebound(to: UInt8.self) { message in
            user?.source(index, received: message, on: number, at: now)
            machine.received(message, on: number, at: now, into: &output)
        }
        pump(at: now)
    }

    fileprivate func heard(_ number: UInt64) {
        let now = now
        machine.heard(number, at: now, into: &output)
        pump(at: now)
    }

    fileprivate func closed(_ number: UInt64, _ end: WebSocketEnd) {
        sockets[number] = nil
        let now = now
        if end != lastEnd {
            lastEnd = end
            user?.source(index, tells: "a connection ended: \(end)", at: now)
        }
        machine.closed(number, at: now, into: &output)
        pump(at: now)
    }
}

extension SourceSockets: TimerTarget {
    func timerFired(_ id: TimerID) {
        timer = nil
        armedFor = .distantFuture
        let now = now
        machine.advance(to: now, into: &output)
        pump(at: now)
    }
}

extension SourceSockets: HTTPClientHandler {
    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        guard let request = asked.removeValue(forKey: id.number) else { return }
        let now = now
        switch outcome {
        case .neverSent, .maybeSent: machine.answered(request.number, .failed, at: now, into: &output)
        case .answered(let status):
            body.withMemoryRebound(to: UInt8.self) { body in
                if status == 200 {
                    user?.source(index, asked: request.subject, received: body, at: now)
                }
                machine.answered(
                    request.number, .answered(status: status, body: body), at: now, into: &output)
            }
        }
        pump(at: now)
    }
}

/// One socket of a source, by the source's number.
private final class FeedSocket: WebSocketHandler {
    private let number: UInt64
    private weak var owner: SourceSockets?
    var connection: WebSocketConnection?

    init(_ number: UInt64, _ owner: SourceSockets) {
        self.number = number
        self.owner = owner
    }

    /// Says goodbye; what still comes is nobody's.
    func leave() {
        owner = nil
        connection?.close()
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) { owner?.opened(number) }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        owner?.received(number, text)
    }

    /// Some servers send their texts as binary messages.
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        owner?.received(number, bytes)
    }

    func webSocketDidAnswerPing(_ socket: WebSocketConnection) { owner?.heard(number) }

    func webSocketDidDrain(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        connection = nil
        owner?.closed(number, end)
    }
}
