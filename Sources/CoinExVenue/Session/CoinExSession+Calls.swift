import MarketModel
import Quantities

// Calls, queries, and their answers.

extension CoinExSession {
    /// The venue answered a call; `failure` is nil when it carried it out.
    package mutating func replied(
        _ id: Int64, _ failure: CoinExCallFailure?, at now: Instant
    ) -> [CoinExSessionAction] {
        guard isUp, let call = calls.take(id) else {
            strayReplies += 1
            return []
        }
        switch call {
        case .ping:
            // An error is an answer too.
            watch.ponged()
            return []
        case .sign:
            if let failure { return [.tell(.signRefused(failure))] + leave(pauseMin: settings.refusalPause) }
            return subscribe(at: now)
        case .subscribe(let stream):
            if let failure { return refused(stream, failure, at: now) }
            attempts[Int(stream.rawValue)] = 0
            watch.subscribed(stream, at: now)
            return goOn(at: now)
        }
    }

    /// A query has been answered, and its facts were told; or it failed.
    package mutating func queried(_ id: UInt64, succeeded: Bool, at now: Instant) -> [CoinExSessionAction] {
        // Answers to queries of an earlier connection miss what happened since.
        guard let index = queries.firstIndex(where: { $0.id == id && $0.retryAt == .distantFuture }) else {
            return []
        }
        guard !succeeded else {
            queries.remove(at: index)
            return goOn(at: now)
        }
        queries[index].failures += 1
        queries[index].retryAt = now + pause(queries[index].failures)
        return [.tell(.queryFailed(queries[index].query))]
    }

    /// Pushes of own orders were lost on our side: what they told is asked for, and nothing is sent meanwhile.
    package mutating func lostPushes() -> [CoinExSessionAction] {
        guard isReady else { return [] }
        return [.announce(.connecting)] + reconcile()
    }

    // MARK: - Steps

    mutating func sign(at now: Instant) -> [CoinExSessionAction] {
        state = .signing
        return call(.sign, at: now)
    }

    mutating func subscribe(at now: Instant) -> [CoinExSessionAction] {
        state = .subscribing
        var actions: [CoinExSessionAction] = []
        for stream in settings.streams { actions += subscribe(stream, at: now) }
        // A session without streams has nothing to wait for.
        return actions + goOn(at: now)
    }

    /// Sends the subscription of a family, unless one is under way.
    mutating func subscribe(_ stream: CoinExStream, at now: Instant) -> [CoinExSessionAction] {
        guard !calls.contains({ $0 == .subscribe(stream) }) else { return [] }
        retries.removeAll { $0.stream == stream }
        var actions: [CoinExSessionAction] = []
        switch stream {
        case .depth:
            watch.askedForBooks()
            actions.append(.distrustBooks)
        case .deals: actions.append(.expectHistory)
        case .state, .kline, .index, .order, .ownDeals, .asset, .notice, .stop, .bestPrices: break
        }
        return actions + call(.subscribe(stream), at: now)
    }

    /// Goes to the next step when nothing of this one is missing.
    private mutating func goOn(at now: Instant) -> [CoinExSessionAction] {
        switch state {
        case .subscribing:
            let isWaiting = calls.contains { call in
                switch call {
                case .subscribe: true
                case .sign, .ping: false
                }
            }
            guard !isWaiting, retries.isEmpty else { return [] }
            return reconcile()
        case .reconciling: return queries.isEmpty ? getReady() : []
        case .idle, .pausing, .connecting, .signing, .ready, .leaving: return []
        }
    }

    private mutating func reconcile() -> [CoinExSessionAction] {
        state = .reconciling
        guard settings.isSigned else { return getReady() }
        // Those of an earlier round tell less than these.
        queries.removeAll()
        var wanted: [CoinExSessionQuery] = [
            .openOrders, .stopOrders, .balances, .ownDeals(after: lastDeal),
        ]
        if looksBack { wanted.append(.endedOrders) }
        return wanted.map { query in
            lastQueryID += 1
            queries.append(OpenQuery(id: lastQueryID, query: query))
            return .query(id: lastQueryID, query)
        }
    }

    private mutating func getReady() -> [CoinExSessionAction] {
        state = .ready
        return [.announce(.ready)]
    }

    private mutating func call(_ call: CoinExSessionCall, at now: Instant) -> [CoinExSessionAction] {
        lastCallID += 1
        let timeout = call == .ping ? settings.pongTimeout : settings.callTimeout
        guard calls.add(call, id: lastCallID, deadline: now + timeout) else {
            // There are fewer kinds of calls than places, and each kind waits once.
            preconditionFailure("calls of a session fit its table")
        }
        return [.call(id: lastCallID, call)]
    }

    // MARK: - Refusals

    private mutating func refused(
        _ stream: CoinExStream, _ failure: CoinExCallFailure, at now: Instant
    ) -> [CoinExSessionAction] {
        let told = CoinExSessionAction.tell(.streamRefused(stream, failure))
        switch failure {
        case .tooQuick: return [told] + leave(pauseMin: settings.tooQuickPause)
        case .internalError, .serviceUnavailable, .serviceTimeout:
            attempts[Int(stream.rawValue)] += 1
            let attempt = attempts[Int(stream.rawValue)]
            guard attempt < settings.attemptsMax else { return [told] + leave() }
            retries.append(Retry(stream: stream, at: now + pause(attempt)))
            return [told]
        case .signatureRequired where settings.isSigned:
            signatures += 1
            guard signatures < settings.attemptsMax else {
                return [told] + leave(pauseMin: settings.refusalPause)
            }
            calls.removeAll()
            retries.removeAll()
            return [told] + sign(at: now)
        case .signatureRequired, .invalidArgument, .methodNotFound, .signatureRefused, .other:
            guard stream.isEssential else { return [told] + goOn(at: now) }
            return [told] + leave(pauseMin: settings.refusalPause)
        }
    }

    // MARK: - Time

    func pause(_ failures: Int) -> Interval {
        min(settings.retryPause * (1 << min(failures - 1, 10)), settings.retryPauseMax)
    }

    mutating func overdueCalls(at now: Instant) -> [CoinExSessionAction] {
        var actions: [CoinExSessionAction] = []
        while let call = calls.takeOverdue(at: now) {
            switch call {
            case .ping:
                guard watch.pingUnanswered(at: now) < settings.pingsUnansweredMax else {
                    return [.tell(.noPong)] + leave()
                }
                actions += ping(at: now)
            case .sign, .subscribe: return [.tell(.callTimeout(call))] + leave()
            }
        }
        return actions
    }

    /// Sends again what failed and whose time has come.
    mutating func repeated(at now: Instant) -> [CoinExSessionAction] {
        var actions: [CoinExSessionAction] = []
        for retry in retries where retry.at <= now { actions += subscribe(retry.stream, at: now) }
        for index in queries.indices where queries[index].retryAt <= now {
            lastQueryID += 1
            queries[index].id = lastQueryID
            queries[index].retryAt = .distantFuture
            actions.append(.query(id: lastQueryID, queries[index].query))
        }
        return actions
    }

    mutating func ping(at now: Instant) -> [CoinExSessionAction] { call(.ping, at: now) }
}

extension CoinExStream {
    /// Whether a session is of no use without it.
    fileprivate var isEssential: Bool {
        switch self {
        case .depth, .deals, .order, .asset, .stop: true
        // What they tell can be had otherwise: from the books, by queries, or not at all.
        case .state, .kline, .index, .ownDeals, .notice, .bestPrices: false
        }
    }
}
