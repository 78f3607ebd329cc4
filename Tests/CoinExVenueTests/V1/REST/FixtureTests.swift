import CoinExVenue
import TestSupport
import Testing
import WireCodecs

/// What others collected of the venue's answers: each is read, or refused for the reason that stands here.
@Suite(.enabled(if: SharedData.hasFixtures, "the collected answers are not beside the repository"))
struct FixtureTests {
    private static let folder = SharedData.fixtures + "/coinex_v1/"

    @Test(arguments: [
        ("Account/CancelWithdrawalAsync", "DELETE /balance/coin/withdraw", "read"),
        ("Account/GetDepositAddressAsync", "GET /balance/deposit/address/{coin_type}", "read"),
        ("Account/GetWithdrawalHistoryAsync", "GET /balance/coin/withdraw", "read"),
        ("ExchangeData/GetAssetConfigAsync", "GET /common/asset/config", "read"),
        // Commas before a closing bracket: the authors' reader is lenient, no venue sends that.
        ("ExchangeData/GetKlinesAsync", "GET /market/kline", "unexpectedByte"),
        ("ExchangeData/GetSymbolInfoAsync", "GET /market/info", "read"),
        ("ExchangeData/GetTickerAsync", "GET /market/ticker", "read"),
        ("ExchangeData/GetTradeHistoryAsync", "GET /market/deals", "read"),
        ("Trading/CancelAllStopOrdersAsync", "DELETE /order/stop/pending", "read"),
        ("Trading/GetClosedOrdersAsync", "GET /order/finished", "unexpectedByte"),
        ("Trading/GetOpenStopOrdersAsync", "GET /order/stop/pending", "read"),
        ("Trading/GetOrderTradesAsync", "GET /order/deals", "read"),
        ("Trading/PlaceOrderAsync", "POST /order/limit", "unexpectedByte"),
    ])
    func `files`(file: String, name: String, verdict: String) throws {
        let bytes = ScratchFolder.read(Self.folder + "jkorf/Spot/\(file).txt")
        try #require(!bytes.isEmpty)
        #expect(try Self.verdict(bytes, name) == verdict)
    }

    /// By line of the file. Futures are another interface: their lines say so.
    private static let lines: [(name: String, verdict: String)] = [
        ("GET /common/asset/config", "read"), ("", "futures"),
        // Tickers of futures have all members of those of spot, and more.
        ("GET /market/ticker", "read"), ("GET /market/ticker/all", "read"),
        ("GET /market/depth", "read"), ("GET /market/deals", "read"), ("GET /market/kline", "read"),
        ("GET /margin/account", "read"), ("", "futures"),
        ("POST /order/limit", "bare"), ("POST /order/limit", "read"), ("POST /order/stop/limit", "read"),
        ("DELETE /order/pending/batch", "read"),
        // Blanks of the typesetter in names and values.
        ("POST /order/modify", "price refused"), ("DELETE /order/pending (all)", "read"),
        ("GET /order/status", "read"), ("", "futures"), ("", "futures"),
        ("GET /balance/deposit/address/{coin_type}", "read"), ("", "futures"), ("", "futures"),
        ("", "futures"),
        ("", "futures"), ("", "futures"), ("GET /margin/transfer/history", "read"),
        ("GET /balance/coin/deposit", "read"), ("GET /margin/config", "read"), ("POST /margin/loan", "read"),
    ]

    @Test func `lines of answers`() throws {
        let lines = Self.payloads("ccxt_rest_samples.jsonl")
        try #require(lines.count == Self.lines.count)
        for (index, line) in lines.enumerated() {
            let (name, expected) = Self.lines[index]
            switch expected {
            case "futures": #expect(name.isEmpty)
            // An order without its envelope.
            case "bare": #expect(try Self.verdict(Array(Self.enveloped(line).utf8), name) == "read")
            default:
                let verdict = try Self.verdict(Array(line.utf8), name)
                #expect(verdict == expected, "line \(index + 1)")
            }
        }
    }

    @Test func `lines of documents`() throws {
        let names = [
            5: "GET /market/depth", 6: "GET /market/deals", 7: "GET /order/user/deals", 8: "GET /market/list",
            9: "GET /market/info", 10: "GET /market/detail",
        ]
        // The others are messages of the stream, and the body of a request.
        let lines = Self.payloads("docs_spot_samples.jsonl")
        try #require(lines.count == 12)
        for (index, name) in names.sorted(by: { $0.key < $1.key }) {
            #expect(try Self.verdict(Array(lines[index].utf8), name) == "read", "line \(index + 1)")
        }
    }

    private static func enveloped(_ line: String) -> String { line.enveloped }

    /// `read`, or why not.
    private static func verdict(_ bytes: [UInt8], _ name: String) throws -> String {
        let decoder = try #require(CoinExDecoders.named(name), "no endpoint \(name)")
        do {
            _ = try bytes.withUnsafeBufferPointer { try decoder.decode($0) }
            return "read"
        } catch {
            let failure = try #require(error as? CoinExFailure)
            switch failure {
            case .refused(let refusal): return "code \(refusal.code.rawValue)"
            case .gateway(let answer): return reason(answer.error)
            case .malformed(let error): return reason(error)
            }
        }
    }

    private static func reason(_ error: CoinExDecodeError) -> String {
        let field = error.field.description
        return switch error.kind {
        case .json(let kind): field.isEmpty ? "\(kind)" : "\(field) \(kind)"
        case .missingField: "\(field) is missing"
        case .unknownValue: "\(field) unknown"
        case .lostDigits: "\(field) loses digits"
        case .tooMany: "\(field) too many"
        }
    }

    /// The member `payload` of each line.
    private static func payloads(_ file: String) -> [String] {
        let text = String(decoding: ScratchFolder.read(folder + file), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            var payload: String?
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
