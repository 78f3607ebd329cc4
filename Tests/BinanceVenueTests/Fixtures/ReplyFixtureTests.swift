import BinanceVenue
import TestSupport
import Testing
import WireValues

/// Published answers about markets: each is read by the decoder of its endpoint or call.
@Suite(.enabled(if: SharedData.hasFixtures, "no published samples beside the repository"))
struct ReplyFixtureTests {
    @Test(
        arguments: [
            ("spot_http_json/depth_response", "GET /api/v3/depth"),
            ("spot_http_json/trades_response", "GET /api/v3/trades"),
            ("spot_http_json/klines_response", "GET /api/v3/klines"),
            ("spot_http_json/avg_price_response", "GET /api/v3/avgPrice"),
            ("spot_http_json/ticker_24hr_response", "GET /api/v3/ticker/24hr"),
            ("spot_http_json/ticker_price_response", "GET /api/v3/ticker/price"),
            ("spot_http_json/book_ticker_response", "GET /api/v3/ticker/bookTicker"),
            ("spot_http_json/exchange_info_response", "GET /api/v3/exchangeInfo"),
            ("spot_http_json/server_time_response", "GET /api/v3/time"),
            ("spot_http_json/ping_response", "GET /api/v3/ping"),
            ("integration_http_responses/http_spot_market_agg_trades", "GET /api/v3/aggTrades"),
            ("integration_http_responses/http_spot_market_book_ticker", "GET /api/v3/ticker/bookTicker"),
            ("integration_http_responses/http_spot_market_depth", "GET /api/v3/depth"),
            ("integration_http_responses/http_spot_market_klines", "GET /api/v3/klines"),
            ("integration_http_responses/http_spot_market_ticker_price", "GET /api/v3/ticker/price"),
            ("integration_http_responses/http_spot_market_time", "GET /api/v3/time"),
        ])
    func `answers of REST`(file: String, name: String) throws {
        let text = ScratchFolder.read("\(SharedData.fixtures)/binance_spot/nautilus/\(file).json")
        let decoder = try #require(try BinanceDecoders.named(name))
        #expect(throws: Never.self) { try text.withUnsafeBufferPointer { _ = try decoder.decode($0) } }
    }

    @Test func `results inside of answers of the WebSocket API`() throws {
        let path = "\(SharedData.fixtures)/binance_spot/docs_web-socket-api.jsonl"
        let sections = FixtureLines.payloads(path, member: "section")
        var seen: [String] = []
        for (section, payload) in zip(sections, FixtureLines.payloads(path)) {
            guard let name = Self.calls.first(where: { section.contains($0.section) })?.name else { continue }
            let decoder = try #require(try BinanceDecoders.named(name))
            do {
                _ = try Array(payload.utf8).withUnsafeBufferPointer { try decoder.decode($0) }
                seen.append(name)
            } catch {
                seen.append("\(name): \(error)")
            }
        }
        // Two of them are calls, and one market has no reference price.
        #expect(
            seen
                == [
                    "ping", "time", "exchangeInfo", "depth", "trades.recent", "trades.historical",
                    "blockTrades.historical", "trades.aggregate", "klines", "uiKlines", "avgPrice",
                    "ticker.24hr", "ticker.24hr", "ticker.tradingDay", "ticker.tradingDay",
                    "ticker: 'status' is missing, at byte 132", "ticker", "ticker", "ticker.price",
                    "ticker.book: 'status' is missing, at byte 117", "ticker.book", "referencePrice",
                    "referencePrice: 'symbol' is missing, at byte 69", "session.logon",
                    "session.status", "session.logout", "userDataStream.subscribe",
                    "userDataStream.unsubscribe", "session.subscriptions",
                    "userDataStream.subscribe.signature",
                ])
    }

    private static let calls: [(section: String, name: String)] = [
        ("Check server time", "time"), ("Test connectivity", "ping"), ("> Order book", "depth"),
        ("Recent trades", "trades.recent"), ("Historical trades", "trades.historical"),
        ("Historical Block Trades", "blockTrades.historical"), ("Aggregate trades", "trades.aggregate"),
        ("> Klines", "klines"), ("UI Klines", "uiKlines"), ("Current average price", "avgPrice"),
        ("24hr ticker", "ticker.24hr"), ("Trading Day Ticker", "ticker.tradingDay"),
        ("Rolling window", "ticker"), ("Symbol price ticker", "ticker.price"),
        ("Symbol order book ticker", "ticker.book"), ("> Query Reference Price\"", "referencePrice"),
        ("Log in with API key", "session.logon"), ("Query session status", "session.status"),
        ("Log out of the session", "session.logout"), ("> Exchange information", "exchangeInfo"),
        ("Subscribe to User Data Stream (USER_STREAM)", "userDataStream.subscribe"),
        ("Unsubscribe from User Data Stream", "userDataStream.unsubscribe"),
        ("Listing all subscriptions", "session.subscriptions"),
        ("through signature subscription", "userDataStream.subscribe.signature"),
    ]

    @Test(
        arguments: [
            ("ExchangeInformation", "GET /eapi/v1/exchangeInfo"), ("IndexPrice", "GET /eapi/v1/index"),
            ("OpenInterest", "GET /eapi/v1/openInterest"), ("OrderBook", "GET /eapi/v1/depth"),
            ("RecentTradesList", "GET /eapi/v1/trades"),
        ])
    func `answers about options`(sample: String, name: String) throws {
        let path = "\(SharedData.fixtures)/binance_options/connector_go_rest_samples.jsonl"
        let names = FixtureLines.payloads(path, member: "name")
        let index = try #require(names.firstIndex(of: "\"\(sample)\""))
        let text = Array(FixtureLines.payloads(path)[index].utf8)
        let decoder = try #require(BinanceOptionsDecoders.named(name))
        #expect(throws: Never.self) { try text.withUnsafeBufferPointer { _ = try decoder.decode($0) } }
    }
}
