import CoinExVenue
import Foundation
import MarketModel
import Quantities
import Signing
import Testing

@testable import Exchange

/// The second generation of the interface, spoken by hand: requests are made and signed here, not by our client.
struct FrontV2Tests {
    private enum Recipe: CaseIterable {
        case keyed
        /// The one before: SHA-256 over the text with the secret behind it.
        case suffixed
    }

    private static func signature(_ text: String, _ secret: String, _ recipe: Recipe) -> String {
        switch recipe {
        case .keyed:
            var digester = KeyedDigester(Secret(secret))
            Array(text.utf8).withUnsafeBytes { digester.add($0) }
            return digester.finish { Hexadecimal.text($0, .lower) }
        case .suffixed:
            var digester = Digester(.sha256)
            Array((text + secret).utf8).withUnsafeBytes { digester.add($0) }
            return digester.finish { Hexadecimal.text($0, .lower) }
        }
    }

    private func call(
        _ stage: FrontStage, _ method: String, _ path: String, _ body: String = "",
        as key: (id: String, secret: String) = FrontStage.first, _ recipe: Recipe = .keyed,
        late: Interval = .zero
    ) -> FrontReply {
        let time = "\((stage.now - late).nanoseconds / 1_000_000)"
        let signature = Self.signature("\(method)/v2\(path)\(body)\(time)", key.secret, recipe)
        return stage.raw(
            method, "/v2" + path, body: Data(body.utf8), signed: (key.id, signature, time))
    }

    private func order(
        _ side: String, _ amount: String, _ price: String, _ type: String = "limit", name: String = ""
    ) -> String {
        #"{"market":"BTCUSDT","market_type":"SPOT","side":"\#(side)","type":"\#(type)","amount":"\#(amount)","#
            + #""price":"\#(price)","client_id":"\#(name)"}"#
    }

    @Test(arguments: 0..<2) func `either recipe signs`(number: Int) throws {
        let stage = try FrontStage()
        let recipe = Recipe.allCases[number]
        let reply = call(stage, "GET", "/assets/spot/balance", "", as: FrontStage.first, recipe)
        #expect(reply.code == 0 && reply["0.ccy"] == "BTC" && reply["0.available"] == "10")
        let wrong = ("10CA1000000000000000000000000001", "F00D")
        #expect(call(stage, "GET", "/assets/spot/balance", "", as: wrong, recipe).code == 4006)
        #expect(call(stage, "GET", "/assets/spot/balance", "", as: ("nobody", "F00D"), recipe).code == 4005)
        let old = call(
            stage, "GET", "/assets/spot/balance", "", as: FrontStage.first, recipe, late: .seconds(6))
        #expect(old.code == 4010)
        #expect(stage.raw("GET", "/v2/assets/spot/balance").code == 4006)
    }

