import CoinExVenue
import Testing

/// Every published message of the socket, with what becomes of it and why.
@Suite(.enabled(if: StreamFixtures.isThere, "no published samples beside the repository"))
struct StreamFixtureTests {
    @Test func `samples of a widely used client`() {
        let replies: [Int: CoinExV1Method] = [3: .klineQuery, 6: .serverSign]
        let found = StreamFixtures.payloads("ccxt_ws_samples.jsonl").enumerated().map { index, payload in
            StreamFixtures.verdict(payload, replyTo: replies[index])
        }
        #expect(
            found
                == [
                    "state.update; BTCUSDT last 31577.89 volume 630.43024965",
                    "asset.update; BTC of account 0: 250 and 10 frozen",
                    // Its key has a blank, which no server sends.
                    "refused: deals.update, price is missing at byte 151",
                    "answer to call 1, kline.query: candles; 2023-01-16T05:29:00.000000000Z open 21148.74 high "
                        + "21148.75 low 21138.66 close 21148.38 volume 1.57060173",
                    "depth.update; BTCUSDT changes at 2021-12-20T08:04:29.166000000Z checksum 1533284725; "
                        + "ask 46350.52 1.07871851; bid 46349.61 0.04000000",
                    "order.update; put; 77782469357 BTCUSDT limit buy 1 at 1, left 1, filled 0 for 0",
                    "answer to call 1, server.sign: done",
                ])
    }

    @Test func `samples of the futures document, whose socket is a sister`() {
        let replies: [Int: CoinExV1Method] = [
            1: .stateSubscribe, 6: .serverSign, 8: .serverPing, 10: .serverTime, 12: .stateQuery,
            15: .depthQuery, 22: .klineQuery, 26: .orderQuery,
        ]
        let found = StreamFixtures.payloads("docs_perpetual_ws_samples.jsonl").enumerated().map {
            StreamFixtures.verdict($1, replyTo: replies[$0])
        }
        let call = "a call, or a method that is not known"
        #expect(
            found
                == [
                    call, "answer to call 4, state.subscribe: done", "answer to call 4",
                    "answer to call 4: error 1; invalidArgument",
                    // Nothing but the shape of a push.
                    "refused: state.update, params: missingElement at byte 50", call,
                    "answer to call 15, server.sign: done", call, "answer to call 11, server.ping: done",
                    call,
                    "answer to call 11, server.time: time(1493285895)", call,
                    "answer to call 15, state.query: state; last 430.33 volume 3624.85992531",
                    "state.update; BTCUSD last 430.33 volume 3624.85992531", call,
                    "answer to call 15, depth.query: depth; whole at 1970-01-01T00:01:51.111000000Z; "
                        + "ask 12.94 0.1524; bid 12.25 0.0588", call,
                    // Books of the sister do not name their market in these samples.
                    "refused: depth.update, market: missingElement at byte 184",
                    "refused: depth.update, market: missingElement at byte 184", call, call,
                    "deals.update; BTCUSD; 29433 sell 0.0281 at 17868.41, 2017-06-03T02:47:20.059284000Z",
                    // Candles of the sister have no value.
                    "refused: kline.query, value: missingElement at byte 56", call,
                    "refused: kline.update, value: missingElement at byte 93", call,
                    // Orders of the sister have other members: `order_id`, `target`, `effect_type`.
                    "refused: order.query, id is missing at byte 400", call,
                    "refused: order.update, id is missing at byte 532", call, call, call, call, call,
                ])
    }

    @Test func `objects of the tests of a client`() {
        let order = StreamFixtures.text("jkorf/Spot/Socket/OrderUpdate.txt")
        let state = StreamFixtures.text("jkorf/Spot/Socket/TickerUpdate.txt")
        #expect(
            StreamFixtures.verdict(#"{"method":"order.update","params":[1,\#(order)],"id":null}"#)
                == "order.update; put; 48239 BCHBTC limit buy 2 at 0.019, left 2, filled 0 for 0")
        #expect(
            StreamFixtures.verdict(#"{"method":"state.update","params":[\#(state)],"id":null}"#)
                == "state.update; ETHUSDT last 430.33 volume 3624.85992531")
    }
}
