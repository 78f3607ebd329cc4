import CoinExVenue
import Quantities
import Transport
import WireCodecs

/// Paces, sends and concludes requests. Confined to its loop; hence `@unchecked Sendable`.
final class CoinExRequestLink: HTTPClientHandler, TimerTarget, @unchecked Sendable {
    private struct Sent {
        var request: any CoinExPending
        var askedAt: Instant
    }

    /// A time that was this far off is not what another refusal is for.
    private static let clockStepMin = Interval.seconds(5)

    private let settings: CoinExClientSettings
    private let loop: EventLoop
    private let pool: HTTPPool
    private let relay = Relay()
    private var pacer: CoinExPacer
    private var writer: CoinExRequestWriter
    private var clock = CoinExServerClock()
    private var waiting: [any CoinExPending] = []
    private var sent: [HTTPRequestID: Sent] = [:]
    /// What the latest answers told of the limits of each group.
    private(set) var quotas: [CoinExRateGroup: CoinExQuota] = [:]
    private var timer: TimerID?
    private var isClosed = false

    init(_ settings: CoinExClientSettings, _ place: CoinExPlace, _ loop: EventLoop) {
        self.settings = settings
        self.loop = loop
        pacer = CoinExPacer(settings)
        writer = CoinExRequestWriter(
            CoinExHost(name: place.endpoint.authority, base: place.base, api: settings.api),
            credentials: settings.credentials)
        var poolSettings = HTTPPoolSettings()
        poolSettings.connectionsMax = max(1, settings.connectionsMax)
        // The pool keeps its handler, and this keeps the pool.
        pool = HTTPPool(loop, Resolver(loop), place.endpoint, settings: poolSettings, handler: relay)
        relay.link = self
    }

    /// Passes ends on as long as the link lives.
    private final class Relay: HTTPClientHandler {
        weak var link: CoinExRequestLink?

        func request(
            _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
            body: UnsafeRawBufferPointer
        ) {
            link?.request(id, didEnd: outcome, head: head, body: body)
        }
    }

    var clockReading: CoinExClockReading {
        CoinExClockReading(offset: clock.offset, uncertainty: clock.uncertainty(at: settings.wallClock()))
    }

    // MARK: - Beginning

    func begin(_ request: any CoinExPending) {
        if isClosed { return request.fail(.notSent(.closed)) }
        if request.ticket.isCancelled { return request.fail(.notSent(.cancelled)) }
        if request.isSigned, settings.credentials == nil { return request.fail(.notSent(.noKey)) }
        if waiting.count >= settings.waitingMax { return request.fail(.notSent(.tooManyWait)) }
        waiting.append(request)
        pump()
    }

    func cancel(_ ticket: CoinExTicket) {
        if let index = waiting.firstIndex(where: { $0.ticket === ticket }) {
            return waiting.remove(at: index).fail(.notSent(.cancelled))
        }
        guard let entry = sent.first(where: { $0.value.request.ticket === ticket }) else { return }
        sent[entry.key] = nil
        let request = entry.value.request
        request.fail(request.isChange ? .outcomeUnknown(.cancelled) : .retryLater(.cancelled))
        pump()
    }

    func close() {
        isClosed = true
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        let waiting = waiting
        self.waiting = []
        for request in waiting { request.fail(.notSent(.closed)) }
        pool.close()
    }

    /// Sends what may go, and sets the alarm for what may not yet.
    private func pump() {
        guard !isClosed else { return }
        let now = Instant(nanoseconds: loop.now.nanoseconds)
        var round = pacer.round(at: now)
        var index = 0
        while index < waiting.count, sent.count < max(1, settings.connectionsMax) {
            guard round.takes(waiting[index].group, charge: waiting[index].charge) else {
                index += 1
                continue
            }
            send(waiting.remove(at: index))
        }
        pacer = round.pacer
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        // A request that waits for a connection goes when one is done.
        guard let opensAt = round.opensAt, !waiting.isEmpty else { return }
        timer = loop.setTimer(LoopTime(nanoseconds: opensAt.nanoseconds), self)
    }

    private func send(_ request: any CoinExPending) {
        let askedAt = settings.wallClock()
        let tonce = clock.tonce(at: askedAt)
        let id = pool.send(deadline: loop.now + settings.requestTimeout) {
            request.write(&writer, tonce: tonce, into: &$0)
        }
        sent[id] = Sent(request: request, askedAt: askedAt)
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        pump()
    }

    // MARK: - Ends

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        // Nobody waits any more for one that was cancelled.
        guard let entry = sent.removeValue(forKey: id) else { return }
        let request = entry.request
        switch outcome {
        case .neverSent(let reason):
            request.fail(
                isClosed ? .notSent(.closed) : CoinExClientError(reason, wasSent: false, isChange: false))
        case .maybeSent(let reason):
            request.fail(CoinExClientError(reason, wasSent: true, isChange: request.isChange))
        case .answered(let status): conclude(entry, status, head, body)
        }
        pump()
    }

    private func conclude(
        _ entry: Sent, _ status: Int, _ head: borrowing HTTPHead, _ body: UnsafeRawBufferPointer
    ) {
        let request = entry.request
        let heardAt = settings.wallClock()
        let bytes = body.bindMemory(to: UInt8.self)
        let failure = request.read(status: status, bytes)
        if let quota = CoinExQuota(head) {
            quotas[request.group] = quota
            pacer.heed(quota, of: request.group, at: loopInstant)
        }
        let before = clock.offset
        if case .refused(let refusal) = failure, refusal.code.scope == .clock { clock.forget() }
        if let date = head.first("date").flatMap({ HTTPDate($0) }) {
            clock.learn(date.instant, resolution: .seconds(1), askedAt: entry.askedAt, heardAt: heardAt)
        }
        guard let failure else {
            if let time = request.serverTime {
                clock.learn(time, resolution: .milliseconds(1), askedAt: entry.askedAt, heardAt: heardAt)
            }
            return request.succeed()
        }
        switch failure {
        case .refused(let refusal):
            if refusal.code.consequence == .rateLimited { pacer.close(request.group, at: loopInstant) }
            if refusal.code.scope == .clock, mayRepeat(request, before) {
                request.isRepeated = true
                waiting.insert(request, at: 0)
                return
            }
        case .gateway(let answer):
            if answer.isRateLimit { pacer.closeAll(at: loopInstant) }
        case .malformed: break
        }
        let isKnown = clock.uncertainty(at: heardAt) != nil
        request.fail(
            CoinExClientError(
                failure, isChange: request.isChange, ahead: isKnown ? .zero - clock.offset : nil))
    }

    /// Refused for its time, which is proof, and another time is known by now.
    private func mayRepeat(_ request: any CoinExPending, _ before: Interval) -> Bool {
        guard !request.isRepeated, !isClosed, !request.ticket.isCancelled else { return false }
        let step = clock.offset - before
        return (step < .zero ? .zero - step : step) >= Self.clockStepMin
    }

    private var loopInstant: Instant { Instant(nanoseconds: loop.now.nanoseconds) }
}
