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
/// know, who is told whether any of it has left. Confined to its loop.
package final class HTTPPool: TimerTarget {
    private struct Waiting {
        var id: HTTPRequestID
        var asked: HTTPReader.Asked
        var deadline: LoopTime
        var bytes: [UInt8]
        /// Why it will not be sent, told at its deadline; nil while it waits for a connection.
        var refusal: HTTPOutcome.Reason?
    }

    let resolver: Resolver
    package let endpoint: Endpoint
    package let settings: HTTPPoolSettings
    private let loop: EventLoop
    private var handler: (any HTTPClientHandler)?
    private var connections: [HTTPClientConnection] = []
    private var waiting: [Waiting] = []
    private var lastNumber: UInt64 = 0
    private var retryPause: Interval
    /// When connecting may be tried again; nil when at once.
    private var retryTimer: TimerID?
    private var expiryTimer: TimerID?
    private var isClosed = false
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
        connections = (0..<settings.connectionsMax).map { _ in HTTPClientConnection(self, loop) }
    }

    /// Connections that are ready for a request.
    package var idleCount: Int { connections.count { $0.isIdle } }
    package var waitingCount: Int { waiting.count }

    /// Opens the connections that are kept ahead of need.
    package func warmUp() {
        loop.assertOnLoop()
        guard !isClosed, retryTimer == nil else { return }
        let open = connections.count { !$0.isClosed }
        let wanted = min(settings.connectionsMax, max(settings.warmConnections, waiting.count))
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
            connection.send(id, asked: asked, deadline: deadline, buffer.bytes)
        } else {
            // Refusals are told from a timer that is due at once, so that no answer comes before its number.
            var request = Waiting(id: id, asked: asked, deadline: deadline, bytes: Array(buffer.bytes))
            if isClosed { request.refusal = .closed }
            if waiting.count >= settings.waitingMax { request.refusal = .tooMany }
            if request.refusal != nil { request.deadline = loop.now }
            waiting.append(request)
            setExpiry()
            warmUp()
        }
        return id
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
        let left = waiting
        waiting = []
        for request in left { endedUnanswered(request.id, .neverSent(.closed)) }
        handler = nil
    }

    // MARK: What connections tell

    func becameIdle(_ connection: HTTPClientConnection) {
        retryPause = settings.retryPause
        lastFailure = nil
        guard connection.isIdle, let index = waiting.firstIndex(where: { $0.refusal == nil }) else { return }
        let next = waiting.remove(at: index)
        next.bytes.withUnsafeBytes {
            connection.send(next.id, asked: next.asked, deadline: next.deadline, $0)
        }
        setExpiry()
    }

    func becameClosed(_ connection: HTTPClientConnection, wasConnected: Bool) { warmUp() }

    /// Requests wait for the next try, up to their deadlines.
    func couldNotConnect(_ connection: HTTPClientConnection, _ reason: HTTPOutcome.Reason) {
        lastFailure = reason
        guard !isClosed, retryTimer == nil else { return }
        retryTimer = loop.setTimer(loop.now + retryPause, self)
        retryPause = min(retryPause + retryPause, settings.retryPauseMax)
    }

    func ended(
        _ id: HTTPRequestID, _ outcome: HTTPOutcome, _ head: borrowing HTTPHead,
        _ body: UnsafeRawBufferPointer
    ) {
        handler?.request(id, didEnd: outcome, head: head, body: body)
    }

    func endedUnanswered(_ id: HTTPRequestID, _ outcome: HTTPOutcome) {
        handler?.request(
            id, didEnd: outcome, head: noHead.head, body: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    // MARK: Time

    private func setExpiry() {
        if let expiryTimer { loop.cancelTimer(expiryTimer) }
        expiryTimer = nil
        guard let first = waiting.map(\.deadline).min() else { return }
        expiryTimer = loop.setTimer(first, self)
    }

    package func timerFired(_ id: TimerID) {
        if id == retryTimer {
            retryTimer = nil
            warmUp()
            return
        }
        expiryTimer = nil
        let due = waiting.filter { $0.deadline <= loop.now }
        waiting.removeAll { $0.deadline <= loop.now }
        for request in due {
            endedUnanswered(request.id, .neverSent(request.refusal ?? lastFailure ?? .timeout))
        }
        setExpiry()
    }
}
