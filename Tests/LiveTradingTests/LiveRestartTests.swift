import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

@Suite struct LiveRestartTests {
    /// The venue has an order of an earlier run, a stop order of it, and one of somebody else.
    private func stage(_ policy: FoundOrderPolicy) -> LiveStage {
        var settings = LiveSettings()
        settings.foundOrders = policy
        let stage = LiveStage(settings)
        let old = Market.earlier.name(OrderID(sequence: 4, slot: 3), of: StrategyID(0)).description
        let oldStop = Market.earlier.name(OrderID(sequence: 5, slot: 4), of: StrategyID(0)).description
        stage.pending = [
            LiveStage.order(401, client: old), LiveStage.order(402, client: ""),
            LiveStage.order(403, client: "other-0-1-1"),
        ]
        stage.stops = [LiveStage.stop(404, client: oldStop)]
        stage.getReady()
        return stage
    }

    @Test func `orders of earlier runs are adopted, foreign ones left alone`() {
        let stage = stage(.adopt)
        let orders = stage.orders
        #expect(Set(orders.map(\.venueID)) == [VenueOrderID(401), VenueOrderID(404)])
        #expect(orders.allSatisfy { $0.state == .active(.open) })
        #expect(stage.counts.foreignOrders == 2)
        #expect(!stage.tape.dispatches.contains { if case .cancel = $0.command { true } else { false } })
        // From here on it is like any other.
        let resting = orders.first { $0.venueID == VenueOrderID(401) }!
        stage.pushOrder(
            3, 401, client: "test-0-6-5fmr", filled: "1", deal: 9_001, last: "1")
        #expect(stage.state(resting.id) == "filled")
        #expect(stage.differences() == [])
    }

    @Test func `they are told once, however often the venue lists them`() {
        let stage = stage(.adopt)
        stage.run(.minutes(3))
        #expect(stage.orders.count == 2)
    }

    @Test func `by another policy they are cancelled`() {
        let stage = stage(.cancel)
        #expect(stage.request("DELETE /order/pending")?.value("id") == "401")
        stage.answer("DELETE /order/pending", LiveStage.order(401, client: ""))
        #expect(stage.request("DELETE /order/stop/pending/by_client_id") != nil)
        stage.answer("DELETE /order/stop/pending/by_client_id", #"[{"code":0,"order":{},"message":""}]"#)
        stage.pending.removeFirst()
        stage.stops = []
        #expect(stage.isIdle)
        #expect(
            !stage.tape.dispatches.contains { dispatch in
                if case .cancel(let cancel) = dispatch.command { cancel.venueOrder.raw == 402 } else { false }
            })
    }

    @Test func `or left alone`() {
        let stage = stage(.leave)
        #expect(stage.orders.isEmpty)
        #expect(stage.tape.dispatches.isEmpty)
    }

    @Test func `fills that an adopted order had before are asked for and booked`() {
        var settings = LiveSettings()
        settings.foundOrders = .adopt
        let stage = LiveStage(settings)
        let old = Market.earlier.name(OrderID(sequence: 4, slot: 3), of: StrategyID(0)).description
        stage.pending = [LiveStage.order(401, "part_deal", client: old, filled: "0.4")]
        stage.getReady()
        stage.run(.seconds(1), answering: false)
        stage.answer(
            "GET /order/status", LiveStage.order(401, "part_deal", client: old, filled: "0.4"))
        stage.answer("GET /order/deals", LiveStage.page([LiveStage.deal(8_001, of: nil, "0.4")]))
        #expect(stage.orders[0].filled == quantity("0.4"))
        #expect(stage.position == quantity("0.4"))
    }
}

/// The engine has been brought by a tape to where the session before ended.
@Suite struct LiveResumeTests {
    @Test func `orders of the same run go on, and strategies do not start again`() {
        let before = LiveStage()
        before.getReady()
        let order = before.place(buy())
        before.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        before.pushOrder(1, 501, client: LiveStage.name(order))

        let stage = LiveStage(resuming: before.tape, before.diary)
        #expect(stage.orders.map(\.venueID) == [VenueOrderID(501)])
        stage.now = before.now + .minutes(1)
        // It was filled meanwhile: the venue lists it no more, and has a deal of it that is older than this start.
        stage.getReady()
        stage.run(.seconds(1), answering: false)
        #expect(stage.request("GET /order/status")?.value("id") == "501")
        stage.answer(
            "GET /order/status", LiveStage.order(501, "done", client: LiveStage.name(order), filled: "1"))
        stage.answer("GET /order/deals", LiveStage.page([LiveStage.deal(9_001, of: nil)]))
        #expect(stage.state(order) == "filled")
        #expect(!stage.diary.words.contains("start"))
        #expect(stage.position == quantity("1"))
        // The next order has a name of its own.
        let next = stage.place(buy())
        #expect(next != order)
        #expect(stage.request("POST /order/limit")?.value("client_id") == LiveStage.name(next))
    }

    @Test func `a pause goes on, and is lifted as soon as it would have been without the restart`() {
        let before = LiveStage()
        before.getReady()
        before.pushDue = before.now
        before.run(.minutes(3))
        before.balances =
            #"{"BTC":{"available":"10","frozen":"0"},"USDT":{"available":"99990","frozen":"0"}}"#
        before.run(.minutes(3))
        #expect(before.session.takeAlerts().last?.kind == .paused)

        // All is well when it is back.
        let stage = LiveStage(resuming: before.tape, before.diary)
        stage.now = before.now + .minutes(1)
        stage.getReady()
        stage.pushDue = stage.now
        #expect(stage.state(stage.place(buy())) == "rejected: the session is not ready")
        stage.run(.seconds(50))
        #expect(stage.session.takeAlerts().map(\.kind).contains(.lifted))
    }

    @Test func `a stop order of the same run that fires later is known by its name`() {
        let before = LiveStage()
        before.getReady()
        let order = before.place(
            .stopLimit(.sell, quantity("1"), at: price("90"), when: price("91"), in: Market.btcusdt))
        before.answer("POST /order/stop/limit", #"{"status":"success"}"#)

        let stage = LiveStage(resuming: before.tape, before.diary)
        stage.now = before.now + .minutes(1)
        stage.stops = [LiveStage.stop(700, client: LiveStage.name(order))]
        stage.getReady()
        stage.pushStop(2, 700, client: LiveStage.name(order))
        stage.pushOrder(
            3, 701, client: "", filled: "1", deal: 9_001, last: "1", price: "90", stop: 700, side: 1)
        #expect(stage.state(order) == "filled")
    }

    @Test func `one that was cut short while it ended comes to its end, and does not trade`() {
        let before = LiveStage()
        before.getReady()
        let order = before.place(buy())
        before.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        before.pushOrder(1, 501, client: LiveStage.name(order))
        before.session.stop(at: before.now)
        before.take()

        let stage = LiveStage(resuming: before.tape, before.diary)
        stage.now = before.now + .minutes(1)
        stage.start()
        stage.answerLists()
        stage.open()
        stage.answerLists()
        stage.run(.seconds(1), answering: false)
        // The venue has carried the cancel out, and lists the order no more.
        stage.refuse("GET /order/status", 600)
        while stage.answer("GET /order/pending", LiveStage.page([]))
            || stage.answer("GET /order/stop/pending", LiveStage.page([]))
            || stage.answer("GET /order/finished", LiveStage.page([]))
        {}
        stage.answerLists()
        stage.run(.seconds(3))
        #expect(stage.state(order) == "cancelled")
        #expect(stage.outcome?.isClean == true)
        #expect(stage.request("POST /order/limit") == nil)
    }
}
