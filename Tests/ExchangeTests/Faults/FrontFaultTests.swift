import MarketModel
import Quantities
import Testing

@testable import Exchange

/// What faults by script do to the clients of the exchange.
struct FrontFaultTests {
    private static let order: [String: WireValue] = [
        "market": "BTCUSDT", "type": "buy", "amount": "0.01", "price": "10000",
    ]

    /// A stage with faults, in which the first account listens to its orders and to a book.
    private func stage(
        _ kind: ExchangeFaultKind, _ change: (inout ExchangeFault) -> Void = { _ in }
    ) throws -> (stage: FrontStage, session: FrontSessionID) {
        var fault = ExchangeFault(kind)
        // The client comes and signs in before anything goes wrong.
        fault.from = .seconds(1)
        change(&fault)
        let stage = try FrontStage { _, settings in settings.faults = [fault] }
        let session = stage.open()
        stage.sign(session)
        stage.ask("order.subscribe", on: session)
        stage.ask("depth.subscribe", #"["BTCUSDT",5,"0"]"#, on: session)
        stage.pass(.seconds(2))
        _ = stage.messages(session)
        return (stage, session)
    }

    private func place(_ stage: FrontStage, as key: (id: String, secret: String) = FrontStage.first)
        -> FrontReply
    {
        stage.call("POST", "/order/limit", Self.order, as: key)
    }

    private func pending(_ stage: FrontStage) -> String {
        stage.call("GET", "/order/pending", ["market": "BTCUSDT", "page": 1, "limit": 10])["count"]
    }

    private func struck(_ stage: FrontStage) -> String {
        stage.front.faults.counts.map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: ", ")
    }

    @Test func `a reply is lost, and its order rests`() throws {
        let (stage, session) = try stage(.replyLost) { $0.every = .minutes(1) }
        #expect(place(stage) == .lost)
        #expect(pending(stage) == "1")
        #expect(stage.messages(session).contains { $0.contains("order.update") })
        #expect(struck(stage) == "reply-lost 1")
        #expect(stage.front.core.audit().isSound)
    }

    @Test func `a push is lost, another account's is not`() throws {
        let (stage, session) = try stage(.pushLost) {
            $0.push = .order
            $0.account = "first"
        }
        let other = stage.open()
        stage.sign(other, as: FrontStage.second)
        stage.ask("order.subscribe", on: other)
        _ = place(stage)
        _ = place(stage, as: FrontStage.second)
        stage.pass(.seconds(1))
        #expect(!stage.messages(session).contains { $0.contains("order.update") })
        #expect(stage.messages(other).contains { $0.contains("order.update") })
        #expect(struck(stage) == "push-lost 1")
    }

    @Test func `a push is told twice`() throws {
        let (stage, session) = try stage(.pushRepeated) { $0.push = .order }
        _ = place(stage)
        let told = stage.messages(session).filter { $0.contains("order.update") }
        #expect(told.count == 2)
        #expect(told.first == told.last)
    }

    @Test func `a push comes late, and what follows waits for it or overtakes it`() throws {
        for (kind, isInOrder) in [(ExchangeFaultKind.pushDelayed, true), (.pushReordered, false)] {
            let (stage, session) = try stage(kind) {
                $0.push = .order
                $0.delay = .seconds(3)
                $0.every = .minutes(1)
            }
            _ = place(stage)
            #expect(stage.messages(session).isEmpty)
            #expect(stage.ask("server.ping", on: session).isEmpty == isInOrder)
            stage.pass(.seconds(4))
            let late = stage.messages(session)
            #expect(late.first?.contains("order.update") == isInOrder, "\(late)")
            #expect(late.contains { $0.contains("order.update") }, "\(late)")
            #expect(late.contains { $0.contains("pong") } == isInOrder)
        }
    }

