import CZlib
import Foundation
import Quantities
import Testing
import VenueKit

@testable import Exchange

/// The WebSocket, as the protocol describes it.
struct FrontStreamTests {
    private static let ack = #"{"error":null,"result":{"status":"success"},"id":7}"#

    private func order(
        _ type: String, _ amount: String, _ price: String, _ more: [String: WireValue] = [:]
    ) -> [String: WireValue] {
        [
            "market": "BTCUSDT", "type": .text(type), "amount": .text(amount), "price": .text(price),
        ].merging(more) { $1 }
    }

    /// `method` and the values at some places of a push.
    private func show(_ message: String, _ places: String...) -> String {
        ([JSONPath.text(message, "method")] + places.map { JSONPath.text(message, "params." + $0) })
            .joined(separator: " ")
    }

    // MARK: Calls

    @Test func `calls are answered with the id that they had`() throws {
        let stage = try FrontStage()
        let session = stage.open()
        #expect(
            stage.say(#"{"method":"server.ping","params":[],"id":11}"#, on: session)
                == [#"{"error":null,"result":"pong","id":11}"#])
        #expect(stage.ask("server.time", on: session) == [#"{"error":null,"result":1636000000,"id":7}"#])
        #expect(
            stage.ask("no.method", on: session)
                == [#"{"error":{"code":4,"message":"method not found"},"result":null,"id":7}"#])
    }

    @Test(arguments: [
        #"{"id":"1","method":"server.ping","params":[]}"#, #"{"id":1.5,"method":"server.ping","params":[]}"#,
        #"{"id":null,"method":"server.ping","params":[]}"#, #"{"method":"server.ping","params":[]}"#,
        #"{"id":1,"method":"server.ping","params":{}}"#, #"{"id":1,"method":"server.ping"}"#,
        #"{"id":1,"method":3,"params":[]}"#, #"[{"id":1,"method":"server.ping","params":[]}]"#, "nonsense",
        "", "{",
    ])
    func `what is no call closes the connection without a word`(text: String) throws {
        let stage = try FrontStage()
        let session = stage.open()
        #expect(stage.say(text, on: session) == ["(closed)"])
        // Nothing is taken after it.
        #expect(stage.ask("server.ping", on: session) == [])
    }

    @Test(arguments: [
        ("depth.subscribe", "[]"), ("depth.subscribe", #"["BTCUSDT",7,"0",true]"#),
        ("depth.subscribe", #"["BTCUSDT",5,0,true]"#), ("depth.subscribe", #"["BTCUSDT",5,"3",true]"#),
        ("depth.subscribe", #"["BTCUSDT",5,"0",1]"#), ("depth.subscribe", #"["NOUSDT",5,"0",true]"#),
        ("depth.subscribe_multi", #"["BTCUSDT",5,"0",true]"#), ("depth.subscribe_multi", "[]"),
        ("deals.subscribe", #"[["BTCUSDT"]]"#), ("deals.subscribe", "[null]"), ("state.subscribe", #"["X"]"#),
        ("kline.subscribe", "[]"), ("kline.subscribe", #"["BTCUSDT",61]"#),
        ("kline.query", #"["BTCUSDT",5,1,60]"#),
        ("state.query", #"["BTCUSDT"]"#), ("deals.query", #"["BTCUSDT",-1,0]"#),
        ("server.sign", #"["a","b"]"#),
    ])
    func `arguments that do not fit are invalid`(method: String, parameters: String) throws {
        let stage = try FrontStage()
        let session = stage.open()
        #expect(
            stage.ask(method, parameters, on: session)
                == [#"{"error":{"code":1,"message":"invalid argument"},"result":null,"id":7}"#])
    }

    @Test func `private methods want a signature, and a wrong one has the text of REST`() throws {
        let stage = try FrontStage()
        let session = stage.open()
        for method in [
            "order.subscribe", "asset.query", "deals_own.subscribe", "order.query", "notice.subscribe",
        ] {
            #expect(
                stage.ask(method, on: session)
                    == [#"{"error":{"code":6,"message":"require auth"},"result":null,"id":7}"#])
        }
        #expect(JSONPath.text(stage.sign(session, as: ("nobody", "x"))[0], "error.code") == "11")
        let wrong = stage.sign(session, as: (FrontStage.first.id, "wrong"))[0]
        #expect(JSONPath.text(wrong, "error.message") == "Signature Incorrect")
        #expect(stage.sign(session) == [Self.ack])
        #expect(stage.ask("order.subscribe", on: session) == [Self.ack])
    }

    @Test func `both shapes of acknowledgements can be had`() throws {
        let stage = try FrontStage { _, settings in settings.acknowledgement = .text }
        let session = stage.open()
        #expect(stage.ask("index.subscribe", on: session) == [#"{"error":null,"result":"success","id":7}"#])
        #expect(stage.sign(session) == [Self.ack])
    }

    @Test func `calls that come too quickly are told so, then the connection ends`() throws {
        let stage = try FrontStage { _, settings in
            settings.limits.calls = RateLimit(requests: 2, window: .seconds(10))
        }
        let session = stage.open()
        #expect(stage.ask("index.list", on: session).count == 1)
        #expect(stage.ask("index.list", on: session).count == 1)
        #expect(stage.ask("server.ping", on: session).count == 1)
        #expect(
            stage.ask("index.list", on: session)
                == [#"{"error":{"code":7,"message":"too quick"},"result":null,"id":7}"#, "(closed)"])
    }

    // MARK: Own orders

    private func signedStage() throws -> (FrontStage, FrontSessionID) {
        let stage = try FrontStage()
        let session = stage.open()
        stage.sign(session)
        for method in ["order.subscribe", "asset.subscribe", "deals_own.subscribe"] {
            #expect(stage.ask(method, on: session) == [Self.ack])
        }
        return (stage, session)
    }

    @Test func `a resting order is put, updated by each fill and finished, its balances behind it`() throws {
        let (stage, session) = try signedStage()
        let id = stage.call("POST", "/order/limit", order("buy", "0.02", "50000", ["client_id": "a-1"]))["id"]
        let put = stage.messages(session)
        #expect(put.map { show($0, "0") } == ["order.update 1", "asset.update {1}"])
        #expect(
            put[0]
                == #"{"method":"order.update","params":[1,{"id":\#(id),"type":1,"side":2,"#
                + #""user":3,"account":0,"option":2,"ctime":1636000000.000000,"#
                + #""mtime":1636000000.000000,"market":"BTCUSDT","source":"api.v1","#
                + #""client_id":"a-1","price":"50000.00","amount":"0.02000000","#
                + #""taker_fee":"0.0020","maker_fee":"0.0020","left":"0.02000000","#
                + #""deal_stock":"0","deal_money":"0","money_fee":"0","stock_fee":"0","#
                + #""asset_fee":"0","fee_discount":"1","fee_asset":null,"#
                + #""last_deal_amount":"0","last_deal_price":"0","last_deal_time":0,"#
                + #""last_deal_id":0,"last_role":0,"stop_id":0}],"id":null}"#
        )
        #expect(
            put[1]
                == #"{"method":"asset.update","params":[{"USDT":{"available":"998998","#
                + #""frozen":"1002","timestamp":1636000000.000000}},0],"id":null}"#
        )
        for (amount, event) in [("0.005", "2"), ("0.015", "3")] {
            _ = stage.call("POST", "/order/limit", order("sell", amount, "50000"), as: FrontStage.second)
            let told = stage.messages(session)
            #expect(
                told.map { JSONPath.text($0, "method") } == [
                    "deals_own.update", "order.update", "asset.update", "asset.update",
                ])
            #expect(show(told[1], "0", "1.id", "1.last_role") == "order.update \(event) \(id) 1")
            #expect(JSONPath.text(told[2], "params.0.BTC.frozen") == "0")
            #expect(JSONPath.text(told[0], "params.1.0.client_id") == "a-1")
        }
    }

    @Test func `an order that ends at once is finished only, one that fills nothing is silent`() throws {
        let (stage, session) = try signedStage()
        _ = stage.call("POST", "/order/limit", order("sell", "0.01", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "56000"))
        let full = stage.messages(session).filter { $0.contains("order.update") }
        #expect(full.map { show($0, "0", "1.left", "1.last_role") } == ["order.update 3 0.00000000 2"])

        _ = stage.call("POST", "/order/limit", order("sell", "0.01", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/ioc", order("buy", "0.03", "56000"))
        let part = stage.messages(session).filter { $0.contains("order.update") }
        #expect(part.map { show($0, "0", "1.left", "1.deal_stock") } == ["order.update 3 0.02000000 0.01"])

        _ = stage.call("POST", "/order/ioc", order("buy", "0.01", "40000"))
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "40000", ["option": "FOK"]))
        #expect(stage.messages(session).filter { $0.contains("order.") } == [])

        _ = stage.call("POST", "/order/limit", order("sell", "0.01", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "0.03", "56000"))
        let rest = stage.messages(session).filter { $0.contains("order.update") }
        #expect(rest.map { show($0, "0", "1.left", "1.deal_stock") } == ["order.update 1 0.02000000 0.01"])
    }

    @Test func `stop orders are told of when they come, fire and go; the order names its stop`() throws {
        let (stage, session) = try signedStage()
        _ = stage.call("POST", "/order/limit", order("sell", "1", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "56000"))
        _ = stage.messages(session)
        _ = stage.call("POST", "/order/stop/limit", order("buy", "0.1", "56600", ["stop_price": "56500"]))
        _ = stage.call("POST", "/order/stop/limit", order("sell", "0.1", "40000", ["stop_price": "41000"]))
        let put = stage.messages(session)
        #expect(
            put.map { show($0, "0", "1.direction", "1.status") } == [
                "order.update_stop 1 2 0", "order.update_stop 1 1 0",
            ])
        let (rising, falling) = (JSONPath.text(put[0], "params.1.id"), JSONPath.text(put[1], "params.1.id"))
        _ = stage.call("DELETE", "/order/stop/pending/\(falling)", ["market": "BTCUSDT"])
        #expect(stage.messages(session).map { show($0, "0", "1.id") } == ["order.update_stop 3 \(falling)"])

        _ = stage.call("POST", "/order/limit", order("sell", "2", "56550"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "2", "56550"), as: FrontStage.second)
        let fired = stage.messages(session).filter { $0.contains("order.") }
        #expect(fired.contains { show($0, "0", "1.id", "1.status") == "order.update_stop 2 \(rising) 1" })
        #expect(fired.contains { show($0, "1.stop_id") == "order.update \(rising)" })
    }

    @Test func `a changed order finishes under its old number and is put under a new one`() throws {
        let (stage, session) = try signedStage()
        let old = stage.call("POST", "/order/limit", order("buy", "0.01", "50000", ["client_id": "m"]))["id"]
        _ = stage.messages(session)
        let new = stage.call(
            "POST", "/order/modify", ["market": "BTCUSDT", "id": .int(Int(old)!), "price": "50001"])["id"]
        let told = stage.messages(session).filter { $0.contains("order.update") }
        #expect(
            told.map { show($0, "0", "1.id", "1.client_id") } == [
                "order.update 3 \(old) m", "order.update 1 \(new) m",
            ])
    }

    @Test func `only the own account's orders are told, only of the markets that were asked for`() throws {
        let (stage, session) = try signedStage()
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"), as: FrontStage.second)
        #expect(stage.messages(session) == [])
        // A subscription takes the place of the one before it.
        stage.ask("order.subscribe", #"["CETUSDT"]"#, on: session)
        stage.ask("asset.unsubscribe", on: session)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"))
        #expect(stage.messages(session) == [])
        // Signed as somebody else, the old account's orders are told no more.
        stage.ask("order.subscribe", on: session)
        stage.sign(session, as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"))
        #expect(stage.messages(session) == [])
    }

    @Test func `pushes leave before the reply or after it, as the seed has it`() throws {
        var orders: Set<String> = []
        for share in [0.0, 1.0] {
            let stage = try FrontStage { _, settings in settings.pushFirstShare = share }
            let session = stage.open()
            stage.sign(session)
            stage.ask("order.subscribe", on: session)
            stage.outputs = []
            let reply = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"))
            #expect(reply.code == 0)
            orders.insert("\(share)")
            #expect(stage.messages(session).count == 1)
        }
        #expect(orders.count == 2)
    }

    @Test func `delays hold things back without changing their order on a connection`() throws {
        let stage = try FrontStage { _, settings in
            settings.fates = FrontPace(
                replies: .milliseconds(40) ... .milliseconds(40),
                pushes: .milliseconds(5) ... .milliseconds(30), seed: 3)
        }
        let session = stage.open()
        #expect(stage.sign(session) == [])
        stage.pass(.milliseconds(39))
        #expect(stage.messages(session) == [])
        stage.pass(.milliseconds(1))
        #expect(stage.messages(session) == [Self.ack])
        stage.ask("order.subscribe", on: session)
        stage.pass(.milliseconds(40))
        _ = stage.messages(session)
        for price in 0..<20 {
            _ = stage.call("POST", "/order/limit", order("buy", "0.001", "\(50_000 + price)"))
        }
        #expect(stage.messages(session).isEmpty)
        stage.pass(.milliseconds(100))
        let prices = stage.messages(session).map { JSONPath.text($0, "params.1.price") }
        #expect(prices == (0..<20).map { "\(50_000 + $0).00" })
    }

    // MARK: Depth

    /// A book as a client keeps it: the texts as they came.
    private struct Book {
        var bids: [String: String] = [:]
        var asks: [String: String] = [:]

        /// Applies a push; false when its checksum is not that of the book.
        mutating func take(_ message: String) -> Bool {
            let push = (try! JSONSerialization.jsonObject(with: Data(message.utf8))) as! [String: Any]
            let parameters = push["params"] as! [Any]
            let depth = parameters[1] as! [String: Any]
            if parameters[0] as! Bool { self = Book() }
            apply(depth["bids"], to: &bids)
            apply(depth["asks"], to: &asks)
            let levels = sorted(bids).reversed() + sorted(asks)
            let text = levels.map { "\($0):\(bids[$0] ?? asks[$0]!)" }.joined(separator: ":")
            let sum = crc32(0, Array(text.utf8), UInt32(text.utf8.count))
            return UInt(sum) == (depth["checksum"] as! NSNumber).uintValue
        }

        private func sorted(_ side: [String: String]) -> [String] {
            side.keys.sorted { Double($0)! < Double($1)! }
        }

        private func apply(_ levels: Any?, to side: inout [String: String]) {
            for level in levels as? [[String]] ?? [] {
                side[level[0]] = level[1] == "0" ? nil : level[1]
            }
        }
    }

    private func expectRight(_ book: inout Book, _ message: String) {
        let isRight = book.take(message)
        #expect(isRight, "the checksum is that of the book")
    }

    @Test func `a book is told whole, then what changed every 200 ms, with checksums of the whole`() throws {
        let stage = try FrontStage()
        let session = stage.open()
        let first = stage.ask("depth.subscribe", #"["BTCUSDT",5,"0",true]"#, on: session)
        #expect(first.count == 2)
        #expect(show(first[1], "0", "1.asks", "1.checksum", "2") == "depth.update true [0] 0 BTCUSDT")
        for level in 0..<8 {
            _ = stage.call("POST", "/order/limit", order("buy", "0.01", "\(50_000 - level)"))
        }
        #expect(stage.messages(session) == [])
        stage.pass(.milliseconds(200))
        let second = stage.messages(session)
        #expect(second.map { show($0, "0", "1.bids", "1.asks") } == ["depth.update false [5] (none)"])
        var book = Book()
        expectRight(&book, first[1])
        expectRight(&book, second[0])
        #expect(book.bids["50000.00"] == "0.01000000")
        // A better level pushes one out of the window, which is told.
        _ = stage.call("POST", "/order/limit", order("buy", "0.02", "50001"))
        stage.pass(.milliseconds(200))
        let third = stage.messages(session)
        #expect(
            third.map { show($0, "0", "1.bids.0.0", "1.bids.1.0", "1.bids.1.1") } == [
                "depth.update false 50001.00 49996.00 0"
            ])
        expectRight(&book, third[0])
        #expect(book.bids.count == 5)
        // Nothing changed in the window: nothing is told, but for the whole every minute.
        stage.pass(.seconds(59))
        #expect(stage.messages(session) == [])
        stage.pass(.seconds(1))
        let minute = stage.messages(session)
        #expect(minute.map { show($0, "0", "1.bids") } == ["depth.update true [5]"])
        expectRight(&book, minute[0])
    }

    @Test func `random traffic never breaks a book, merged or not, whole or in changes`() throws {
        let seed: UInt64 = 20_261_121
        var random = SeededRandom(seed: seed)
        let stage = try FrontStage { _, settings in settings.limits = .none }
        let wishes = [
            #"["BTCUSDT",5,"0",true]"#, #"["BTCUSDT",10,"10",true]"#, #"["BTCUSDT",20,"0.1",false]"#,
        ]
        let sessions = wishes.map { _ in stage.open() }
        var books = wishes.map { _ in Book() }
        for (session, wish) in zip(sessions, wishes) { stage.ask("depth.subscribe", wish, on: session) }
        var pushes = 0
        for step in 0..<300 {
            let side = random.chance(0.5) ? "buy" : "sell"
            let price = 50_000 + random.below(60) - 30
            let hide: [String: WireValue] = random.chance(0.1) ? ["hide": true] : [:]
            let key = random.chance(0.5) ? FrontStage.first : FrontStage.second
            _ = stage.call(
                "POST", "/order/limit",
                order(side, "0.00\(1 + random.below(9))", "\(price).\(random.below(10))", hide),
                as: key)
            if step % 40 == 39 { _ = stage.call("DELETE", "/order/pending", ["market": "BTCUSDT"], as: key) }
            stage.pass(.milliseconds(70))
            for (index, session) in sessions.enumerated() {
                for message in stage.messages(session) where message.contains("depth.update") {
                    let isRight = books[index].take(message)
                    #expect(isRight, "seed \(seed), step \(step), \(wishes[index])")
                    pushes += 1
                }
            }
        }
        #expect(pushes > 200)
    }

    @Test func `who lags behind gets the whole when it has caught up`() throws {
        let stage = try FrontStage()
        let session = stage.open()
        stage.ask("depth.subscribe", #"["BTCUSDT",5,"0",true]"#, on: session)
        stage.front.setCongested(true, session)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"))
        stage.pass(.milliseconds(400))
        #expect(stage.messages(session) == [])
        stage.front.setCongested(false, session)
        stage.pass(.milliseconds(200))
        #expect(stage.messages(session).map { show($0, "0", "1.bids") } == ["depth.update true [1]"])
    }

    // MARK: Other streams

    @Test func `deals begin with history and go on newest first`() throws {
        let stage = try FrontStage()
        for price in ["50000", "50001"] {
            _ = stage.call("POST", "/order/limit", order("sell", "0.01", price), as: FrontStage.second)
            _ = stage.call("POST", "/order/limit", order("buy", "0.01", price))
        }
        let session = stage.open()
        let history = stage.ask("deals.subscribe", #"["BTCUSDT"]"#, on: session)
        #expect(history.count == 2)
        #expect(
            show(history[1], "0", "1.0.price", "1.1.price", "1.0.type")
                == "deals.update BTCUSDT 50001.00 50000.00 buy")
        _ = stage.call("POST", "/order/limit", order("sell", "0.02", "50002"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", order("buy", "0.02", "50002"))
        stage.pass(.milliseconds(200))
        let live = stage.messages(session)
        #expect(
            live.map { show($0, "1", "1.0.price", "1.0.amount") } == ["deals.update [1] 50002.00 0.02000000"])
        let states = stage.ask("state.subscribe", on: session)
        #expect(JSONPath.text(states[1], "params.0.BTCUSDT.last") == "50002.00")
        #expect(JSONPath.text(states[1], "params.0.BTCUSDT.volume") == "0.04")
        let kline = stage.ask("kline.subscribe", #"["BTCUSDT",60]"#, on: session)
        #expect(show(kline[1], "0.0", "0.2", "0.7") == "kline.update 1635999960 50002.00 BTCUSDT")
    }

    @Test func `a pause is announced to those that want notices`() throws {
        let stage = try FrontStage()
        let session = stage.open()
        stage.sign(session)
        #expect(stage.ask("notice.subscribe", "[101]", on: session) == [Self.ack])
        stage.front.announceMaintenance(
            from: stage.now + .seconds(60), to: stage.now + .seconds(120), at: stage.now)
        #expect(
            stage.messages(session) == [
                #"{"method":"notice.update","params":[101,{"started_at":1636000060,"#
                    + #""ended_at":1636000120,"scope":["SPOT"]}],"id":null}"#
            ])
    }

    @Test func `nothing leaves for a client that has gone`() throws {
        let (stage, session) = try signedStage()
        stage.front.closeSession(session)
        _ = stage.call("POST", "/order/limit", order("buy", "0.01", "50000"))
        #expect(stage.messages(session) == [])
        #expect(stage.front.sessionCounts.all == 0)
    }
}
