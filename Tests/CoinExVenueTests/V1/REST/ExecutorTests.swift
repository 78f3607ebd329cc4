import CoinExVenue
import MarketModel
import Quantities
import Signing
import Testing
import VenueKit
import WireCodecs

/// An executor with one market, spoken to as the venue would.
final class Dialogue {
    var executor: CoinExExecutor
    let market: MarketID
    var now = Instant(milliseconds: 1_700_000_000_000)
    var facts: [VenueFact] = []
    /// The last request, head and body.
    var sent = ""
    private var request: UInt64 = 0

    init() {
        var table = MarketTable()
        let rules = MarketRules(tick: Price(raw: 10_000), lot: Quantity(raw: 10_000), minimumQuantity: .zero)
        market = table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules).id
        _ = table.asset("CET")
        guard let naming = CoinExOrderNaming(bot: "t", run: 1) else { preconditionFailure("a good tag") }
        executor = CoinExExecutor(
            table, naming: naming, credentials: CoinExCredentials(accessID: "key", secret: Secret("secret")))
    }

    static func order(_ number: UInt64) -> OrderID { OrderID(sequence: number, slot: Int(number)) }

    func name(_ number: UInt64) -> String {
        executor.naming.name(Self.order(number), of: StrategyID(0)).description
    }

    func placement(_ number: UInt64, _ ticket: OrderTicket? = nil) -> Placement {
        let usual = OrderTicket.limit(.buy, Quantity(1), at: Price(100), in: market)
        return Placement(order: Self.order(number), strategy: StrategyID(0), ticket: ticket ?? usual)
    }

    func query(_ number: UInt64, venue: UInt64 = 0, sentAt: Instant? = nil) -> Command {
        .query(
            OrderQuery(
                order: Self.order(number), venueOrder: VenueOrderID(venue), market: market,
                sentAt: sentAt ?? now))
    }

    func cancellation(_ number: UInt64, venue: UInt64 = 0, isStop: Bool = false) -> Command {
        .cancel(
            Cancellation(
                order: Self.order(number), venueOrder: VenueOrderID(venue), market: market, isStop: isStop))
    }

    /// Sends commands as one request; whether there is one.
    @discardableResult
    func send(_ commands: Command..., group: RateGroup = .place) -> Bool {
        request += 1
        facts = []
        var wire = WireBuffer()
        let batch = commands.map { Dispatch(request: request, group: group, command: $0, at: now) }
        let isWritten = executor.begin(batch: batch, at: now, into: &wire, &facts)
        sent = wire.text
        return isWritten
    }

    /// Answers the last request with data, or with an envelope of one's own.
    @discardableResult
    func answer(_ data: String, status: Int = 200, isWhole: Bool = false) -> CoinExNext {
        let bytes = Array((isWhole ? data : data.enveloped).utf8)
        facts = []
        return bytes.withUnsafeBufferPointer {
            executor.conclude(request, .answered(status: status, body: $0), at: now, &facts)
        }
    }

    func fail(_ code: Int, status: Int = 200) {
        answer(#"{"code":\#(code),"data":{},"message":"no"}"#, status: status, isWhole: true)
    }

    func lose(_ outcome: RequestOutcome) {
        facts = []
        _ = executor.conclude(request, outcome, at: now, &facts)
    }

    func goOn() {
        var wire = WireBuffer()
        executor.continue(request, at: now, into: &wire)
        sent = wire.text
    }

    /// An order as the venue writes it.
    static func text(
        _ id: UInt64, _ status: String = "not_deal", filled: String = "0", client: String = "",
        left: String = "0",
        price: String = "100", side: String = "buy"
    ) -> String {
        #"""
        {"id":\#(id),"create_time":1700000000,"finished_time":null,"amount":"1","price":"\#(price)",
        "deal_amount":"\#(filled)","deal_money":"0","left":"\#(left)","market":"BTCUSDT","order_type":"limit",
        "type":"\#(side)","status":"\#(status)","client_id":"\#(client)"}
        """#
    }

    static func page(_ rows: String, hasNext: Bool = false) -> String {
        #"{"data":[\#(rows)],"curr_page":1,"has_next":\#(hasNext),"count":1}"#
    }

    /// The facts in a line each, with the order's sequence number.
    var story: [String] { facts.map(Self.tell) }

    static func tell(_ fact: VenueFact) -> String {
        switch fact {
        case .accepted(let fact): "\(fact.order) accepted as \(fact.venueOrder.raw)"
        case .refused(let fact): "\(fact.order) refused: \(fact.reason)"
        case .progress(let fact):
            "\(fact.order) \(fact.phase), filled \(fact.filled), as \(fact.venueOrder.raw)"
        case .deal(let deal):
            "\(deal.order) deal \(deal.id.raw): \(deal.quantity) at \(deal.price)"
                + ", fee \(deal.fee) of \(deal.feeAsset.index)"
        case .actionRefused(let fact): "\(fact.order) action refused: \(fact.reason)"
        case .outcomeUnknown(let fact): "\(fact.order) unknown"
        case .neverSent(let fact): "\(fact.order) never sent"
        case .absent(let fact): "\(fact.order) absent"
        case .balance(let balance): "balance \(balance.asset.index)"
        case .rateLimited(let fact): "\(fact.order) rate limited, \(fact.group)"
        case .orderPause(let fact): "orders \(fact.pause) apart until \(fact.until)"
        }
    }
}

struct ExecutorPlacementTests {
    @Test func `a limit order goes out with its name and comes back with its number`() {
        let talk = Dialogue()
        #expect(talk.send(.place(talk.placement(1))))
        #expect(talk.sent.hasPrefix("POST /v1/order/limit HTTP/1.1\r\n"))
        #expect(
            talk.sent.hasSuffix(
                #"{"access_id":"key","account_id":0,"amount":"1","client_id":"\#(talk.name(1))","market":"BTCUSDT","#
                    + #""option":"NORMAL","price":"100","tonce":1700000000000,"type":"buy"}"#))
        talk.answer(Dialogue.text(77, client: talk.name(1)))
        #expect(talk.story == ["#1 accepted as 77"])
        #expect(talk.executor.flightCount == 0)
    }

    @Test func `what was filled at once is told with the number`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.answer(Dialogue.text(77, "part_deal", filled: "0.4", client: talk.name(1)))
        #expect(talk.story == ["#1 accepted as 77", "#1 open, filled 0.4, as 77"])
        talk.send(.place(talk.placement(2)))
        talk.answer(Dialogue.text(78, "done", filled: "1", client: talk.name(2), left: "0.00000001"))
        #expect(talk.story == ["#2 accepted as 78", "#2 filled, filled 1, as 78"])
    }

    @Test func `an immediate order without a fill has ended`() {
        let talk = Dialogue()
        let ticket = OrderTicket.limit(.buy, Quantity(1), at: Price(100), in: talk.market, .immediateOrCancel)
        talk.send(.place(talk.placement(1, ticket)))
        #expect(talk.sent.hasPrefix("POST /v1/order/ioc "))
        talk.answer(Dialogue.text(77, "cancel", client: talk.name(1)))
        #expect(talk.story == ["#1 accepted as 77", "#1 cancelled, filled 0, as 77"])
    }

    @Test func `a market buy names the base asset as its unit`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1, .market(.buy, Quantity(2), in: talk.market))))
        #expect(talk.sent.hasPrefix("POST /v1/order/market "))
        #expect(talk.sent.contains(#""amount":"2","asset":"BTC","client_id""#))
    }

    @Test func `a market buy for a sum names the quote asset, and dust does not keep it open`() {
        let talk = Dialogue()
        let ticket = OrderTicket.marketBuy(
            spending: Notional(raw: 1_500_000_000_000), atMost: Quantity(11), in: talk.market)
        talk.send(.place(talk.placement(1, ticket)))
        #expect(talk.sent.hasPrefix("POST /v1/order/market "))
        #expect(talk.sent.contains(#""amount":"1.5","asset":"USDT","client_id""#))
        talk.answer(Self.dusty(77, client: talk.name(1)))
        #expect(talk.story == ["#1 accepted as 77", "#1 filled, filled 10.55703267, as 77"])
        talk.send(talk.query(1, venue: 77), group: .query)
        #expect(talk.answer(Self.dusty(77, client: talk.name(1))) != .done)
        #expect(talk.story == ["#1 filled, filled 10.55703267, as 77"])
    }

    /// The venue's own example of a market buy in the quote asset.
    private static func dusty(_ id: UInt64, client: String) -> String {
        #"""
        {"id":\#(id),"create_time":1700000000,"finished_time":null,"amount":"1.5","amount_asset":"USDT","price":"0",
        "deal_amount":"10.55703267","deal_money":"1.4999999985893646","left":"0.0000000014106354","market":"BTCUSDT",
        "order_type":"market","type":"buy","status":"done","client_id":"\#(client)"}
        """#
    }

    @Test func `a market order is not modified: it never rests`() {
        let talk = Dialogue()
        let ticket = OrderTicket.marketBuy(spending: Notional(25), atMost: Quantity(1), in: talk.market)
        let modification = Modification(
            order: Dialogue.order(1), venueOrder: VenueOrderID(77), replacement: talk.placement(2, ticket))
        #expect(!talk.send(.modify(modification)))
        #expect(talk.story == ["#2 never sent"])
    }

    @Test(arguments: [
        (OrderDuration.goodTillCancelled, false, "limit", #""option":"NORMAL""#),
        (.fillOrKill, false, "limit", #""option":"FOK""#),
        (.makerOnly, true, "limit", #""option":"MAKER_ONLY""#),
        (.immediateOrCancel, true, "limit", #""option":"IOC""#),
        (.goodTillCancelled, true, "limit", #""hide":true"#),
    ])
    func `every option goes out`(duration: OrderDuration, isHidden: Bool, path: String, part: String) {
        let talk = Dialogue()
        var ticket = OrderTicket.limit(.sell, Quantity(1), at: Price(100), in: talk.market, duration)
        ticket.isHidden = isHidden
        talk.send(.place(talk.placement(1, ticket)))
        #expect(talk.sent.hasPrefix("POST /v1/order/\(path) "))
        #expect(talk.sent.contains(part) && talk.sent.contains(#""hide":true"#) == isHidden)
    }

    @Test func `a stop order is accepted without a number`() {
        let talk = Dialogue()
        let ticket = OrderTicket.stopLimit(
            .sell, Quantity(1), at: Price(90), when: Price(95), in: talk.market)
        talk.send(.place(talk.placement(1, ticket)))
        #expect(
            talk.sent.hasPrefix("POST /v1/order/stop/limit ") && talk.sent.contains(#""stop_price":"95""#))
        talk.answer(#"{"status":"success"}"#)
        #expect(talk.story == ["#1 accepted as 0"])
        talk.send(
            .place(talk.placement(2, .stopMarket(.sell, Quantity(1), when: Price(95), in: talk.market))))
        #expect(talk.sent.hasPrefix("POST /v1/order/stop/market ") && talk.sent.contains(#""asset":"BTC""#))
        talk.answer("null")
        #expect(talk.story == ["#2 accepted as 0"])
    }

    @Test(arguments: [
        (107, "#1 refused: venue: balance does not cover it"),
        (622, "#1 refused: venue: maker-only order would take"),
        (213, "#1 rate limited, place"), (25, "#1 refused: venue: not permitted"), (36, "#1 unknown"),
        (35, "#1 unknown"), (4_711, "#1 unknown"),
    ])
    func `a code is proof or it is not`(code: Int, story: String) {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.fail(code)
        #expect(talk.story == [story])
    }

    @Test func `with a status of 5xx no code is proof`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.fail(107, status: 502)
        #expect(talk.story == ["#1 unknown"])
    }

    @Test func `no answer and no reply leave an order unknown, an unsent one is not`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.lose(.maybeSent)
        #expect(talk.story == ["#1 unknown"])
        talk.send(.place(talk.placement(2)))
        talk.lose(.neverSent)
        #expect(talk.story == ["#2 never sent"])
        talk.send(.place(talk.placement(3)))
        talk.answer("<html>", status: 502, isWhole: true)
        #expect(talk.story == ["#3 unknown"])
        talk.send(.place(talk.placement(4)))
        talk.answer(#"{"id":1}"#)
        #expect(talk.story == ["#4 unknown"])
        talk.send(.place(talk.placement(5)))
        talk.answer("slow down", status: 429, isWhole: true)
        #expect(talk.story == ["#0 rate limited, place", "#5 unknown"])
        #expect(talk.executor.takeNotices().count == 3 && talk.executor.notices.isEmpty)
    }

    @Test func `a reply about another order proves nothing`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.answer(Dialogue.text(77, client: talk.name(2)))
        #expect(talk.story == ["#1 unknown"])
        #expect(talk.executor.notices == [.wrongOrder(Dialogue.order(1))])
    }

    @Test func `a clock that is off is told and forgotten`() {
        let talk = Dialogue()
        talk.executor.clock.learn(
            talk.now + .seconds(3), resolution: .zero, askedAt: talk.now, heardAt: talk.now)
        talk.send(.place(talk.placement(1)))
        #expect(talk.sent.contains(#""tonce":1700000003000"#))
        talk.fail(227)
        #expect(talk.story == ["#1 refused: venue: refused"])
        #expect(
            talk.executor.notices == [.clockIsOff] && talk.executor.clock.uncertainty(at: talk.now) == nil)
    }

    @Test func `a batch is told order by order`() {
        let talk = Dialogue()
        talk.send(
            .place(talk.placement(1)), .place(talk.placement(2)), .place(talk.placement(3)), group: .batch)
        #expect(talk.sent.hasPrefix("POST /v1/order/limit/batch "))
        let rows = [
            #"{"code":0,"data":\#(Dialogue.text(77, client: talk.name(1))),"message":"OK"}"#,
            #"{"code":107,"data":null,"message":"Insufficient balance"}"#,
            #"{"code":36,"data":{},"message":""}"#,
        ]
        talk.answer("[\(rows.joined(separator: ","))]")
        #expect(
            talk.story == [
                "#1 accepted as 77", "#2 refused: venue: balance does not cover it", "#3 unknown",
            ])
        talk.send(.place(talk.placement(4)), .place(talk.placement(5)), group: .batch)
        talk.answer("[\(rows[0])]")
        #expect(talk.story == ["#4 unknown", "#5 unknown"])
    }

    @Test func `of more requests than are followed the rest is never sent`() {
        let talk = Dialogue()
        for number in 1...UInt64(CoinExExecutor.flightsMax) { talk.send(.place(talk.placement(number))) }
        #expect(!talk.send(.place(talk.placement(2_000))))
        #expect(talk.story == ["#2000 never sent"])
    }

    @Test func `pacing keeps to what the venue declares`() {
        let limits = CoinExExecutor.limits(in: .v1)
        #expect(limits.place == CoinExRateGroup.place.limit(in: .v1))
        #expect(limits.cancel == CoinExRateGroup.cancel.limit(in: .v1))
        #expect(limits.batch == CoinExRateGroup.batch.limit(in: .v1))
        #expect(limits.total == CoinExRateGroup.address)
        #expect(limits.query.requests * 3 <= CoinExRateGroup.query.limit(in: .v1)?.requests ?? 0)
    }
}
