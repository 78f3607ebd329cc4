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

    @Test func `files about anything else have no decoder`() throws {
        for file in [
            "AddAutoMarketMakerLiquidity", "GetAutoMarketMakerAccountLiquidity", "GetBorrowHistory",
            "GetCreditAccount", "GetDepositHistory", "GetFinancialBalances", "GetTransfers", "MarginBorrow",
            "RemoveAutoMarketMakerLiquidity", "Withdraw",
        ] {
            let lines = try Self.lines("jkorf/Endpoints/SpotApi/Account/\(file).txt")
            #expect(CoinExDecoders.named("\(lines[0]) \(lines[1].dropFirst(3))", in: .v2) == nil)
        }
    }

    /// By line of the file. Futures, margin and the wallet are other interfaces: their lines say so.
    private static let answers: [(name: String, verdict: String)] = [
        ("", "wallet"), ("", "futures"), ("GET /spot/ticker", "read"), ("GET /spot/depth", "read"),
        ("", "futures"), ("GET /spot/market", "read"), ("GET /spot/kline", "read"),
        ("GET /assets/spot/balance", "read"), ("POST /spot/stop-order", "read"),
        ("POST /spot/stop-order", "read"), ("", "futures"), ("POST /spot/order", "unfilled"),
        ("POST /spot/batch-order", "read"), ("", "futures"), ("POST /spot/cancel-batch-order", "read"),
        ("", "futures"), ("POST /spot/modify-order", "read"), ("", "futures"),
        ("POST /spot/cancel-stop-order-by-client-id", "read"),
        ("POST /spot/cancel-order-by-client-id", "read"), ("", "futures"),
        ("POST /spot/cancel-all-order", "read"), ("GET /spot/order-status", "read"), ("", "futures"),
        ("", "futures"), ("GET /spot/finished-order", "read"), ("GET /spot/pending-order", "read"),
        ("", "wallet"), ("GET /spot/user-deals", "read"), ("", "futures"), ("", "futures"), ("", "futures"),
        ("", "futures"), ("", "wallet"), ("", "margin"), ("", "margin"), ("", "margin"), ("", "futures"),
    ]

    @Test func `lines of answers`() throws {
        let lines = try Self.payloads("ccxt_rest_samples.jsonl")
        try #require(lines.count == Self.answers.count)
        for (index, line) in lines.enumerated() {
            let (name, expected) = Self.answers[index]
            switch expected {
            case "futures", "wallet", "margin": #expect(name.isEmpty)
            // An order of futures: it has the members of a spot order but for the name of its unit.
            case "unfilled": #expect(try Self.verdict(line, name) == "read", "line \(index + 1)")
            default:
                let verdict = try Self.verdict(line, name)
                #expect(verdict == expected, "line \(index + 1)")
            }
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
