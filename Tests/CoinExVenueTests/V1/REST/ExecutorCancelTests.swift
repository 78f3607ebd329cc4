import CoinExVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct ExecutorCancelTests {
    @Test(arguments: ["not_deal", "part_deal", "cancel"])
    func `the reply to a cancel shows an order that has ended, whatever it says`(status: String) {
        let talk = Dialogue()
        talk.send(talk.cancellation(1, venue: 77), group: .cancel)
        #expect(
            talk.sent.hasPrefix(
                "DELETE /v1/order/pending?access_id=key&account_id=0&id=77&market=BTCUSDT&tonce="))
        talk.answer(Dialogue.text(77, status, filled: "0.3"))
        #expect(talk.story == ["#1 cancelled, filled 0.3, as 77"])
    }

    @Test func `a cancel that comes too late is no end`() {
        let talk = Dialogue()
        talk.send(talk.cancellation(1, venue: 77), group: .cancel)
        talk.fail(600)
        #expect(talk.story == ["#1 action refused: venue: no such order"])
        talk.send(talk.cancellation(1, venue: 77), group: .cancel)
        talk.fail(213)
        #expect(talk.story == ["#1 rate limited, cancel"])
        for outcome in [RequestOutcome.neverSent, .maybeSent] {
            talk.send(talk.cancellation(1, venue: 77), group: .cancel)
            talk.lose(outcome)
            #expect(talk.story == ["#1 unknown"])
        }
        talk.send(talk.cancellation(1, venue: 77), group: .cancel)
        talk.answer(Dialogue.text(78))
        #expect(talk.story == ["#1 unknown"])
    }

    @Test func `an order without a number is cancelled by its name`() {
        let talk = Dialogue()
        talk.send(.place(talk.placement(1)))
        talk.lose(.maybeSent)
        talk.send(talk.cancellation(1), group: .cancel)
        #expect(talk.sent.contains("DELETE /v1/order/pending/by_client_id?"))
        #expect(talk.sent.contains("&client_id=\(talk.name(1))&"))
        talk.answer(#"[{"code":0,"order":\#(Dialogue.text(77, client: talk.name(1))),"message":""}]"#)
        #expect(talk.story == ["#1 cancelled, filled 0, as 77"])
        // Two orders of one name cannot be told apart.
        talk.send(talk.cancellation(1), group: .cancel)
        let rows = [UInt64(77), 78].map { #"{"code":0,"order":\#(Dialogue.text($0)),"message":""}"# }
        talk.answer("[\(rows.joined(separator: ","))]")
        #expect(talk.story == ["#1 unknown"])
        talk.send(talk.cancellation(1), group: .cancel)
        talk.answer("[]")
        #expect(talk.story == ["#1 action refused: venue: no such order"])
    }

    @Test func `an order that nobody can name is asked about, not cancelled`() {
        let talk = Dialogue()
        #expect(!talk.send(talk.cancellation(9), group: .cancel))
        #expect(talk.story == ["#9 unknown"])
        #expect(talk.executor.notices == [.nameless(Dialogue.order(9))])
    }

    @Test func `a waiting stop order is cancelled by its name`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(talk.cancellation(1, venue: 50, isStop: true), group: .cancel)
        #expect(talk.sent.contains("DELETE /v1/order/stop/pending/by_client_id?"))
        #expect(talk.answer(#"[{"code":0,"data":{},"message":""}]"#) == .done)
        #expect(talk.story == ["#1 cancelled, filled 0, as 50"])
    }

    @Test func `a stop order that has fired is cancelled as what it became`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(talk.cancellation(1, venue: 50, isStop: true), group: .cancel)
        #expect(talk.answer("[]") != .done)
        #expect(talk.story.isEmpty)
        talk.goOn()
        #expect(talk.sent.contains("DELETE /v1/order/pending/by_client_id?"))
        talk.answer(#"[{"code":0,"data":\#(Dialogue.text(51, "part_deal", filled: "0.2")),"message":""}]"#)
        #expect(talk.story == ["#1 cancelled, filled 0.2, as 51"])
    }

    @Test func `a batch of cancels is told order by order, and null tells nothing`() {
        let talk = Dialogue()
        talk.send(talk.cancellation(1, venue: 77), talk.cancellation(2, venue: 78), group: .batch)
        #expect(
            talk.sent.contains("DELETE /v1/order/pending/batch?") && talk.sent.contains("batch_ids=77%2C78"))
        talk.answer(
            #"[{"code":0,"data":\#(Dialogue.text(77)),"message":""},{"code":600,"data":{},"message":"no"}]"#
        )
        #expect(talk.story == ["#1 cancelled, filled 0, as 77", "#2 action refused: venue: no such order"])
        talk.send(talk.cancellation(1, venue: 77), talk.cancellation(2, venue: 78), group: .batch)
        talk.answer("null")
        #expect(talk.story == ["#1 unknown", "#2 unknown"])
    }
}

struct ExecutorModificationTests {
    private func modification(_ talk: Dialogue) -> Command {
        .modify(
            Modification(
                order: Dialogue.order(1), venueOrder: VenueOrderID(77), replacement: talk.placement(2)))
    }

