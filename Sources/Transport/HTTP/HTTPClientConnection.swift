import Quantities
import WireCodecs

/// One connection of a pool: one request at a time, no pipelining.
final class HTTPClientConnection: StreamHandler, TimerTarget {
    enum Phase: Equatable {
        /// Not connected. Can transition to: `connecting`.
        case closed
        /// Can transition to: `idle`, `closed`.
        case connecting
        /// Ready for a request. Can transition to: `busy`, `closed`.
        case idle
        /// Can transition to: `idle` with a whole answer, `closed`.
        case busy(HTTPRequestID)
    }

    private(set) var phase = Phase.closed
    private unowned let pool: HTTPPool
    private let loop: EventLoop
    private var stream: Stream?
    private var connector: Connector?
    private var reader: HTTPReader
    private var timer: TimerID?
    @exclusivity(unchecked) private var body = WireBuffer(capacity: 1_024)
    /// What the request of the present phase asked. The reader is told when the answer begins, not before: the
    /// last answer may still be in its user's hands, who sends this request or closes the pool.
    private var asked = HTTPReader.Asked.get
    private var hasAnswerBegun = false
    /// Whether the reader belongs to an earlier connection.
    private var isReaderStale = false
    private var sentBefore = 0
    /// When the last answer came.
    private(set) var usedAt = LoopTime(nanoseconds: 0)

    init(_ pool: HTTPPool, _ loop: EventLoop) {
        self.pool = pool
        self.loop = loop
        reader = HTTPReader.responses(pool.settings.responseLimits)
    }

    var isIdle: Bool { phase == .idle }
    var isClosed: Bool { phase == .closed }

    func connect() {
        guard phase == .closed else { return }
        phase = .connecting
        let connector = Connector(
            loop, pool.resolver, pool.endpoint, timeout: pool.settings.connectTimeout, handler: self,
            attach: { [unowned self] in stream = $0 },
            fail: { [unowned self] in fall(.notConnected($0)) })
        self.connector = connector
        connector.start()
    }

    /// Sends a request; the connection is idle.
    func send(
        _ id: HTTPRequestID, asked: HTTPReader.Asked, deadline: LoopTime, _ bytes: UnsafeRawBufferPointer
    ) {
        guard phase == .idle, let stream else { return }
        phase = .busy(id)
        self.asked = asked
        hasAnswerBegun = false
        sentBefore = stream.sentBytes
        timer = loop.setTimer(deadline, self)
        stream.write(bytes)
        stream.flush()
    }

    /// Ends the connection; a request on it ends with the reason.
    func close(_ reason: HTTPOutcome.Reason) {
        connector?.cancel()
        stream?.close()
        fall(reason)
    }

    // MARK: The stream

    func streamDidOpen(_ stream: Stream) {
        connector = nil
        phase = .idle
        usedAt = loop.now
        pool.becameIdle(self)
    }

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        guard case .busy(let id) = phase else {
            // Nobody asked: what it says could be taken for the answer to the next request.
            close(.badAnswer(HTTPFault(.unexpectedResponse)))
            return
        }
        if !hasAnswerBegun { beginAnswer() }
        do throws(HTTPFault) {
            while true {
                switch try reader.next(&input) {
                case .incomplete: return
                case .head, .interim: continue
                case .body(let bytes): body.append(bytes)
                case .upgraded:
                    close(.badAnswer(HTTPFault(.unexpectedResponse)))
                    return
                case .end:
                    if !input.isEmpty {
                        // More than one answer: the connection is not used again.
                        finish(id, keepsAlive: false)
                    } else {
                        finish(id, keepsAlive: reader.head.keepsAlive)
                    }
                    return
                }
            }
        } catch {
            close(.badAnswer(error))
        }
    }

    private func beginAnswer() {
        hasAnswerBegun = true
        if isReaderStale {
            reader = HTTPReader.responses(pool.settings.responseLimits)
            isReaderStale = false
        }
        reader.asked = asked
        body.removeAll(keeping: 1 << 20)
    }

    func streamDidDrain(_ stream: Stream) {}

    func stream(_ stream: Stream, didEnd end: StreamEnd) {
        if case .busy(let id) = phase, end == .endedByPeer, hasAnswerBegun {
            let nothing = WireBuffer(capacity: 16)
            do throws(HTTPFault) {
                if try reader.finish(nothing) {
                    finish(id, keepsAlive: false)
                    return
                }
            } catch {
                fall(.badAnswer(error))
                return
            }
        }
        if case .notConnected(let failure) = end {
            fall(.notConnected(failure))
        } else {
            fall(.lost(end))
        }
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        guard case .busy = phase else { return }
        close(.timeout)
    }

    // MARK: Ends

    private func finish(_ id: HTTPRequestID, keepsAlive: Bool) {
        // Held, as who is told may let it go.
        let pool = pool
        stopTimer()
        usedAt = loop.now
        if keepsAlive {
            phase = .idle
        } else {
            phase = .closed
            stream?.finish()
            stream = nil
            isReaderStale = true
        }
        pool.ended(id, .answered(status: reader.head.status), reader.head, body.bytes)
        switch phase {
        case .idle: pool.becameIdle(self)
        case .closed: pool.becameClosed(self, wasConnected: true)
        // Whoever was told has sent the next request, or another one has begun to connect.
        case .busy, .connecting: break
        }
    }

    /// The connection is gone.
    private func fall(_ reason: HTTPOutcome.Reason) {
        guard phase != .closed else { return }
        // Held, as who is told may let it go.
        let pool = pool
        let before = phase
        let hasSent = (stream?.sentBytes ?? 0) > sentBefore
        stopTimer()
        phase = .closed
        connector = nil
        stream = nil
        isReaderStale = true
        switch before {
        case .busy(let id):
            pool.endedUnanswered(id, hasSent ? .maybeSent(reason) : .neverSent(reason))
            pool.becameClosed(self, wasConnected: true)
        case .connecting: pool.couldNotConnect(self, reason)
        case .idle, .closed: pool.becameClosed(self, wasConnected: true)
        }
    }

    private func stopTimer() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
    }
}
