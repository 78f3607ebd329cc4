import CoinExVenue
import MarketModel
import Quantities
import Testing

/// The way from nothing to ready, and every fault on it.
struct CoinExSessionTests {
    private let subscriptions = [
        "distrust books", "subscribe 2 depth", "expect history", "subscribe 3 deals", "subscribe 4 order",
        "subscribe 5 ownDeals", "subscribe 6 asset",
    ]
    private let queries = [
        "query 1 open orders", "query 2 stop orders", "query 3 balances", "query 4 deals after 0",
    ]

    @Test func `the way to ready`() {
        var probe = SessionProbe()
        #expect(probe.start() == ["announce connecting", "connect"])
        #expect(probe.connected() == ["sign 1"])
        #expect(probe.reply(1) == subscriptions)
        for id in [Int64(5), 2, 6, 3] { #expect(probe.reply(id) == []) }
        #expect(probe.reply(4) == queries)
        #expect(!probe.session.isReady)
        for id in [UInt64(2), 4, 1] { #expect(probe.query(id) == []) }
        #expect(probe.query(3) == ["announce ready"])
        #expect(probe.session.isReady)
    }

    @Test func `without a key there is nothing to sign and nothing to ask for`() {
        var probe = SessionProbe([.depth, .order, .state], signed: false)
        _ = probe.start()
        #expect(probe.connected() == ["distrust books", "subscribe 1 depth", "subscribe 2 state"])
        #expect(probe.reply(1) == [])
        #expect(probe.reply(2) == ["announce ready"])
    }

    @Test func `an attempt that fails or takes too long is made again`() {
        var probe = SessionProbe()
        _ = probe.start()
        #expect(probe.disconnected() == [])
        #expect(probe.run(1) == ["0s announce connecting", "0s connect"])
        #expect(probe.run(15) == ["15s tell connect timeout", "15s close"])
        #expect(probe.connected() == [], "too late")
        #expect(probe.disconnected() == [])
        #expect(probe.run(2).last?.hasSuffix("connect") == true)
    }

    @Test func `a refused signature ends the connection, and the next comes late`() {
        for failure in [CoinExCallFailure.signatureRefused, .internalError, .other(25)] {
            var probe = SessionProbe()
            _ = probe.start()
            _ = probe.connected()
            #expect(
                probe.reply(1, failure) == [
                    "tell sign refused: \(failure)", "announce lost", "distrust books", "close",
                ])
            #expect(probe.disconnected() == [])
            #expect(probe.run(59) == [])
            #expect(probe.run(1) == ["60s announce connecting", "60s connect"])
        }
    }

    @Test func `no answer to a signature or a subscription ends the connection`() {
        var probe = SessionProbe()
        _ = probe.start()
        _ = probe.connected()
        let lost = ["10s announce lost", "10s distrust books", "10s close"]
        #expect(probe.run(10) == ["10s tell sign timeout"] + lost)
        var other = SessionProbe()
        _ = other.start()
        _ = other.connected()
        _ = other.reply(1)
        for id in [Int64(2), 3, 5, 6] { _ = other.reply(id) }
        #expect(other.run(10) == ["10s tell subscribe order timeout"] + lost)
        #expect(other.reply(4) == [], "too late")
        #expect(other.session.strayReplies == 1)
    }

    @Test func `a subscription that fails for a passing reason is repeated, and then given up`() {
        var probe = SessionProbe()
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        for id in [Int64(3), 4, 5, 6] { _ = probe.reply(id) }
        #expect(probe.reply(2, .serviceTimeout) == ["tell depth refused: serviceTimeout"])
        #expect(probe.run(1) == ["1s distrust books", "1s subscribe 7 depth"])
        #expect(probe.reply(7, .internalError) == ["tell depth refused: internalError"])
        #expect(probe.run(2) == ["3s distrust books", "3s subscribe 8 depth"])
        var good = probe
        #expect(good.reply(8) == queries)
        #expect(
            probe.reply(8, .serviceUnavailable) == [
                "tell depth refused: serviceUnavailable", "announce lost", "distrust books", "close",
            ])
    }

