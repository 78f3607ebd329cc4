import BinanceVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct BinanceSessionTests {
    private static let day: Int64 = 86_400_000
    private static let nearlyADay: Int64 = (23 * 60 + 50) * 60_000

    @Test func `a session connects, makes its calls one after the other, and is ready when all are answered`()
    {
        var stage = SessionStage([.subscribe(["a@trade"]), .subscribe(["b@trade"]), .listSubscriptions])
        #expect(stage.start() == ["connecting", "connect 1"])
        #expect(stage.connected(1) == ["send 1 #1 subscribe a@trade"])
        #expect(stage.reply(1, 7) == [], "nobody waits for 7")
        #expect(stage.reply(1, 1) == ["send 1 #2 subscribe b@trade"])
        #expect(stage.reply(1, 2) == ["send 1 #3 LIST_SUBSCRIPTIONS"])
        #expect(!stage.session.isReady)
        #expect(stage.reply(1, 3) == ["ready"])
        #expect(stage.session.isReady)
        #expect(stage.stop() == ["close 1", "lost"])
        #expect(stage.session.nextDue == .distantFuture)
    }

    @Test func `messages keep the venue's limit, with one left for a pong`() {
        var stage = SessionStage((1...9).map { .subscribe(["s\($0)"]) })
        _ = stage.start()
        var sent = stage.connected(1).count
        for id in 1...4 { sent += stage.reply(1, Int64(id)).count }
        // Four of five in the first second; the next goes when the first is a second old.
        #expect(sent == 4)
        #expect(stage.run(999, hearing: 1) == [])
        #expect(stage.run(1, hearing: 1) == ["1000: send 1 #5 subscribe s5"])
        stage.session.heard(1, pongSent: true, at: stage.now)
    }

    @Test
    func `after nearly a day a second connection takes over, and the first is closed when both were heard`() {
        var stage = SessionStage()
        stage.getReady()
        #expect(stage.run(Self.nearlyADay, hearing: 1) == ["\(Self.nearlyADay): connect 2"])
        #expect(stage.session.isReady)
        #expect(stage.connected(2) == ["send 2 #2 subscribe a@trade"])
        #expect(stage.reply(2, 2) == [])
        #expect(stage.session.isReady)
        #expect(stage.run(4_999, hearing: 1, 2) == [])
        #expect(stage.run(1, hearing: 1, 2) == ["\(Self.nearlyADay + 5_000): close 1"])
        #expect(stage.session.isReady)
        #expect(stage.disconnected(1) == [], "nobody asks any more")
        // And so on, the next day.
        #expect(stage.run(Self.nearlyADay - 5_000, hearing: 2) == ["\(2 * Self.nearlyADay): connect 3"])
    }

    @Test func `a notice of a shutdown is a reason to change at once`() {
        var stage = SessionStage()
        stage.getReady()
        #expect(stage.shutdownNotice(1) == ["connect 2"])
        #expect(stage.shutdownNotice(1) == [], "one successor is enough")
        _ = stage.connected(2)
        #expect(stage.reply(2, 2) == [])
        #expect(stage.shutdownNotice(1) == [], "its successor is there")
        // The first goes by itself: nothing is lost.
        #expect(stage.disconnected(1) == [])
        #expect(stage.session.isReady)
        #expect(stage.run(60_000, hearing: 2) == [])
    }

    @Test func `when the old connection goes before its successor is up, that is a gap`() {
        var stage = SessionStage()
        stage.getReady()
        _ = stage.shutdownNotice(1)
        #expect(stage.disconnected(1) == ["lost", "connecting"])
        #expect(stage.connected(2) == ["send 2 #2 subscribe a@trade"])
        #expect(stage.reply(2, 2) == ["ready"])
    }

    @Test func `a successor that cannot be had is tried again, and the old connection serves meanwhile`() {
        var stage = SessionStage()
        stage.getReady()
        #expect(stage.run(Self.nearlyADay, hearing: 1) == ["\(Self.nearlyADay): connect 2"])
        #expect(stage.disconnected(2) == ["no successor"])
        #expect(stage.session.isReady)
        #expect(stage.run(30_000, hearing: 1) == ["\(Self.nearlyADay + 30_000): connect 3"])
        _ = stage.connected(3)
        #expect(stage.reply(3, 2, refusal: 2) == ["refused 2", "close 3", "no successor"])
        #expect(stage.run(60_000, hearing: 1) == ["\(Self.nearlyADay + 90_000): connect 4"])
    }

    @Test func `every wait has an end`() {
        var slow = SessionStage()
        _ = slow.start()
        #expect(slow.run(10_000) == ["10000: slow to open, close 1"])

        var mute = SessionStage()
        _ = mute.start()
        _ = mute.connected(1)
        #expect(mute.run(10_000, hearing: 1) == ["10000: no answer, close 1"])

        var silent = SessionStage()
        silent.getReady()
        #expect(silent.run(60_000) == ["60000: silent, close 1, lost"])
        // Tried again after a pause of at most a quarter of a second.
        #expect(silent.run(250).last?.hasSuffix("connecting, connect 2") == true)
    }

    @Test func `a venue that refuses what a connection begins with is left alone for a while`() {
        var stage = SessionStage()
        _ = stage.start()
        _ = stage.connected(1)
        #expect(stage.reply(1, 1, refusal: 2) == ["refused 2", "close 1"])
        #expect(stage.run(59_999) == [])
        #expect(stage.run(1) == ["60000: connecting, connect 2"])
    }

    @Test func `streams that are added later are part of the next connection too`() {
        var stage = SessionStage()
        stage.getReady()
        let (isTaken, actions) = stage.session.change(
            to: [.subscribe(["a@trade", "b@trade"])], by: .subscribe(["b@trade"]), at: stage.now)
        #expect(isTaken && actions == [.send(connection: 1, id: 2, .subscribe(["b@trade"]))])
        #expect(stage.reply(1, 2, refusal: 2) == ["refused 2"], "the connection goes on")
        #expect(stage.session.isReady)
        _ = stage.disconnected(1)
        _ = stage.run(1_000)
        #expect(stage.connected(2) == ["send 2 #3 subscribe a@trade b@trade"])
    }

    @Test func `streams are spread over calls, and too many are refused`() {
        let names = (0..<1_024).map { "s\($0)@trade" }
        let calls = BinanceSessionSettings.spot.subscriptions(to: names) ?? []
        #expect(calls.count == 11)
        #expect(BinanceSessionSettings.spot.subscriptions(to: names + ["x"]) == nil)
        #expect(BinanceSessionSettings.options.subscriptions(to: names) == nil)
        #expect(BinanceSessionSettings.spot.subscriptions(to: []) == [])
    }

    @Test func `whatever happens, at most two connections are open and the limit of messages holds`() {
        for seed in UInt64(1)...200 {
            var probe = RandomSession(seed: seed)
            #expect(probe.run(400) == nil, "seed \(seed)")
        }
    }
}

