import BinanceVenue
import MarketModel
import Quantities

/// A session that a test talks with, and a clock that begins at 0.
struct SessionStage {
    var session: BinanceSession<BinanceCall>
    var random = SeededRandom(seed: 5)
    var now = Instant(nanoseconds: 0)

    init(
        _ calls: [BinanceCall] = [.subscribe(["a@trade"])], _ settings: BinanceSessionSettings = .spot
    ) {
        session = BinanceSession(calls, settings)
    }

    mutating func start() -> [String] { words(session.start(at: now)) }
    mutating func stop() -> [String] { words(session.stop()) }
    mutating func connected(_ number: UInt64) -> [String] { words(session.connected(number, at: now)) }
    mutating func disconnected(_ number: UInt64) -> [String] {
        words(session.disconnected(number, at: now, &random))
    }
    mutating func reply(_ number: UInt64, _ id: Int64, refusal: Int64? = nil) -> [String] {
        words(session.replied(number, id: id, refusal: refusal, at: now, &random))
    }
    mutating func shutdownNotice(_ number: UInt64) -> [String] {
        words(session.toldOfShutdown(number, at: now))
    }
    mutating func heard(_ number: UInt64) { session.heard(number, at: now) }

    /// Lets time pass from one moment at which something is due to the next, while these connections are heard of.
    mutating func run(_ milliseconds: Int64, hearing numbers: UInt64...) -> [String] {
        let end = now + .milliseconds(milliseconds)
        var log: [String] = []
        for _ in 0..<10_000 {
            // Pings come every twenty seconds.
            let pause = min(end, now + .seconds(20))
            let due = min(session.nextDue, pause)
            now = max(now, due)
            for number in numbers { session.heard(number, at: now) }
            let said = words(session.advance(to: now, &random))
            if !said.isEmpty { log += ["\((now.nanoseconds) / 1_000_000): " + said.joined(separator: ", ")] }
            if now == end { return log }
        }
        return log + ["time stands still"]
    }

    /// Brings the first connection up.
    mutating func getReady() {
        _ = start()
        _ = connected(1)
        _ = reply(1, 1)
    }

    private func words(_ actions: [BinanceSessionAction<BinanceCall>]) -> [String] { actions.map(Self.word) }

    private static func word(_ action: BinanceSessionAction<BinanceCall>) -> String {
        switch action {
        case .connect(let number): "connect \(number)"
        case .close(let number): "close \(number)"
        case .send(let number, let id, .subscribe(let names)):
            "send \(number) #\(id) subscribe \(names.joined(separator: " "))"
        case .send(let number, let id, .unsubscribe(let names)):
            "send \(number) #\(id) unsubscribe \(names.joined(separator: " "))"
        case .send(let number, let id, let call): "send \(number) #\(id) \(call.method)"
        case .announce(let state): "\(state)"
        case .tell(.connectTimeout): "slow to open"
        case .tell(.callTimeout): "no answer"
        case .tell(.refused(_, let code)): "refused \(code)"
        case .tell(.silent): "silent"
        case .tell(.rotationFailed): "no successor"
        }
    }
}
