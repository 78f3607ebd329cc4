import JayxVenue
import MarketModel
import Quantities
import Testing
import WireValues

struct JayxSessionTests {
    @Test func `over Socket.IO the peer opens, we join, and then subscribe`() throws {
        var stage = Stage(.socketIO)
        #expect(stage.start() == ["connecting", "connect"])
        #expect(stage.connected() == [])
        #expect(
            stage.receive(#"0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#) == ["> 40"]
        )
        #expect(
            stage.receive(#"40{"sid":"y"}"#) == [
                #"> 42["orderbook",{"category":"spot","symbol":"BTCUSDT","precise":"1"}]"#,
                #"> 42["kline",{"category":"spot","symbol":"BTCUSDT","interval":"60"}]"#, "ready",
            ])
        #expect(stage.receive("2") == ["> 3"])
        #expect(stage.run(44) == [])
        #expect(stage.run(1) == ["lost", "silent", "close"])
        #expect(stage.disconnected() == [])
        #expect(stage.run(1) == ["connecting", "connect"])
    }

    @Test func `in the older version of Engine.IO it is us who ping`() throws {
        var stage = Stage(.socketIO2)
        _ = stage.start()
        _ = stage.connected()
        #expect(stage.receive(#"0{"sid":"x","pingInterval":25000,"pingTimeout":5000}"#) == [])
        #expect(stage.receive("40").last == "ready")
        #expect(stage.run(25) == ["> 2"])
        #expect(stage.receive("3") == [])
        #expect(stage.run(25) == ["> 2"])
        #expect(stage.run(5) == ["lost", "silent", "close"])
    }

    @Test func `plain JSON has no opening and no pings`() {
        var stage = Stage(.message)
        _ = stage.start()
        #expect(
            stage.connected() == [
                #"> {"event":"orderbook","message":{"category":"spot","symbol":"BTCUSDT","precise":"1"}}"#,
                #"> {"event":"kline","message":{"category":"spot","symbol":"BTCUSDT","interval":"60"}}"#,
                "ready",
            ])
        #expect(stage.run(59) == [])
        #expect(stage.run(1) == ["lost", "silent", "close"])
    }

    @Test func `every wait has an end, and a refusal is told`() {
        var slow = Stage(.socketIO)
        _ = slow.start()
        #expect(slow.run(10) == ["slow to connect", "close"])

        var mute = Stage(.socketIO)
        _ = mute.start()
        _ = mute.connected()
        #expect(mute.run(10) == ["slow to open", "close"])

        var refused = Stage(.socketIO)
        _ = refused.start()
        _ = refused.connected()
        #expect(refused.receive(#"44{"message":"no"}"#) == [#"closed: refused: {"message":"no"}"#, "close"])
        #expect(refused.receive("2") == [], "nothing more is said on a connection that is given up")
    }

    @Test func `a session that is not wanted any more stays down`() {
        var stage = Stage(.data)
        _ = stage.start()
        _ = stage.connected()
        #expect(stage.stop() == ["lost", "close"])
        #expect(stage.disconnected() == [])
        #expect(stage.session.nextDue == .distantFuture)
    }

    private struct Stage {
        var session: JayxSession
        let codec: any JayxCodec
        var random = SeededRandom(seed: 3)
        var now = Instant(nanoseconds: 0)

        init(_ framing: JayxFraming) {
            codec = framing.codec
            session = JayxSession(
                [.orderBook(symbol: "BTCUSDT", precise: 1), .kline(symbol: "BTCUSDT", seconds: 60)], codec)
        }

        mutating func start() -> [String] { words(session.start(at: now)) }
        mutating func stop() -> [String] { words(session.stop()) }
        mutating func connected() -> [String] { words(session.connected(at: now)) }
        mutating func disconnected() -> [String] { words(session.disconnected(at: now, &random)) }

        mutating func receive(_ text: String) -> [String] {
            let frame = Array(text.utf8).withUnsafeBufferPointer { try? codec.decode($0) }
            guard let frame else { return ["unreadable"] }
            return words(session.received(frame, at: now))
        }

        mutating func run(_ seconds: Int64) -> [String] {
            now = now + .seconds(seconds)
            return words(session.advance(to: now))
        }

        private func words(_ actions: [JayxSessionAction]) -> [String] {
            actions.map { action in
                switch action {
                case .connect: "connect"
                case .close: "close"
                case .send(let bytes): "> \(String(decoding: bytes, as: UTF8.self))"
                case .announce(let state): "\(state)"
                case .tell(.connectTimeout): "slow to connect"
                case .tell(.openingTimeout): "slow to open"
                case .tell(.silent): "silent"
                case .tell(.closed(let words)): "closed: \(words)"
                }
            }
        }
    }
}
