import CoinExVenue
import MarketModel
import Quantities
import ScriptedVenue
import TestSupport
import Testing
import Transport
import VenueKit

@testable import CoinExClient

/// Requests over real connections to a server that speaks the venue's words.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct CoinExClientTests {
    private let market = CoinExMarketName("BTCUSDT")!
    private let placement = CoinExPlaceOrder(
        .buy, "1", .limit("1100", .normal), in: "BTCUSDT", clientID: CoinExClientID("mine-1"))

    private func stage(
        _ answer: @escaping @Sendable (ScriptedVenue.Request) -> ScriptedVenue.Answer
    ) async throws -> ClientStage {
        ClientStage(venue: try await ScriptedVenue(answer: answer))
    }

    @Test func `a public request is answered with its typed reply`() async throws {
        let stage = try await stage { _ in .data(Words.depth) }
        let depth = try await stage.client().send(CoinExV1.depth(market, limit: 5))
        #expect(depth.bids == [Level(price: "9.99", quantity: "1")])
        #expect(depth.asks == [Level(price: "10", quantity: "0.9999")])
        let request = try #require(stage.venue.requests.first)
        #expect(request.line == "GET /v1/market/depth")
        #expect(request.query == "limit=5&market=BTCUSDT&merge=0")
        #expect(request.authorization == nil)
    }

    @Test func `a signed request carries the signature of the recipe`() async throws {
        let stage = try await stage { _ in .data(Words.order) }
        let client = try stage.client { $0.wallClock = { Instant(milliseconds: 1_513_746_038_205) } }
        let order = try await client.send(CoinExV1.order(VenueOrderID(462_672), in: "ETHUSDT"))
        #expect(order.id == VenueOrderID(21_860_034) && order.clientID == "mine-1")
        // The vector of the protocol's document.
        #expect(stage.venue.requests.first?.authorization == "ACBBE934F6995AA7CAB47D340DDFBCFF")
        #expect(
            stage.venue.requests.first?.query
                == "access_id=4DA36FFC61334695A66F8D29020EB589&id=462672&market=ETHUSDT&tonce=1513746038205")
    }

    @Test func `an order travels in a body`() async throws {
        let stage = try await stage { _ in .data(Words.order) }
        let order = try await stage.client().send(placement)
        #expect(order.status == .notDealt && order.price == "1100")
        let request = try #require(stage.venue.requests.first)
        #expect(request.line == "POST /v1/order/limit" && request.query == "")
        #expect(request.body.contains(#""client_id":"mine-1""#) && request.body.contains(#""price":"1100""#))
    }

    // MARK: - What is known of a request

    @Test func `a code of the allow-list is a refusal with proof`() async throws {
        let stage = try await stage { _ in .code(107, "balance not enough") }
        let client = try stage.client()
        let expected = CoinExClientError.refused(
            CoinExRefusal(CoinExErrorCode(rawValue: 107), "balance not enough"))
        #expect(await failure(client, placement) == expected)
        #expect("\(expected)" == "refused: code 107 (insufficient balance): balance not enough")
    }

    @Test(arguments: [
        (ScriptedVenue.Answer.reply(status: 502, Words.html), "status 502"), (.reply(""), "status 200"),
        (.reply(#"{"code":0,"da"#), "status 200"), (.code(36, "timeout"), "code 36"),
        (.code(3, ""), "code 3"),
        (.code(4_711, "?"), "code 4711"),
    ])
    func `what proves nothing leaves an order unknown, and a read to be repeated`(
        answer: ScriptedVenue.Answer, words: String
    ) async throws {
        let stage = try await stage { _ in answer }
        let client = try stage.client()
        let change = await failure(client, placement)
        guard case .outcomeUnknown? = change else {
            Issue.record("\(String(describing: change))")
            return
        }
        #expect("\(change!)".contains(words) && "\(change!)".contains("not known whether"))
        switch await failure(client, CoinExV1.balances()) {
        case .retryLater: #expect(words != "code 4711" && words != "code 36")
        case .refused: #expect(words == "code 4711" || words == "code 36")
        case let other: Issue.record("\(String(describing: other))")
        }
        // Nothing was sent twice.
        #expect(stage.venue.requests.count == 2)
    }

    @Test func `data that cannot be read are told with field and byte`() async throws {
        let stage = try await stage { _ in .data(#"{"last":"10.00","time":"soon","asks":[],"bids":[]}"#) }
        let client = try stage.client()
        let error = await failure(client, CoinExV1.depth(market))
        guard case .malformed(let decode)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(decode.field.description == "time" && decode.offset == 40)
    }

    @Test func `no answer in time leaves an order unknown`() async throws {
        let stage = try await stage { _ in .silence }
        let client = try stage.client { $0.requestTimeout = .milliseconds(200) }
        #expect(await failure(client, placement) == .outcomeUnknown(.noAnswer(.timeout)))
        #expect(
            await failure(client, CoinExV1.balances()) == .retryLater(.noAnswer(.timeout)))
    }

    @Test func `without a connection nothing is sent`() async throws {
        var settings = CoinExClientSettings()
        settings.url = "http://127.0.0.1:1/v1"
        settings.credentials = ClientStage.credentials
        settings.requestTimeout = .milliseconds(300)
        let client = try CoinExClient(settings)
        guard case .notSent(.connection)? = await failure(client, placement) else {
            Issue.record("it cannot have been sent")
            return
        }
    }

    @Test func `without a key what asks for one is not sent`() async throws {
        let stage = try await stage { _ in .data(Words.depth) }
        let client = try stage.client { $0.credentials = nil }
        #expect(await failure(client, placement) == .notSent(.noKey))
        _ = try await client.send(CoinExV1.depth(market))
        #expect(stage.venue.requests.count == 1)
    }

    @Test func `a task that is cancelled waits no longer, and a closed client sends nothing`() async throws {
        let stage = try await stage { _ in .silence }
        let client = try stage.client()
        let task = Task { [placement] in await failure(client, placement) }
        while stage.venue.requests.isEmpty { await Task.yield() }
        task.cancel()
        #expect(await task.value == .outcomeUnknown(.cancelled))

        let waiting = Task { [placement] in await failure(client, placement) }
        while stage.venue.requests.count < 2 { await Task.yield() }
        client.close()
        #expect(await waiting.value == .outcomeUnknown(.noAnswer(.closed)))
        #expect(await failure(client, placement) == .notSent(.closed))
    }

    // MARK: - Settings

    @Test(arguments: [
        "http://api.coinex.com/v1", "ftp://api.coinex.com", "api.coinex.com",
        "http://127.0.0.1.example.org/v1",
        "http://127.1/v1", "https://user:word@api.coinex.com/v1", "https://api.coinex.com/v1?x=1", "",
    ])
    func `an address without TLS is taken for this machine only`(url: String) {
        var settings = CoinExClientSettings()
        settings.url = url
        do throws(CoinExClientError) {
            _ = try CoinExClient(settings)
            Issue.record("'\(url)' was taken")
        } catch {
            guard case .misconfigured = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a proxy that cannot be understood is not gone around`() {
        var settings = CoinExClientSettings()
        settings.environment = ["https_proxy": "ftp://proxy.example"]
        #expect(throws: CoinExClientError.self) { _ = try CoinExClient(settings) }
        settings.environment["no_proxy"] = "coinex.com"
        #expect(throws: Never.self) { _ = try CoinExClient(settings) }
    }

    @Test func `a private authority is trusted where it is given, and nowhere else`() async throws {
        let scratch = ScratchFolder()
        let authority = TestAuthority(scratch.path)
        let venue = try await ScriptedVenue(
            certificate: authority.issue("venue"), answer: { _ in .data(Words.depth) })
        let stage = ClientStage(venue: venue)
        let trusting = try stage.client { $0.authorities = authority.file }
        #expect(try await trusting.send(CoinExV1.depth(market)).last == "10")
        let other = try stage.client { $0.requestTimeout = .milliseconds(500) }
        let error = await failure(other, CoinExV1.depth(market))
        guard case .notSent(.connection(.notConnected(.tls(_))))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(venue.requests.count == 1)
    }
}
