import CoinExVenue
import Glibc
import TestSupport
import Testing
import WireCodecs

/// What others collected of the second generation's answers: each is read, or refused for the reason that stands here.
@Suite(.enabled(if: SharedData.hasFixtures, "the collected answers are not beside the repository"))
struct FixtureV2Tests {
    private static let folder = SharedData.fixtures + "/coinex_v2/"

    @Test(arguments: [
        ("ExchangeData/GetIndexPrices", "GET /spot/index"),
        ("ExchangeData/GetOrderBook", "GET /spot/depth"),
        ("ExchangeData/GetTickers", "GET /spot/ticker"),
        ("Account/GetTradingFees", "GET /account/trade-fee-rate"),
        ("Account/SetAccountConfig", "POST /account/settings"),
        ("Trading/CancelAllOrders", "POST /spot/cancel-all-order"),
        ("Trading/CancelOrders", "POST /spot/cancel-batch-order"),
        ("Trading/CancelStopOrder", "POST /spot/cancel-stop-order"),
        ("Trading/EditOrder", "POST /spot/modify-order"),
        ("Trading/GetClosedOrders", "GET /spot/finished-order"),
        ("Trading/GetOpenOrders", "GET /spot/pending-order"),
        ("Trading/GetOrder", "GET /spot/order-status"),
        ("Trading/GetUserTrades", "GET /spot/user-deals"),
        ("Trading/PlaceMultipleStopOrders", "POST /spot/batch-stop-order"),
        ("Trading/PlaceStopOrder", "POST /spot/stop-order"),
    ])
    func `files about spot trading are read`(file: String, name: String) throws {
        let lines = try Self.lines("jkorf/Endpoints/SpotApi/\(file).txt")
        // Method, path and whether it is signed come first.
        #expect("\(lines[0]) \(lines[1].dropFirst(3))" == name)
        let body = lines.dropFirst(3).joined(separator: "\n")
        #expect(try Self.verdict(body, name) == "read")
        let row = try #require(CoinExV2.endpoints.first { $0.name == name })
        #expect("\(row.isSigned)" == lines[2])
    }

    /// Files about anything else: what becomes of each; nil is read.
    private static let others: [(file: String, verdict: String?)] = [
        ("SpotApi/Account/GetAutoMarketMakerAccountLiquidity", nil),
        ("SpotApi/Account/GetBorrowHistory", nil),
        ("SpotApi/Account/GetCreditAccount", nil), ("SpotApi/Account/GetFinancialBalances", nil),
        ("SpotApi/Account/GetTransfers", nil), ("FuturesApi/Account/GetBalances", nil),
        ("FuturesApi/ExchangeData/GetBasisHistory", nil), ("FuturesApi/ExchangeData/GetFundingRates", nil),
        ("FuturesApi/ExchangeData/GetOrderBook", nil), ("FuturesApi/ExchangeData/GetTickers", nil),
        ("FuturesApi/ExchangeData/GetPremiumIndexPriceHistory", nil),
        // Their samples have times of the year 2488.
        ("SpotApi/Account/GetDepositHistory", "outOfRange"),
        ("FuturesApi/ExchangeData/GetKlines", "outOfRange"),
        ("SpotApi/Account/Withdraw", "moves money"), ("SpotApi/Account/MarginBorrow", "moves money"),
        ("SpotApi/Account/AddAutoMarketMakerLiquidity", "moves money"),
        ("SpotApi/Account/RemoveAutoMarketMakerLiquidity", "moves money"),
    ]

    @Test func `files about anything else are read, or refused with the reason`() throws {
        for (file, expected) in Self.others {
            let verdict = try Self.verdict(ofFile: "jkorf/Endpoints/\(file).txt")
            if let expected {
                #expect(verdict.contains(expected), "\(file): \(verdict)")
            } else {
                #expect(verdict == "read", "\(file): \(verdict)")
            }
        }
    }

    @Test func `orders and positions of futures are refused with the reason`() throws {
        let folder = "jkorf/Endpoints/FuturesApi/Trading/"
        let files = ScratchFolder.names(in: Self.folder + folder)
        try #require(files.count > 10)
        for file in files {
            let verdict = try Self.verdict(ofFile: folder + file)
            #expect(verdict.hasPrefix("not read: orders and positions of futures are another interface"))
        }
    }

    private static func verdict(ofFile file: String) throws -> String {
        let lines = try lines(file)
        let body = lines.dropFirst(3).joined(separator: "\n")
        return try verdict(body, "\(lines[0]) \(lines[1].dropFirst(3))")
    }

