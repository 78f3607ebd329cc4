import BinanceVenue
import TestSupport
import Testing

/// Every published message of Binance Spot, with what becomes of it and why.
@Suite(.enabled(if: SharedData.hasFixtures, "no published samples beside the repository"))
struct SpotFixtureTests {
    private static let folder = SharedData.fixtures + "/binance_spot"

    @Test func `documented messages of market streams`() {
        let found = FixtureLines.payloads("\(Self.folder)/docs_web-socket-streams.jsonl").map {
            Verdict.of($0, BinanceMessage.self)
        }
        #expect(
            found
                == [
                    "shutdown",
                    "shutdown",
                    "refused: 'SUBSCRIBE' is a call: clients send it, at byte 11, in 'method'",
                    "reply",
                    "refused: 'UNSUBSCRIBE' is a call: clients send it, at byte 11, in 'method'",
                    "reply",
                    "refused: 'LIST_SUBSCRIPTIONS' is a call: clients send it, at byte 11, in 'method'",
                    "reply",
                    "refused: 'SET_PROPERTY' is a call: clients send it, at byte 11, in 'method'",
                    "reply",
                    "refused: 'GET_PROPERTY' is a call: clients send it, at byte 11, in 'method'",
                    "reply",
                    "referencePrice",
                    "aggregateTrade",
                    "trade",
                    "blockTrade",
                    "kline",
                    "kline",
                    "miniTicker",
                    "refused: an object without members, at byte 1",
                    "ticker",
                    "rollingTicker",
                    "refused: an object without members, at byte 1",
                    "bookTicker",
                    "averagePrice",
                    "partialDepth",
                    "depth",
                ])
    }

    @Test func `documented events of user data`() {
        let found = FixtureLines.payloads("\(Self.folder)/docs_user-data-stream.jsonl").map {
            Verdict.of($0, BinanceAPIMessage.self)
        }
        #expect(
            found
                == [
                    "accountPosition", "balanceUpdate", "executionReport", "listStatus", "terminated",
                    "externalLock",
                ])
    }

    @Test func `recorded frames`() {
        let found = FixtureLines.payloads("\(Self.folder)/tardis_recorded_spot.jsonl").map {
            Verdict.of($0, BinanceMessage.self)
        }
        #expect(
            found
                == ["trade", "bookTicker", "partialDepth", "depth", "partialDepth"])
    }

    @Test func `samples of a widely used client, of which some are of futures`() {
        let found = FixtureLines.payloads("\(Self.folder)/ccxt_ws_samples.jsonl").map { payload in
            let market = Verdict.of(payload, BinanceMessage.self)
            let account = Verdict.of(payload, BinanceAPIMessage.self)
            return market.hasPrefix("refused") ? account : market
        }
        #expect(
            found
                == [
                    "refused: 'forceOrder' is no event of the user data of spot, at byte 6, in 'e'",
                    "refused: no message of a connection has only s, c, S, o, f, q, p, ap, …, at byte 0",
                    "depth",
                    "trade",
                    "executionReport",
                    "kline",
                    "refused: 'markPriceUpdate' is no event of the user data of spot, at byte 6, in 'e'",
                    "miniTicker",
                    "reply",
                    "bookTicker",
                    "reply",
                    "accountPosition",
                    "reply",
                    "reply",
                    "executionReport",
                    "refused: 'ACCOUNT_UPDATE' is no event of the user data of spot, at byte 6, in 'e'",
                    "reply",
                    "reply",
                ])
    }

    @Test func `documented messages of the WebSocket API`() {
        let found = FixtureLines.payloads("\(Self.folder)/docs_web-socket-api.jsonl").map {
            Verdict.of($0, BinanceAPIMessage.self)
        }
        #expect(found.count == 82)
        #expect(found.count { $0 == "reply" } == 58)
        #expect(found.count { $0.contains("is a call: clients send it") } == 22)
        let others = Set(found.filter { $0 != "reply" && !$0.contains("is a call") })
        // The table of error codes shows one by itself, as REST answers it.
        #expect(others == ["shutdown", "refused: no message of a connection has only code, msg, at byte 0"])
    }
}
