import CoinExVenue
import MarketModel
import Quantities
import Testing

struct CoinExV1ReplyTests {
    /// Decodes a reply as the answer to a call, and says in words what it brought.
    private func read(_ method: CoinExV1Method, _ result: String, _ words: (CoinExV1StreamDecoder) -> String)
        -> String
    {
        withWire(#"{"error": null, "result": \#(result), "id": 7}"#) { bytes in
            var decoder = CoinExV1StreamDecoder()
            do throws(CoinExV1StreamError) {
                guard case .reply(let reply) = try decoder.decode(bytes) else { return "no reply" }
                guard reply.id == 7, reply.error == nil else { return "another reply" }
                let result = try decoder.decodeResult(reply, of: method)
                return "\(result): \(words(decoder))"
            } catch {
                return error.description
            }
        }
    }

    @Test func `acknowledgements come in two shapes`() {
        for method in CoinExV1Method.allCases where method.stream == nil {
            guard method.description.contains("subscribe") || method == .serverSign else { continue }
            #expect(read(method, #""success""#) { _ in "" } == "done: ")
            #expect(read(method, #"{"status": "success"}"#) { _ in "" } == "done: ")
        }
        #expect(
            read(.orderSubscribe, #"{"status":"fail"}"#) { _ in "" }
                == "order.subscribe, status has an unknown value at byte 11")
        #expect(read(.orderSubscribe, "{}") { _ in "" } == "order.subscribe, status is missing at byte 2")
        #expect(read(.serverPing, #""pong""#) { _ in "" } == "done: ")
        #expect(read(.serverTime, "1493285895") { _ in "" } == "time(1493285895): ")
    }

    @Test func `market data answer queries`() {
        #expect(
            read(
                .klineQuery,
                #"[[1639982280,"46324.37","46345.71","46356.11","46324.37","0.20288204","9402"]]"#
            ) { "\($0.candles[0].open) \($0.candles[0].value)" } == "candles: 46324.37 9402")
        #expect(
            read(.stateQuery, #"{"open":"1","last":"2","high":"3","low":"1","deal":"9","volume":"4"}"#) {
                "\($0.states[0].volume)"
            } == "state: 4")
        #expect(
            read(.dealsQuery, #"[{"id":5,"time":1.5,"price":"2","amount":"3","type":"buy"}]"#) {
                "\($0.deals[0].id)"
            } == "deals: 5")
        #expect(
            read(.depthQuery, #"{"asks":[],"bids":[["1.0","2"]],"last":"1","time":9,"checksum":3}"#) {
                "\($0.depth.bids.count) \($0.depth.asks.count) \($0.depth.isFull)"
            } == "depth: 1 0 true")
        #expect(
            read(.indexQuery, #"{"name":"BTCUSDT","time":1639982280,"index":"46000"}"#) {
                "\($0.indexes[0].market.text) \($0.indexes[0].time)"
            } == "indexes: BTCUSDT 2021-12-20T06:38:00.000000000Z")
        #expect(
            read(
                .indexList, #"{"BTCUSDT":{"time":1639982280000,"index":"46000"},"A":{"time":1,"index":"2"}}"#
            ) {
                "\($0.indexes[0].time) \($0.indexes[1].market.text)"
            } == "indexes: 2021-12-20T06:38:00.000000000Z A")
    }

    private let order =
        #"{"id":5,"type":2,"side":1,"market":"A","amount":"1","left":"0.5","deal_stock":"0.5","price":"0"}"#
    private let stop =
        #"{"id":6,"type":2,"side":2,"market":"A","amount":"1","stop_price":"5","state":1,"price":"0"}"#

    @Test func `orders come by pages`() {
        for method in [CoinExV1Method.orderQuery, .orderAccountQuery] {
            #expect(
                read(method, #"{"limit":10,"offset":0,"total":31,"records":[\#(order),\#(order)]}"#) {
                    "\($0.orders.map(\.id)) of \($0.page.total ?? 0)"
                } == "orders: [5, 5] of 31")
        }
        for method in [CoinExV1Method.orderQueryStop, .orderAccountQueryStop] {
            #expect(
                read(method, #"{"limit":10,"offset":0,"total":1,"records":[\#(stop)]}"#) {
                    "\($0.stops.map(\.stopPrice))"
                } == "stopOrders: [5]")
        }
        #expect(
            read(.orderQuery, #"{"total":0}"#) { _ in "" } == "order.query, records is missing at byte 11")
    }

    @Test func `own deals come bare or by pages`() {
        let deal = #"{"id":5,"time":1.5,"price":"2","amount":"3","type":"buy","role":2}"#
        #expect(read(.dealsQueryUser, "[\(deal)]") { "\($0.deals.count)" } == "ownDeals: 1")
        #expect(
            read(.dealsQueryUser, #"{"offset":0,"limit":10,"records":[\#(deal)]}"#) { "\($0.deals.count)" }
                == "ownDeals: 1")
    }

    @Test func `balances come by coin, and by account and coin`() {
        let coins = #"{"BTC":{"available":"1","frozen":"2"}}"#
        for method in [CoinExV1Method.assetQuery, .assetAccountQuery] {
            #expect(
                read(method, coins) { "\($0.assets[0].coin.text) \($0.assets[0].frozen)" } == "assets: BTC 2")
        }
        #expect(
            read(.assetAccountQueryAll, #"{"0":\#(coins),"12":\#(coins)}"#) { "\($0.assets.map(\.account))" }
                == "assets: [0, 12]")
        #expect(
            read(.assetAccountQueryAll, #"{"x":\#(coins)}"#) { _ in "" }
                == "asset.account_query_all, account has an unknown value at byte 2")
    }

    @Test(arguments: [
        (Int64(1), CoinExCallFailure.invalidArgument), (2, .internalError), (3, .serviceUnavailable),
        (4, .methodNotFound), (5, .serviceTimeout), (6, .signatureRequired), (7, .tooQuick),
        (11, .signatureRefused), (227, .other(227)),
    ])
    func `errors are told by their codes`(code: Int64, failure: CoinExCallFailure) {
        withWire(#"{"error":{"code":\#(code),"message":"no"},"result":null,"id":9}"#) { bytes in
            var decoder = CoinExV1StreamDecoder()
            guard let message = try? decoder.decode(bytes), case .reply(let reply) = message else {
                Issue.record("no reply")
                return
            }
            #expect(reply.id == 9)
            #expect(reply.error == CoinExV1CallError(code: code, message: "no"))
            #expect(reply.error?.reason == failure)
            #expect(failure.isPassing == [2, 3, 5, 7].contains(code))
        }
    }
}
