import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

@Suite struct LiveStopTests {
    private func stageWithOrder() -> (LiveStage, OrderID) {
        let stage = LiveStage()
        stage.getReady()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        return (stage, order)
    }

    private func stop(_ stage: LiveStage) {
        stage.session.stop(at: stage.now)
        stage.take()
    }

    @Test func `P12: a stop cancels own orders, asks the venue, and then closes`() {
        let (stage, order) = stageWithOrder()
        stop(stage)
        #expect(stage.diary.words.last == "stop")
        #expect(stage.outcome == nil)
        let late = stage.place(buy(at: price("98")))
        #expect(stage.state(late) == "rejected: the strategy has stopped")
        stage.answer("DELETE /order/pending", LiveStage.order(501, client: LiveStage.name(order)))
        #expect(stage.outcome == nil)
        stage.answerLists()
        #expect(stage.outcome?.isClean == true)
        #expect(stage.socket == ["connect", "close"])
        #expect(stage.differences() == [])
    }

    @Test func `what does not end until the deadline is named`() {
        let (stage, order) = stageWithOrder()
        stop(stage)
        stage.lose("DELETE /order/pending")
        stage.run(.seconds(11), answering: false)
        #expect(stage.outcome?.unresolved.map(\.id) == [order])
        #expect(stage.outcome?.isClean == false)
    }

    @Test func `a cancel that went unanswered is found by asking`() {
        let (stage, order) = stageWithOrder()
        stop(stage)
        stage.lose("DELETE /order/pending")
        stage.run(.seconds(2), answering: false)
        stage.refuse("GET /order/status", 600)
        while stage.answer("GET /order/pending", LiveStage.page([]))
            || stage.answer("GET /order/stop/pending", LiveStage.page([]))
            || stage.answer("GET /order/finished", LiveStage.page([]))
        {}
        #expect(stage.state(order) == "cancelled")
        stage.answerLists()
        #expect(stage.outcome?.isClean == true)
    }

    @Test func `a list that still has an order says so`() {
        let (stage, order) = stageWithOrder()
        stop(stage)
        stage.pending = [LiveStage.order(501, client: LiveStage.name(order))]
        stage.answer("DELETE /order/pending", LiveStage.order(501, client: LiveStage.name(order)))
        stage.answerLists()
        #expect(stage.outcome?.unexpected == [order])
    }

    @Test func `a list that was asked for before all had ended says nothing`() {
        let (stage, order) = stageWithOrder()
        stage.pending = [LiveStage.order(501, client: LiveStage.name(order))]
        stage.pushDue = stage.now
        stage.run(.seconds(55))
        // A look at the account is under way, and its second list on its way, when the stop comes.
        stage.run(.seconds(6), answering: false)
        stage.replyToCalls()
        stage.answer("GET /order/stop/pending", LiveStage.page([]))
        let before = stage.list("GET /order/pending")
        stage.run(.milliseconds(100), answering: false)
        stop(stage)
        stage.answer("DELETE /order/pending", LiveStage.order(501, client: LiveStage.name(order)))
        stage.answer("GET /order/stop/pending", LiveStage.page([]))
        stage.answer("GET /order/pending", before)
        #expect(stage.outcome == nil)
        stage.pending = []
        stage.answerLists()
        #expect(stage.outcome?.isClean == true)
    }

    @Test func `stops that are left on purpose stay`() {
        let stage = LiveStage()
        stage.getReady()
        let order = stage.place(
            .stopLimit(.sell, quantity("1"), at: price("90"), when: price("91"), in: Market.btcusdt))
        stage.answer("POST /order/stop/limit", #"{"status":"success"}"#)
        stage.pushStop(1, 700, client: LiveStage.name(order))
        stage.wish { $0.leaveAtVenue(order) }
        stage.stops = [LiveStage.stop(700, client: LiveStage.name(order))]
        stop(stage)
        stage.answerLists()
        #expect(stage.outcome?.left.map(\.id) == [order])
        #expect(stage.outcome?.isClean == true)
    }

    @Test func `what is not on the tape does not leave, and the session ends`() {
        let stage = LiveStage()
        stage.getReady()
        stage.tape.isBroken = true
        _ = stage.place(buy())
        #expect(stage.asked.isEmpty)
        #expect(stage.outcome?.isTapeBroken == true)
    }

    @Test func `a stop before the start ends at once`() {
        let stage = LiveStage()
        stage.start()
        stop(stage)
        stage.answerLists()
        stage.run(.seconds(11))
        #expect(stage.outcome?.unresolved.isEmpty == true)
    }
}