/// A driver that answers, fails and forgets at random, and checks what always holds.
private struct RandomSession {
    var session = BinanceSession<BinanceCall>(
        [.subscribe(["a"]), .subscribe(["b"])], BinanceSessionSettings.spot)
    var random: SeededRandom
    var now = Instant(nanoseconds: 0)
    var open: [UInt64] = []
    var calls: [(number: UInt64, id: Int64)] = []
    var sent: [(number: UInt64, at: Instant)] = []
    var draws = SeededRandom(seed: 1)

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// What was wrong, if anything.
    mutating func run(_ steps: Int) -> String? {
        if let fault = perform(session.start(at: now)) { return fault }
        for _ in 0..<steps {
            if let fault = perform(step()) { return fault }
        }
        return nil
    }

    private mutating func step() -> [BinanceSessionAction<BinanceCall>] {
        switch random.below(8) {
        case 0: if let number = open.randomOne(&random) { return session.connected(number, at: now) }
        case 1, 2:
            guard let call = calls.popLast() else { break }
            return session.replied(
                call.number, id: call.id, refusal: random.below(20) == 0 ? 2 : nil, at: now, &draws)
        case 3:
            guard random.below(5) == 0, let number = open.randomOne(&random) else { break }
            open.removeAll { $0 == number }
            return session.disconnected(number, at: now, &draws)
        case 4:
            guard random.below(10) == 0, let number = open.randomOne(&random) else { break }
            return session.toldOfShutdown(number, at: now)
        case 5: for number in open { session.heard(number, at: now) }
        default:
            let due = session.nextDue
            now = due == .distantFuture ? now + .seconds(1) : max(now, min(due, now + .seconds(30)))
            return session.advance(to: now, &draws)
        }
        return []
    }

    private mutating func perform(_ actions: [BinanceSessionAction<BinanceCall>]) -> String? {
        for action in actions {
            switch action {
            case .connect(let number): open.append(number)
            case .close(let number):
                guard open.contains(number) else { return "closed \(number), which is not open" }
                open.removeAll { $0 == number }
            case .send(let number, let id, _):
                guard open.contains(number) else { return "sent on \(number), which is not open" }
                calls.append((number, id))
                sent.append((number, now))
                let recent = sent.count { $0.number == number && now - $0.at < .seconds(1) }
                if recent > 4 { return "\(recent) messages in a second" }
            case .announce, .tell: break
            }
        }
        return open.count > 2 ? "\(open.count) connections" : nil
    }
}

extension Array {
    fileprivate func randomOne(_ random: inout SeededRandom) -> Element? {
        isEmpty ? nil : self[random.below(count)]
    }
}