    @Test func `a stream that can be missed is, another one is not`() {
        var probe = SessionProbe()
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        for id in [Int64(2), 3, 4, 6] { _ = probe.reply(id) }
        var other = SessionProbe([.order])
        _ = other.start()
        _ = other.connected()
        _ = other.reply(1)
        #expect(probe.reply(5, .methodNotFound) == ["tell ownDeals refused: methodNotFound"] + queries)
        #expect(
            other.reply(2, .invalidArgument) == [
                "tell order refused: invalidArgument", "announce lost", "distrust books", "close",
            ])
    }

    @Test func `calls that come too quickly make the session stay away for a while`() {
        var probe = SessionProbe([.order])
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        #expect(probe.reply(2, .tooQuick).last == "close")
        _ = probe.disconnected()
        #expect(probe.run(9) == [])
        #expect(probe.run(1) == ["10s announce connecting", "10s connect"])
    }

    @Test func `a signature that is wanted again is given, a few times`() {
        var probe = SessionProbe([.order])
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        #expect(probe.reply(2, .signatureRequired) == ["tell order refused: signatureRequired", "sign 3"])
        #expect(probe.reply(3) == ["subscribe 4 order"])
        _ = probe.reply(4, .signatureRequired)
        _ = probe.reply(5)
        #expect(probe.reply(6, .signatureRequired).last == "close")
    }

    @Test func `a query that fails is repeated without end, and readiness waits for it`() {
        var probe = SessionProbe([.order])
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        #expect(probe.reply(2) == queries)
        for id in [UInt64(1), 3, 4] { _ = probe.query(id) }
        var id: UInt64 = 2
        var pauses: [Int64] = []
        for _ in 0..<8 {
            #expect(probe.query(id, fails: true) == ["tell query failed: stopOrders"])
            let failedAt = probe.now
            probe.now = probe.session.nextDue
            // Pings are due as well.
            while probe.session.advance(to: probe.now).allSatisfy({
                if case .query = $0 { false } else { true }
            }) {
                _ = probe.reply(probe.session.lastCallID)
                probe.now = probe.session.nextDue
            }
            pauses.append((probe.now - failedAt).nanoseconds / 1_000_000_000)
            id = probe.session.lastQueryID
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        #expect(!probe.session.isReady)
        #expect(probe.query(id) == ["announce ready"])
    }

    @Test func `a connection that ends at any step is made again from the beginning`() {
        for step in 0..<4 {
            var probe = SessionProbe([.order])
            _ = probe.start()
            if step > 0 { _ = probe.connected() }
            if step > 1 { _ = probe.reply(1) }
            if step > 2 { _ = probe.reply(2) }
            if step > 3 { for id in 1...4 { _ = probe.query(UInt64(id)) } }
            let expected = step == 0 ? [] : ["announce lost", "distrust books"]
            #expect(probe.disconnected() == expected, "step \(step)")
            #expect(probe.run(1).last?.hasSuffix("connect") == true, "step \(step)")
            let first = probe.connected()
            #expect(first.count == 1 && first[0].hasPrefix("sign"), "step \(step)")
        }
    }

    @Test func `answers to queries of an earlier connection do not count`() {
        var probe = SessionProbe([.order])
        probe.session.saw(DealID(77))
        _ = probe.start()
        _ = probe.connected()
        _ = probe.reply(1)
        #expect(probe.reply(2).last == "query 4 deals after 77")
        probe.session.saw(DealID(99))
        _ = probe.disconnected()
        _ = probe.run(1)
        _ = probe.connected()
        _ = probe.reply(3)
        #expect(probe.reply(4).last == "query 8 deals after 99")
        for id in 1...4 { #expect(probe.query(UInt64(id)) == []) }
        for id in 5...7 { #expect(probe.query(UInt64(id)) == []) }
        #expect(probe.query(8) == ["announce ready"])
        #expect(probe.query(8) == [], "twice")
    }

    @Test func `stopping closes, and what comes later does nothing`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        #expect(probe.session.isReady)
        #expect(probe.stop() == ["announce lost", "distrust books", "close"])
        #expect(probe.stop() == [])
        #expect(probe.reply(2) == [])
        #expect(probe.disconnected() == [])
        #expect(probe.run(100) == [])
        #expect(probe.start() == ["announce connecting", "connect"])
    }

    @Test func `stopping between attempts and starting while closing`() {
        var probe = SessionProbe([.order])
        _ = probe.start()
        _ = probe.disconnected()
        #expect(probe.stop() == [])
        #expect(probe.run(100) == [])
        probe.getReady()
        _ = probe.stop()
        #expect(probe.start() == [])
        #expect(probe.disconnected() == ["announce connecting", "connect"])
    }

    @Test func `replies that nobody waits for are counted`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        #expect(probe.reply(2) == [])
        #expect(probe.reply(99, .internalError) == [])
        #expect(probe.session.strayReplies == 2)
        #expect(probe.session.isReady)
    }

    @Test func `lost pushes are asked for, and nothing is sent meanwhile`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        #expect(probe.words(probe.session.lostPushes()).first == "announce connecting")
        #expect(!probe.session.isReady)
        for id in 5...8 { _ = probe.query(UInt64(id)) }
        #expect(probe.session.isReady)
    }
}
