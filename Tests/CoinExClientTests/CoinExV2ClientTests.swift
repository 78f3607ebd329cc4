import CoinExVenue
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import VenueKit

@testable import CoinExClient

/// The client in the words of the second generation.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct CoinExV2ClientTests {
    private func settings(
        _ venue: ScriptedVenue, change: (inout CoinExClientSettings) -> Void = { _ in }
    ) -> CoinExClientSettings {
        var settings = CoinExClientSettings(api: .v2)
        settings.url = venue.url.replacing("/v1", with: "/v2")
        settings.socketURL = venue.socketURL + "v2/spot"
        settings.credentials = ClientStage.credentials
        settings.requestTimeout = .seconds(20)
        change(&settings)
        return settings
    }

    private static let order = #"""
        {"order_id":13400,"market":"CETUSDT","market_type":"SPOT","ccy":"CET","side":"buy","type":"limit","amount":"10",
        "price":"1","unfilled_amount":"10","filled_amount":"0","filled_value":"0","client_id":"c1","base_fee":"0",
        "quote_fee":"0","discount_fee":"0","maker_fee_rate":"0","taker_fee_rate":"0.0003","created_at":1691482451000,
        "updated_at":1691482451000}
        """#

    @Test func `the addresses of a generation are its own`() {
        #expect(CoinExClientSettings().url == "https://api.coinex.com/v1")
        #expect(CoinExClientSettings().socketURL == "wss://socket.coinex.com/")
        let settings = CoinExClientSettings(api: .v2)
        #expect(settings.url == "https://api.coinex.com/v2")
        #expect(settings.socketURL == "wss://socket.coinex.com/v2/spot")
    }

    @Test func `requests are of the client's generation, and others do not leave`() async throws {
        let venue = try await ScriptedVenue { request in
            request.line == "POST /v2/spot/order" ? .data(Self.order) : .data(#"{"timestamp":1691482451000}"#)
        }
        let client = try CoinExClient(settings(venue))
        let terms = CoinExV2OrderTerms(.buy, "10", .limit("1", .limit), in: "CETUSDT")
        #expect(try await client.send(CoinExV2PlaceOrder(terms)).id == VenueOrderID(13_400))
        // Nothing of the first generation's signature is there.
        let request = try #require(venue.requests.last)
        #expect(request.authorization == nil && !request.body.contains("tonce"))
        let clock = try await client.measureClock()
        #expect(clock.uncertainty != nil && venue.requests.last?.line == "GET /v2/time")
        guard case .misconfigured(let text)? = await failure(client, CoinExV1.balances()) else {
            Issue.record("a request of the other generation left")
            return
        }
        #expect(text == "GET /balance/info is of v1, and the client speaks v2")
        #expect(venue.requests.count == 2)
    }

    @Test(arguments: [
        (4_158, true), (4_512, true), (3_639, false), (3_600, false), (77, false),
    ])
    func `what a key may do is told by how a cancel of nothing is refused`(code: Int, isLacking: Bool)
        async throws
    {
        let venue = try await ScriptedVenue { _ in .code(code) }
        let counter = CoinExCounter(try CoinExClient(settings(venue)))
        let expected: CoinExCounter.Permission = isLacking ? .lacking(code: code) : .present(code: code)
        #expect(await counter.mayWithdraw() == expected)
        #expect(await counter.mayTrade(in: "BTCUSDT") == expected)
        #expect(
            venue.requests.map(\.line) == ["POST /v2/assets/cancel-withdraw", "POST /v2/spot/cancel-order"])
        #expect(venue.requests[0].body == #"{"withdraw_id":9007199254740991}"#)
    }

    @Test func `what no answer of the venue tells is not guessed`() async throws {
        for answer in [ScriptedVenue.Answer.reply(status: 404, "<html>"), .code(4_009), .code(4_213)] {
            let venue = try await ScriptedVenue { _ in answer }
            let counter = CoinExCounter(try CoinExClient(settings(venue)))
            guard case .unknown = await counter.mayWithdraw() else {
                Issue.record("\(answer) tells nothing of a key")
                continue
            }
        }
    }

    // MARK: - Pacing

    private func seconds(_ n: Int64) -> Instant { Instant(nanoseconds: n * 1_000_000_000) }

    @Test func `a batch takes as much of the rate as it has orders`() {
        var settings = CoinExClientSettings(api: .v2)
        settings.pacingMargin = .zero
        settings.limits[.place] = RateLimit(requests: 10, window: .seconds(1))
        let pacer = CoinExPacer(settings)
        var round = pacer.round(at: seconds(10))
        let first = round.takes(.place, charge: 8)
        let second = round.takes(.place, charge: 3)
        let third = round.takes(.place, charge: 2)
        #expect(first && !second && third)
        #expect(round.opensAt == seconds(11))
        // More than the whole window is the whole window.
        var later = round.pacer.round(at: seconds(11))
        let large = later.takes(.place, charge: 25)
        #expect(large)
        let terms = CoinExV2OrderTerms(.buy, "10", .limit("1", .limit), in: "CETUSDT")
        #expect(CoinExV2PlaceBatch([terms, terms, terms]).charge == 3)
        #expect(CoinExV2.cancelBatch([VenueOrderID(1), VenueOrderID(2)], in: "CETUSDT").charge == 2)
    }

    @Test func `an exhausted quota of hours holds everything back but cancels, until it is told otherwise`() {
        var pacer = CoinExPacer(CoinExClientSettings(api: .v2))
        var quota = CoinExQuota()
        quota.longPeriods = [.init(hours: 1, remaining: 5), .init(hours: 24, remaining: 0)]
        #expect(quota.isExhausted)
        pacer.heed(quota, of: .place, at: seconds(10))
        var round = pacer.round(at: seconds(20))
        let groups: [CoinExRateGroup] = [.place, .query, .account, .cancel, .batch, .market]
        let taken = groups.map { round.takes($0) }
        #expect(taken == [false, false, false, true, true, true])
        #expect(round.opensAt == seconds(70))
        // A cancel's answer tells that there is room again.
        quota.longPeriods = [.init(hours: 24, remaining: 1)]
        pacer.heed(quota, of: .cancel, at: seconds(21))
        round = pacer.round(at: seconds(21))
        let isOpen = round.takes(.place)
        #expect(isOpen)
    }

    @Test func `what heads tell of limits is kept by group, and what is no figure is passed over`()
        async throws
    {
        let venue = try await ScriptedVenue { _ in
            .headed(
                [
                    ("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "7"),
                    ("X-RateLimit-LongPeriod-1H-Remaining", "99"),
                    ("x-ratelimit-longperiod-4h-remaining", "many"),
                    ("X-RateLimit-LongPeriod-24H-Remaining", "0"),
                ], #"{"code":0,"data":[],"message":"OK"}"#)
        }
        let client = try CoinExClient(settings(venue))
        #expect(await client.quotas.isEmpty)
        _ = try await client.send(CoinExV2.balances())
        let quota = try #require(await client.quotas[.account])
        #expect(quota.limit == 10 && quota.remaining == 7 && quota.isExhausted)
        #expect(quota.longPeriods == [.init(hours: 1, remaining: 99), .init(hours: 24, remaining: 0)])
    }

    @Test func `a window that others have used up is closed`() {
        var settings = CoinExClientSettings(api: .v2)
        settings.pacingMargin = .zero
        var pacer = CoinExPacer(settings)
        var quota = CoinExQuota()
        (quota.limit, quota.remaining) = (30, 0)
        pacer.heed(quota, of: .place, at: seconds(10))
        var round = pacer.round(at: seconds(10))
        let isTaken = round.takes(.place)
        #expect(!isTaken && round.opensAt == seconds(11))
    }

    // MARK: - Streams

    private static func text(_ id: Substring, code: Int = 0) -> String {
        #"{"id":\#(id),"code":\#(code),"message":"\#(code == 0 ? "OK" : "no")"}"#
    }

    @Test func `streams are called, signed and read in the words of the second generation`() async throws {
        let venue = try await ScriptedVenue(say: { text in
            let id = text.split(separator: #""id":"#).last?.prefix { $0.isNumber } ?? "0"
            if text.contains("server.time") {
                return .texts([#"{"id":\#(id),"code":0,"data":{"timestamp":1700490703564},"message":"OK"}"#])
            }
            if text.contains("server.sign") {
                let isRight = text.contains(
                    "75c7f4bf13c7fa5165821691a52ed0026d6bd959727ee296caec76578d056c2e")
                return .texts([Self.text(id, code: isRight ? 0 : 21_002)])
            }
            if text.contains("index.subscribe") { return .texts([Self.text(id, code: 20_001)]) }
            return .texts([
                Self.text(id),
                #"{"method":"bbo.update","data":{"market":"BTCUSDT","updated_at":1642145331234,"best_bid_price":"9","#
                    + #""best_bid_size":"1","best_ask_price":"10","best_ask_size":"2"},"id":null}"#,
                #"{"method":"order.update","data":{"event":"modify","order":{"order_id":7,"market":"BTCUSDT","#
                    + #""margin_market":"","type":"maker_only","side":"sell","amount":"10","price":"1.5","#
                    + #""unfilled_amount":"4","filled_amount":"6","filled_value":"9","base_ccy_fee":"0","#
                    + #""quote_ccy_fee":"0.1","discount_ccy_fee":"0","created_at":1739954537191,"updated_at":"#
                    + #"1739954537191,"client_id":"123"}},"id":null}"#,
            ])
        })
        let streams = try await CoinExStreams.open(settings(venue))
        try await streams.sign()
        await #expect(
            throws: CoinExStreamFault.refused(CoinExV1CallError(code: 20_001, message: "no"))
        ) {
            try await streams.call(v2: .subscribeIndexes([]))
        }
        await #expect(throws: CoinExStreamFault.misconfigured("the connection speaks v2")) {
            try await streams.call(.ping)
        }
        try await streams.call(v2: .subscribeBestPrices(["BTCUSDT"]))
        var seen: [CoinExStreamEvent] = []
        for try await event in streams.events {
            seen.append(event)
            if seen.count == 2 { break }
        }
        let best = CoinExStreamBestPrices(
            market: "BTCUSDT", bid: "9", bidSize: "1", ask: "10", askSize: "2",
            time: Instant(milliseconds: 1_642_145_331_234))
        #expect(seen[0] == .bestPrices(best))
        guard case .order(.modify, let order) = seen[1] else {
            Issue.record("\(seen[1])")
            return
        }
        #expect(order.left == "4" && order.filled == "6" && order.options == .makerOnly && order.account == 0)
        streams.close()
    }
}