    @Test func `a book stands still while pings are answered`() throws {
        let (stage, session) = try stage(.depthFrozen) { $0.until = .seconds(30) }
        _ = place(stage)
        stage.pass(.seconds(5))
        #expect(!stage.messages(session).contains { $0.contains("depth.update") })
        #expect(stage.ask("server.ping", on: session).contains { $0.contains("pong") })
        stage.pass(.minutes(2))
        // The whole book, once a minute.
        #expect(stage.messages(session).contains { $0.contains("depth.update") && $0.contains("10000") })
    }

    @Test func `a checksum is wrong`() throws {
        let (good, goodSession) = try stage(.pushRepeated) { $0.push = .order }
        let (bad, badSession) = try stage(.checksumWrong)
        for stage in [good, bad] {
            _ = place(stage)
            stage.pass(.seconds(1))
        }
        func book(_ messages: [String]) throws -> String {
            try #require(messages.first { $0.contains("depth.update") })
        }
        let right = try book(good.messages(goodSession))
        let wrong = try book(bad.messages(badSession))
        #expect(JSONPath.text(right, "params.1.bids") == JSONPath.text(wrong, "params.1.bids"))
        #expect(JSONPath.text(right, "params.1.checksum") != JSONPath.text(wrong, "params.1.checksum"))
    }

    @Test func `an order arrives 40 seconds late, and counts`() throws {
        let (stage, _) = try stage(.requestLate) { $0.every = .minutes(5) }
        #expect(place(stage).status == 0)
        #expect(pending(stage) == "0")
        stage.pass(.seconds(39))
        #expect(pending(stage) == "0")
        stage.pass(.seconds(2))
        #expect(pending(stage) == "1")
        #expect(stage.front.core.audit().isSound)
    }

    @Test(arguments: [false, true])
    func `an error of the server says nothing of what was done`(isCarriedOut: Bool) throws {
        let (stage, _) = try stage(.serverError) {
            $0.every = .minutes(1)
            $0.status = 504
            $0.isCarriedOut = isCarriedOut
        }
        #expect(place(stage).status == 504)
        #expect(pending(stage) == (isCarriedOut ? "1" : "0"))
    }

    @Test func `too many requests, it says, by code or by status`() throws {
        let (stage, _) = try stage(.rateLimited) { $0.market = "BTCUSDT" }
        #expect(place(stage).code == 213)
        let (other, _) = try self.stage(.rateLimited) { $0.status = 429 }
        #expect(place(other).status == 429)
        // Another market is another matter.
        let reply = stage.call("GET", "/order/pending", ["market": "CETUSDT", "page": 1, "limit": 10])
        #expect(reply.code == 0)
    }

