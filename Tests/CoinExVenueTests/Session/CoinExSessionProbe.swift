import CoinExVenue
import MarketModel
import Quantities

/// A session that a test talks with, and a clock.
struct SessionProbe {
    var session: CoinExSession
    var random = SeededRandom(seed: 1)
    var now = Exchange.start

    init(
        _ streams: [CoinExStream] = [.depth, .deals, .order, .ownDeals, .asset], signed: Bool = true,
        markets: Int = 2, _ change: (inout CoinExSessionSettings) -> Void = { _ in }
    ) {
        var settings = CoinExSessionSettings(streams: streams, markets: markets, isSigned: signed)
        change(&settings)
        session = CoinExSession(settings)
    }

    mutating func start() -> [String] { words(session.start(at: now)) }
    mutating func stop() -> [String] { words(session.stop()) }
    mutating func connected() -> [String] { words(session.connected(at: now)) }
    mutating func disconnected() -> [String] { words(session.disconnected(at: now, &random)) }

    mutating func reply(_ id: Int64, _ failure: CoinExCallFailure? = nil) -> [String] {
        words(session.replied(id, failure, at: now))
    }

    /// Answers whatever has no answer yet.
    mutating func replyToAll() {
        for id in 1...session.lastCallID { _ = reply(id) }
    }

    mutating func query(_ id: UInt64, fails: Bool = false) -> [String] {
        words(session.queried(id, succeeded: !fails, at: now))
    }

    mutating func damaged(_ market: Int) -> [String] {
        words(session.bookDamaged(MarketID(market), at: now))
    }

    mutating func heard(_ market: Int) { session.heard(.depth, MarketID(market), at: now) }

    /// Lets time pass as a driver does, from one moment at which something is due to the next; what was asked for,
    /// each with the seconds since the beginning. Pings are answered unless the test says otherwise.
    mutating func run(_ seconds: Int64, pongs: Bool = true) -> [String] {
        let end = now + .seconds(seconds)
        var log: [String] = []
        var steps = 0
        while session.nextDue <= end {
            steps += 1
            guard steps < 10_000 else { return log + ["time stands still"] }
            now = max(now, session.nextDue)
            for action in session.advance(to: now) {
                if case .call(let id, .ping) = action, pongs {
                    _ = session.replied(id, nil, at: now)
                    continue
                }
                log.append("\((now - Exchange.start).nanoseconds / 1_000_000_000)s \(word(action))")
            }
        }
        now = end
        return log
    }

    /// Brings the session to where it is ready; nothing is due then but what is watched.
    mutating func getReady() {
        _ = start()
        _ = connected()
        var calls: [Int64] = [session.settingsAreSigned ? 1 : 0]
        if session.settingsAreSigned {
            calls = ids(session.replied(1, nil, at: now))
        } else {
            calls = Array(1...Int64(session.streamCount))
        }
        var queries: [UInt64] = []
        for call in calls {
            for action in session.replied(call, nil, at: now) {
                if case .query(let id, _) = action { queries.append(id) }
            }
        }
        for query in queries { _ = session.queried(query, succeeded: true, at: now) }
        for market in 0..<session.settings.markets { heard(market) }
    }

    private func ids(_ actions: [CoinExSessionAction]) -> [Int64] {
        actions.compactMap { if case .call(let id, _) = $0 { id } else { nil } }
    }

    func words(_ actions: [CoinExSessionAction]) -> [String] { actions.map(word) }

    func word(_ action: CoinExSessionAction) -> String {
        switch action {
        case .connect: "connect"
        case .close: "close"
        case .call(let id, .sign): "sign \(id)"
        case .call(let id, .ping): "ping \(id)"
        case .call(let id, .subscribe(let stream)): "subscribe \(id) \(stream)"
        case .query(let id, .openOrders): "query \(id) open orders"
        case .query(let id, .stopOrders): "query \(id) stop orders"
        case .query(let id, .balances): "query \(id) balances"
        case .query(let id, .ownDeals(let deal)): "query \(id) deals after \(deal.raw)"
        case .query(let id, .endedOrders): "query \(id) ended orders"
        case .announce(let state): "announce \(state)"
        case .distrustBooks: "distrust books"
        case .expectHistory: "expect history"
        case .tell(let fault): "tell \(word(fault))"
        }
    }

    private func word(_ fault: CoinExSessionFault) -> String {
        switch fault {
        case .connectTimeout: "connect timeout"
        case .callTimeout(.sign): "sign timeout"
        case .callTimeout(.ping): "ping timeout"
        case .callTimeout(.subscribe(let stream)): "subscribe \(stream) timeout"
        case .noPong: "no pong"
        case .signRefused(let failure): "sign refused: \(failure)"
        case .streamRefused(let stream, let failure): "\(stream) refused: \(failure)"
        case .streamSilent(let stream, let market): "\(stream) silent \(market.map { "\($0.index)" } ?? "")"
        case .orderNotPushed(let order): "order \(order.raw) not pushed"
        case .bookDamaged(let market): "book damaged \(market.index)"
        case .queryFailed(let query): "query failed: \(query)"
        }
    }
}

extension CoinExSession {
    fileprivate var settingsAreSigned: Bool { settings.isSigned }
    fileprivate var streamCount: Int { settings.streams.count }
}
