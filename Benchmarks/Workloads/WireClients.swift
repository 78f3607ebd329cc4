import CBenchProbe
import Glibc
import Quantities
import Transport
import WireCodecs

/// Time of the processor that this thread has used.
func threadNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// What has been used since the warm-up of a run.
struct WireUse {
    private let processor = threadNanoseconds()
    private let allocations = bench_probe_allocations()

    var processorSince: Double { Double(threadNanoseconds() - processor) }
    var allocationsSince: UInt64 { bench_probe_allocations() - allocations }
}

/// Sends a text of 180 bytes when the last one has come back.
final class EchoClient: WebSocketHandler {
    private let message = [UInt8](repeating: UInt8(ascii: "x"), count: 180)
    private let warmUp: Int
    private var rounds: [Int64]
    private var round = 0
    private var startedAt: Int64 = 0
    private var use = WireUse()
    private(set) var times: WireTimes?

    init(rounds count: Int) {
        warmUp = count / 10
        rounds = [Int64](repeating: 0, count: count)
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) { send(socket) }

    private func send(_ socket: WebSocketConnection) {
        startedAt = monotonicNanoseconds()
        message.withUnsafeBytes { socket.write(text: $0) }
        socket.flush()
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        rounds[max(0, round - warmUp)] = monotonicNanoseconds() - startedAt
        round += 1
        if round == warmUp { use = WireUse() }
        guard round == warmUp + rounds.count else {
            send(socket)
            return
        }
        times = WireTimes(
            rounds: rounds, processor: use.processorSince, allocations: use.allocationsSince)
        socket.abandon()
        socket.loop.stop()
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) { socket.loop.stop() }
}

/// Takes tickers as they come and reads their prices.
final class FloodClient: WebSocketHandler {
    private let count: Int
    private var seen = 0
    private var seenWarm = 0
    private var sum: Int64 = 0
    private var startedAt: Int64 = 0
    private var use = WireUse()
    private(set) var times: WireTimes?

    init(frames count: Int) { self.count = count }

    func webSocketDidOpen(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        sum &+= Ticker(text).bid
        seen += 1
        if seen == count / 10 {
            seenWarm = seen
            startedAt = monotonicNanoseconds()
            use = WireUse()
        }
        guard seen == count else { return }
        let frames = Double(seen - seenWarm)
        if sum > 0 {
            times = WireTimes(
                middle: Double(monotonicNanoseconds() - startedAt) / frames, least: 0,
                processor: use.processorSince / frames, allocations: Double(use.allocationsSince) / frames)
        }
        socket.abandon()
        socket.loop.stop()
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) { socket.loop.stop() }
}

/// Sends a signed order when the last one has been answered.
final class OrderClient: HTTPClientHandler {
    private let loop: EventLoop
    private let warmUp: Int
    private var rounds: [Int64]
    private var round = 0
    private var startedAt: Int64 = 0
    private var use = WireUse()
    private var order: SignedOrder
    var pool: HTTPPool?
    private(set) var times: WireTimes?

    init(_ loop: EventLoop, host: String, rounds count: Int) {
        self.loop = loop
        warmUp = count / 10
        rounds = [Int64](repeating: 0, count: count)
        order = SignedOrder(host: host)
    }

    func send() {
        startedAt = monotonicNanoseconds()
        _ = pool?.send(deadline: loop.now + .seconds(5)) {
            order.write(number: UInt64(round), price: 6_405_000_000_000, into: &$0)
        }
    }

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        guard outcome == .answered(status: 200) else {
            leave()
            return
        }
        rounds[max(0, round - warmUp)] = monotonicNanoseconds() - startedAt
        round += 1
        if round == warmUp { use = WireUse() }
        guard round == warmUp + rounds.count else {
            send()
            return
        }
        times = WireTimes(
            rounds: rounds, processor: use.processorSince, allocations: use.allocationsSince)
        leave()
    }

    private func leave() {
        let pool = pool
        self.pool = nil
        pool?.close()
        loop.stop()
    }
}
