import Quantities
import WireCodecs

/// How a pool keeps its connections.
package struct HTTPPoolSettings: Sendable {
    /// Connections at most; so many requests are under way at a time.
    package var connectionsMax = 4
    /// Connections that are kept open ahead of need.
    package var warmConnections = 1
    /// Requests that wait for a connection; more are refused at once.
    package var waitingMax = 256
    package var connectTimeout = Interval.seconds(5)
    /// The pause after a connection that did not come about; doubles up to `retryPauseMax`.
    package var retryPause = Interval.milliseconds(100)
    package var retryPauseMax = Interval.seconds(10)
    package var responseLimits = HTTPLimits.client

    package init() {}
}

/// Sends requests to one host over connections that are kept open.
///
/// A request goes out at once on an idle connection, otherwise it waits for one; its deadline counts from the
/// moment it is handed over. The pool never sends a request twice: whether that is safe is for its caller to
/// know, who is told whether any of it has left. Whoever is told may send, and may close the pool. Confined to
/// its loop.
package final class HTTPPool: TimerTarget {
    private struct Waiting {
        var id: HTTPRequestID
        var asked: HTTPReader.Asked
        var deadline: LoopTime
        var bytes: [UInt8]
        /// Its end, told at its deadline; nil while it waits for a connection.
        var outcome: HTTPOutcome?
    }

    /// Memory that is kept for waiting requests.
    private static let sparesMax = 4

    let resolver: Resolver
    package let endpoint: Endpoint
    package let settings: HTTPPoolSettings
    private let loop: EventLoop
    private var handler: (any HTTPClientHandler)?
    /// Told of what is sent through a closed pool, as long as it lives.
    private weak var formerHandler: (any HTTPClientHandler)?
    private var connections: [HTTPClientConnection] = []
    private var waiting: [Waiting] = []
    /// Memory of requests that have waited, for those that will.
    private var spares: [[UInt8]] = []
    private var lastNumber: UInt64 = 0
    private var retryPause: Interval
    /// When connecting may be tried again; nil when at once.
    private var retryTimer: TimerID?
    private var expiryTimer: TimerID?
    private var isClosed = false
    /// The request that is just being sent.
    private var handingOver: HTTPRequestID?
    /// Why the last connection did not come about.
    private var lastFailure: HTTPOutcome.Reason?
    /// Heads of requests that were never answered.
    private let noHead = HTTPReader.responses()
    @exclusivity(unchecked) private var buffer = WireBuffer(capacity: 2_048)

    package init(
        _ loop: EventLoop, _ resolver: Resolver, _ endpoint: Endpoint,
        settings: HTTPPoolSettings = HTTPPoolSettings(), handler: any HTTPClientHandler
    ) {
        self.loop = loop
        self.resolver = resolver
        self.endpoint = endpoint
        self.settings = settings
        self.handler = handler
        retryPause = settings.retryPause
        connections = (0..<settings.connectionsMax).map { _ in
            HTTPClientConnection(self, loop, settings.responseLimits)
        }
    }

    /// Connections that are ready for a request.
    package var idleCount: Int { connections.count { $0.isIdle } }
    package var waitingCount: Int { waiting.count }

    /// Opens the connections that are kept ahead of need.
    package func warmUp() {
        loop.assertOnLoop()
        guard !isClosed, retryTimer == nil else { return }
        let open = connections.count { !$0.isClosed }
        // Those that are busy serve nobody who waits: an answer may be long in coming.
        let busy = connections.count { $0.isBusy }
        let wanted = min(settings.connectionsMax, max(settings.warmConnections, busy + waiting.count))
        guard open < wanted else { return }
        for connection in connections.filter(\.isClosed).prefix(wanted - open) { connection.connect() }
    }

    /// Sends a request; its end is told to the handler, never before this returns.
    ///
    /// - Parameters:
    ///   - deadline: for everything from here to the last byte of the answer.
    ///   - write: writes the request, head and body.
    package func send(
        _ asked: HTTPReader.Asked = .get, deadline: LoopTime, _ write: (inout WireBuffer) -> Void
    ) -> HTTPRequestID {
        loop.assertOnLoop()
        lastNumber += 1
        let id = HTTPRequestID(number: lastNumber)
        buffer.removeAll(keeping: 1 << 20)
        write(&buffer)
        if let connection = connections.first(where: \.isIdle), waiting.isEmpty {
            handingOver = id
            connection.send(id, asked: asked, deadline: deadline, buffer.bytes)
            handingOver = nil
        } else if isClosed {
            tellLater(id, .neverSent(.closed))
        } else if waiting.count >= settings.waitingMax {
            tellLater(id, .neverSent(.tooMany))
        } else {
            var bytes = spares.popLast() ?? []
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: buffer.bytes)
            waiting.append(Waiting(id: id, asked: asked, deadline: deadline, bytes: bytes))
            setExpiry()
            warmUp()
        }
        return id
    }

    /// Tells an end from a timer that is due at once, so that none comes before the request has its number.
    private func tellLater(_ id: HTTPRequestID, _ outcome: HTTPOutcome) {
        waiting.append(Waiting(id: id, asked: .get, deadline: loop.now, bytes: [], outcome: outcome))
        setExpiry()
    }

    /// Ends everything; requests that were under way are told as such.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        for connection in connections { connection.close(.closed) }
        if let retryTimer { loop.cancelTimer(retryTimer) }
        if let expiryTimer { loop.cancelTimer(expiryTimer) }
        retryTimer = nil
        expiryTimer = nil
        let last = lastNumber
        while let index = waiting.firstIndex(where: { $0.id.number <= last }) {
            let request = waiting.remove(at: index)
            tell(request.id, request.outcome ?? .neverSent(.closed))
        }
        formerHandler = handler
        handler = nil
    }

    // MARK: What connections tell

    func becameIdle(_ connection: HTTPClientConnection) {
        lastFailure = nil
        guard connection.isIdle, let index = waiting.firstIndex(where: { $0.outcome == nil }) else { return }
        let next = waiting.remove(at: index)
        next.bytes.withUnsafeBytes {
            connection.send(next.id, asked: next.asked, deadline: next.deadline, $0)
        }
        if spares.count < Self.sparesMax { spares.append(next.bytes) }
        setExpiry()
    }

    /// - Parameter isGood: whether the connection was of use, so that the next one needs no pause.
    func becameClosed(_ connection: HTTPClientConnection, isGood: Bool) {
        if isGood {
            retryPause = settings.retryPause
            warmUp()
        } else {
            pause()
        }
    }

    /// Requests wait for the next try, up to their deadlines.
    func couldNotConnect(_ reason: HTTPOutcome.Reason) {
        lastFailure = reason
        pause()
    }

    private func pause() {
        guard !isClosed, retryTimer == nil else { return }
        retryTimer = loop.setTimer(loop.now + retryPause, self)
        retryPause = min(retryPause + retryPause, settings.retryPauseMax)
    }

    /// A request was answered.
    func ended(
        _ id: HTTPRequestID, _ outcome: HTTPOutcome, _ head: borrowing HTTPHead,
        _ body: UnsafeRawBufferPointer
    ) {
        handler?.request(id, didEnd: outcome, head: head, body: body)
    }

    /// A request ended without an answer.
    func ended(_ id: HTTPRequestID, _ outcome: HTTPOutcome) {
        if id == handingOver { tellLater(id, outcome) } else { tell(id, outcome) }
    }

    private func tell(_ id: HTTPRequestID, _ outcome: HTTPOutcome) {
        (handler ?? formerHandler)?.request(
            id, didEnd: outcome, head: noHead.head, body: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    // MARK: Time

    private func setExpiry() {
        if let expiryTimer { loop.cancelTimer(expiryTimer) }
        expiryTimer = nil
        guard let first = waiting.lazy.map(\.deadline).min() else { return }
        expiryTimer = loop.setTimer(first, self)
    }

    package func timerFired(_ id: TimerID) {
        if id == retryTimer {
            retryTimer = nil
            warmUp()
            return
        }
        expiryTimer = nil
        // One after the other: who is told may send, or close the pool.
        let last = lastNumber
        while let index = waiting.firstIndex(where: { $0.deadline <= loop.now && $0.id.number <= last }) {
            let request = waiting.remove(at: index)
            tell(request.id, request.outcome ?? .neverSent(lastFailure ?? .timeout))
        }
        setExpiry()
    }
}