    @Test func `replies are slow`() throws {
        let (stage, _) = try stage(.slowReplies) { $0.delay = .seconds(2) }
        #expect(place(stage).status == 0)
        stage.pass(.seconds(3))
        #expect(
            stage.outputs.contains { if case .reply(_, let reply) = $0 { reply.code == 0 } else { false } })
    }

    @Test func `a socket is reset without a goodbye, and another can be opened`() throws {
        let (stage, session) = try stage(.socketReset) { $0.every = .minutes(1) }
        #expect(stage.ask("server.ping", on: session) == ["(reset)"])
        stage.front.closeSession(session)
        let next = stage.open()
        #expect(stage.ask("server.ping", on: next).contains { $0.contains("pong") })
    }

    @Test func `a half-open socket hears and says nothing until it is over`() throws {
        let (stage, session) = try stage(.halfOpen) { $0.until = .seconds(20) }
        #expect(stage.ask("server.ping", on: session).isEmpty)
        _ = place(stage)
        stage.pass(.seconds(5))
        #expect(stage.messages(session).isEmpty)
        #expect(!stage.answersPing(session))
        stage.pass(.seconds(20))
        _ = stage.messages(session)
        #expect(stage.answersPing(session))
        #expect(stage.ask("server.ping", on: session).contains { $0.contains("pong") })
    }

    @Test func `maintenance is announced, ends all sockets, and ends`() throws {
        var notice = ExchangeFault(.maintenanceNotice)
        notice.from = .seconds(5)
        notice.delay = .seconds(10)
        var pause = ExchangeFault(.maintenance)
        pause.from = .seconds(15)
        pause.until = .seconds(60)
        let stage = try FrontStage { _, settings in settings.faults = [notice, pause] }
        let session = stage.open()
        stage.sign(session)
        stage.ask("notice.subscribe", "[101]", on: session)
        stage.pass(.seconds(6))
        let told = stage.messages(session)
        #expect(told.contains { $0.contains("notice.update") && $0.contains("1636000015") }, "\(told)")
        stage.pass(.seconds(10))
        #expect(stage.messages(session) == ["(closed)"])
        #expect(place(stage).status == 503)
        #expect(stage.front.openSession(address: 0x7F00_0001, at: stage.now) == nil)
        stage.pass(.seconds(60))
        #expect(place(stage).code == 0)
        #expect(struck(stage) == "maintenance 1, maintenance-notice 1")
    }

    @Test func `a clock that is ahead refuses what was signed by a right one`() throws {
        let (stage, session) = try stage(.clockAhead) { $0.delay = .seconds(90) }
        #expect(place(stage).code == 227)
        #expect(
            stage.ask("server.time", on: session)
                .contains { $0.contains("\(stage.now.nanoseconds / 1_000_000_000 + 90)") })
        // Where clients without a socket take the time from.
        let ticker = stage.send("GET", "/market/ticker", ["market": "BTCUSDT"])
        #expect(ticker["date"] == "\(stage.now.nanoseconds / 1_000_000 + 90_000)")
    }

    @Test func `a fault of a market has its assets' balances too`() throws {
        for (market, isLost) in [("BTCUSDT", true), ("CETUSDT", true), ("ETHUSDT", false)] {
            let (stage, session) = try stage(.pushLost) {
                $0.push = .asset
                $0.market = market
            }
            stage.ask("asset.subscribe", on: session)
            // What a buy freezes is USDT, which two of the markets trade for.
            _ = place(stage)
            #expect(!stage.messages(session).contains { $0.contains("asset.update") } == isLost, "\(market)")
        }
        let (stage, session) = try stage(.pushLost) {
            $0.push = .asset
            $0.market = "CETUSDT"
        }
        stage.ask("asset.subscribe", on: session)
        let sale: [String: WireValue] = [
            "market": "BTCUSDT", "type": "sell", "amount": "0.01", "price": "90000",
        ]
        #expect(stage.call("POST", "/order/limit", sale).code == 0)
        #expect(stage.messages(session).contains { $0.contains(#"{"BTC":{"#) })
    }

    @Test func `handshakes are slow while that lasts`() throws {
        let (stage, _) = try stage(.slowTLS) {
            $0.until = .seconds(10)
            $0.delay = .milliseconds(7)
        }
        #expect(stage.handshakePause() == .milliseconds(7))
        stage.pass(.seconds(20))
        #expect(stage.handshakePause() == nil)
        #expect(struck(stage) == "tls-slow 1")
    }

    @Test func `the same seed strikes alike, and faults do not disturb each other`() throws {
        func told(_ faults: [ExchangeFault], seed: UInt64) throws -> [Bool] {
            let stage = try FrontStage { _, settings in
                settings.faults = faults
                settings.seed = seed
            }
            return (0..<60).map { _ in
                stage.pass(.seconds(1))
                return place(stage).isLost
            }
        }
        var lost = ExchangeFault(.replyLost)
        lost.probability = 0.5
        var slow = ExchangeFault(.pushLost)
        slow.probability = 0.5
        let first = try told([lost], seed: 3)
        #expect(try told([lost], seed: 3) == first)
        #expect(try told([lost, slow], seed: 3) == first)
        #expect(try told([lost], seed: 4) != first)
        #expect(first.contains(true) && first.contains(false))
    }

    @Test func `faults that are cleared let late requests through, and are still counted`() throws {
        let (stage, _) = try stage(.requestLate)
        _ = place(stage)
        stage.front.clearFaults(at: stage.now)
        #expect(pending(stage) == "1")
        #expect(stage.front.faults.isEmpty)
        #expect(struck(stage) == "request-late 1")
    }
}
