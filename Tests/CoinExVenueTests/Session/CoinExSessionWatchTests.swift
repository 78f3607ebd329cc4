import CoinExVenue
import MarketModel
import Quantities
import Testing

/// What a session notices once it is ready.
struct CoinExSessionWatchTests {
    private let lost = ["announce lost", "distrust books", "close"]

    @Test func `pings go every twenty seconds, and two without an answer in ten are the end`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        #expect(probe.run(31, pongs: false) == ["20s ping 3", "30s ping 4"])
        #expect(
            probe.run(60, pongs: false) == [
                "40s tell no pong", "40s announce lost", "40s distrust books", "40s close",
            ])
    }

    @Test func `one ping that is answered makes up for one that is not`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        _ = probe.run(31, pongs: false)
        #expect(probe.reply(4) == [])
        #expect(probe.run(33, pongs: false) == ["50s ping 5", "60s ping 6"])
        #expect(probe.session.isReady)
    }

    @Test func `P3: whenever a connection falls silent, that is found within two intervals of pings`() {
        for second in Int64(0)..<40 {
            var probe = SessionProbe([.order])
            probe.getReady()
            _ = probe.run(20 + second)
            let log = probe.run(40, pongs: false)
            #expect(log.contains { $0.hasSuffix("tell no pong") }, "silent after \(second) s: \(log)")
        }
    }

    @Test func `a frozen book is asked for anew although pings are answered, and twice is the end`() {
        var probe = SessionProbe([.depth, .order])
        probe.getReady()
        var log: [String] = []
        for _ in 0..<7 {
            probe.heard(1)
            log += probe.run(10)
        }
        probe.heard(1)
        log += probe.run(10)
        #expect(log == ["75s tell depth silent 0", "75s distrust books", "75s subscribe 7 depth"])
        log = []
        for _ in 0..<8 {
            probe.replyToAll()
            probe.heard(1)
            log += probe.run(10)
        }
        #expect(log.last == "155s close")
        #expect(log.filter { $0.hasSuffix("close") }.count == 1)
    }

    @Test func `a book that does not come after its subscription is asked for again, ever more slowly`() {
        var probe = SessionProbe([.depth, .order])
        probe.getReady()
        _ = probe.damaged(1)
        var log: [String] = []
        for _ in 0..<8 {
            probe.replyToAll()
            probe.heard(0)
            log += probe.run(5)
        }
        #expect(log.filter { $0.hasSuffix("depth") } == ["10s subscribe 5 depth", "30s subscribe 7 depth"])
        #expect(log.contains("10s tell depth silent 1"))
        // It has come: from here on only its silence counts.
        probe.heard(1)
        for _ in 0..<6 {
            probe.heard(0)
            probe.heard(1)
            #expect(probe.run(10) == [])
        }
        #expect(probe.session.isReady)
    }

    @Test func `a book that moves again is trusted again`() {
        var probe = SessionProbe([.depth], markets: 1)
        probe.getReady()
        _ = probe.run(75)
        _ = probe.reply(probe.session.lastCallID)
        probe.heard(0)
        #expect(probe.run(74) == [])
        probe.heard(0)
        #expect(probe.run(74) == [])
        #expect(probe.session.isReady)
    }

    @Test func `silent statistics are the end`() {
        var probe = SessionProbe([.state], signed: false)
        probe.getReady()
        _ = probe.run(30)
        probe.session.heard(.state, nil, at: probe.now)
        #expect(
            probe.run(60) == [
                "90s tell state silent ", "90s announce lost", "90s distrust books", "90s close",
            ])
    }

    @Test func `trades may be silent`() {
        var probe = SessionProbe([.deals, .order])
        probe.getReady()
        #expect(probe.run(100_000) == [])
    }

    @Test func `a damaged book is asked for anew at once, but not more than three times a minute`() {
        var probe = SessionProbe([.depth, .order])
        probe.getReady()
        for second in 0..<3 {
            let id = 7 + second
            _ = probe.run(1)
            probe.heard(0)
            probe.heard(1)
            let asked = probe.damaged(1)
            #expect(
                asked.count == 3 && asked[2].hasPrefix("subscribe") && asked[0] == "tell book damaged 1",
                "\(id)")
            #expect(probe.damaged(0) == ["tell book damaged 0"], "one is under way")
            _ = probe.reply(probe.session.lastCallID)
        }
        #expect(probe.damaged(0) == ["tell book damaged 0"])
        #expect(probe.damaged(1) == ["tell book damaged 1"])
        var log: [String] = []
        for _ in 0..<6 {
            probe.heard(0)
            probe.heard(1)
            log += probe.run(10)
        }
        #expect(log.map { $0.split(separator: " ")[0] } == ["61s", "61s"])
        #expect(log.last?.hasSuffix("depth") == true)
    }

    @Test func `an order that the venue took and its stream does not tell of ends the connection`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        probe.session.acknowledged(OrderID(raw: 1), at: probe.now)
        probe.session.acknowledged(OrderID(raw: 2), at: probe.now)
        probe.session.pushed(OrderID(raw: 1))
        #expect(
            probe.run(6) == [
                "5s tell order 2 not pushed", "5s announce lost", "5s distrust books", "5s close",
            ])
        _ = probe.disconnected()
        _ = probe.run(1)
        _ = probe.connected()
        #expect(probe.run(8) == [], "the next connection does not wait for it")
    }

    @Test func `a push may come before the reply`() {
        var probe = SessionProbe([.order])
        probe.getReady()
        probe.session.pushed(OrderID(raw: 1))
        probe.session.acknowledged(OrderID(raw: 1), at: probe.now)
        #expect(probe.run(60) == [])
    }

    @Test func `whatever comes in whatever order, time goes on and the session gets ready again`() {
        let seed = FuzzChoice.seed
        for number in 0..<FuzzChoice.cases(300) {
            var random = SeededRandom(seed: seed &+ UInt64(number))
            var probe = SessionProbe([.depth, .deals, .state, .order, .asset])
            _ = probe.start()
            for _ in 0..<200 { Self.surprise(&probe, &random) }
            #expect(Self.recovers(&probe), "seed \(seed &+ UInt64(number))")
        }
    }

    private static let failures: [CoinExCallFailure?] = [
        nil, nil, nil, .internalError, .tooQuick, .signatureRequired, .methodNotFound, .other(9),
    ]

    private static func surprise(_ probe: inout SessionProbe, _ random: inout SeededRandom) {
        switch random.below(12) {
        case 0: _ = probe.connected()
        case 1: _ = probe.disconnected()
        case 2, 3, 4:
            let id = probe.session.lastCallID - Int64(random.below(6))
            _ = probe.reply(id, failures[random.below(failures.count)])
        case 5, 6:
            let last = probe.session.lastQueryID
            _ = probe.query(last &- min(last, UInt64(random.below(5))), fails: random.chance(0.3))
        case 7: _ = probe.damaged(random.below(2))
        case 8: probe.session.acknowledged(OrderID(raw: UInt64(random.below(9))), at: probe.now)
        case 9: probe.session.pushed(OrderID(raw: UInt64(random.below(9))))
        case 10: probe.heard(random.below(2))
        default: _ = probe.run(Int64(random.below(40)), pongs: random.chance(0.8))
        }
    }

    /// Answers everything as a good venue does, and says whether the session gets ready.
    private static func recovers(_ probe: inout SessionProbe) -> Bool {
        _ = probe.disconnected()
        for _ in 0..<200 {
            if probe.session.isReady { return true }
            var actions: [CoinExSessionAction] = []
            if probe.session.nextDue < .distantFuture {
                probe.now = max(probe.now, probe.session.nextDue)
                actions = probe.session.advance(to: probe.now)
            }
            while !actions.isEmpty {
                switch actions.removeFirst() {
                case .connect: actions += probe.session.connected(at: probe.now)
                case .close: actions += probe.session.disconnected(at: probe.now, &probe.random)
                case .call(let id, _): actions += probe.session.replied(id, nil, at: probe.now)
                case .query(let id, _):
                    actions += probe.session.queried(id, succeeded: true, at: probe.now)
                case .announce, .distrustBooks, .expectHistory, .tell: break
                }
            }
        }
        return false
    }
}
