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
        #expect(found == ["?"])
    }

    @Test func `documented events of user data`() {
        let found = FixtureLines.payloads("\(Self.folder)/docs_user-data-stream.jsonl").map {
            Verdict.of($0, BinanceAPIMessage.self)
        }
        #expect(found == ["?"])
    }

    @Test func `recorded frames`() {
        let found = FixtureLines.payloads("\(Self.folder)/tardis_recorded_spot.jsonl").map {
            Verdict.of($0, BinanceMessage.self)
        }
        #expect(found == ["?"])
    }

    @Test func `samples of a widely used client, of which some are of futures`() {
        let found = FixtureLines.payloads("\(Self.folder)/ccxt_ws_samples.jsonl").map { payload in
            let market = Verdict.of(payload, BinanceMessage.self)
            let account = Verdict.of(payload, BinanceAPIMessage.self)
            return market.hasPrefix("refused") ? account : market
        }
        #expect(found == ["?"])
    }

    @Test func `documented messages of the WebSocket API`() {
        let found = FixtureLines.payloads("\(Self.folder)/docs_web-socket-api.jsonl").map {
            Verdict.of($0, BinanceAPIMessage.self)
        }
        var counts: [String: Int] = [:]
        for verdict in found { counts[verdict, default: 0] += 1 }
        #expect(counts == ["?": 1])
    }
}
