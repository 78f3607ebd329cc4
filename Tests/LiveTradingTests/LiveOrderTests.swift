import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Orders over the whole way: strategy, request, reply, push, fact, strategy. Each test ends with the question whether
/// the same facts in other orders come to the same.
@Suite struct LiveOrderTests {
    private func ready() -> LiveStage {
        let stage = LiveStage()
        stage.getReady()
        return stage
    }

    @Test func `place, reply, push, fill, closed`() {
        let stage = ready()
        let order = stage.place(buy())
        let request = stage.request("POST /order/limit")
        #expect(request?.value("client_id") == LiveStage.name(order))
        #expect(request?.value("price") == "100")
        #expect(request?.request.kind == .order)
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        #expect(stage.state(order) == "open")
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.pushDeal(9_001, of: 501, client: LiveStage.name(order))
        #expect(stage.diary.fills.isEmpty)
        stage.pushOrder(3, 501, client: LiveStage.name(order), filled: "1", deal: 9_001, last: "1")
        #expect(stage.state(order) == "filled")
        #expect(stage.diary.words.suffix(2) == ["#1 fills 1 at 100 fee 0.1", "#1 filled"])
        #expect(stage.lastDeal == DealID(9_001))
        #expect(stage.differences() == [])
    }

    @Test func `the push may come before the reply`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.pushOrder(3, 501, client: LiveStage.name(order), filled: "1", deal: 9_001, last: "1")
        #expect(stage.state(order) == "filled")
        stage.answer(
            "POST /order/limit", LiveStage.order(501, "done", client: LiveStage.name(order), filled: "1"))
        #expect(stage.state(order) == "filled")
        #expect(stage.diary.fills.count == 1)
        // It is not waited for what was heard already.
        stage.run(.seconds(10))
        #expect(stage.socket == ["connect"])
        #expect(stage.differences() == [])
    }

    @Test func `an order whose push does not come costs the connection its trust`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.run(.seconds(6))
        #expect(stage.socket == ["connect", "close"])
        #expect(stage.notices.contains(.session(.orderNotPushed(order))))
        #expect(stage.state(order) == "open")
    }

    @Test func `a lost reply is found by asking, and nothing is sent twice`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.lose("POST /order/limit")
        #expect(stage.state(order) == "unknown")
        stage.run(.seconds(1), answering: false)
        #expect(stage.request("GET /order/pending")?.value("client_id") == LiveStage.name(order))
        stage.answer(
            "GET /order/pending",
            LiveStage.page([
                LiveStage.order(501, "part_deal", client: LiveStage.name(order), filled: "0.4")
            ]))
        stage.answer("GET /order/deals", LiveStage.page([LiveStage.deal(9_001, of: nil, "0.4")]))
        #expect(stage.state(order) == "open")
        #expect(stage.diary.fills.map(\.quantity) == [quantity("0.4")])
        // The push of the same deal says nothing new, that of the next one does.
        stage.pushOrder(2, 501, client: LiveStage.name(order), filled: "0.4", deal: 9_001, last: "0.4")
        stage.pushOrder(3, 501, client: LiveStage.name(order), filled: "1", deal: 9_002, last: "0.6")
        #expect(stage.diary.fills.map(\.quantity) == [quantity("0.4"), quantity("0.6")])
        #expect(stage.state(order) == "filled")
        #expect(
            stage.tape.dispatches.filter { if case .place = $0.command { true } else { false } }.count == 1)
        #expect(stage.differences() == [])
    }

    @Test func `P10: what was filled while the connection was down is asked for after it`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.close()
        #expect(stage.diary.words.last == "lost")
        #expect(stage.quote == nil)
        stage.run(.seconds(1))
        #expect(stage.socket == ["connect", "connect"])
        stage.deals = [LiveStage.deal(9_001, of: 501), LiveStage.deal(9_000, of: 77)]
        stage.open()
        stage.answerLists()
        #expect(stage.state(order) == "filled")
        #expect(stage.diary.words.suffix(2) == ["#1 filled", "ready"])
        #expect(stage.counts.foreignDeals == 1)
        #expect(stage.differences() == [])
    }

    @Test func `an order that vanished while the connection was down is asked about`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.close()
        stage.run(.seconds(1))
        stage.open()
        stage.answerLists()
        stage.run(.seconds(2), answering: false)
        #expect(stage.request("GET /order/status")?.value("id") == "501")
        stage.refuse("GET /order/status", 600)
        while stage.answer("GET /order/pending", LiveStage.page([]))
            || stage.answer("GET /order/stop/pending", LiveStage.page([]))
            || stage.answer("GET /order/finished", LiveStage.page([]))
        {}
        #expect(stage.state(order) == "cancelled")
        #expect(stage.differences() == [])
    }

    @Test func `while the link is not ready new orders are refused and cancels go`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.close()
        stage.run(.seconds(1))
        stage.open()
        stage.replyToCalls()
        stage.book()
        let second = stage.place(buy(at: price("99")))
        #expect(stage.state(second) == "rejected: the session is not ready")
        stage.wish { $0.cancel(order) }
        #expect(stage.request("DELETE /order/pending")?.value("id") == "501")
    }

    @Test func `an immediate order of which no push comes ends by its reply`() {
        let stage = ready()
        let order = stage.place(
            .limit(.buy, quantity("1"), at: price("99"), in: Market.btcusdt, .immediateOrCancel))
        stage.answer("POST /order/ioc", LiveStage.order(501, "cancel", client: LiveStage.name(order)))
        #expect(stage.state(order) == "cancelled")
        stage.run(.seconds(10))
        #expect(stage.socket == ["connect"])
        #expect(stage.differences() == [])
    }

    @Test func `a stop order that fires gets a new number`() {
        let stage = ready()
        let order = stage.place(
            .stopLimit(.sell, quantity("1"), at: price("90"), when: price("91"), in: Market.btcusdt))
        stage.answer("POST /order/stop/limit", #"{"status":"success"}"#)
        #expect(stage.state(order) == "open")
        stage.pushStop(1, 700, client: LiveStage.name(order))
        stage.pushStop(2, 700, client: LiveStage.name(order))
        stage.pushOrder(
            3, 701, client: LiveStage.name(order), filled: "1", deal: 9_001, last: "1", price: "90",
            stop: 700,
            side: 1)
        #expect(stage.state(order) == "filled")
        #expect(stage.diary.fills.map(\.side) == [.sell])
        #expect(stage.differences() == [])
    }

    @Test func `a modified order gets a new number, and the push may come before the reply`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.answer("POST /order/limit", LiveStage.order(501, client: LiveStage.name(order)))
        stage.pushOrder(1, 501, client: LiveStage.name(order))
        stage.wish { $0.modify(order, price: price("99")) }
        #expect(stage.request("POST /order/modify")?.value("id") == "501")
        // The venue keeps the client id of the order that is replaced.
        stage.pushOrder(3, 501, client: LiveStage.name(order))
        stage.pushOrder(1, 502, client: LiveStage.name(order), price: "99")
        stage.answer("POST /order/modify", LiveStage.order(502, client: LiveStage.name(order), price: "99"))
        #expect(stage.state(order) == "cancelled")
        let replacement = stage.diary.orders.values.first { $0.replaces == order }
        #expect(replacement.map(StageWords.state) == "open")
        #expect(replacement?.venueID == VenueOrderID(502))
        #expect(stage.differences() == [])
    }

    @Test func `orders of one turn travel as a batch`() {
        let stage = ready()
        stage.wish { _ = $0.place([buy(), buy(at: price("99")), buy(at: price("98"))]) }
        #expect(stage.asked.map(\.call) == ["POST /order/limit/batch"])
        let orders = stage.tape.dispatches.map { dispatch -> OrderID in
            if case .place(let placement) = dispatch.command { placement.order } else { .none }
        }
        let rows = [
            #"{"code":0,"data":\#(LiveStage.order(501, client: LiveStage.name(orders[0]))),"message":"OK"}"#,
            #"{"code":107,"data":null,"message":"Insufficient balance"}"#,
            #"{"code":0,"data":\#(LiveStage.order(503, client: LiveStage.name(orders[2]))),"message":"OK"}"#,
        ]
        stage.answer("POST /order/limit/batch", "[\(rows.joined(separator: ","))]")
        #expect(
            orders.map(stage.state) == ["open", "rejected: venue: balance does not cover it", "open"])
        #expect(stage.differences() == [])
    }

    @Test func `a refusal for rate closes the window and the order`() {
        let stage = ready()
        let order = stage.place(buy())
        stage.refuse("POST /order/limit", 213)
        #expect(stage.state(order) == "rejected: venue: too many requests")
        let second = stage.place(buy())
        #expect(stage.asked.isEmpty)
        stage.run(.seconds(3), answering: false)
        #expect(stage.request("POST /order/limit")?.value("client_id") == LiveStage.name(second))
        #expect(stage.differences() == [])
    }

    @Test func `a book with a wrong checksum is not shown, and asked for anew`() {
        let stage = ready()
        stage.push(
            #"""
            {"method":"depth.update","params":[false,{"bids":[["99.95","1"]],"last":"100",
            "time":1700000000500,"checksum":1},"BTCUSDT"],"id":null}
            """#)
        #expect(stage.quote == nil)
        #expect(stage.called.map(\.method) == ["depth.subscribe"])
        let order = stage.place(buy())
        #expect(stage.state(order) == "rejected: the book is stale or suspect")
        stage.replyToCalls()
        stage.book()
        #expect(stage.quote?.ask == price("100.1"))
    }

    @Test func `an order message that cannot be read makes the link ask again before more is sent`() {
        let stage = ready()
        stage.push(#"{"method":"order.update","params":[9,{"id":1}],"id":null}"#)
        #expect(!stage.isReady)
        #expect(stage.request("GET /order/stop/pending") != nil)
        stage.answerLists()
        #expect(stage.isReady)
    }
}
