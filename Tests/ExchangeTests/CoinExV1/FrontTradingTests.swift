import Quantities
import Testing

@testable import Exchange

/// Orders by REST, as the protocol describes them.
struct FrontTradingTests {
    private func limit(
        _ type: String, _ amount: String, _ price: String, _ more: [String: WireValue] = [:]
    ) -> [String: WireValue] {
        [
            "market": "BTCUSDT", "type": .text(type), "amount": .text(amount), "price": .text(price),
        ].merging(more) { $1 }
    }

    @Test func `a limit order rests, is asked for, and is cancelled with the status it had before`() throws {
        let stage = try FrontStage()
        let placed = stage.call(
            "POST", "/order/limit",
            limit("buy", "0.01", "56000", ["client_id": "abcd222", "source_id": "1234"]))
        #expect(placed.status == 200)
        #expect(placed.code == 0)
        #expect(placed["status"] == "not_deal")
        #expect(placed["amount"] == "0.01000000")
        #expect(placed["left"] == "0.01000000")
        #expect(placed["price"] == "56000")
        #expect(placed["order_type"] == "limit")
        #expect(placed["type"] == "buy")
        #expect(placed["client_id"] == "abcd222")
        #expect(placed["source_id"] == "1234")
        #expect(placed["finished_time"] == "null")
        #expect(placed["account_id"] == "(none)")
        #expect(placed["avg_price"] == "0.00")
        #expect(placed["create_time"] == "1636000000")

        let id = placed["id"]
        let asked = stage.call("GET", "/order/status", ["market": "BTCUSDT", "id": .text(id)])
        #expect(asked["id"] == id)
        #expect(asked["account_id"] == "0")
        #expect(asked["finished_time"] == "0")
        #expect(asked["amount_asset"] == "BTC")

        let cancelled = stage.call("DELETE", "/order/pending", ["market": "BTCUSDT", "id": .text(id)])
        #expect(cancelled["status"] == "not_deal")
        #expect(cancelled["finished_time"] == "null")
        #expect(cancelled["left"] == "0.01000000")
        // Cancelled without a fill it is not kept.
        #expect(stage.call("GET", "/order/status", ["market": "BTCUSDT", "id": .text(id)]).code == 600)
        #expect(stage.call("DELETE", "/order/pending", ["market": "BTCUSDT", "id": .text(id)]).code == 600)
    }