    @Test func `a modified order has another number, and the old one is asked about`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(modification(talk))
        #expect(talk.sent.contains(#""amount":"1","id":77,"market":"BTCUSDT","price":"100""#))
        // Before the reply nobody knows whose a later number with the old name is.
        let name = talk.name(1)
        #expect(talk.executor.owner(of: VenueOrderID(78), clientID: name) == .undecided)
        #expect(talk.executor.owner(of: VenueOrderID(77), clientID: name) == .ours(Dialogue.order(1)))
        talk.answer(Dialogue.text(78, client: name))
        #expect(talk.story == ["#2 accepted as 78", "#1 unknown"])
        #expect(talk.executor.owner(of: VenueOrderID(78), clientID: name) == .ours(Dialogue.order(2)))
        #expect(talk.executor.owner(of: VenueOrderID(78), clientID: "") == .ours(Dialogue.order(2)))
        #expect(talk.executor.owner(of: VenueOrderID(79), clientID: "") == .foreign)
    }

    @Test func `a refused modification leaves the order as it is`() {
        let talk = Dialogue()
        talk.send(modification(talk))
        talk.fail(600)
        #expect(talk.story == ["#2 refused: venue: no such order"])
        #expect(talk.executor.owner(of: VenueOrderID(78), clientID: talk.name(1)) == .ours(Dialogue.order(1)))
        talk.send(modification(talk))
        talk.lose(.maybeSent)
        #expect(talk.story == ["#2 unknown", "#1 unknown"])
        // It stays open whose a later number with the old name is.
        #expect(talk.executor.owner(of: VenueOrderID(78), clientID: talk.name(1)) == .undecided)
    }

    @Test func `while the old order stands there is no replacement, once it is too late for one`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(modification(talk))
        talk.lose(.maybeSent)
        let sentAt = talk.now
        talk.send(talk.query(2, sentAt: sentAt), group: .query)
        #expect(talk.sent.contains("GET /v1/order/status?access_id=key&id=77&"))
        #expect(talk.answer(Dialogue.text(77, client: talk.name(1))) == .done)
        #expect(talk.story.isEmpty)
        talk.now = talk.now + CoinExExecutor.lateArrivalMax
        talk.send(talk.query(2, sentAt: sentAt), group: .query)
        talk.answer(Dialogue.text(77, client: talk.name(1)))
        #expect(talk.story == ["#2 absent"])
    }

    @Test func `a replacement is looked for among orders with the old name or without one`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(modification(talk))
        talk.lose(.maybeSent)
        let sentAt = talk.now
        talk.now = talk.now + .seconds(100)
        talk.send(talk.query(2, sentAt: sentAt), group: .query)
        talk.fail(600)
        talk.goOn()
        #expect(talk.sent.contains("GET /v1/order/pending?") && !talk.sent.contains("client_id"))
        // Neither an earlier number nor another price is it.
        let others = [Dialogue.text(76), Dialogue.text(80, price: "101"), Dialogue.text(81, client: "x")]
        #expect(talk.answer(Dialogue.page(others.joined(separator: ","))) != .done)
        talk.goOn()
        #expect(talk.answer(Dialogue.page("")) == .done)
        #expect(talk.story == ["#2 absent"])
        talk.send(talk.query(2, sentAt: sentAt), group: .query)
        talk.fail(600)
        talk.goOn()
        talk.answer(Dialogue.page(Dialogue.text(82)))
        #expect(talk.story == ["#2 open, filled 0, as 82"])
    }

    @Test func `a replacement is not taken for absent while something could be it, or a list goes on`() {
        let smaller = Dialogue.text(82).replacing(#""amount":"1""#, with: #""amount":"0.5""#)
        for (resting, ended) in [
            (Dialogue.page(smaller), Dialogue.page("")), (Dialogue.page(""), Dialogue.page(smaller)),
            (Dialogue.page("", hasNext: true), Dialogue.page("")),
            (Dialogue.page(""), Dialogue.page("", hasNext: true)),
        ] {
            let talk = Dialogue()
            talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
            talk.send(modification(talk))
            talk.lose(.maybeSent)
            let sentAt = talk.now
            talk.now = talk.now + .seconds(100)
            talk.send(talk.query(2, sentAt: sentAt), group: .query)
            talk.fail(600)
            talk.goOn()
            talk.answer(resting)
            talk.goOn()
            talk.answer(ended)
            #expect(talk.story.isEmpty)
        }
    }

    @Test func `while one replacement is not known a second one is not sent`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(modification(talk))
        talk.lose(.maybeSent)
        #expect(!talk.send(modification(talk)))
        #expect(talk.story == ["#2 never sent"])
    }

    @Test func `what replaces a replacement may still have the first name`() {
        let talk = Dialogue()
        talk.executor.remember(Dialogue.order(1), of: StrategyID(0), in: talk.market)
        talk.send(modification(talk))
        talk.answer(Dialogue.text(78, client: talk.name(1)))
        talk.send(
            .modify(
                Modification(
                    order: Dialogue.order(2), venueOrder: VenueOrderID(78), replacement: talk.placement(3))))
        talk.lose(.maybeSent)
        #expect(talk.executor.owner(of: VenueOrderID(79), clientID: talk.name(1)) == .undecided)
        talk.send(talk.query(3), group: .query)
        talk.fail(600)
        talk.goOn()
        talk.answer(Dialogue.page(Dialogue.text(79, client: talk.name(1))))
        #expect(talk.story == ["#3 open, filled 0, as 79"])
    }

    @Test func `stop orders are not modified`() {
        let talk = Dialogue()
        let ticket = OrderTicket.stopLimit(
            .sell, Quantity(1), at: Price(90), when: Price(95), in: talk.market)
        let isSent = talk.send(
            .modify(
                Modification(
                    order: Dialogue.order(1), venueOrder: VenueOrderID(77),
                    replacement: talk.placement(2, ticket))))
        #expect(!isSent && talk.story == ["#2 never sent"])
    }
}
