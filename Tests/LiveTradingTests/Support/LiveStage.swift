import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// A live session whose venue is the test: it sees every request and every call, and answers in the venue's words.
final class LiveStage {
    var session: LiveSession<StagePlayer, CoinExLink, StageObserver>
    let diary = StageDiary()
    let tape = StageTape()
    var now = Market.start
    /// By how much the venue's clock is ahead of ours.
    var skew = Interval.zero
    /// Requests that wait for an answer, and calls that wait for a reply.
    var asked: [Asked] = []
    var called: [Called] = []
    /// When the venue pushes again while time passes; it does so every five seconds from then on.
    var pushDue = Instant.distantFuture
    /// What the driver was told to do with the socket.
    var socket: [String] = []
    /// The lists that the venue answers with, as rows.
    var pending: [String] = []
    var stops: [String] = []
    var deals: [String] = []
    var balances = #"{"BTC":{"available":"10","frozen":"0"},"USDT":{"available":"100000","frozen":"0"}}"#

    init(_ settings: LiveSettings = LiveSettings(), signed: Bool = true) {
        session = LiveSession(
            engine: Market.engine(StagePlayer(diary: diary)), link: Market.link(signed: signed),
            observer: StageObserver(tape: tape), settings: settings)
    }

    /// A session over an engine that has been given all of an earlier tape.
    init(resuming earlier: StageTape, _ earlierDiary: StageDiary) {
        var engine = Market.engine(StagePlayer(diary: diary))
        diary.wishes = earlierDiary.wishes
        engine.awaitLink()
        var link = Market.link(signed: true)
        for dispatch in earlier.dispatches { link.recall(dispatch) }
        for input in earlier.inputs {
            switch input {
            case .start(let now): engine.start(at: now)
            case .advance(let now): engine.advance(to: now)
            case .event(let event): engine.feed(event)
            case .fact(let fact, let now):
                link.recall(fact)
                engine.feed(fact, at: now)
            case .adopt(let adoption):
                if let order = engine.adopt(adoption) { link.recall(adoption.found, as: order) }
            case .resume(let gap):
                engine.resume(gap)
                link.recall(gap)
            case .carry(let carry): engine.carry(carry)
            case .pause(let step, let now): engine.pause(step, at: now)
            case .stop(let now): engine.stop(at: now)
            }
            engine.drain { _ in }
        }
        diary.words = []
        session = LiveSession(
            engine: engine, link: link, observer: StageObserver(tape: tape), settings: LiveSettings())
    }

    // MARK: - The driver

    /// Takes the actions as a driver does.
    func take() {
        var bytes = WireBuffer()
        while let action = session.takeAction(&bytes) {
            let text = String(decoding: bytes.bytes, as: UTF8.self)
            bytes.removeAll()
            switch action {
            case .connect: socket.append("connect")
            case .close: socket.append("close")
            case .sendText: called.append(Called(text))
            case .sendRequest(let request): asked.append(Asked(request, text))
            }
        }
    }

    func start() {
        session.start(at: now)
        take()
    }

    func open() {
        session.opened(at: now)
        take()
    }

    func close() {
        session.closed(at: now)
        take()
    }

    func push(_ text: String) {
        Array(text.utf8).withUnsafeBufferPointer { session.received($0, at: now) }
        take()
    }

    /// Lets time pass from one moment at which something is due to the next; the venue's lists are answered.
    func run(_ interval: Interval, answering: Bool = true) {
        let end = now + interval
        var steps = 0
        while min(session.nextDue, pushDue) <= end, steps < 10_000 {
            steps += 1
            now = max(now, min(session.nextDue, pushDue))
            if pushDue <= now {
                pushDue = now + .seconds(5)
                book()
                statistics()
            }
            session.advance(to: now)
            take()
            if answering { answerLists() }
        }
        precondition(steps < 10_000, "time stands still")
        now = end
        session.advance(to: now)
        take()
        if answering { answerLists() }
    }

    // MARK: - The venue's part

