import CoinExVenue
import Locks
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing

@testable import CoinExClient

/// The streams over real connections to a server that speaks the venue's words.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct CoinExStreamsTests {
    /// `{"id":1,"method":"server.ping","params":[]}` as its three parts.
    private struct Call {
        var id: Int
        var method: String
        var text: String

        init(_ text: String) {
            self.text = text
            func part(_ key: String) -> Substring {
                guard let start = text.ranges(of: "\"\(key)\":").first?.upperBound else { return "" }
                return text[start...].prefix { $0 != "," && $0 != "}" }
            }
            id = Int(part("id")) ?? 0
            method = String(part("method").filter { $0 != "\"" })
        }
    }

    private func open(
        eventsMax: Int = 4_096, callTimeout: Interval = .seconds(20),
        _ say: @escaping @Sendable (Int, String) -> [String]?
    ) async throws -> Dialogue {
        let heard = Heard()
        let venue = try await ScriptedVenue(say: { text in
            let call = Call(text)
            heard.add(text)
            return say(call.id, call.method).map { .texts($0) } ?? .goodbye()
        })
        let stage = ClientStage(venue: venue)
        let settings = stage.settings {
            $0.streamEventsMax = eventsMax
            $0.callTimeout = callTimeout
        }
        return Dialogue(venue: venue, streams: try await CoinExStreams.open(settings), heard: heard)
    }

    /// A venue and a connection to it, which live as long as this does.
    private struct Dialogue {
        let venue: ScriptedVenue
        let streams: CoinExStreams
        let heard: Heard
    }

    final class Heard: Sendable {
        private let texts = Lock<[String]>([])
        func add(_ text: String) { texts.withLock { $0.append(text) } }
        var all: [String] { texts.withLock { $0 } }
    }

    private static let deals = #"""
        {"method":"deals.update","params":["BTCUSDT",[{"type":"sell","time":1496458040.059284,"price":"46444.74",
        "id":29433,"amount":"0.0012"}]],"id":null}
        """#
    private static let state = #"""
        {"method":"state.update","params":[{"BTCUSDT":{"last":"10","open":"9","high":"11","low":"8","volume":"5",
        "deal":"50","period":86400}}],"id":null}
        """#

    private static func success(_ id: Int) -> String {
        #"{"error":null,"result":{"status":"success"},"id":\#(id)}"#
    }

    @Test func `calls are answered by their ids, whatever their order`() async throws {
        let dialogue = try await open { id, method in
            switch method {
            case "server.time": [#"{"error":null,"result":1709208000,"id":\#(id)}"#]
            case "depth.query": [#"{"error":null,"result":\#(Words.depth),"id":\#(id)}"#]
            case "asset.query":
                [#"{"error":null,"result":{"BTC":{"available":"1.5","frozen":"0.5"}},"id":\#(id)}"#]
            default: [#"{"error":{"code":4,"message":"method not found"},"result":null,"id":\#(id)}"#]
            }
        }
        async let time = dialogue.streams.call(.time)
        async let depth = dialogue.streams.call(.queryDepth(CoinExDepthTopic("BTCUSDT", limit: 5)))
        async let assets = dialogue.streams.call(.queryAssets(["BTC"]))
        #expect(try await time == .time(1_709_208_000))
        guard case .book(let book) = try await depth else {
            Issue.record("a book was asked for")
            return
        }
        #expect(book.bids == [Level(price: "9.99", quantity: "1")] && book.last == "10")
        let balance = CoinExStreamBalance(coin: "BTC", account: 0, available: "1.5", frozen: "0.5")
        #expect(try await assets == .balances([balance]))
        await #expect(
            throws: CoinExStreamFault.refused(CoinExV1CallError(code: 4, message: "method not found"))
        ) {
            try await dialogue.streams.call(.queryIndexes)
        }
        #expect(dialogue.heard.all.count == 4)
    }

    @Test func `pushes come in their order, and end with the connection`() async throws {
        let dialogue = try await open { id, method in
            method == "deals.subscribe"
                ? [
                    Self.success(id),
                    Self.deals,
                    Self.state,
                ] : nil
        }
        try await dialogue.streams.call(.subscribeDeals(["BTCUSDT"]))
        var seen: [CoinExStreamEvent] = []
        var end: String?
        do {
            for try await event in dialogue.streams.events {
                seen.append(event)
                // The venue ends the connection at the second call.
                if seen.count == 2 { _ = try? await dialogue.streams.call(.ping) }
            }
        } catch {
            end = "\(error)"
        }
        #expect(seen.count == 2)
        guard case .deals("BTCUSDT", let deals) = seen.first, case .states(let states) = seen.last else {
            Issue.record("\(seen)")
            return
        }
        #expect(deals.map(\.price) == ["46444.74"] && deals.first?.side == .sell)
        #expect(states.first?.open == "9")
        #expect(end?.contains("1001") == true)
    }

    @Test func `private streams are signed with the venue's time`() async throws {
        let dialogue = try await open { id, method in
            switch method {
            case "server.time": [#"{"error":null,"result":1513746038,"id":\#(id)}"#]
            case "server.sign": [Self.success(id)]
            default:
                [
                    Self.success(id),
                    #"{"method":"asset.update","params":[{"BTC":{"available":"2","frozen":"0"}}],"id":null}"#,
                ]
            }
        }
        try await dialogue.streams.sign()
        try await dialogue.streams.call(.subscribeAssets([]))
        var first: CoinExStreamEvent?
        for try await event in dialogue.streams.events {
            first = event
            break
        }
        #expect(
            first == .balances([CoinExStreamBalance(coin: "BTC", account: 0, available: "2", frozen: "0")]))
        let sign = try #require(dialogue.heard.all.first { $0.contains("server.sign") })
        #expect(sign.contains(#""4DA36FFC61334695A66F8D29020EB589","#) && sign.contains(",1513746038000]"))
        #expect(!sign.contains("B51068CF"))
    }

    @Test func `a reader that is too slow is told, behind what waits`() async throws {
        let dialogue = try await open(eventsMax: 3) { id, _ in
            let push =
                #"{"method":"asset.update","params":[{"BTC":{"available":"2","frozen":"0"}}],"id":null}"#
            return Array(repeating: push, count: 5) + [Self.success(id)]
        }
        let streams = dialogue.streams
        await #expect(throws: CoinExStreamFault.overflow) { try await streams.call(.subscribeAssets([])) }
        var count = 0
        await #expect(throws: CoinExStreamFault.overflow) { for try await _ in streams.events { count += 1 } }
        #expect(count == 3)
    }

    @Test func `a message that cannot be read ends the connection, with its place`() async throws {
        let dialogue = try await open { _, _ in
            [#"{"method":"order.update","params":[9,{}],"id":null}"#]
        }
        _ = try? await dialogue.streams.call(.subscribeOrders([]))
        do {
            for try await _ in dialogue.streams.events {}
            Issue.record("an unknown event of an order is loud")
        } catch {
            #expect("\(error)".contains("order.update") && "\(error)".contains("unknown value"))
        }
    }

    @Test func `a call without an answer ends in time, and a closed connection takes none`() async throws {
        let dialogue = try await open(callTimeout: .milliseconds(100)) { _, _ in [] }
        await #expect(throws: CoinExStreamFault.timeout) { try await dialogue.streams.call(.time) }
        dialogue.streams.close()
        await #expect(throws: CoinExStreamFault.ended("closed")) { try await dialogue.streams.call(.time) }
        for try await _ in dialogue.streams.events { Issue.record("nothing comes after the end") }
    }

    @Test func `a private authority is trusted where it is given`() async throws {
        let scratch = ScratchFolder()
        let authority = TestAuthority(scratch.path)
        let venue = try await ScriptedVenue(
            certificate: authority.issue("venue"), say: { .texts([Self.success(Call($0).id)]) })
        let stage = ClientStage(venue: venue)
        let streams = try await CoinExStreams.open(stage.settings { $0.authorities = authority.file })
        #expect(try await streams.call(.subscribeDeals([])) == .done)
        await #expect(throws: CoinExStreamFault.self) { _ = try await CoinExStreams.open(stage.settings()) }
    }
}
