import Glibc
import Quantities
import Transport
import WireCodecs

/// An actor that lives on the loop of its connections, and answers a ticker with an order.
actor OrderDesk {
    nonisolated let loop: EventLoop
    private var order: SignedOrder
    private var pool: HTTPPool?

    init(_ loop: EventLoop, host: String) {
        self.loop = loop
        order = SignedOrder(host: host)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func open(_ endpoint: Endpoint) {
        let pool = HTTPPool(loop, Resolver(loop), endpoint, handler: OrderEnds())
        pool.warmUp()
        self.pool = pool
    }

    func close() {
        pool?.close()
        pool = nil
    }

    /// What a strategy would do, without its thoughts.
    func take(_ text: UnsafeRawBufferPointer) {
        let ticker = Ticker(text)
        _ = pool?.send(deadline: loop.now + .seconds(5)) {
            order.write(number: ticker.number, price: ticker.bid, into: &$0)
        }
    }
}

private final class OrderEnds: HTTPClientHandler {
    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {}
}

/// Hands tickers to the desk in the same call chain, until the peer says what the times were.
final class TickClient: WebSocketHandler {
    private let desk: OrderDesk
    private let count: Int
    private let warmUp: Int
    private var seen = 0
    private var use = WireUse()
    private(set) var times: WireTimes?

    init(_ desk: OrderDesk, ticks count: Int) {
        self.desk = desk
        self.count = count
        warmUp = count / 10
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        guard text.first == UInt8(ascii: "{") else {
            finish(String(decoding: text, as: UTF8.self))
            socket.abandon()
            socket.loop.stop()
            return
        }
        // The bytes are valid during the call, which goes on in the actor without a hop.
        desk.enter(text) { $0.take($1) }
        seen += 1
        if seen == warmUp { use = WireUse() }
    }

    private func finish(_ line: String) {
        let (processor, allocations) = (use.processorSince, use.allocationsSince)
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 3, seen == count else { return }
        let ticks = Double(count - warmUp)
        times = WireTimes(
            middle: numbers[0], least: numbers[2], processor: processor / ticks,
            allocations: Double(allocations) / ticks)
        desk.assumeIsolated { $0.close() }
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) { socket.loop.stop() }
}
