import Glibc
import Locks
import Quantities
import Transport
import WireCodecs

/// A venue that sends frames at a rate to whoever subscribes, on a thread of its own.
final class FrameSpout: Sendable {
    private let loop: EventLoop
    private let box: Box
    let port: UInt16

    private final class Box: @unchecked Sendable {
        var server: HTTPServer?
        var spout: SpoutFloor?
    }

    /// - Parameters:
    ///   - rate: frames per second, a thousand at least.
    ///   - limit: it sends so many, the frames over and over.
    init(_ frames: SyntheticFrames, rate: Int, limit: Int) throws {
        let loop = try EventLoop.start("spout")
        let box = Box()
        (self.loop, self.box) = (loop, box)
        let found = Lock<UInt16?>(nil)
        loop.submit {
            OneCore.avoid()
            let spout = SpoutFloor(loop, frames, rate: rate, limit: limit)
            let address = SocketAddress("127.0.0.1", port: 0)
            let server = address.flatMap { try? HTTPServer(loop, on: $0, tls: nil, handler: spout) }
            box.server = server
            box.spout = spout
            found.withLock { $0 = server?.address?.port ?? 0 }
        }
        while found.withLock({ $0 }) == nil { usleep(1_000) }
        port = found.withLock { $0 } ?? 0
    }

    func close() {
        loop.submit { [loop, box] in
            box.spout?.close()
            box.server?.close()
            box.server = nil
            loop.stop()
        }
    }

    /// Frames that were handed to a socket, and those that had no room there.
    var counts: (sent: Int, dropped: Int) {
        let counts = Lock<(Int, Int)?>(nil)
        loop.submit { [box] in counts.withLock { $0 = box.spout.map { ($0.sent, $0.dropped) } ?? (0, 0) } }
        while counts.withLock({ $0 }) == nil { usleep(1_000) }
        return counts.withLock { $0 } ?? (0, 0)
    }
}

/// Confined to its loop.
private final class SpoutFloor: HTTPServerHandler, WebSocketHandler, TimerTarget {
    private let loop: EventLoop
    private let frames: SyntheticFrames
    private let rate: Int
    private let limit: Int
    private var socket: WebSocketConnection?
    private var since: LoopTime?
    private var next = 0
    var sent = 0
    var dropped = 0

    init(_ loop: EventLoop, _ frames: SyntheticFrames, rate: Int, limit: Int) {
        self.loop = loop
        self.frames = frames
        self.rate = rate
        self.limit = limit
    }

    func close() { since = nil }

    func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
        exchange.respond(404, text: "")
    }

    func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { self }
    func webSocketDidOpen(_ socket: WebSocketConnection) { self.socket = socket }

    /// The subscription: from here on frames come.
    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        Array(#"{"result":null,"id":1}"#.utf8).withUnsafeBytes { socket.write(text: $0) }
        socket.flush()
        since = loop.now
        _ = loop.setTimer(loop.now + .milliseconds(1), self)
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        self.socket = nil
        since = nil
    }

    /// Sends what is due by now.
    func timerFired(_ id: TimerID) {
        guard let since, let socket else { return }
        let due = min(Int((loop.now - since).nanoseconds) / 1_000 * rate / 1_000_000, limit)
        frames.bytes.withUnsafeBytes { bytes in
            while sent + dropped < due {
                if socket.isCongested {
                    dropped += 1
                    continue
                }
                socket.write(text: UnsafeRawBufferPointer(rebasing: bytes[frames.ranges[next]]))
                next = (next + 1) % frames.ranges.count
                sent += 1
            }
        }
        socket.flush()
        if sent + dropped < limit { _ = loop.setTimer(loop.now + .milliseconds(1), self) }
    }
}
