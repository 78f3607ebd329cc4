import CoinExVenue
import MarketModel
import Testing
import WireCodecs

struct CoinExV1RequestWriterTests {
    private func text(_ request: CoinExV1Request, id: Int64 = 1) -> String? {
        var writer = CoinExV1RequestWriter()
        var buffer = WireBuffer()
        guard writer.write(request, id: id, to: &buffer) else { return nil }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private let orders = CoinExOrderQueryScope("BTCUSDT", side: .sell, offset: 20, limit: 10)

    @Test func `every call is written as the venue reads it`() {
        let margin = CoinExOrderQueryScope("BTCUSDT", account: -1, limit: 10)
        let table: [(CoinExV1Request, String, String)] = [
            (.ping, "server.ping", "[]"),
            (.time, "server.time", "[]"),
            (
                .sign(accessID: "ID", digest: "D1", milliseconds: 1_513_746_038_205), "server.sign",
                #"["ID","D1",1513746038205]"#
            ),
            (
                .queryKlines(market: "BTCUSDT", from: 1_639_982_322, to: 1_639_985_922, .minute),
                "kline.query", #"["BTCUSDT",1639982322,1639985922,60]"#
            ),
            (.subscribeKlines(market: "BTCUSDT", .hour), "kline.subscribe", #"["BTCUSDT",3600]"#),
            (.unsubscribeKlines, "kline.unsubscribe", "[]"),
            (.queryState(market: "BTCUSDT", seconds: 86_400), "state.query", #"["BTCUSDT",86400]"#),
            (.subscribeStates([]), "state.subscribe", "[]"),
            (.subscribeStates(["BTCUSDT", "ETHUSDT"]), "state.subscribe", #"["BTCUSDT","ETHUSDT"]"#),
            (.unsubscribeStates, "state.unsubscribe", "[]"),
            (.queryDeals(market: "BTCUSDT", limit: 10, after: 0), "deals.query", #"["BTCUSDT",10,0]"#),
            (.subscribeDeals(["BTCUSDT"]), "deals.subscribe", #"["BTCUSDT"]"#),
            (.unsubscribeDeals, "deals.unsubscribe", "[]"),
            (.queryDepth(CoinExDepthTopic("BTCUSDT", limit: 10)), "depth.query", #"["BTCUSDT",10,"0"]"#),
            (
                .subscribeDepth([CoinExDepthTopic("BTCUSDT", limit: 5)]), "depth.subscribe",
                #"["BTCUSDT",5,"0",true]"#
            ),
            (
                .subscribeDepth([
                    CoinExDepthTopic("BTCUSDT", limit: 10),
                    CoinExDepthTopic("ETHUSDT", limit: 50, merge: .init(exponent: -2)!, isIncremental: false),
                ]), "depth.subscribe_multi", #"[["BTCUSDT",10,"0",true],["ETHUSDT",50,"0.01",false]]"#
            ),
            (.unsubscribeDepth, "depth.unsubscribe", "[]"),
            (.queryOrders(orders), "order.query", #"["BTCUSDT",1,20,10]"#),
            (.queryOrders(margin), "order.account_query", #"[-1,"BTCUSDT",0,0,10]"#),
            (.queryStopOrders(orders), "order.query_stop", #"["BTCUSDT",1,20,10]"#),
            (.queryStopOrders(margin), "order.account_query_stop", #"[-1,"BTCUSDT",0,0,10]"#),
            (.subscribeOrders([]), "order.subscribe", "[]"),
            (.unsubscribeOrders, "order.unsubscribe", "[]"),
            (
                .queryOwnDeals(orders, from: 1_639_982_322, to: 0), "deals.query_user",
                #"[0,"BTCUSDT",1,1639982322,0,20,10]"#
            ),
            (.subscribeOwnDeals(["BTCUSDT"]), "deals_own.subscribe", #"["BTCUSDT"]"#),
            (.unsubscribeOwnDeals, "deals_own.unsubscribe", "[]"),
            (.queryAssets(["BTC", "ETH"]), "asset.query", #"["BTC","ETH"]"#),
            (.queryAccountAssets(account: 2, ["BTC"]), "asset.account_query", #"[2,["BTC"]]"#),
            (.queryAssetsOfAllAccounts, "asset.account_query_all", "[]"),
            (.subscribeAssets([]), "asset.subscribe", "[]"),
            (.unsubscribeAssets, "asset.unsubscribe", "[]"),
            (.queryIndex(market: "BTCUSDT"), "index.query", #"["BTCUSDT"]"#),
            (.queryIndexes, "index.list", "[]"),
            (.subscribeIndexes([]), "index.subscribe", "[]"),
            (.unsubscribeIndexes, "index.unsubscribe", "[]"),
            (.subscribeNotices, "notice.subscribe", "[101]"),
            (.unsubscribeNotices, "notice.unsubscribe", "[]"),
        ]
        for (request, method, parameters) in table {
            #expect(text(request, id: 15) == #"{"id":15,"method":"\#(method)","params":\#(parameters)}"#)
        }
        let written = Set(table.map { $0.1 })
        let called = Set(CoinExV1Method.allCases.filter { $0.stream == nil }.map(\.description))
        // Both ways to unsubscribe books clear the same set.
        #expect(called.subtracting(written) == ["depth.unsubscribe_multi"])
    }

    @Test func `a list that is too long for one message is not written`() {
        let markets = (0..<20_000).map { "MARKET\($0)" }
        #expect(text(.subscribeDeals(markets)) == nil)
    }

    @Test func `merge steps are written as the venue lists them`() {
        let steps = (-8...3).map { CoinExMerge(exponent: $0)!.text }
        #expect(
            steps == [
                "0.00000001", "0.0000001", "0.000001", "0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10",
                "100", "1000",
            ])
        #expect(CoinExMerge(mergeDepth: 0)?.text == "0.00000001")
        #expect(CoinExMerge(mergeDepth: 7)?.text == "0.1")
        #expect(CoinExMerge(mergeDepth: 8) == CoinExMerge.none)
        #expect(CoinExMerge(mergeDepth: 9) == nil)
        #expect(CoinExMerge(exponent: -9) == nil)
    }
}
