import Foundation
import Glibc
import ScriptedVenue
import TestSupport
import Testing

@testable import Launcher

/// The command line against a server that speaks the venue's words.
@Suite(.timeLimit(.minutes(2))) struct CoinExCommandTests {
    private let scratch = ScratchFolder()

    private static let order = #"""
        {"amount":"1","asset_fee":"0","avg_price":"0.00","client_id":"mine-1","create_time":1494320533,
        "deal_amount":"0","deal_fee":"0","deal_money":"0","fee_asset":null,"fee_discount":"0","finished_time":null,
        "id":21860034,"left":"1","maker_fee_rate":"0.001","market":"BTCUSDT","order_type":"limit","price":"1100",
        "source_id":"","status":"not_deal","stock_fee":"0","money_fee":"0","taker_fee_rate":"0.002","type":"buy"}
        """#
    private static let info = #"""
        {"name":"BTCUSDT","min_amount":"0.001","trading_name":"BTC","trading_decimal":8,"pricing_name":"USDT",
        "pricing_decimal":2,"taker_fee_rate":"0.002","maker_fee_rate":"0.001"}
        """#
    private static let ticker = #"""
        {"last":"10.1","buy":"10.00","buy_amount":"10.00","sell":"10.2","sell_amount":"0.78","open":"10","high":"12",
        "low":"9","vol":"110"}
        """#

    private static let deal = #"""
        {"id":7,"order_id":8,"account_id":0,"create_time":1494214689,"type":"sell","role":"maker","price":"10",
        "amount":"2","deal_money":"20","fee":"0.02","fee_asset":"USDT","market":"BTCUSDT"}
        """#

    /// What the venue answers, by the line of the request without its base.
    private static func answer(_ request: ScriptedVenue.Request) -> ScriptedVenue.Answer {
        switch "\(request.method) \(request.path.dropFirst(3))" {
        case "GET /market/info": .data(#"{"BTCUSDT":\#(info),"ETHBTC":\#(info)}"#)
        case "GET /market/detail": .data(info)
        case "GET /market/ticker": .data(#"{"date":1513865441609,"ticker":\#(ticker)}"#)
        case "GET /market/ticker/all":
            .data(#"{"date":1513865441609,"ticker":{"BTCUSDT":\#(ticker),"ETHBTC":\#(ticker)}}"#)
        case "GET /market/depth":
            .data(
                #"{"last":"10.00","time":1539764050033,"asks":[["10.5","0.9999"],["11","20"]],"bids":[["9.99","1"]]}"#
            )
        case "GET /market/kline":
            .data(
                #"[[1492358400,"10.0","10.2","10.3","9.9","10","100"],[1492362000,"10.2","9","10.3","8.75","1","9"]]"#
            )
        case "GET /market/deals":
            .data(
                #"[{"id":5,"date":1494214689,"date_ms":1494214689067,"price":"10.00","amount":"0.0001","type":"buy"}]"#
            )
        case "GET /balance/info":
            .data(#"{"BTC":{"available":"1.50","frozen":"0"},"USDT":{"available":"1000","frozen":"12.5"}}"#)
        case "GET /order/pending", "GET /order/finished":
            .data(#"{"data":[\#(order)],"curr_page":1,"has_next":false,"count":1,"total":1}"#)
        case "GET /order/user/deals":
            .data(#"{"data":[\#(deal)],"curr_page":1,"has_next":false,"count":1}"#)
        case "GET /account/market/fee": .data(#"{"taker":"0.0018","maker":"0.0016"}"#)
        case "POST /order/limit", "POST /order/market": .data(order)
        // Without a number it is for all orders of a market.
        case "DELETE /order/pending": .data(request.query.contains("&id=") ? order : "null")
        case "POST /order/stop/limit": .data(#"{"status":"success"}"#)
        case "DELETE /order/pending/by_client_id":
            .data(
                #"[{"code":0,"message":"OK","order":\#(order)},{"code":600,"message":"not found","order":{}}]"#
            )
        default: .reply(status: 404, "<html>not found</html>")
        }
    }

    private func venue(
        _ answer: @escaping @Sendable (ScriptedVenue.Request) -> ScriptedVenue.Answer = answer
    ) async throws -> ScriptedVenue {
        try await ScriptedVenue(answer: answer)
    }

    private func key(mode: mode_t = 0o600) -> String {
        let path = scratch.write("access_id = canary-id\nsecret_key = canary-secret\n", "coinex.key")
        chmod(path, mode)
        return path
    }

    private func coinex(_ words: [String], _ venue: ScriptedVenue, key: String? = nil) -> Caught {
        let keyWords = key.map { ["--key", $0] } ?? []
        return Caught(["coinex"] + words + ["--url", venue.url] + keyWords, in: scratch)
    }

    // MARK: - Tables

    @Test func `markets, tickers, candles and trades are tables`() async throws {
        let venue = try await venue()
        #expect(
            coinex(["markets", "btcu"], venue).output == """
                market   base  quote  minimum  price digits  amount digits  maker  taker
                BTCUSDT  BTC   USDT     0.001             2              8  0.001  0.002

                """)
        #expect(
            coinex(["ticker"], venue).output == """
                market   last  change  bid   ask  high  low  volume
                BTCUSDT  10.1  +1.00%   10  10.2    12    9     110
                ETHBTC   10.1  +1.00%   10  10.2    12    9     110

                """)
        #expect(
            coinex(["klines", "btcusdt", "--limit", "2"], venue).output == """
                time                 open  high   low  close  volume
                2017-04-16 16:00:00    10  10.3   9.9   10.2      10
                2017-04-16 17:00:00  10.2  10.3  8.75      9       1

                """)
        #expect(
            coinex(["trades", "BTCUSDT"], venue).output == """
                time                 id  side  price  amount
                2017-05-08 03:38:09   5  buy      10  0.0001

                """)
    }

    @Test func `a book has its sides next to each other`() async throws {
        #expect(
            coinex(["book", "BTCUSDT", "--levels", "5"], try await venue()).output == """
                BTCUSDT  last 10  2018-10-17 08:14:10
                amount   bid   ask  amount
                     1  9.99  10.5  0.9999
                     -     -    11      20

                """)
    }

    @Test func `a book that is watched is shown with every change, until the stream ends`() async throws {
        @Sendable func push(_ price: String) -> String {
            #"""
            {"method":"depth.update","params":[true,{"asks":[["10.5","1"]],"bids":[["\#(price)","2"]],"last":"10",
            "time":1539764050033},"BTCUSDT"],"id":null}
            """#
        }
        let venue = try await ScriptedVenue(say: { text in
            guard text.contains(#""depth.subscribe","params":["BTCUSDT",5,"0",false]"#) else {
                return .goodbye()
            }
            let done = #"{"error":null,"result":{"status":"success"},"id":1}"#
            return .goodbye(after: [done, push("9.9"), push("9.8")])
        })
        let caught = Caught(
            ["coinex", "book", "BTCUSDT", "--levels", "5", "--watch", "--url", venue.url], in: scratch)
        #expect(caught.code == .unavailable && caught.errors.contains("closed with 1001"))
        #expect(
            caught.output == """
                BTCUSDT  last 10  2018-10-17 08:14:10
                amount  bid   ask  amount
                     2  9.9  10.5       1
                BTCUSDT  last 10  2018-10-17 08:14:10
                amount  bid   ask  amount
                     2  9.8  10.5       1

                """)
    }

    @Test func `balances, orders, deals and fees are tables`() async throws {
        let venue = try await venue()
        let key = key()
        let balance = coinex(["balance"], venue, key: key)
        #expect(balance.errors == "")
        #expect(
            balance.output == """
                coin  available  frozen   total
                BTC         1.5       0     1.5
                USDT       1000    12.5  1012.5

                """)
        #expect(
            coinex(["orders"], venue, key: key).output == """
                time                       id  market   type   side  amount  price  filled  average  status    name
                2017-05-09 09:02:13  21860034  BTCUSDT  limit  buy        1   1100       0        -  not_deal  mine-1

                """)
        #expect(
            coinex(["deals", "BTCUSDT"], venue, key: key).output == """
                time                 id  order  market   side  role   price  amount  value   fee  fee in
                2017-05-08 03:38:09   7      8  BTCUSDT  sell  maker     10       2     20  0.02  USDT

                """)
        #expect(
            coinex(["fees", "BTCUSDT"], venue, key: key).output == """
                market    maker   taker
                BTCUSDT  0.0016  0.0018

                """)
    }

    @Test(
        arguments: [
            (["markets"], nil), (["ticker"], nil), (["ticker", "BTCUSDT"], "last"),
            (["book", "BTCUSDT"], "bids"),
            (["klines", "BTCUSDT"], nil), (["trades", "BTCUSDT"], nil), (["balance"], nil), (["orders"], nil),
            (["orders", "--finished"], nil), (["deals"], nil), (["fees", "BTCUSDT"], "taker"),
            (["time"], "offset_ms"),
            (["place", "buy", "1", "BTCUSDT", "--price", "1100", "--yes"], "id"),
            (["cancel", "BTCUSDT", "21860034"], nil),
        ] as [([String], String?)])
    func `every verb tells one JSON document and nothing else`(words: [String], member: String?) async throws
    {
        let caught = coinex(words + ["--json"], try await venue(), key: key())
        #expect(caught.code == .success)
        let document = try JSONSerialization.jsonObject(with: Data(caught.output.utf8))
        if let member {
            #expect((document as? [String: Any])?[member] != nil)
        } else {
            #expect((document as? [Any])?.isEmpty == false)
        }
        // Nothing of the secret is anywhere.
        #expect(!caught.output.contains("canary-secret") && !caught.errors.contains("canary-secret"))
    }

    // MARK: - Placing and cancelling

    @Test func `an order is placed with a name, and not without agreement`() async throws {
        let venue = try await venue()
        let words = ["place", "buy", "1", "BTCUSDT", "--price", "1100", "--option", "maker-only"]
        let asked = coinex(words, venue, key: key())
        #expect(asked.code == .usage && asked.errors.contains("needs --yes"))
        #expect(venue.requests.isEmpty)
        let placed = coinex(words + ["--yes"], venue, key: key())
        #expect(placed.code == .success && placed.output.contains("21860034"))
        let body = try #require(venue.requests.last?.body)
        #expect(body.contains(#""option":"MAKER_ONLY""#) && body.contains(#""client_id":"cli-"#))
    }

    @Test func `a market order names the unit of its amount`() async throws {
        let venue = try await venue()
        let words = ["place", "buy", "25", "BTCUSDT", "--market", "--yes", "--client-id", "n1"]
        #expect(coinex(words, venue, key: key()).code == .success)
        #expect(venue.requests.last?.body.contains(#""asset":"BTC""#) == true)
        #expect(coinex(words + ["--spend"], venue, key: key()).code == .success)
        #expect(venue.requests.last?.body.contains(#""asset":"USDT""#) == true)
    }

    @Test func `a stop order is accepted under its name`() async throws {
        let words = [
            "place", "sell", "1", "BTCUSDT", "--price", "9", "--stop", "9.5", "--yes", "--client-id", "n1",
        ]
        #expect(
            coinex(words, try await venue(), key: key()).output == """
                market   name  status
                BTCUSDT  n1    accepted

                """)
    }

    @Test func `orders are cancelled by number, by name, and all of a market only when that is said`()
        async throws
    {
        let venue = try await venue()
        #expect(coinex(["cancel", "BTCUSDT"], venue, key: key()).code == .usage)
        #expect(coinex(["cancel", "BTCUSDT", "0"], venue, key: key()).code == .usage)
        #expect(coinex(["cancel", "BTCUSDT", "5", "--all", "--yes"], venue, key: key()).code == .usage)
        #expect(coinex(["cancel", "BTCUSDT", "--all"], venue, key: key()).code == .usage)
        #expect(venue.requests.isEmpty)
        #expect(
            coinex(["cancel", "btcusdt", "5", "6"], venue, key: key()).output == """
                market   order  result
                BTCUSDT  5      cancelled
                BTCUSDT  6      cancelled

                """)
        #expect(venue.requests.allSatisfy { $0.query.contains("&id=") })
        #expect(
            coinex(["cancel", "BTCUSDT", "--client-id", "mine-1"], venue, key: key()).output == """
                market   order     result
                BTCUSDT  21860034  cancelled
                BTCUSDT  mine-1    refused: code 600 (no such order)

                """)
        #expect(coinex(["cancel", "BTCUSDT", "--all", "--yes"], venue, key: key()).code == .success)
        #expect(venue.requests.last?.query.contains("&id=") == false)
    }

    // MARK: - Errors

    @Test(arguments: [
        (ScriptedVenue.Answer.code(107, "no money"), ExitCode.refused, "code 107"),
        (.code(213, "slowly"), .retryLater, "code 213"),
        (.reply(status: 502, "<html>"), .outcomeUnknown, "coinex orders BTCUSDT --client-id n1"),
        (.reply(""), .outcomeUnknown, "not known whether"),
        (.data(#"{"id":"7"}"#), .malformed, "'id'"),
    ])
    func `what is known of an order is the exit code`(
        answer: ScriptedVenue.Answer, code: ExitCode, words: String
    ) async throws {
        let venue = try await venue { _ in answer }
        let caught = coinex(
            ["place", "buy", "1", "BTCUSDT", "--price", "1", "--yes", "--client-id", "n1"], venue, key: key())
        #expect(caught.code == code && caught.output == "")
        #expect(caught.errors.contains(words), "\(caught.errors)")
    }

    @Test func `a key that others can read is refused, and so is none`() async throws {
        let venue = try await venue()
        let open = coinex(["balance"], venue, key: key(mode: 0o644))
        #expect(
            open.code == .notPermitted
                && open.errors.contains("has mode 0644, so others can read or change it"))
        #expect(coinex(["balance"], venue, key: scratch.file("none")).code == .notPermitted)
        #expect(venue.requests.isEmpty)
        // Markets need none.
        #expect(coinex(["markets"], venue).code == .success)
    }

    @Test func `a clock that is off is told with its distance`() async throws {
        // The venue's noon of 2017: this machine's clock is years ahead of it.
        let venue = try await venue { request in
            .code(227, "tonce check error", date: "Thu, 21 Dec 2017 14:10:41 GMT")
        }
        let caught = coinex(["balance"], venue, key: key())
        #expect(caught.code == .refused)
        #expect(
            caught.errors.contains("this machine's clock is ")
                && caught.errors.contains(" s ahead of the venue's"))
    }

    @Test func `a clock that is off is corrected, and told of all the same`() async throws {
        let venue = try await venue { request in
            let tonce =
                request.query.split(separator: "&").first { $0.hasPrefix("tonce=") }
                .flatMap { Int64($0.dropFirst(6)) } ?? 0
            let date = "Thu, 21 Dec 2017 14:10:41 GMT"
            guard abs(tonce - 1_513_865_441_000) < 60_000 else { return .code(227, "tonce", date: date) }
            return .data(#"{"BTC":{"available":"1","frozen":"0"}}"#, date: date)
        }
        let caught = coinex(["balance"], venue, key: key())
        #expect(caught.code == .success && caught.output.contains("BTC"))
        #expect(caught.errors.contains("signatures carry the venue's time, but the clock should be set"))
        #expect(venue.requests.count == 2)
    }

    @Test(arguments: [
        (["coinex", "market"], "did you mean 'markets'?"),
        (["coinex", "book"], "which market?"),
        (["coinex", "book", "BTC/USDT"], "is no market"),
        (["coinex", "book", "BTCUSDT", "--levels", "7"], "5, 10, 20 or 50"),
        (["coinex", "ticker", "A", "B"], "one word too many"),
        (["coinex", "klines", "BTCUSDT", "--period", "2min"], "--period is one of"),
        (["coinex", "ticker", "--jsn"], "did you mean '--json'?"),
        (["coinex", "markets", "--url", "http://api.coinex.com/v1"], "for this machine only"),
        (["coinex", "markets", "--ca", "/nowhere.pem"], "/nowhere.pem"),
    ])
    func `bad words are told with what would be right`(words: [String], hint: String) {
        let caught = Caught(words, in: scratch)
        #expect(caught.code == .usage && caught.output == "")
        #expect(caught.errors.contains(hint), "\(caught.errors)")
    }

    @Test func `help teaches: every verb has an example that it takes`() throws {
        let overview = Caught(["coinex", "--help"], in: scratch)
        #expect(overview.code == .success)
        for verb in CoinExCommand.verbs {
            #expect(overview.output.contains("coinex \(verb.name)"))
            let help = Caught(["coinex", verb.name, "--help"], in: scratch)
            #expect(help.code == .success && help.output.contains("coinex \(verb.example)"))
            _ = try Arguments(
                verb.example.split(separator: " ").dropFirst().map(String.init),
                options: verb.options + CoinExCommand.common)
        }
    }
}
