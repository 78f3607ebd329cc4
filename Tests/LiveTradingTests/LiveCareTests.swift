import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// What a session does beside the trading: it compares itself with the venue.
@Suite struct LiveCareTests {
    private func stageWithOrder() -> (LiveStage, OrderID) {
        let stage = LiveStage()
        stage.getReady()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.pending = [LiveStage.order(501, client: LiveStage.name(order))]
        stage.pushDue = stage.now
        return (stage, order)
    }

    @Test func `an order whose end was told by nobody is found at the next look`() {
        let (stage, order) = stageWithOrder()
        stage.run(.minutes(2))
        #expect(!stage.asked.contains { $0.call == "GET /order/status" })
        // It is cancelled by hand, and the push is lost.
        stage.pending = []
        stage.run(.seconds(62))
        stage.refuse("GET /order/status", 600)
        while stage.answer("GET /order/pending", LiveStage.page([]))
            || stage.answer("GET /order/finished", LiveStage.page([]))
        {}
        #expect(stage.state(order) == "cancelled")
        #expect(stage.differences() == [])
    }

    @Test func `a balance that no deal explains is told once`() {
        let (stage, _) = stageWithOrder()
        stage.run(.minutes(3))
        #expect(stage.session.takeAlerts() == [])
        stage.balances = #"{"BTC":{"available":"10","frozen":"0"},"USDT":{"available":"99990","frozen":"0"}}"#
        stage.run(.minutes(5))
        #expect(stage.session.takeAlerts().map(\.kind) == [.residue(AssetID(1), amount("-10")), .paused])
    }

    @Test func `a balance that no deal explains pauses trading until it is explained`() {
        let (stage, order) = stageWithOrder()
        let all = stage.balances
        stage.run(.minutes(3))
        stage.balances = #"{"BTC":{"available":"10","frozen":"0"},"USDT":{"available":"99990","frozen":"0"}}"#
        stage.run(.minutes(3))
        // The own order is cancelled, and a new one refused.
        #expect(stage.request("DELETE /order/pending")?.value("id") == "501")
        stage.answer("DELETE /order/pending", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pending = []
        #expect(stage.state(stage.place(buy())) == "rejected: the session is not ready")
        #expect(stage.session.engine.desk.quote(Market.btcusdt) == nil)
        // It was a transfer that came back.
        stage.balances = all
        stage.run(.minutes(4))
        #expect(stage.session.takeAlerts().last?.kind == .lifted)
        _ = stage.place(buy())
        #expect(stage.request("POST /order/limit") != nil)
    }

    @Test func `or until a person accepts it, which goes onto the tape and holds`() {
        let (stage, order) = stageWithOrder()
        stage.run(.minutes(3))
        stage.balances = #"{"BTC":{"available":"10","frozen":"0"},"USDT":{"available":"99990","frozen":"0"}}"#
        stage.run(.minutes(3))
        stage.answer("DELETE /order/pending", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pending = []
        stage.session.arm(at: stage.now)
        stage.take()
        stage.run(.minutes(5))
        #expect(stage.session.takeAlerts().map(\.kind) == [.residue(AssetID(1), amount("-10")), .paused])
        _ = stage.place(buy())
        #expect(stage.request("POST /order/limit") != nil)
        var steps: [TradingPause] = []
        for case .pause(let step, _) in stage.tape.inputs { steps.append(step) }
        #expect(steps == [.begun, .armed])
    }

    @Test func `a market that cannot be read for long has its orders cancelled`() {
        let (stage, _) = stageWithOrder()
        // A checksum is wrong, and no new book comes.
        stage.pushDue = .distantFuture
        stage.damageBook()
        stage.run(.seconds(9))
        #expect(stage.request("DELETE /order/pending") == nil)
        stage.run(.seconds(2))
        #expect(stage.request("DELETE /order/pending")?.value("id") == "501")
    }

    @Test func `deals explain what they cost`() {
        let (stage, order) = stageWithOrder()
        stage.run(.seconds(5))
        stage.pushOrder(3, 501, client: LiveStage.name(order), filled: "1", deal: 9_001, last: "1")
        stage.pending = []
        // A hundred and the fee of a thousandth.
        stage.balances =
            #"{"BTC":{"available":"11","frozen":"0"},"USDT":{"available":"99899.9","frozen":"0"}}"#
        stage.run(.minutes(5))
        #expect(stage.session.takeAlerts() == [])
        #expect(stage.balance == amount("99899.9"))
    }

    @Test func `an order that the venue still lists when it is over for us is told once`() {
        let (stage, order) = stageWithOrder()
        stage.pushOrder(3, 501, client: LiveStage.name(order))
        #expect(stage.state(order) == "cancelled")
        stage.run(.minutes(5))
        #expect(stage.session.takeAlerts().map(\.kind) == [.stray(order), .paused])
    }

    @Test func `a whole batch whose pushes come before its reply leaves nothing to wait for`() {
        let stage = LiveStage()
        stage.getReady()
        stage.wish { desk in
            for step in 0..<50 { desk.place(buy(quantity("0.01"), at: Price(40 + step))) }
        }
        let orders = stage.tape.dispatches.map { dispatch -> OrderID in
            if case .place(let placement) = dispatch.command { placement.order } else { .none }
        }
        #expect(orders.count == 50)
        for (index, order) in orders.enumerated() {
            stage.pushOrder(1, 600 + UInt64(index), client: LiveStage.name(order), amount: "0.01")
        }
        for chunk in [orders] {
            let rows = chunk.enumerated().map { index, order in
                let text = LiveStage.order(
                    600 + UInt64(index), client: LiveStage.name(order), amount: "0.01")
                return #"{"code":0,"data":\#(text),"message":"OK"}"#
            }
            stage.answer("POST /order/limit/batch", "[\(rows.joined(separator: ","))]")
        }
        stage.run(.seconds(10))
        #expect(stage.socket == ["connect"])
        #expect(orders.allSatisfy { stage.state($0) == "open" })
    }
}
