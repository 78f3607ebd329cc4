import CoinExVenue
import Quantities
import Transport
import WireCodecs

/// One connection to the venue's socket: ids of calls, their deadlines, pings. Confined to its loop; hence
/// `@unchecked Sendable`.
final class CoinExStreamLink: WebSocketHandler, TimerTarget, @unchecked Sendable {
    typealias Completion = (Result<CoinExStreamReply, CoinExStreamFault>) -> Void

    private struct Call {
        var request: CoinExStreamCall
        var deadline: LoopTime
        var ticket: CoinExTicket?
        var completion: Completion
    }

    /// Calls under way; more are refused.
    private static let callsMax = 256
    /// The venue wants to hear of us, and says nothing by itself where nothing happens.
    private static let pingEvery = Interval.seconds(20)

    private let settings: CoinExClientSettings
    private let place: CoinExPlace
    private let loop: EventLoop
    private let events: AsyncThrowingStream<CoinExStreamEvent, any Error>.Continuation
    /// It keeps its handler until it is over; this lets it go then.
    private var socket: WebSocketConnection?
    private var opened: ((CoinExStreamFault?) -> Void)?
    private var codec: CoinExStreamCodec
    private var text = WireBuffer(capacity: 1_024)
    private var calls: [Int64: Call] = [:]
    private var lastID: Int64 = 0
    private var timer: TimerID?
    private var pingAt = LoopTime.never
    private var end: CoinExStreamFault?

    init(
        _ settings: CoinExClientSettings, _ place: CoinExPlace, _ loop: EventLoop,
        _ events: AsyncThrowingStream<CoinExStreamEvent, any Error>.Continuation
    ) {
        self.settings = settings
        self.loop = loop
        self.events = events
        self.place = place
        codec = CoinExStreamCodec(settings.api)
    }

    func open(_ completion: @escaping (CoinExStreamFault?) -> Void) {
        opened = completion
        let socket = WebSocketConnection(
            client: loop, Resolver(loop), place.endpoint, target: place.path,
            fields: [("User-Agent", CoinExHost().agent)], handler: self)
        self.socket = socket
        socket.open()
    }

    // MARK: - Calls

    func call(_ request: CoinExStreamCall, _ ticket: CoinExTicket?, _ completion: @escaping Completion) {
        if let end { return completion(.failure(end)) }
        if ticket?.isCancelled == true { return completion(.failure(.cancelled)) }
        guard let socket, socket.isOpen else { return completion(.failure(.ended("not connected"))) }
        guard calls.count < Self.callsMax else { return completion(.failure(.tooManyCalls)) }
        guard request.api == settings.api else {
            let language = settings.api.rawValue
            return completion(.failure(.misconfigured("the connection speaks \(language)")))
        }
        lastID += 1
        text.removeAll(keeping: 64 << 10)
        guard codec.write(request, id: lastID, to: &text) else { return completion(.failure(.tooLong)) }
        let deadline = loop.now + settings.callTimeout
        calls[lastID] = Call(
            request: request, deadline: deadline, ticket: ticket, completion: completion)
        socket.write(text: text.bytes)
        socket.flush()
        setTimer()
    }

    func cancel(_ ticket: CoinExTicket) {
        guard let entry = calls.first(where: { $0.value.ticket === ticket }) else { return }
        calls[entry.key] = nil
        entry.value.completion(.failure(.cancelled))
    }

    /// The call that signs, with the venue's time; nil without a key.
    func signature(_ milliseconds: Int64) -> CoinExStreamCall? {
        settings.credentials.map { .signing($0, milliseconds: milliseconds, in: settings.api) }
    }

    func close() {
        let socket = socket
        finish(.ended("closed by us"), throwing: false)
        socket?.close()
    }

    // MARK: - The socket

    func webSocketDidOpen(_ socket: WebSocketConnection) {
        pingAt = loop.now + Self.pingEvery
        setTimer()
        let opened = opened
        self.opened = nil
        opened?(nil)
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        receive(text.bindMemory(to: UInt8.self))
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        // The second generation packs its messages; the first speaks in texts.
        guard settings.api == .v2 else { return fail(.ended("the venue sent a binary message")) }
        receive(bytes.bindMemory(to: UInt8.self))
    }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard end == nil else { return }
        do throws(CoinExStreamFault) {
            switch try codec.read(bytes) {
            case .event(let event):
                switch events.yield(event) {
                case .dropped: fail(.overflow)
                case .enqueued, .terminated: break
                @unknown default: break
                }
            case .reply(let reply):
                guard let id = reply.id, let call = calls.removeValue(forKey: id) else { return }
                call.completion(codec.result(reply, of: call.request))
            case .nothing: break
            }
        } catch {
            fail(error)
        }
    }

    func webSocketDidDrain(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        finish(.ended("\(end)"), throwing: true)
    }

    // MARK: - Ends

    private func fail(_ fault: CoinExStreamFault) {
        let socket = socket
        finish(fault, throwing: true)
        socket?.close()
    }

    private func finish(_ fault: CoinExStreamFault, throwing isFault: Bool) {
        guard end == nil else { return }
        end = fault
        socket = nil
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        let (opened, calls) = (opened, calls)
        self.opened = nil
        self.calls = [:]
        opened?(fault)
        // nondeterminism-ok: all of them end in the same moment.
        for call in calls.values { call.completion(.failure(fault)) }
        if isFault { events.finish(throwing: fault) } else { events.finish() }
    }

    // MARK: - Time

    private func setTimer() {
        if let timer { loop.cancelTimer(timer) }
        // nondeterminism-ok: the order does not matter for the earliest.
        let first = calls.values.reduce(pingAt) { min($0, $1.deadline) }
        timer = loop.setTimer(first, self)
    }

    func timerFired(_ id: TimerID) {
        timer = nil
        guard end == nil else { return }
        // nondeterminism-ok: all of them end in the same moment.
        for (id, call) in calls where call.deadline <= loop.now {
            calls[id] = nil
            call.completion(.failure(.timeout))
        }
        if pingAt <= loop.now {
            pingAt = loop.now + Self.pingEvery
            call(.ping(in: settings.api), nil) { [weak self] result in
                if case .failure(.timeout) = result { self?.fail(.ended("no answer to a ping")) }
            }
        }
        if end == nil { setTimer() }
    }
}