    @Test func `an order rests, is asked for, modified and cancelled`() throws {
        let stage = try FrontStage()
        let placed = call(stage, "POST", "/spot/order", order("buy", "0.5", "50000", name: "mine"))
        #expect(placed.code == 0 && placed["unfilled_amount"] == "0.50000000" && placed["status"] == "(none)")
        let id = placed["order_id"]
        let asked = call(stage, "GET", "/spot/order-status?market=BTCUSDT&order_id=\(id)")
        #expect(asked["status"] == "open" && asked["client_id"] == "mine")
        let list = call(stage, "GET", "/spot/pending-order?market_type=SPOT&page=1&limit=10")
        #expect(list["0.order_id"] == id && list.object["pagination"] != nil)
        let modified = call(
            stage, "POST", "/spot/modify-order",
            #"{"market":"BTCUSDT","market_type":"SPOT","order_id":\#(id),"price":"50001"}"#)
        #expect(modified.code == 0 && modified["order_id"] != id && modified["client_id"] == "mine")
        let cancelled = call(
            stage, "POST", "/spot/cancel-order-by-client-id",
            #"{"market":"BTCUSDT","market_type":"SPOT","client_id":"mine"}"#)
        #expect(cancelled["0.code"] == "0" && cancelled["0.data.order_id"] == modified["order_id"])
        let gone = call(
            stage, "POST", "/spot/cancel-order",
            #"{"market":"BTCUSDT","market_type":"SPOT","order_id":\#(id)}"#)
        #expect(gone.code == 3600)
    }

    @Test func `types and their refusals are those of the second generation`() throws {
        let stage = try FrontStage()
        func code(_ body: String) -> Int { call(stage, "POST", "/spot/order", body).code }
        #expect(code(order("sell", "0.5", "50000")) == 0)
        #expect(code(order("buy", "0.5", "50000", "maker_only")) == 3622)
        #expect(code(order("buy", "1", "50000", "fok")) == 3621)
        #expect(code(order("buy", "0.0001", "50000")) == 3127)
        #expect(code(order("buy", "100", "50000")) == 3109)
        #expect(code(order("buy", "1", "50000", "other")) == 3639)
        #expect(
            code(#"{"market":"NONE","market_type":"SPOT","side":"buy","type":"market","amount":"1"}"#) == 3639
        )
        let taken = call(stage, "POST", "/spot/order", order("buy", "1", "50000", "ioc"))
        #expect(
            taken.code == 0 && taken["filled_amount"] == "0.5" && taken["unfilled_amount"] == "0.50000000")
    }

    @Test func `batches have a code for each, and are charged for each`() throws {
        let stage = try FrontStage { _, settings in settings.limits = .venue }
        let two = #"{"orders":[\#(order("buy", "1", "40000")),\#(order("buy", "100", "40000"))]}"#
        let reply = call(stage, "POST", "/spot/batch-order", two)
        #expect(
            reply.code == 0 && reply["0.code"] == "0" && reply["1.code"] == "3109"
                && reply["1.data"] == "null")
        // Within its envelope and beside it: clients read the one or the other.
        #expect(reply["0.data.order_id"] == reply["0.order_id"] && reply["0.message"] == "OK")
        #expect(reply.quota == FrontQuota(limit: 30, remaining: 28))
        let cancels = call(
            stage, "POST", "/spot/cancel-batch-order",
            #"{"market":"BTCUSDT","order_ids":[\#(reply["0.data.order_id"]),77]}"#)
        #expect(cancels["0.code"] == "0" && cancels["1.code"] == "3600")
        for _ in 0..<28 { _ = call(stage, "POST", "/spot/order", order("buy", "1", "1")) }
        #expect(call(stage, "POST", "/spot/order", order("buy", "1", "1")).code == 4213)
    }

    @Test func `a stop order has a number, fires, and is told of`() throws {
        let stage = try FrontStage { _, settings in settings.packsMessages = false }
        let session = stage.open(.v2)
        sign(stage, session)
        for family in ["stop", "order", "user_deals"] {
            #expect(
                stage.say(
                    #"{"method":"\#(family).subscribe","params":{"market_list":[]},"id":2}"#, on: session)
                    == [#"{"id":2,"code":0,"message":"OK"}"#])
        }
        _ = call(stage, "POST", "/spot/order", order("buy", "1", "50000"), as: FrontStage.second)
        _ = call(stage, "POST", "/spot/order", order("sell", "0.1", "50000"), as: FrontStage.second)
        let stop = call(
            stage, "POST", "/spot/stop-order",
            String(order("sell", "0.2", "49000", name: "s").dropLast()) + #","trigger_price":"50001"}"#)
        #expect(stop.code == 0 && Int(stop["stop_id"]) != nil)
        let put = stage.messages(session)
        try #require(put.count == 1)
        #expect(JSONPath.text(put[0], "data.event") == "put")
        #expect(JSONPath.text(put[0], "data.stop.stop_id") == stop["stop_id"])
        for side in ["sell", "buy"] {
            let order = order(side, "0.1", "50001")
            _ = call(stage, "POST", "/spot/order", order, as: FrontStage.second)
        }
        let told = stage.messages(session)
        try #require(told.count == 3)
        #expect(
            told.map { JSONPath.text($0, "method") + " " + JSONPath.text($0, "data.event") } == [
                "stop.update active", "user_deals.update (none)", "order.update finish",
            ])
        #expect(JSONPath.text(told[0], "data.stop.status") == "active_success")
        #expect(
            JSONPath.text(told[1], "data.role") == "taker" && JSONPath.text(told[1], "data.client_id") == "s")
        #expect(JSONPath.text(told[2], "data.order.unfilled_amount") == "0.00000000")
    }

    private func sign(_ stage: FrontStage, _ session: FrontSessionID) {
        let time = "\(stage.now.nanoseconds / 1_000_000)"
        let signature = Self.signature(time, FrontStage.first.secret, .keyed)
        #expect(
            stage.say(
                #"{"method":"server.sign","params":{"access_id":"\#(FrontStage.first.id)","signed_str":""#
                    + #"\#(signature)","timestamp":\#(time)},"id":1}"#, on: session)
                == [#"{"id":1,"code":0,"message":"OK"}"#])
    }

    @Test func `books are told whole, then in changes with a checksum, each message packed`() throws {
        let stage = try FrontStage()
        let session = stage.open(.v2)
        var texts: [String] = []
        var gunzip = CoinExGunzip()
        func hear() {
            stage.pass(.milliseconds(400))
            for output in stage.outputs {
                guard case .message(session, let bytes) = output else { continue }
                #expect(bytes.starts(with: [0x1F, 0x8B]))
                bytes.withUnsafeBufferPointer { texts.append(gunzip.plain($0)?.text ?? "damaged") }
            }
            stage.outputs = []
        }
        let ask = #"{"method":"depth.subscribe","params":{"market_list":[["BTCUSDT",5,"0",false]]},"id":3}"#
        Array(ask.utf8).withUnsafeBytes { stage.front.receive($0, from: session, at: stage.now) }
        hear()
        _ = call(stage, "POST", "/spot/order", order("buy", "1", "50000"))
        hear()
        try #require(texts.count == 3)
        #expect(texts[0] == #"{"id":3,"code":0,"message":"OK"}"#)
        #expect(JSONPath.text(texts[1], "data.is_full") == "true")
        #expect(JSONPath.text(texts[2], "data.is_full") == "false")
        #expect(JSONPath.text(texts[2], "data.depth.bids.0.0") == "50000.00")
        // zlib's CRC-32 of "50000.00:1.00000000".
        #expect(JSONPath.text(texts[2], "data.depth.checksum") == "296658400")
    }

    @Test func `clients of both generations trade with each other`() throws {
        let stage = try FrontStage()
        let sold = stage.call(
            "POST", "/order/limit",
            ["market": "BTCUSDT", "type": "sell", "amount": "0.5", "price": "50000"], as: FrontStage.second)
        #expect(sold.code == 0)
        let bought = call(stage, "POST", "/spot/order", order("buy", "0.5", "50000"))
        #expect(bought.code == 0 && bought["filled_amount"] == "0.5")
        let deals = call(stage, "GET", "/spot/user-deals?market=BTCUSDT&market_type=SPOT")
        #expect(deals["0.role"] == "taker" && deals["0.order_id"] == bought["order_id"])
    }

    @Test func `a market order counts what it gives away where its unit is not said`() throws {
        let stage = try FrontStage()
        _ = call(stage, "POST", "/spot/order", order("sell", "1", "50000"), as: FrontStage.second)
        let terms = #"{"market":"BTCUSDT","market_type":"SPOT","type":"market","amount":"#
        let bought = call(stage, "POST", "/spot/order", terms + #""100","side":"buy"}"#)
        #expect(
            bought["ccy"] == "USDT" && bought["filled_value"] == "100" && bought["filled_amount"] == "0.002")
        _ = call(stage, "POST", "/spot/order", order("buy", "1", "40000"), as: FrontStage.second)
        let sold = call(stage, "POST", "/spot/order", terms + #""0.5","side":"sell"}"#)
        #expect(sold["ccy"] == "BTC" && sold["filled_amount"] == "0.5")
        let named = call(stage, "POST", "/spot/order", terms + #""0.5","side":"buy","ccy":"BTC"}"#)
        #expect(named["ccy"] == "BTC" && named["filled_amount"] == "0.5")
    }

    @Test
    func `what a client asks for at its start is answered, though there is spot trading and nothing else`()
        throws
    {
        let stage = try FrontStage()
        for path in ["/assets/all-deposit-withdraw-config", "/assets/info", "/spot/market", "/spot/ticker"] {
            let reply = stage.raw("GET", "/v2" + path)
            #expect(reply.code == 0 && reply["0"] != "(none)", "\(path)")
        }
        #expect(stage.raw("GET", "/v2/assets/deposit-withdraw-config?ccy=BTC")["asset.ccy"] == "BTC")
        #expect(stage.raw("GET", "/v2/assets/deposit-withdraw-config?ccy=ROCK").code == 3639)
        for endpoint in FrontEndpointV2.allCases {
            guard let list = endpoint.emptyList else { continue }
            stage.pass(.seconds(1))
            let path = String(endpoint.rawValue.dropFirst(4))
            if endpoint.group != .market { #expect(stage.raw("GET", "/v2" + path).code == 4006, "\(path)") }
            let reply = call(stage, "GET", path + "?page=1&limit=10")
            #expect(reply.code == 0 && reply.text.contains(#""data":[]"#), "\(path)")
            #expect((reply.object["pagination"] != nil) == (list == .paged), "\(path)")
        }
        for name in [
            "POST /assets/withdraw", "POST /futures/order", "GET /assets/credit/info", "POST /account/subs",
        ] {
            let words = name.split(separator: " ").map(String.init)
            #expect(call(stage, words[0], words[1], words[0] == "GET" ? "" : "{}").code == 4001, "\(name)")
        }
    }

    @Test func `quotas of hours are told, exhausted and renewed, and cancels take nothing of them`() throws {
        let stage = try FrontStage { _, settings in
            settings.limits = .venue
            settings.limits.longPeriods = [.init(hours: 1, requests: 3), .init(hours: 24, requests: 10)]
        }
        func left(_ reply: FrontReply) -> [String] {
            reply.quota?.fields.map { "\($0.name)=\($0.value)" } ?? []
        }
        let placed = call(stage, "POST", "/spot/order", order("buy", "1", "40000"))
        #expect(
            left(placed) == [
                "X-RateLimit-Limit=30", "X-RateLimit-Remaining=29", "X-RateLimit-LongPeriod-1H-Remaining=2",
                "X-RateLimit-LongPeriod-24H-Remaining=9",
            ])
        for _ in 0..<2 { #expect(call(stage, "GET", "/spot/pending-order?market_type=SPOT").code == 0) }
        let refused = call(stage, "POST", "/spot/order", order("buy", "1", "40000"))
        #expect(refused.code == 4213 && left(refused).contains("X-RateLimit-LongPeriod-1H-Remaining=0"))
        let cancelled = call(
            stage, "POST", "/spot/cancel-order",
            #"{"market":"BTCUSDT","market_type":"SPOT","order_id":\#(placed["order_id"])}"#)
        #expect(cancelled.code == 0 && left(cancelled).contains("X-RateLimit-LongPeriod-1H-Remaining=0"))
        stage.pass(.minutes(60))
        let again = call(stage, "POST", "/spot/order", order("buy", "1", "40000"))
        #expect(again.code == 0 && left(again).contains("X-RateLimit-LongPeriod-24H-Remaining=6"))
    }

    @Test func `orders are cancelled by their client id in the market that is named, or in all`() throws {
        let stage = try FrontStage()
        for (market, price) in [("BTCUSDT", "40000"), ("CETUSDT", "0.01")] {
            let body = order("buy", "100", price, name: "both").replacing("BTCUSDT", with: market)
            let amount = market == "BTCUSDT" ? body.replacing(#""100""#, with: #""0.1""#) : body
            #expect(call(stage, "POST", "/spot/order", amount).code == 0, "\(market)")
        }
        let none = call(
            stage, "POST", "/spot/cancel-order-by-client-id",
            #"{"market":"BTCUSDT","market_type":"SPOT","client_id":"other"}"#)
        #expect(none.code == 0 && none["0"] == "(none)")
        let all = call(
            stage, "POST", "/spot/cancel-order-by-client-id", #"{"market_type":"SPOT","client_id":"both"}"#)
        #expect(all["0.data.market"] == "BTCUSDT" && all["1.data.market"] == "CETUSDT")
        let stops = call(
            stage, "POST", "/spot/cancel-stop-order-by-client-id",
            #"{"market_type":"SPOT","client_id":"both"}"#)
        #expect(stops.code == 0 && stops["0"] == "(none)")
    }

    @Test(arguments: ["{}", "null", "[]"])
    func `what has no parameters is called with anything`(params: String) throws {
        let stage = try FrontStage { _, settings in settings.packsMessages = false }
        let session = stage.open(.v2)
        #expect(
            stage.say(#"{"method":"server.ping","params":\#(params),"id":5}"#, on: session)
                == [#"{"id":5,"code":0,"data":{"result":"pong"},"message":"OK"}"#])
        #expect(
            stage.say(#"{"method":"server.ping","id":6}"#, on: session)
                == [#"{"id":6,"code":0,"data":{"result":"pong"},"message":"OK"}"#])
    }

    @Test func `what is not spoken is not there`() throws {
        let stage = try FrontStage { _, settings in settings.languages = [.v2] }
        #expect(stage.raw("GET", "/v1/market/list").status == 404)
        #expect(stage.raw("GET", "/v2/time").code == 0 && stage.raw("GET", "/v2/nothing").status == 404)
        #expect(stage.raw("POST", "/v2/time").code == 4009)
        let session = stage.front.openSession(address: 1, api: .v1, at: stage.now)
        #expect(session == nil)
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