    @Test func `a cancel without a number cancels every order of the market`() throws {
        let stage = try FrontStage()
        for price in ["50000", "50001", "50002"] {
            #expect(stage.call("POST", "/order/limit", limit("buy", "0.01", price)).code == 0)
        }
        let query: [String: WireValue] = ["market": "BTCUSDT", "page": 1, "limit": 10]
        #expect(stage.call("GET", "/order/pending", query)["total"] == "3")
        let all = stage.call("DELETE", "/order/pending", ["market": "BTCUSDT"])
        #expect(all.text == #"{"code":0,"data":{},"message":"Ok"}"#)
        #expect(
            stage.call("GET", "/order/pending", query).text
                == #"{"code":0,"data":{"data":[],"curr_page":1,"has_next":false,"count":0,"#
                + #""total":0,"total_page":0},"message":"Ok"}"#
        )
    }

    @Test func `fees in CET are those of the protocol's example`() throws {
        let stage = try FrontStage { definition, _ in
            definition.accounts[0].paysFeesAtDiscount = true
            for index in definition.markets.indices {
                definition.markets[index].makerRate = FeeRate(raw: 1_600_000_000)
                definition.markets[index].takerRate = FeeRate(raw: 1_600_000_000)
            }
            definition.markets[1].openingPrice = Price(2)
        }
        #expect(
            stage.call("POST", "/order/limit", limit("sell", "0.01", "56000"), as: FrontStage.second).code
                == 0)
        let taker = stage.call("POST", "/order/limit", limit("buy", "0.01", "56000"))
        #expect(taker["status"] == "done")
        #expect(taker["deal_money"] == "560.0000000000000000")
        #expect(taker["deal_amount"] == "0.01")
        #expect(taker["left"] == "0.00000000")
        #expect(taker["asset_fee"] == "0.3136")
        #expect(taker["fee_asset"] == "CET")
        #expect(taker["fee_discount"] == "0.70")
        #expect(taker["money_fee"] == "0")
        #expect(taker["deal_fee"] == "0")
        #expect(taker["maker_fee_rate"] == "0.0016")
        #expect(taker["avg_price"] == "56000")
        let balance = stage.call("GET", "/balance/info")
        #expect(balance["CET.available"] == "999.6864")
        #expect(balance["BTC.available"] == "10.01")
        #expect(balance["USDT.available"] == "999440")
    }

    @Test
    func `an order that is dropped in part is cancelled with deals, and its history shows nothing left`()
        throws
    {
        let stage = try FrontStage()
        _ = stage.call("POST", "/order/limit", limit("sell", "0.01", "56000"), as: FrontStage.second)
        let reply = stage.call(
            "POST", "/order/ioc",
            [
                "market": "BTCUSDT", "type": "buy", "amount": "0.03", "price": "56000",
            ])
        #expect(reply["status"] == "cancel")
        #expect(reply["deal_amount"] == "0.01")
        #expect(reply["left"] == "0.02000000")
        let kept = stage.call("GET", "/order/status", ["market": "BTCUSDT", "id": .text(reply["id"])])
        #expect(kept["status"] == "cancel")
        #expect(kept["left"] == "0")

        let nothing = stage.call("POST", "/order/limit", limit("buy", "0.01", "50000", ["option": "IOC"]))
        #expect(nothing.code == 0)
        #expect(nothing["status"] == "cancel")
        #expect(nothing["deal_amount"] == "0")
        let gone = stage.call("GET", "/order/status", ["market": "BTCUSDT", "id": .text(nothing["id"])])
        #expect(gone.code == 600)
    }

    @Test func `a market buy spends quote and may leave dust, a market sell sells base`() throws {
        let stage = try FrontStage()
        for (type, price) in [("sell", "55555.55"), ("buy", "50000")] {
            _ = stage.call("POST", "/order/limit", limit(type, "1", price), as: FrontStage.second)
        }
        let buy = stage.call("POST", "/order/market", ["market": "BTCUSDT", "type": "buy", "amount": "100"])
        #expect(buy["status"] == "done")
        #expect(buy["price"] == "0")
        #expect(buy["amount"] == "100")
        #expect(buy["amount_asset"] == "USDT")
        #expect(buy["deal_amount"] == "0.0018")
        #expect(buy["left"] == "0.00001")
        #expect(buy["order_type"] == "market")
        #expect(buy["maker_fee_rate"] == "0")
        let sell = stage.call(
            "POST", "/order/market", ["market": "BTCUSDT", "type": "sell", "amount": "0.5"])
        #expect(sell["deal_money"] == "25000.0000000000000000")
        // The amount is worth less than the minimum at the best price.
        let tooSmall = stage.call(
            "POST", "/order/market", ["market": "BTCUSDT", "type": "buy", "amount": "1"])
        #expect(tooSmall.code == 602)
        let inBase = stage.call(
            "POST", "/order/market",
            ["market": "BTCUSDT", "type": "buy", "amount": "0.1", "asset": "BTC"])
        #expect(inBase["deal_amount"] == "0.1")
    }

    @Test(
        arguments: [
            (["type": "buy", "amount": "0.01", "price": "57000", "option": "MAKER_ONLY"], 622),
            (["type": "buy", "amount": "2", "price": "57000", "option": "FOK"], 621),
            (["type": "buy", "amount": "0.0001", "price": "57000"], 602),
            (["type": "buy", "amount": "100", "price": "57000"], 107),
            (["type": "sell", "amount": "11", "price": "57000"], 107),
            (["type": "buy", "amount": "0.01", "price": "57000.001"], 2),
            (["type": "buy", "amount": "0.010000001", "price": "57000"], 2),
            (["type": "buy", "amount": "-1", "price": "57000"], 2),
            (["type": "buy", "amount": "1e3", "price": "57000"], 2),
            (["type": "buy", "amount": "99999999999999999999", "price": "57000"], 2),
            (["type": "buy", "amount": "", "price": "57000"], 2),
            (["type": "hold", "amount": "1", "price": "57000"], 2),
            (["type": "buy", "amount": "1", "price": "57000", "option": "GTC"], 2),
            (["type": "buy", "amount": "1"], 2),
            (["type": "buy", "amount": "1", "price": "57000", "market": "NOUSDT"], 2),
            (["type": "buy", "amount": "1", "price": "57000", "client_id": "with blank"], 2),
            (
                [
                    "type": "buy", "amount": "1", "price": "57000",
                    "client_id": "123456789012345678901234567890123",
                ], 2
            ),
            (["type": "buy", "amount": "1", "price": "57000", "account_id": "3"], 2),
        ] as [([String: String], Int)])
    func `what cannot be placed has its code, with status 200`(order: [String: String], code: Int) throws {
        let stage = try FrontStage()
        _ = stage.call("POST", "/order/limit", limit("sell", "1", "56000"), as: FrontStage.second)
        var parameters: [String: WireValue] = ["market": "BTCUSDT"]
        for (name, value) in order { parameters[name] = .text(value) }
        let reply = stage.call("POST", "/order/limit", parameters)
        #expect(reply.status == 200)
        #expect(reply.code == code, "\(reply.text)")
        #expect(stage.call("GET", "/balance/info")["USDT.frozen"] == "0")
    }

    @Test func `a stop order is placed without a number, and its order has another one when it fires`() throws
    {
        let stage = try FrontStage()
        _ = stage.call("POST", "/order/limit", limit("sell", "1", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", limit("buy", "0.01", "56000"))
        let stop = limit("buy", "0.1", "57000", ["stop_price": "56500", "client_id": "s-1"])
        let placed = stage.call("POST", "/order/stop/limit", stop)
        #expect(placed.text == #"{"code":0,"data":{"status":"success"},"message":"Ok"}"#)
        let query: [String: WireValue] = ["market": "BTCUSDT", "client_id": "s-1", "page": 1, "limit": 10]
        let waiting = stage.call("GET", "/order/stop/pending", query)
        #expect(waiting["total"] == "1")
        #expect(waiting["data.0.state"] == "2")
        #expect(waiting["data.0.stop_price"] == "56500")
        #expect(stage.call("GET", "/balance/info")["USDT.frozen"] == "0")
        // At the last price there is no side for it.
        let equal = limit("buy", "0.1", "57000", ["stop_price": "56000"])
        #expect(stage.call("POST", "/order/stop/limit", equal).code == 2)

        _ = stage.call("POST", "/order/limit", limit("sell", "1", "56600"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", limit("buy", "1", "56600"))
        let fired = stage.call("GET", "/order/stop/finished", ["market": "BTCUSDT", "page": 1, "limit": 10])
        #expect(fired["data.0.status"] == "active")
        let id = waiting["data.0.order_id"]
        let orders = stage.call(
            "GET", "/order/finished",
            ["market": "BTCUSDT", "stop_order_id": .text(id), "page": 1, "limit": 10])
        #expect(orders["total"] == "1")
        #expect(orders["data.0.client_id"] == "s-1")
        #expect(orders["data.0.id"] != id)
    }

    @Test func `stop orders are changed and cancelled by number, by client id, all together`() throws {
        let stage = try FrontStage()
        _ = stage.call("POST", "/order/limit", limit("sell", "1", "56000"), as: FrontStage.second)
        _ = stage.call("POST", "/order/limit", limit("buy", "0.01", "56000"))
        for name in ["a", "b", "b", "c"] {
            let stop = limit("sell", "0.1", "50000", ["stop_price": "51000", "client_id": .text(name)])
            #expect(stage.call("POST", "/order/stop/limit", stop).code == 0)
        }
        let market = stage.call(
            "POST", "/order/stop/market",
            ["market": "BTCUSDT", "type": "buy", "amount": "100", "stop_price": "58000"])
        #expect(market.text == #"{"code":0,"data":null,"message":"Ok"}"#)
        let query: [String: WireValue] = ["page": 1, "limit": 10, "client_id": "a"]
        let id = stage.call("GET", "/order/stop/pending", query)["data.0.order_id"]
        let change: [String: WireValue] = ["market": "BTCUSDT", "id": .int(Int(id)!), "stop_price": "52000"]
        #expect(stage.call("POST", "/order/stop/modify", change)["status"] == "success")
        #expect(stage.call("GET", "/order/stop/pending", query)["data.0.stop_price"] == "52000")
        #expect(stage.call("DELETE", "/order/stop/pending/\(id)", ["market": "BTCUSDT"]).code == 0)
        #expect(stage.call("DELETE", "/order/stop/pending/\(id)", ["market": "BTCUSDT"]).code == 600)
        let named = stage.call(
            "DELETE", "/order/stop/pending/by_client_id", ["market": "BTCUSDT", "client_id": "b"])
        #expect(named["1.order.client_id"] == "b")
        #expect(stage.call("DELETE", "/order/stop/pending", ["market": "BTCUSDT"]).code == 0)
        #expect(stage.call("GET", "/order/stop/pending", ["page": 1, "limit": 10])["total"] == "0")
    }

    @Test func `a changed order has a new number and stands behind the others`() throws {
        let stage = try FrontStage()
        let placed = stage.call("POST", "/order/limit", limit("buy", "0.01", "50000", ["client_id": "m"]))
        let changed = stage.call(
            "POST", "/order/modify",
            ["market": "BTCUSDT", "id": .int(Int(placed["id"])!), "price": "50001", "amount": "0.02"])
        #expect(changed.code == 0)
        #expect(changed["id"] != placed["id"])
        #expect(changed["price"] == "50001")
        #expect(changed["amount"] == "0.02000000")
        #expect(
            stage.call("GET", "/order/status", ["market": "BTCUSDT", "id": .text(placed["id"])]).code == 600)
    }

    @Test func `a batch has a code for each order, and none of its own`() throws {
        let stage = try FrontStage()
        let orders = #"""
            [{"type":"buy","amount":"1","price":"1100","client_id":"x"},{"type":"buy","amount":"10000","price":"1100"},
             {"type":"sell","amount":"1"},{"type":"sell","amount":"0.5","price":"60000","option":"MAKER_ONLY"}]
            """#
        let reply = stage.call(
            "POST", "/order/limit/batch",
            ["market": "BTCUSDT", "account_id": 0, "batch_orders": .text(orders)])
        #expect(reply.code == 0)
        #expect((0..<4).map { reply["\($0).code"] } == ["0", "107", "2", "0"])
        #expect(reply["0.data.status"] == "not_deal")
        #expect(reply["1.data"] == "null")
        let ids = "\(reply["0.data.id"]),999,\(reply["3.data.id"])"
        let asked = stage.call("GET", "/order/status/batch", ["market": "BTCUSDT", "batch_ids": .text(ids)])
        #expect((0..<3).map { asked["\($0).code"] } == ["0", "600", "0"])
        let cancelled = stage.call(
            "DELETE", "/order/pending/batch", ["market": "BTCUSDT", "batch_ids": .text(ids)])
        #expect((0..<3).map { cancelled["\($0).code"] } == ["0", "600", "0"])
        #expect(cancelled["0.data.left"] == "0")
        #expect(cancelled["0.data.status"] == "not_deal")

        let tooMany =
            "["
            + Array(repeating: #"{"type":"buy","amount":"1","price":"1"}"#, count: 101)
            .joined(separator: ",") + "]"
        #expect(
            stage.call("POST", "/order/limit/batch", ["market": "BTCUSDT", "batch_orders": .text(tooMany)])
                .code
                == 2)
        #expect(
            stage.call("POST", "/order/limit/batch", ["market": "BTCUSDT", "batch_orders": "[[[["]).code == 2)
    }

    @Test func `cancels by client id act on all orders that share it`() throws {
        let stage = try FrontStage()
        for price in ["50000", "50001"] {
            _ = stage.call("POST", "/order/limit", limit("buy", "0.01", price, ["client_id": "same"]))
        }
        let reply = stage.call(
            "DELETE", "/order/pending/by_client_id", ["market": "BTCUSDT", "client_id": "same"])
        #expect(reply["0.order.client_id"] == "same")
        #expect(reply["1.order.status"] == "not_deal")
        #expect(reply["2.order"] == "(none)")
    }

    @Test func `deals of an order do not name it, deals of the account do`() throws {
        let stage = try FrontStage()
        _ = stage.call("POST", "/order/limit", limit("sell", "1", "56000"), as: FrontStage.second)
        let taker = stage.call("POST", "/order/limit", limit("buy", "0.5", "56000"))
        let ofOrder = stage.call("GET", "/order/deals", ["id": .text(taker["id"]), "page": 1, "limit": 10])
        #expect(ofOrder["data.0.order_id"] == "null")
        #expect(ofOrder["data.0.role"] == "taker")
        #expect(ofOrder["data.0.deal_money"] == "28000")
        let own = stage.call("GET", "/order/user/deals", ["market": "BTCUSDT", "page": 1, "limit": 10])
        #expect(own["data.0.order_id"] == taker["id"])
        #expect(own["data.0.type"] == "buy")
        let maker = stage.call(
            "GET", "/order/user/deals", ["market": "BTCUSDT", "page": 1, "limit": 10], as: FrontStage.second)
        #expect(maker["data.0.role"] == "maker")
        #expect(maker["data.0.type"] == "sell")
        // Somebody else's order.
        let others = stage.call(
            "GET", "/order/status", ["market": "BTCUSDT", "id": .text(taker["id"])], as: FrontStage.second)
        #expect(others.code == 601)
    }
}
