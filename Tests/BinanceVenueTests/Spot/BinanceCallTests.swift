import BinanceVenue
import MarketModel
import Quantities
import Signing
import Testing
import WireCodecs
import WireValues

struct BinanceCallTests {
    @Test(
        arguments: [
            (
                BinanceCall.subscribe(["btcusdt@aggTrade", "btcusdt@depth"]),
                #"{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth"],"id":1}"#
            ),
            (.unsubscribe(["btcusdt@depth"]), #"{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":1}"#),
            (.listSubscriptions, #"{"method":"LIST_SUBSCRIPTIONS","id":1}"#),
            (.setCombined(true), #"{"method":"SET_PROPERTY","params":["combined",true],"id":1}"#),
            (.getCombined, #"{"method":"GET_PROPERTY","params":["combined"],"id":1}"#),
        ])
    func `calls are written as documented`(call: BinanceCall, text: String) {
        var json = JSONWriter()
        call.write(id: 1, to: &json)
        #expect(json.withBytes { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(
        arguments: [
            (#"{"result":null,"id":1}"#, "number(1) done"),
            (#"{"result":["a@trade"],"id":"x"}"#, #"text("x") streams(["a@trade"])"#),
            (#"{"result":false,"id":2}"#, "number(2) flag(false)"),
            (#"{"code":2,"msg":"bad","id":3}"#, "number(3) refused 2 bad"),
            (#"{"error":{"code":1,"msg":"no"},"id":null}"#, "nil refused 1 no"),
        ])
    func `replies are told apart, with errors at the top and nested`(text: String, words: String) throws {
        let reply = try Array(text.utf8).withUnsafeBufferPointer { try BinanceReply(decoding: $0) }
        let id = reply.id.map { "\($0)" } ?? "nil"
        switch reply.outcome {
        case .refused(let refusal): #expect("\(id) refused \(refusal.code) \(refusal.message)" == words)
        case .done, .flag, .streams: #expect("\(id) \(reply.outcome)" == words)
        }
    }

    @Test func `user data is subscribed to with a signature over the sorted parameters`() {
        let now = Instant(milliseconds: 1_649_729_878_532)
        let signer = BinanceSigner(key: "key", secret: Secret("secret"))
        #expect(
            Self.text(.subscribeSigned, signer, now)
                == #"{"id":7,"method":"userDataStream.subscribe.signature","params":{"apiKey":"key","#
                + #""timestamp":1649729878532,"#
                + #""signature":"46108fbf17c28e531a0b629497a7e20e84c6973adc3e7332629452b074ac57aa"}}"#)
        let patient = BinanceSigner(key: "key", secret: Secret("secret"), window: .seconds(5))
        #expect(
            patient.signature(at: now) == "a01ce9f7e4e3f24a54a661d207eee2d020b8be0f20d1807f1be7e5439cab611b")
    }

    @Test func `a session is logged on by whoever can sign`() {
        let now = Instant(milliseconds: 5)
        let signer = BinanceSigner(key: "key") { "<\($0)>" }
        #expect(
            Self.text(.logOn, signer, now)
                == #"{"id":7,"method":"session.logon","params":{"apiKey":"key","timestamp":5,"#
                + #""signature":"<apiKey=key&timestamp=5>"}}"#)
        #expect(Self.text(.subscribe, signer, now) == #"{"id":7,"method":"userDataStream.subscribe"}"#)
        #expect(
            Self.text(.unsubscribe(3), signer, now)
                == #"{"id":7,"method":"userDataStream.unsubscribe","params":{"subscriptionId":3}}"#)
        #expect(
            Self.text(.unsubscribe(nil), signer, now) == #"{"id":7,"method":"userDataStream.unsubscribe"}"#)
    }

    @Test func `a session for user data makes its calls in order, and the last again when its stream ended`()
    {
        var random = SeededRandom(seed: 1)
        let now = Instant(milliseconds: 0)
        var session = BinanceSession(BinanceAPICall.byLogOn, .spot)
        _ = session.start(at: now)
        #expect(session.connected(1, at: now) == [.send(connection: 1, id: 1, .logOn)])
        #expect(session.replied(1, id: 1, at: now, &random) == [.send(connection: 1, id: 2, .subscribe)])
        #expect(session.replied(1, id: 2, at: now, &random) == [.announce(.ready)])
        let (isTaken, actions) = session.change(to: session.calls, by: .subscribe, at: now)
        #expect(isTaken && actions == [.send(connection: 1, id: 3, .subscribe)])
    }

    private static func text(_ call: BinanceAPICall, _ signer: BinanceSigner, _ now: Instant) -> String {
        var json = JSONWriter()
        call.write(id: 7, signer: signer, at: now, to: &json)
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

struct BinanceExecutionReportTests {
    private static func report(_ change: (String, String)...) throws -> BinanceExecutionReport {
        var text =
            #"{"e":"executionReport","E":2,"s":"ETHBTC","c":"mine","S":"BUY","o":"LIMIT","f":"GTC","q":"2","p":"0.1","#
            + #""P":"0","F":"0","g":-1,"C":"","x":"NEW","X":"NEW","r":"NONE","i":42,"l":"0","z":"0","L":"0","n":"0","#
            + #""N":null,"T":1,"t":-1,"I":8,"w":true,"m":false,"M":false,"O":1,"#
            + #""Z":"0","Y":"0","Q":"0","W":1,"V":"NONE"}"#
        for (old, new) in change {
            let range = try #require(text.firstRange(of: old))
            text.replaceSubrange(range, with: new)
        }
        return try Array(text.utf8).withUnsafeBufferPointer { try BinanceExecutionReport(decoding: $0) }
    }

    @Test func `a new order has no deal, a trade has one`() throws {
        let new = try Self.report()
        #expect(
            new.deal == nil && new.listID == nil && new.originalClientID == nil && new.averagePrice == nil)
        let trade = try Self.report(
            (#""x":"NEW","X":"NEW""#, #""x":"TRADE","X":"PARTIALLY_FILLED""#), (#""l":"0""#, #""l":"1""#),
            (#""z":"0""#, #""z":"1""#), (#""L":"0""#, #""L":"0.09""#), (#""t":-1"#, #""t":77"#),
            (#""Z":"0""#, #""Z":"0.09""#), (#""N":null"#, #""N":"BNB""#), (#""n":"0""#, #""n":"0.001""#))
        let deal = try #require(trade.deal)
        #expect(deal.id == 77 && deal.feeAsset == "BNB" && !deal.isMaker)
        #expect(try trade.averagePrice == Price("0.09"))
        #expect(!trade.status.isFinal)
    }

    @Test func `a trade without a number is a contradiction, unless nothing was traded`() throws {
        #expect(throws: WireError.self) {
            _ = try Self.report((#""x":"NEW""#, #""x":"TRADE""#), (#""l":"0""#, #""l":"1""#))
        }
        let ended = try Self.report((#""x":"NEW","X":"NEW""#, #""x":"TRADE","X":"EXPIRED""#))
        #expect(ended.deal == nil && ended.status.isFinal)
    }

    @Test func `what an order's life hangs on is strict, what describes is open`() throws {
        #expect(throws: WireError.self) { _ = try Self.report((#""X":"NEW""#, #""X":"SLEEPING""#)) }
        #expect(throws: WireError.self) { _ = try Self.report((#""x":"NEW""#, #""x":"SLEPT""#)) }
        #expect(try Self.report((#""f":"GTC""#, #""f":"GTX""#)).timeInForce == .unknown("GTX"))
        #expect(try Self.report((#""r":"NONE""#, #""r":"ODD""#)).rejectReason == .unknown("ODD"))
    }

    @Test func `when an order is cancelled, its own name is the original one`() throws {
        let report = try Self.report(
            (#""c":"mine""#, #""c":"cancel""#), (#""C":"""#, #""C":"mine""#),
            (#""x":"NEW","X":"NEW""#, #""x":"CANCELED","X":"CANCELED""#))
        #expect(report.originalClientID == "mine" && report.status.isFinal)
    }
}