    /// Replies to all calls that wait.
    func replyToCalls() {
        while !called.isEmpty {
            let call = called.removeFirst()
            let result = call.method == "server.ping" ? #""pong""# : #"{"status":"success"}"#
            push(#"{"error":null,"result":\#(result),"id":\#(call.id)}"#)
        }
    }

    func refuseCall(_ code: Int, _ message: String) {
        let call = called.removeFirst()
        push(#"{"error":{"code":\#(code),"message":"\#(message)"},"result":null,"id":\#(call.id)}"#)
    }

    /// The oldest request of this kind that waits.
    func request(_ call: String) -> Asked? { asked.first { $0.call == call } }

    /// Answers the oldest request of this kind with data; false when there is none.
    @discardableResult
    func answer(_ call: String, _ data: String) -> Bool {
        answerWhole(call, #"{"code":0,"data":\#(data),"message":"Ok"}"#)
    }

    @discardableResult
    func refuse(_ call: String, _ code: Int, status: Int = 200) -> Bool {
        answerWhole(call, #"{"code":\#(code),"data":{},"message":"no"}"#, status: status)
    }

    @discardableResult
    func answerWhole(_ call: String, _ body: String, status: Int = 200) -> Bool {
        guard let index = asked.firstIndex(where: { $0.call == call }) else { return false }
        let number = asked.remove(at: index).request.number
        Array(body.utf8).withUnsafeBufferPointer {
            session.ended(number, .answered(status: status, body: $0), at: now)
        }
        take()
        return true
    }

    /// The oldest request of this kind comes to nothing.
    @discardableResult
    func lose(_ call: String, _ outcome: RequestOutcome = .maybeSent) -> Bool {
        guard let index = asked.firstIndex(where: { $0.call == call }) else { return false }
        session.ended(asked.remove(at: index).request.number, outcome, at: now)
        take()
        return true
    }

    /// Answers what the link itself asks for, and calls.
    func answerLists() {
        while answerOne() {}
    }

    private func answerOne() -> Bool {
        if !called.isEmpty {
            replyToCalls()
            return true
        }
        for call in [
            "GET /market/ticker", "GET /order/stop/pending", "GET /order/pending", "GET /balance/info",
            "GET /order/user/deals",
        ] where request(call)?.request.number ?? 0 >= 1 << 63 {
            return answer(call, list(call))
        }
        return false
    }

    func list(_ call: String) -> String {
        switch call {
        case "GET /market/ticker":
            let time = (now + skew).nanoseconds / 1_000_000
            return #"""
                {"date":\#(time),"ticker":{"last":"100","buy":"99.9","buy_amount":"1","sell":"100.1",
                "sell_amount":"1","open":"100","high":"100","low":"100","vol":"1"}}
                """#
        case "GET /order/stop/pending": return Self.page(stops)
        case "GET /order/pending": return Self.page(pending)
        case "GET /order/user/deals": return Self.page(deals)
        case "GET /balance/info": return balances
        default: preconditionFailure("a list has a name")
        }
    }

    /// From nothing to ready, with a book.
    func getReady() {
        start()
        answerLists()
        open()
        answerLists()
        book()
        wish { _ in }
    }

    // MARK: - The strategy's part

    /// A whole book: 99.9 and 100.1.
    func book() {
        push(
            #"""
            {"method":"depth.update","params":[true,{"asks":[["100.1","5"]],"bids":[["99.9","5"]],"last":"100",
            "time":\#(now.nanoseconds / 1_000_000),"checksum":\#(Checksum.of("99.9:5:100.1:5"))},"BTCUSDT"],"id":null}
            """#)
    }

    /// Lets the strategy do something, at a push of statistics.
    func wish(_ body: @escaping (inout Desk) -> Void) {
        diary.wishes[diary.tickers + 1] = body
        statistics()
    }

    /// A push of statistics.
    func statistics() {
        push(
            #"""
            {"method":"state.update","params":[{"BTCUSDT":{"open":"100","last":"100","high":"100","low":"100",
            "deal":"1","volume":"1","sell_total":"1","buy_total":"1","period":86400}}],"id":null}
            """#)
    }

    func place(_ ticket: OrderTicket) -> OrderID {
        var id = OrderID.none
        wish { id = $0.place(ticket) ?? .none }
        // A replay places the same, and must not write into this one.
        diary.wishes[diary.tickers] = { _ = $0.place(ticket) }
        return id
    }

    /// A change of the book that its checksum does not bear out.
    func damageBook() {
        push(
            #"""
            {"method":"depth.update","params":[false,{"asks":[["100.1","6"]],"bids":[],"last":"100",
            "time":\#(now.nanoseconds / 1_000_000),"checksum":1},"BTCUSDT"],"id":null}
            """#)
    }

    // MARK: - What became of it

    func state(_ id: OrderID) -> String { diary.orders[id].map(StageWords.state) ?? "unheard of" }

    var phase: LivePhase { session.phase }
    var outcome: LiveOutcome? { session.outcome }
    var isReady: Bool { session.link.isReady }
    var counts: CoinExLinkCounts { session.link.counts }
    var lastDeal: DealID { session.link.session.lastDeal }
    var quote: Quote? { session.engine.desk.quote(Market.btcusdt) }
    /// Of the quote asset.
    var balance: Amount { session.engine.desk.balance(AssetID(1)).total }
    var position: Quantity { session.engine.desk.positions[0].quantity }
    var isIdle: Bool { session.engine.desk.orders.active.isEmpty }
    var orders: [OwnOrder] {
        session.engine.desk.orders.slots.indices.map { session.engine.desk.orders.slots[$0] }
    }

    var result: StageResult { StageResult(session.engine) }

    /// The facts in other orders, and what differs from how they really came.
    func differences(seeds: UInt64 = 50) -> [String] {
        let expected = result
        return (1...seeds).compactMap { seed in
            let other = tape.shuffled(seed: seed, diary)
            return other == expected ? nil : "seed \(seed): \(other) instead of \(expected)"
        }
    }

    var notices: [CoinExLinkNotice.Kind] { session.link.takeNotices().map(\.kind) }
}
