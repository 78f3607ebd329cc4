import CoinExVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct ExecutorInquiryTests {
    private static func deal(_ id: Int) -> String {
        #"""
        {"id":\#(id),"order_id":null,"create_time":1700000001,"role":"maker","price":"100","amount":"0.2",
        "fee":"0.01","fee_asset":"CET","deal_money":"20"}
        """#
    }

    @Test func `an order is asked for by its number, then for its deals, page by page`() {
        let talk = Dialogue()
        talk.send(talk.query(1, venue: 77), group: .query)
        #expect(talk.sent.contains("GET /v1/order/status?"))
        #expect(talk.answer(Dialogue.text(77, "done", filled: "0.4")) != .done)
        #expect(talk.story == ["#1 filled, filled 0.4, as 77"])
        talk.goOn()
        #expect(talk.sent.contains("GET /v1/order/deals?access_id=key&id=77&limit=100&page=1&"))
        #expect(talk.answer(Dialogue.page(Self.deal(5), hasNext: true)) != .done)
        #expect(talk.story == ["#1 deal 5: 0.2 at 100, fee 0.01 of 2"])
        talk.goOn()
        #expect(talk.sent.contains("&page=2&"))
        #expect(talk.answer(Dialogue.page(Self.deal(4))) == .done)
        #expect(talk.story == ["#1 deal 4: 0.2 at 100, fee 0.01 of 2"])
    }

    @Test func `an open order without fills takes one request`() {
        let talk = Dialogue()
        talk.send(talk.query(1, venue: 77), group: .query)
        #expect(talk.answer(Dialogue.text(77)) == .done)
        #expect(talk.story == ["#1 open, filled 0, as 77"])
    }

    /// Asks all lists and finds nothing; what is concluded from that.
    private func searchInVain(
        _ talk: Dialogue, _ query: Command, hasNumber: Bool, isStop: Bool = false
    ) -> [String] {
        talk.send(query, group: .query)
        if hasNumber {
            talk.fail(600)
            talk.goOn()
        }
        for path in (isStop ? ["/order/stop/pending?"] : []) + ["/order/pending?", "/order/finished?"] {
            #expect(talk.sent.contains("GET /v1\(path)") && talk.sent.contains("client_id=\(talk.name(1))"))
            if talk.answer(Dialogue.page("")) != .done { talk.goOn() }
        }
        return talk.story
    }

    @Test func `an order that had a number and is in no list has gone without a fill`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        let query = talk.query(1, venue: 77)
        #expect(searchInVain(talk, query, hasNumber: true) == ["#1 absent"])
    }

    @Test func `a stop order is looked for where it waits first, then where it goes when it fires`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market, isStop: true)
        let query = talk.query(1, venue: 77)
        #expect(searchInVain(talk, query, hasNumber: true, isStop: true) == ["#1 absent"])
    }

    @Test func `an order that never had a number may still arrive, for a while`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        let query = talk.query(1)
        talk.now = talk.now + .seconds(64)
        #expect(searchInVain(talk, query, hasNumber: false).isEmpty)
        talk.now = talk.now + .seconds(1)
        #expect(searchInVain(talk, query, hasNumber: false) == ["#1 absent"])
    }

    @Test func `an order without a name is found by its number, and never taken for absent`() {
        let talk = Dialogue()
        talk.send(talk.query(1, venue: 35_436_627), group: .query)
        talk.fail(600)
        talk.goOn()
        #expect(talk.answer(Dialogue.page(Samples.stop)) == .done)
        #expect(talk.story == ["#1 open, filled 0, as 35436627"])
        talk.send(talk.query(1, venue: 7), group: .query)
        talk.fail(600)
        for _ in 0..<3 {
            talk.goOn()
            talk.answer(Dialogue.page(""))
        }
        #expect(talk.story.isEmpty && talk.executor.notices == [.nameless(Dialogue.order(1))])
    }

    @Test func `coins that the venue leaves out are told as none`() throws {
        let talk = Dialogue()
        let balances: CoinExTable<CoinExBalance> =
            try #"{"BTC":{"available":"1.5","frozen":"0.5"},"XYZ":{"available":"9","frozen":"0"}}"#.enveloped
            .reply()
        let rows = balances.rows.map {
            CoinExBalanceReport(asset: $0.name, available: $0.value.available, frozen: $0.value.frozen)
        }
        let totals = talk.executor.facts(rows, askedAt: talk.now).map { fact in
            if case .balance(let balance) = fact { balance.total.description } else { "?" }
        }
        #expect(totals == ["2", "0", "0"])
    }

    @Test func `balances are no older than the deals that were known when they were asked for`() {
        let talk = Dialogue()
        let newest = talk.now + .seconds(2)
        for (known, time) in [(newest, newest), (.distantPast, talk.now)] {
            for fact in talk.executor.facts([], askedAt: talk.now, knownUntil: known) {
                guard case .balance(let balance) = fact else { continue }
                #expect(balance.venueTime == time)
            }
        }
    }

    /// Asks about a replacement whose modification went unanswered, while the order that it replaces was filled; at the
    /// first page of the orders that have ended.
    private func askForReplacement() -> Dialogue {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.answer(Dialogue.text(77, client: talk.name(1)))
        talk.send(
            .modify(
                Modification(
                    order: Dialogue.order(1), venueOrder: VenueOrderID(77), replacement: talk.placement(2))))
        talk.lose(.maybeSent)
        let query = talk.query(2)
        talk.now = talk.now + .seconds(300)
        talk.send(query, group: .query)
        talk.answer(Dialogue.text(77, "done", filled: "1"))
        talk.goOn()
        talk.answer(Dialogue.page(""))
        talk.goOn()
        #expect(talk.sent.contains("GET /v1/order/finished?") && talk.sent.contains("&page=1&"))
        return talk
    }

    @Test func `a replacement is looked for on all pages of the orders that have ended since`() {
        let talk = askForReplacement()
        #expect(talk.answer(Dialogue.page(Dialogue.text(90, "done", price: "7"), hasNext: true)) != .done)
        talk.goOn()
        #expect(talk.sent.contains("&page=2&"))
        #expect(talk.answer(Dialogue.page(Dialogue.text(88, "done", price: "7"))) == .done)
        #expect(talk.story == ["#2 absent"])
    }

    @Test func `a replacement that is found on a later page is asked for its deals from the first page on`() {
        let talk = askForReplacement()
        talk.answer(Dialogue.page(Dialogue.text(90, "done", price: "7"), hasNext: true))
        talk.goOn()
        #expect(talk.answer(Dialogue.page(Dialogue.text(88, "done", filled: "1"))) != .done)
        #expect(talk.story == ["#2 filled, filled 1, as 88"])
        talk.goOn()
        #expect(talk.sent.contains("GET /v1/order/deals?") && talk.sent.contains("&page=1&"))
    }

    @Test func `behind an order that ended before the replacement was asked for nothing is looked for`() {
        let talk = askForReplacement()
        let old = Dialogue.text(60, "done").replacing(
            #""finished_time":null"#, with: #""finished_time":1600000000"#)
        #expect(talk.answer(Dialogue.page(old, hasNext: true)) == .done)
        #expect(talk.story == ["#2 absent"])
    }

    @Test func `an order that may be the replacement is remembered from page to page`() {
        let talk = askForReplacement()
        let similar = Dialogue.text(90, "done").replacing(#""amount":"1""#, with: #""amount":"0.5""#)
        talk.answer(Dialogue.page(similar, hasNext: true))
        talk.goOn()
        #expect(talk.answer(Dialogue.page("")) == .done)
        #expect(talk.story.isEmpty)
    }

    @Test func `a stop order is found waiting, and as the order that it became`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market, isStop: true)
        talk.send(talk.query(1), group: .query)
        let stop = Samples.stop.replacing(#""client_id":"x""#, with: #""client_id":"\#(talk.name(1))""#)
        #expect(talk.answer(Dialogue.page(stop)) == .done)
        #expect(talk.story == ["#1 open, filled 0, as 35436627"])
        talk.send(talk.query(1, venue: 35_436_627), group: .query)
        talk.fail(600)
        talk.goOn()
        // It fires before the next question.
        talk.answer(Dialogue.page(""))
        talk.goOn()
        talk.answer(Dialogue.page(Dialogue.text(35_436_700, client: talk.name(1))))
        #expect(talk.story == ["#1 open, filled 0, as 35436700"])
    }

    @Test func `a question without an answer changes nothing`() {
        let talk = Dialogue()
        for outcome in [RequestOutcome.neverSent, .maybeSent] {
            talk.send(talk.query(1, venue: 77), group: .query)
            talk.lose(outcome)
            #expect(talk.story.isEmpty && talk.executor.flightCount == 0)
        }
        talk.send(talk.query(1, venue: 77), group: .query)
        talk.fail(35)
        #expect(talk.story.isEmpty)
    }

    @Test func `what takes longer than its group allows waits its turn`() {
        let talk = Dialogue()
        var next = CoinExNext.done
        for number in 1...21 {
            talk.send(talk.query(UInt64(number), venue: 77), group: .query)
            next = talk.answer(Dialogue.text(77, "done", filled: "1"))
            if number <= 20 { talk.goOn() }
        }
        #expect(next == .more(notBefore: talk.now + .seconds(2)))
    }

    @Test func `a fee in an unknown asset does not cost the deal`() {
        let talk = Dialogue()
        talk.send(talk.query(1, venue: 77), group: .query)
        talk.answer(Dialogue.text(77, "part_deal", filled: "0.2"))
        talk.goOn()
        talk.answer(Dialogue.page(Self.deal(5).replacing("CET", with: "XYZ")))
        #expect(talk.story == ["#1 deal 5: 0.2 at 100, fee 0 of 1"])
        #expect(talk.executor.notices == [.feeAssetUnknown("XYZ")])
    }
}
