import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

@Suite struct LiveStartTests {
    @Test func `the clock is asked for while the socket opens, and signing waits for it`() {
        let stage = LiveStage()
        stage.start()
        #expect(stage.socket == ["connect"])
        #expect(stage.asked.map(\.call) == ["GET /market/ticker"])
        stage.open()
        #expect(stage.called.isEmpty)
        stage.answer("GET /market/ticker", stage.list("GET /market/ticker"))
        #expect(stage.called.map(\.method) == ["server.sign"])
    }

    @Test func `strategies start when streams stand and all has been told, and hear nothing before`() {
        let stage = LiveStage()
        stage.start()
        stage.answerLists()
        stage.open()
        stage.replyToCalls()
        #expect(stage.phase == .joining)
        #expect(
            stage.asked.map(\.call) == [
                "GET /order/stop/pending", "GET /balance/info", "GET /order/user/deals",
            ])
        stage.book()
        stage.answer("GET /order/stop/pending", stage.list("GET /order/stop/pending"))
        #expect(stage.request("GET /order/pending") != nil)
        stage.answer("GET /balance/info", stage.list("GET /balance/info"))
        stage.answer("GET /order/pending", stage.list("GET /order/pending"))
        #expect(stage.diary.words.isEmpty)
        stage.answer("GET /order/user/deals", stage.list("GET /order/user/deals"))
        #expect(stage.phase == .running)
        #expect(stage.diary.words == ["start", "ready"])
        #expect(stage.balance == amount("100000"))
        #expect(stage.quote?.bid == price("99.9"))
    }

    @Test func `a query that fails is asked again before strategies start`() {
        let stage = LiveStage()
        stage.start()
        stage.answerLists()
        stage.open()
        stage.replyToCalls()
        stage.answerWhole("GET /balance/info", "<html>502</html>", status: 502)
        stage.answerLists()
        #expect(stage.phase == .joining)
        stage.run(.seconds(2), answering: false)
        #expect(stage.request("GET /balance/info") != nil)
        stage.answerLists()
        #expect(stage.phase == .running)
    }

    @Test func `a clock that is two minutes off is told and allowed for`() {
        let stage = LiveStage()
        stage.skew = .minutes(2)
        stage.start()
        stage.answerLists()
        stage.open()
        let sign = stage.called.first
        #expect(sign?.parameters.hasSuffix(",\(1_700_000_120_000)]") == true, "\(sign?.parameters ?? "none")")
        let notice = stage.session.link.takeNotices().map(\.description).joined()
        #expect(notice.contains("120.0 s ahead of ours"), "\(notice)")
    }

    @Test func `without the time of the venue it is tried with our own`() {
        let stage = LiveStage()
        stage.start()
        stage.open()
        stage.lose("GET /market/ticker", .neverSent)
        #expect(stage.called.map(\.method) == ["server.sign"])
        #expect(stage.notices == [.clockUnknown])
        stage.run(.seconds(5), answering: false)
        #expect(stage.request("GET /market/ticker") != nil)
    }

    @Test func `a refused signature keeps away for a minute, and the clock is looked at again`() {
        let stage = LiveStage()
        stage.start()
        stage.answerLists()
        stage.open()
        stage.refuseCall(11, "Signature Incorrect")
        #expect(stage.socket == ["connect", "close"])
        #expect(stage.notices == [.session(.signRefused(.signatureRefused))])
        stage.close()
        stage.run(.seconds(59))
        #expect(stage.socket == ["connect", "close"])
        stage.run(.seconds(2))
        #expect(stage.socket == ["connect", "close", "connect"])
        stage.open()
        stage.answerLists()
        #expect(stage.phase == .running)
    }

    @Test func `a link without a key shows the market and sends no order`() {
        let stage = LiveStage(signed: false)
        stage.start()
        stage.open()
        stage.answerLists()
        #expect(stage.phase == .running)
        stage.book()
        stage.tape.inputs.append(.fact(stage.deposit, stage.now))
        stage.session.engine.feed(stage.deposit, at: stage.now)
        let order = stage.place(buy())
        #expect(stage.asked.isEmpty)
        #expect(stage.state(order) == "rejected: it could not be sent")
    }
}

extension LiveStage {
    fileprivate var deposit: VenueFact {
        .balance(Balance(asset: AssetID(1), total: amount("1000"), frozen: .zero, venueTime: now))
    }
}
