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
        /// Can transition to: `delivering` with a whole answer, `closed`.
        case busy(HTTPRequestID)
        /// The answer is being handed over, and takes no request before that is done. Can transition to: `idle`,
        /// `closed`.
        case delivering
    }

    /// A connection that lived this long is no sign of a server that turns connections away.
    private static let lastsLong = Interval.seconds(1)

    private(set) var phase = Phase.closed
    /// Connections of a pool that was dropped without being closed end by themselves.
    private weak var pool: HTTPPool?
    private let loop: EventLoop
    private let limits: HTTPLimits
    private var stream: Stream?
    private var connector: Connector?
    private var reader: HTTPReader
    private var timer: TimerID?
    @exclusivity(unchecked) private var body = WireBuffer(capacity: 1_024)
    private var sentBefore = 0
    private var openedAt = LoopTime(nanoseconds: 0)
    private var hasAnswered = false

    init(_ pool: HTTPPool, _ loop: EventLoop, _ limits: HTTPLimits) {
        self.pool = pool
        self.loop = loop
        self.limits = limits
        reader = HTTPReader.responses(limits)
    }

    var isIdle: Bool { phase == .idle }
    var isClosed: Bool { phase == .closed }
    var isBusy: Bool {
        switch phase {
        case .busy: true
        // One that hands its answer over is free at once.
        case .delivering, .closed, .connecting, .idle: false
        }
    }

    func connect() {
        guard phase == .closed, let pool else { return }
        phase = .connecting
        reader = HTTPReader.responses(limits)
        hasAnswered = false
        let connector = Connector(
            loop, pool.resolver, pool.endpoint, timeout: pool.settings.connectTimeout, handler: self,
            attach: { [weak self] in self?.stream = $0 },
            fail: { [weak self] in self?.fall(.notConnected($0)) })
        self.connector = connector
        connector.start()
    }

    /// Sends a request; the connection is idle.
    func send(
        _ id: HTTPRequestID, asked: HTTPReader.Asked, deadline: LoopTime, _ bytes: UnsafeRawBufferPointer
    ) {
        guard phase == .idle, let stream else { return }
        phase = .busy(id)
        reader.asked = asked
        body.removeAll(keeping: 1 << 20)
        sentBefore = stream.sentBytes
        stream.write(bytes)
        stream.flush()
        // Behind what cannot wait; unless that has ended the request.
        if phase == .busy(id) { timer = loop.setTimer(deadline, self) }
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
        openedAt = loop.now
        guard let pool else {
            close(.closed)
            return
        }
        pool.becameIdle(self)
    }

    func stream(_ stream: Stream, didReceive input: inout WireBuffer) {
        guard case .busy(let id) = phase else {
            // Nobody asked: what it says could be taken for the answer to the next request.
            close(.badAnswer(HTTPFault(.unexpectedResponse)))
            return
        }
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

    func streamDidDrain(_ stream: Stream) {}

    func stream(_ stream: Stream, didEnd end: StreamEnd) {
        if case .busy(let id) = phase, end == .endedByPeer {
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
        stopTimer()
        hasAnswered = true
        if !keepsAlive { letGo() }
        // Until the answer is handed over its memory is not touched, whatever the one who gets it does.
        phase = .delivering
        pool?.ended(id, .answered(status: reader.head.status), reader.head, body.bytes)
        guard phase == .delivering else {
            pool?.becameClosed(self, isGood: true)
            return
        }
        phase = stream == nil ? .closed : .idle
        if phase == .idle { pool?.becameIdle(self) } else { pool?.becameClosed(self, isGood: true) }
    }

    /// Ends the connection in good order, without hearing of it again: another one may begin.
    private func letGo() {
        stream?.handler = nil
        stream?.finish()
        stream = nil
    }

    /// The connection is gone.
    private func fall(_ reason: HTTPOutcome.Reason) {
        guard phase != .closed else { return }
        let before = phase
        let hasSent = (stream?.sentBytes ?? 0) > sentBefore
        stopTimer()
        phase = .closed
        connector = nil
        stream = nil
        // A server that accepts and closes again and again is not asked without a pause.
        let isGood = hasAnswered || loop.now - openedAt >= Self.lastsLong
        switch before {
        case .busy(let id):
            pool?.ended(id, hasSent ? .maybeSent(reason) : .neverSent(reason))
            pool?.becameClosed(self, isGood: isGood)
        case .connecting: pool?.couldNotConnect(reason)
        case .idle: pool?.becameClosed(self, isGood: isGood)
        // The end of the hand-over tells the pool.
        case .delivering, .closed: break
        }
    }

    private func stopTimer() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
    }
}
