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
