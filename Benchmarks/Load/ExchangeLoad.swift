import Glibc
import Quantities
import Transport
import WireCodecs

/// Many clients that place and cancel orders at a running local exchange, each as soon as it has been answered.
///
/// Nine of ten orders cross, so that the book stays small while everybody trades with everybody; the tenth rests far
/// away and is cancelled. Some clients also listen to books and to their own orders. One thread, that of its loop;
/// hence `@unchecked Sendable`.
final class ExchangeLoad: TimerTarget, @unchecked Sendable {
    struct Plan {
        var port: UInt16
        /// A file of authorities; nil is without TLS.
        var authority: String?
        var clients = 200
        /// How many of them listen as well.
        var listeners = 20
        var seconds = 30
    }

    struct Result {
        var seconds = 0.0
        var orders = 0
        var cancels = 0
        var failures = 0
        var messages = 0
        /// Ascending, in microseconds.
        var rounds: [UInt32] = []
    }

    /// Answers that are remembered; of more only the count is.
    private static let roundsMax = 8_000_000

    let loop: EventLoop
    private let plan: Plan
    private var clients: [LoadClient] = []
    private var listeners: [LoadListener] = []
    private var result = Result()
    private var startedAt: Int64 = 0
    private(set) var isOver = false
    private var firstFailure: String?

    private init(_ plan: Plan) throws {
        self.plan = plan
        loop = try EventLoop()
        result.rounds.reserveCapacity(1 << 20)
    }

    /// Runs the load; throws when nothing could be ordered.
    static func run(_ plan: Plan) throws -> Result {
        let load = try ExchangeLoad(plan)
        let tls = try plan.authority.map { try TLSContext(authorities: $0) }
        load.loop.submit { load.begin(tls) }
        load.loop.run()
        load.result.seconds = Double(monotonicNanoseconds() - load.startedAt) / 1e9
        load.result.messages = load.listeners.reduce(0) { $0 + $1.messages }
        load.result.rounds.sort()
        guard load.result.orders > 0 else {
            throw BenchError("nothing was ordered: \(load.firstFailure ?? "no answer")")
        }
        return load.result
    }

    private func begin(_ tls: TLSContext?) {
        let endpoint = Endpoint(host: "127.0.0.1", port: plan.port, tls: tls)
        let resolver = Resolver(loop)
        for number in 0..<plan.clients {
            clients.append(LoadClient(self, number, resolver, endpoint))
            if number < plan.listeners { listeners.append(LoadListener(loop, number, resolver, endpoint)) }
        }
        startedAt = monotonicNanoseconds()
        _ = loop.setTimer(LoopTime.now + .seconds(Int64(plan.seconds)), self)
        for listener in listeners { listener.open() }
        for client in clients { client.next() }
    }

    func note(isCancel: Bool, nanoseconds: Int64) {
        if isCancel { result.cancels += 1 } else { result.orders += 1 }
        guard result.rounds.count < Self.roundsMax else { return }
        result.rounds.append(UInt32(min(nanoseconds / 1_000, Int64(UInt32.max))))
    }

    func noteFailure(_ text: String) {
        result.failures += 1
        if firstFailure == nil { firstFailure = text }
    }

    func timerFired(_ id: TimerID) {
        isOver = true
        for client in clients { client.close() }
        for listener in listeners { listener.close() }
        loop.stop()
    }
}

/// What one client writes and hears.
private final class LoadClient: HTTPClientHandler {
    private let load: ExchangeLoad
    private let number: Int
    private var pool: HTTPPool?
    private var order: CoinExOrderText
    private var count = 0
    private var sentAt: Int64 = 0
    /// The order that is to be cancelled next.
    private var resting: UInt64?
    private var isCancelling = false

    init(_ load: ExchangeLoad, _ number: Int, _ resolver: Resolver, _ endpoint: Endpoint) {
        self.load = load
        self.number = number
        order = CoinExOrderText(client: number, host: endpoint.authority)
        var settings = HTTPPoolSettings()
        settings.connectionsMax = 1
        pool = HTTPPool(load.loop, resolver, endpoint, settings: settings, handler: self)
    }

    func next() {
        sentAt = monotonicNanoseconds()
        let deadline = LoopTime.now + .seconds(30)
        if let id = resting {
            isCancelling = true
            resting = nil
            _ = pool?.send(deadline: deadline) { order.writeCancel(id, into: &$0) }
            return
        }
        isCancelling = false
        count += 1
        // Buyers and sellers take turns; every tenth order stays away from the others.
        let isBuy = (count + number).isMultiple(of: 2)
        let isFar = count.isMultiple(of: 10)
        let ticks = isFar ? (isBuy ? 9_000 + count % 500 : 11_000 - count % 500) : isBuy ? 10_001 : 9_999
        _ = pool?.send(deadline: deadline) { order.writeOrder(isBuy: isBuy, ticks: ticks, into: &$0) }
    }

    func close() {
        pool?.close()
        pool = nil
    }

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        guard !load.isOver else { return }
        let isGood = outcome == .answered(status: 200) && body.starts(with: #"{"code":0,"#.utf8)
        if isGood {
            load.note(isCancel: isCancelling, nanoseconds: monotonicNanoseconds() - sentAt)
            if !isCancelling, count.isMultiple(of: 10) { resting = CoinExOrderText.number(in: body) }
        } else {
            load.noteFailure("\(outcome) \(String(decoding: body.prefix(200), as: UTF8.self))")
        }
        next()
    }
}

/// A client that listens to the book and to its own orders.
private final class LoadListener: WebSocketHandler {
    private var socket: WebSocketConnection?
    private let number: Int
    private(set) var messages = 0

    init(_ loop: EventLoop, _ number: Int, _ resolver: Resolver, _ endpoint: Endpoint) {
        self.number = number
        socket = WebSocketConnection(client: loop, resolver, endpoint, target: "/", handler: self)
    }

    func open() { socket?.open() }

    func close() {
        socket?.abandon()
        socket = nil
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) {
        let texts = [
            CoinExOrderText.signIn(client: number),
            #"{"id":2,"method":"order.subscribe","params":[]}"#,
            #"{"id":3,"method":"depth.subscribe","params":["BTCUSDT",20,"0"]}"#,
        ]
        for text in texts { Array(text.utf8).withUnsafeBytes { socket.write(text: $0) } }
        socket.flush()
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        messages += 1
    }
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {}
}
