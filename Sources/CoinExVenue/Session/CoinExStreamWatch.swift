import MarketModel
import Quantities

/// What keeps an eye on a connection: when pings are due, which streams are silent, which orders are not heard of.
struct CoinExStreamWatch: Equatable, Sendable {
    /// Orders that are waited for at the same time, of more the newest are not waited for; and orders that are
    /// remembered as heard of, of more the oldest are forgotten.
    ///
    /// More than two batches have, whose pushes may all come before their replies.
    static let canariesMax = 256

    private struct Canary: Equatable, Sendable {
        var order: OrderID
        var deadline: Instant
    }

    private let settings: CoinExSessionSettings
    private var nextPing = Instant.distantFuture
    private var unanswered = 0
    /// Per market: when its book was updated last; `distantFuture` while it is not subscribed.
    private var books: [Instant]
    /// Per market: how often its book was asked for anew since it was updated last.
    private var strikes: [UInt8]
    /// Per market: whether its whole book has not come since the books were asked for.
    private var missing: [Bool]
    /// When whole books must have come; `distantFuture` when none is missing, or the subscription does not stand.
    private var missingDue = Instant.distantFuture
    /// How often books were missing, one time after the other.
    private var misses = 0
    private var state = Instant.distantFuture
    /// No book is frozen before that; it is looked again then.
    private var nextBookCheck = Instant.distantFuture
    private var canaries: [Canary] = []
    /// The last orders that were heard of and not waited for.
    private var heardBefore: [OrderID] = []
    /// When books were asked for anew, in the last minute.
    private var resyncs: [Instant] = []
    /// When books are to be asked for anew, because it was done too often.
    private var resyncDue = Instant.distantFuture

    init(_ settings: CoinExSessionSettings) {
        self.settings = settings
        books = Array(repeating: .distantFuture, count: settings.markets)
        strikes = Array(repeating: 0, count: settings.markets)
        missing = Array(repeating: false, count: settings.markets)
    }

    mutating func begin(at now: Instant) {
        nextPing = now + settings.pingEvery
        unanswered = 0
    }

    /// Forgets the connection; how often books were asked for anew counts on.
    mutating func end() {
        nextPing = .distantFuture
        for index in books.indices { books[index] = .distantFuture }
        for index in strikes.indices { strikes[index] = 0 }
        for index in missing.indices { missing[index] = false }
        missingDue = .distantFuture
        misses = 0
        state = .distantFuture
        nextBookCheck = .distantFuture
        canaries.removeAll(keepingCapacity: true)
        heardBefore.removeAll(keepingCapacity: true)
        resyncDue = .distantFuture
    }

    var nextDue: Instant {
        let canary = canaries.map(\.deadline).min() ?? .distantFuture
        let silence = state == .distantFuture ? state : state + settings.stateSilenceMax
        return min(nextPing, nextBookCheck, min(canary, silence, min(resyncDue, missingDue)))
    }

    // MARK: - Pings

    /// Whether a ping is due; then the next one is later.
    mutating func takePing(at now: Instant) -> Bool {
        guard now >= nextPing else { return false }
        nextPing = now + settings.pingEvery
        return true
    }

    mutating func ponged() { unanswered = 0 }

    /// A ping was not answered, and the next one goes at once; how many were not, one after the other.
    mutating func pingUnanswered(at now: Instant) -> Int {
        unanswered += 1
        nextPing = now + settings.pingEvery
        return unanswered
    }

    // MARK: - Streams

    /// Books are asked for: the venue begins with each as a whole.
    mutating func askedForBooks() {
        for index in missing.indices { missing[index] = true }
        missingDue = .distantFuture
    }

    /// A subscription stands: silence counts from here, but for books that were silent before.
    mutating func subscribed(_ stream: CoinExStream, at now: Instant) {
        switch stream {
        case .depth:
            for index in books.indices where misses == 0 || books[index] == .distantFuture {
                books[index] = now
            }
            if missing.contains(true) {
                let pause = settings.bookStartMax * (1 << min(misses, 8))
                missingDue = now + min(pause, settings.bookStartPauseMax)
            }
            nextBookCheck = min(nextBookCheck, now + settings.bookSilenceMax)
        case .state: state = now
        case .deals, .kline, .index, .order, .ownDeals, .asset, .notice, .stop, .bestPrices: break
        }
    }

    mutating func heard(_ stream: CoinExStream, _ market: MarketID?, at now: Instant) {
        switch stream {
        case .depth:
            guard let market else { return }
            if missing[Int(market.index)] { began(market) }
            guard books[Int(market.index)] != .distantFuture else { return }
            books[Int(market.index)] = now
            strikes[Int(market.index)] = 0
        case .state: if state != .distantFuture { state = now }
        // Nothing may happen there for hours.
        case .deals, .kline, .index, .order, .ownDeals, .asset, .notice, .stop, .bestPrices: break
        }
    }

    private mutating func began(_ market: MarketID) {
        missing[Int(market.index)] = false
        guard !missing.contains(true) else { return }
        missingDue = .distantFuture
        misses = 0
    }

    /// A market whose whole book did not come; nil when there is none, or it is not time yet.
    mutating func takeMissingBook(at now: Instant) -> MarketID? {
        guard now >= missingDue else { return nil }
        missingDue = .distantFuture
        misses += 1
        return missing.firstIndex(of: true).map { MarketID($0) }
    }

    func isStateSilent(at now: Instant) -> Bool {
        state != .distantFuture && now >= state + settings.stateSilenceMax
    }

    /// A market whose book is frozen, and how often it has been found so; nil when there is none.
    mutating func takeFrozenBook(at now: Instant) -> (market: MarketID, strikes: Int)? {
        guard now >= nextBookCheck else { return nil }
        var next = Instant.distantFuture
        for index in books.indices where books[index] != .distantFuture {
            let due = books[index] + settings.bookSilenceMax
            if due <= now {
                // All others are frozen no sooner than this one is found frozen again.
                books[index] = now
                strikes[index] += 1
                return (MarketID(index), Int(strikes[index]))
            }
            next = min(next, due)
        }
        nextBookCheck = next
        return nil
    }

    // MARK: - Asking for books anew

    /// Whether books may be asked for anew now; otherwise it is noted for later.
    mutating func mayResync(at now: Instant) -> Bool {
        resyncs.removeAll { now - $0 >= .minutes(1) }
        guard resyncs.count < settings.resyncsPerMinute else {
            resyncDue = min(resyncDue, (resyncs.first ?? now) + .minutes(1))
            return false
        }
        resyncs.append(now)
        resyncDue = .distantFuture
        return true
    }

    /// Whether the time has come that was noted; it is noted no more then.
    mutating func takeResyncDue(at now: Instant) -> Bool {
        guard now >= resyncDue else { return false }
        resyncDue = .distantFuture
        return true
    }

    // MARK: - Orders

    mutating func expect(_ order: OrderID, at now: Instant) {
        // The stream may be quicker than the reply.
        guard !heardBefore.contains(order), canaries.count < Self.canariesMax else { return }
        canaries.append(Canary(order: order, deadline: now + settings.canaryTimeout))
    }

    mutating func heard(_ order: OrderID) {
        if let index = canaries.firstIndex(where: { $0.order == order }) {
            canaries.remove(at: index)
        } else if !heardBefore.contains(order) {
            if heardBefore.count == Self.canariesMax { heardBefore.removeFirst() }
            heardBefore.append(order)
        }
    }

    /// An order that was not heard of in time; nil when there is none.
    func silentOrder(at now: Instant) -> OrderID? { canaries.first { $0.deadline <= now }?.order }
}