    @Test
    func `a name that nobody knows is refused by the area that it belongs to, and none has two decoders`() {
        for name in [
            "POST /futures/tomorrow", "GET /assets/tomorrow", "GET /account/tomorrow", "position.tomorrow",
        ] {
            #expect(throws: CoinExTextRefusal.self) {
                _ = try [].withUnsafeBufferPointer { try CoinExDecoders.named(name, in: .v2)?.decode($0) }
            }
        }
        #expect(CoinExDecoders.named("GET /tomorrow", in: .v2) == nil)
        let names = CoinExDecoders.v2.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// By line of the file.
    private static let answers: [(name: String, verdict: String)] = [
        ("GET /assets/all-deposit-withdraw-config", "read"), ("GET /futures/market", "read"),
        ("GET /spot/ticker", "read"), ("GET /spot/depth", "read"),
        // A deal, and an address, without the envelope that they came in.
        ("GET /futures/user-deals", "futures"), ("GET /spot/market", "read"), ("GET /spot/kline", "read"),
        ("GET /assets/spot/balance", "read"), ("POST /spot/stop-order", "read"),
        ("POST /spot/stop-order", "read"), ("POST /futures/set-position-stop-loss", "futures"),
        // An order of futures: it has the members of a spot order but for the name of its unit.
        ("POST /spot/order", "read"), ("POST /spot/batch-order", "read"),
        ("POST /futures/batch-order", "futures"), ("POST /spot/cancel-batch-order", "read"),
        ("POST /futures/cancel-batch-order", "futures"), ("POST /spot/modify-order", "read"),
        ("POST /futures/modify-order", "futures"), ("POST /spot/cancel-stop-order-by-client-id", "read"),
        ("POST /spot/cancel-order-by-client-id", "read"), ("POST /futures/cancel-order", "futures"),
        ("POST /spot/cancel-all-order", "read"), ("GET /spot/order-status", "read"),
        ("GET /futures/finished-order", "futures"), ("GET /futures/pending-order", "futures"),
        ("GET /spot/finished-order", "read"), ("GET /spot/pending-order", "read"),
        ("GET /assets/deposit-address", "no reply of the venue"), ("GET /spot/user-deals", "read"),
        ("POST /futures/adjust-position-leverage", "futures"),
        ("POST /futures/adjust-position-margin", "futures"), ("GET /futures/funding-rate", "read"),
        ("GET /futures/funding-rate-history", "read"), ("GET /assets/withdraw", "read"),
        ("GET /assets/margin/interest-limit", "read"), ("POST /assets/margin/borrow", "moves money"),
        ("GET /assets/margin/interest-limit", "read"), ("GET /futures/position-margin-history", "futures"),
    ]

    @Test func `lines of answers`() throws {
        let lines = try Self.payloads("ccxt_rest_samples.jsonl")
        try #require(lines.count == Self.answers.count)
        for (index, line) in lines.enumerated() {
            let (name, expected) = Self.answers[index]
            let verdict = try Self.verdict(line, name)
            #expect(verdict.contains(expected), "line \(index + 1): \(verdict)")
        }
    }

    @Test func `lines of the socket`() throws {
        let names = [
            "state.update", "balance.update", "deals.update", "depth.update", "order.update", "bbo.update",
            "order.subscribe", "order.subscribe", "server.sign", "server.sign", "server.sign",
        ]
        let lines = try Self.payloads("ccxt_ws_samples.jsonl")
        try #require(lines.count == names.count)
        for (line, name) in zip(lines, names) { #expect(try Self.verdict(line, name) == "read", "\(name)") }
    }

    @Test(arguments: [
        "Balance", "BookPrice", "Concurrent", "IndexPrice", "Order", "OrderBook", "StopOrder", "Tickers",
        "Trades", "UserTrade",
    ])
    func `dialogues of the socket`(file: String) throws {
        // `>` is ours, `<` an answer, `=` what is pushed; ids are left open in these files.
        let text = try Self.lines("jkorf/Subscriptions/SpotApi/\(file).txt").joined(separator: "\n")
        var messages: [String] = []
        for line in text.split(separator: "\n") {
            let begins = line.first.map { "<=>".contains($0) } ?? false
            if begins {
                messages.append(String(line))
            } else if !messages.isEmpty {
                messages[messages.count - 1] += "\n" + line
            }
        }
        var read = 0
        for message in messages where !message.hasPrefix(">") {
            let body = message.drop { $0 != "{" }.replacing("|id|", with: "1").replacing("|1|", with: "1")
                .replacing("|2|", with: "2")
            let isPush = message.hasPrefix("=")
            let name = isPush ? Self.method(of: String(body)) : "server.sign"
            #expect(try Self.verdict(String(body), name) == "read", "\(message)")
            read += 1
        }
        #expect(read > 1)
    }

    private static func method(of text: String) -> String {
        let rest = text.split(separator: #""method""#, maxSplits: 1).last ?? ""
        return String(rest.split(separator: #"""#).dropFirst().first ?? "")
    }

    /// `read`, or why not.
    private static func verdict(_ text: String, _ name: String) throws -> String {
        let decoder = try #require(CoinExDecoders.named(name, in: .v2), "no decoder \(name)")
        do {
            _ = try Array(text.utf8).withUnsafeBufferPointer { try decoder.decode($0) }
            return "read"
        } catch {
            return "\(error)"
        }
    }

    private static func lines(_ file: String) throws -> [String] {
        let bytes = ScratchFolder.read(folder + file)
        try #require(!bytes.isEmpty, "\(file)")
        let isReturn: (UInt8) -> Bool = { $0 == UInt8(ascii: "\r") }
        // A mark of the order of bytes comes first in some.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let plain = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
        return String(decoding: plain.filter { !isReturn($0) }, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }

    /// The member `payload` of each line.
    private static func payloads(_ file: String) throws -> [String] {
        try lines(file).map { line in
            var payload = ""
            Array(line.utf8).withUnsafeBufferPointer { bytes in
                var json = JSONCursor(bytes)
                do throws(JSONError) {
                    try json.object { json, key throws(JSONError) in
                        if "payload" ~= key { payload = String(decoding: try json.rawValue(), as: UTF8.self) }
                    }
                } catch {
                    Issue.record("\(file): \(error)")
                }
            }
            return payload
        }
    }
}
