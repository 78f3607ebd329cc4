import CoinExVenue
import Exchange
import MarketModel
import Quantities
import Recordings
import Transport
import WireCodecs

/// Joins the front of the local exchange to sockets, on one port: REST under `/v1` and `/v2`, WebSockets at `/` and at
/// `/v2/spot`.
///
/// Confined to its loop.
package final class ExchangeHost: HTTPServerHandler, TimerTarget {
    private let loop: EventLoop
    private let clock: ExchangeClock
    let configuration: ExchangeConfiguration
    let token: ControlToken
    private var front: CoinExFront
    private var flows: [RecordedFlow] = []
    private var server: HTTPServer?
    private var lastRequest: UInt64 = 0
    /// Requests that wait for their reply, by their numbers.
    private var exchanges: [UInt64: HTTPExchange] = [:]
    private var sockets: [FrontSessionID: WebSocketConnection] = [:]
    /// Sockets with something to be sent at the end of this turn.
    private var written: [FrontSessionID] = []
    private var shownSecond: Int64 = -1
    private var shownDate = ""
    private var timer: TimerID?
    private var armedFor = Instant.distantFuture
    private let startedAt: Instant
    private var notes = ExchangeNotes()
    /// Is told of what a person who watches may want to know.
    package var notable: ((String) -> Void)?

    /// Listens on the loopback.
    package init(
        _ loop: EventLoop, _ configuration: ExchangeConfiguration, port: UInt16, tls: TLSContext?,
        token: ControlToken
    ) throws(ExchangeServerError) {
        self.loop = loop
        self.configuration = configuration
        self.token = token
        clock = ExchangeClock()
        startedAt = clock.now
        do throws(DefinitionError) {
            front = try CoinExFront(
                configuration.definition(startsAt: clock.now), configuration.frontSettings())
        } catch {
            throw .definition(error)
        }
        guard let address = SocketAddress("127.0.0.1", port: port) else {
            preconditionFailure("the loopback has an address")
        }
        do throws(SystemError) {
            server = try HTTPServer(loop, on: address, tls: tls, settings: Self.settings, handler: self)
        } catch {
            throw .listen("\(error)")
        }
        server?.handshakePause = { [weak self] in self?.handshakePause() }
        do throws(RecordingError) {
            for recording in configuration.recordings {
                guard let index = configuration.markets.firstIndex(where: { $0.name == recording.market })
                else {
                    continue
                }
                flows.append(try RecordedFlow(recording, MarketID(index), at: clock.now))
            }
        } catch {
            throw .recording(error)
        }
        arm()
    }

    private func handshakePause() -> Interval? { front.handshakePause(at: clock.now) }

    /// The address of a client, by which the venue counts; 0 for one that has gone.
    private static func number(of peer: SocketAddress?) -> UInt64 { UInt64(peer?.version4 ?? 0) }

    private func note(_ text: String) {
        notes.add(text, at: clock.now)
        notable?(text)
    }

    /// The exchange as it is now.
    ///
    /// - Parameter accounts: those that are looked at, in the order of their making.
    func snapshot(accounts: Range<Int>, address: String) -> ExchangeSnapshot {
        let now = clock.now
        front.advance(to: now)
        return ExchangeSnapshot(
            address: address, seed: configuration.seed, startedAt: startedAt, now: now,
            overview: front.overview(accounts: accounts, at: now), connections: server?.clientCount ?? 0,
            news: notes.rows)
    }

    /// As the venue's gateway treats its clients.
    private static var settings: HTTPServerSettings {
        var settings = HTTPServerSettings()
        settings.clientsMax = 1_024
        settings.webSocket.messageMax = 102_400
        // The venue answers a ping with an empty pong, sends none itself, and waits an hour for a word.
        settings.webSocket.echoesPings = false
        settings.webSocket.pingAfter = .seconds(3_600)
        settings.webSocket.silentAfter = .seconds(3_660)
        settings.webSocket.deflate?.serverNoContextTakeover = true
        settings.webSocket.deflate?.clientNoContextTakeover = true
        return settings
    }

    package var port: UInt16 { server?.address?.port ?? 0 }

    package var counts: FrontCounts { front.counts }

    package var sessionCounts: (all: Int, signed: Int) { front.sessionCounts }

    package func auditLine() -> String { front.auditLine() }

    func auditText() -> String {
        front.advance(to: clock.now)
        return front.auditText()
    }

    func auditJSON() -> String {
        front.advance(to: clock.now)
        return front.auditJSON()
    }

    /// The faults that are set, one a line, with how often each has struck.
    func faultText() -> String {
        front.faults.strokes.map { "\($0.fault.text) struck \($0.count)\n" }.joined()
    }

    /// How often each kind of fault has struck; nil when none has.
    package var faultSummary: String? {
        let counts = front.faults.counts
        return counts.isEmpty
            ? nil : "faults: " + counts.map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: ", ")
    }

    /// Sets faults, whose times count from now; false when there would be too many.
    func addFaults(_ faults: [ExchangeFault]) -> Bool {
        let now = clock.now
        front.advance(to: now)
        guard front.addFaults(faults, at: now) else { return false }
        front.advance(to: now)
        for fault in faults { note("fault \(fault.text)") }
        send()
        return true
    }

    func clearFaults() {
        front.clearFaults(at: clock.now)
        note("no faults")
        send()
    }

    /// Announces a pause to all clients that want notices.
    package func announceMaintenance(from start: Instant, to end: Instant) {
        front.announceMaintenance(from: start, to: end, at: clock.now)
        send()
    }

    /// Ends all connections; the exchange stands still.
    package func close() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        server?.close()
        server = nil
        exchanges = [:]
        sockets = [:]
    }

    // MARK: REST

    package func respond(
        to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange
    ) {
        if head.target.starts(with: "/control/".utf8) {
            control(head, body, exchange)
            return
        }
        lastRequest += 1
        exchanges[lastRequest] = exchange
        let request = FrontRequest(head, body: body, address: Self.number(of: exchange.peer))
        front.receive(request, number: lastRequest, at: clock.now)
        send()
    }

    private func answer(_ number: UInt64, _ reply: FrontReply) {
        guard let exchange = exchanges.removeValue(forKey: number) else { return }
        guard !reply.isLost else { return exchange.abandon() }
        var fields: [(name: String, value: String)] = []
        if let quota = reply.quota { fields += quota.fields }
        fields.append(("Date", date(at: front.shownTime(at: clock.now))))
        reply.body.withUnsafeBytes {
            exchange.respond(reply.status, type: reply.type, fields: fields, body: $0)
        }
    }

    /// The text of a time for `Date`, made once a second.
    private func date(at time: Instant) -> String {
        let second = time.nanoseconds / 1_000_000_000
        if second != shownSecond {
            shownSecond = second
            shownDate = HTTPDate.text(time)
        }
        return shownDate
    }

    // MARK: WebSockets

    package func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? {
        let path = head.target.prefix { $0 != UInt8(ascii: "?") }
        let api: CoinExAPI
        if path.elementsEqual("/".utf8) {
            api = .v1
        } else if path.elementsEqual("/v2/spot".utf8) || path.elementsEqual("/v2/spot/".utf8) {
            api = .v2
        } else {
            return nil
        }
        return front.settings.languages.contains(api) ? ExchangeClient(self, api) : nil
    }

    /// Nil when there are too many.
    fileprivate func open(_ socket: WebSocketConnection, _ api: CoinExAPI) -> FrontSessionID? {
        let address = Self.number(of: socket.peer)
        guard let id = front.openSession(address: address, api: api, at: clock.now) else { return nil }
        sockets[id] = socket
        note("WebSocket \(id.number) opened")
        send()
        return id
    }

    fileprivate func receive(_ text: UnsafeRawBufferPointer, from id: FrontSessionID) {
        front.receive(text, from: id, at: clock.now)
        send()
    }

    fileprivate func answersPing(_ id: FrontSessionID) -> Bool {
        front.answersPing(of: id, at: clock.now)
    }

    fileprivate func drained(_ id: FrontSessionID) {
        front.setCongested(false, id)
        arm()
    }

    fileprivate func ended(_ id: FrontSessionID, _ end: WebSocketEnd) {
        guard sockets.removeValue(forKey: id) != nil else { return }
        front.closeSession(id)
        note("WebSocket \(id.number) ended: \(end)")
        arm()
    }

    // MARK: What leaves

    package func timerFired(_ id: TimerID) {
        timer = nil
        let now = clock.now
        for index in flows.indices { play(index, until: now) }
        front.advance(to: now)
        send()
    }

    /// Sends all that is due, and sets the timer for what comes next.
    private func send() {
        let now = clock.now
        var resets: [FrontSessionID] = []
        while let output = front.take(at: now) {
            switch output {
            case .reply(let number, let reply): answer(number, reply)
            case .message(let id, let bytes):
                guard let socket = sockets[id] else { continue }
                // What is packed is no text.
                let isPacked = bytes.first == 0x1F
                bytes.withUnsafeBytes { isPacked ? socket.write(binary: $0) : socket.write(text: $0) }
                if written.last != id { written.append(id) }
                if socket.isCongested { front.setCongested(true, id) }
            case .close(let id): sockets[id]?.close()
            case .reset(let id): resets.append(id)
            }
        }
        for id in written { sockets[id]?.flush() }
        written.removeAll(keepingCapacity: true)
        // It ends while it is being asked, and that leads back here.
        for id in resets { sockets[id]?.reset() }
        arm()
    }

    private func play(_ index: Int, until now: Instant) {
        let wasOver = flows[index].isOver
        flows[index].play(into: &front, until: now)
        guard flows[index].isOver, !wasOver else { return }
        let market = flows[index].recording.market
        if let failure = flows[index].failure {
            note("the recording of \(market) ended: \(failure)")
        } else {
            note("the recording of \(market) is over")
        }
    }

    private func arm() {
        var due = front.nextDue
        for flow in flows { due = min(due, flow.nextDue) }
        if timer != nil {
            guard due < armedFor else { return }
            if let timer { loop.cancelTimer(timer) }
            timer = nil
        }
        guard server != nil, due != .distantFuture else { return }
        armedFor = due
        timer = loop.setTimer(LoopTime.now + max(.zero, due - clock.now), self)
    }
}

/// One client's WebSocket.
private final class ExchangeClient: WebSocketHandler {
    private weak var host: ExchangeHost?
    private let api: CoinExAPI
    private var id: FrontSessionID?

    init(_ host: ExchangeHost, _ api: CoinExAPI) {
        self.host = host
        self.api = api
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) {
        id = host?.open(socket, api)
        if id == nil { socket.close(code: 1_013, reason: "too many clients") }
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        if let id { host?.receive(text, from: id) }
    }

    /// Clients speak text. In the second generation, whose own messages are binary ones, some send theirs so, too.
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
        guard api == .v2, bytes.first == UInt8(ascii: "{") else { return socket.close(code: 1_003) }
        if let id { host?.receive(bytes, from: id) }
    }

    func webSocketDidDrain(_ socket: WebSocketConnection) {
        if let id { host?.drained(id) }
    }

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        if let id { host?.ended(id, end) }
    }

    func webSocketAnswersPing(_ socket: WebSocketConnection) -> Bool {
        guard let id, let host else { return true }
        return host.answersPing(id)
    }
}
