import MarketModel
import Quantities
import VenueKit
import WireCodecs

// What the link itself asks by REST: for the session after a gap, for an audit, and for the time.

extension CoinExLink {
    public mutating func audit(at now: Instant, into output: inout LinkOutput) {
        guard settings.isSigned else { return }
        for kind in [CoinExOwnQuery.Kind.stops, .orders, .balances]
        where !queries.contains(where: { $0.kind == kind }) { begin(kind, at: now) }
        sendDue(at: now, &output)
    }

    /// Begins what the session asks for.
    mutating func begin(_ query: CoinExSessionQuery, _ id: UInt64, at now: Instant) {
        switch query {
        case .openOrders: begin(.orders, for: id, at: now)
        case .stopOrders: begin(.stops, for: id, at: now)
        case .balances: begin(.balances, for: id, at: now)
        case .ownDeals(let after): begin(.deals(after: after), for: id, at: now)
        case .endedOrders: begin(.ended, for: id, at: now)
        }
    }

    mutating func begin(_ kind: CoinExOwnQuery.Kind, for id: UInt64? = nil, at now: Instant) {
        if queries.count >= CoinExOwnQuery.queriesMax { queries.removeFirst() }
        lastQuery += 1
        queries.append(
            CoinExOwnQuery(
                number: CoinExOwnQuery.firstNumber + lastQuery, kind: kind, sessionQuery: id,
                notBefore: now))
    }

    /// Whether a question waits for the answer to another one.
    func isBlocked(_ query: CoinExOwnQuery) -> Bool {
        switch query.kind {
        case .orders: queries.contains { $0.kind == .stops }
        case .ended: queries.contains { $0.kind == .stops || $0.kind == .orders }
        case .clock, .stops, .balances, .deals, .trades: false
        }
    }

    /// Sends the questions whose time has come, as far as the venue's rate allows.
    mutating func sendQueries(at now: Instant, _ output: inout LinkOutput) {
        for index in queries.indices {
            guard let notBefore = queries[index].notBefore, notBefore <= now, !isBlocked(queries[index])
            else {
                continue
            }
            let opens = executor.opensAt(queries[index].group)
            guard opens <= now else {
                queries[index].notBefore = opens
                continue
            }
            queries[index].notBefore = nil
            queries[index].sentAt = now
            queries[index].knownUntil = lastDealTime
            queries[index].askedAt = min(queries[index].askedAt, now)
            write(queries[index], at: now, &output)
            output.ask(
                .sendRequest(
                    LinkRequest(
                        number: queries[index].number, kind: .query, deadline: now + settings.queryTimeout)))
        }
    }

    private mutating func write(_ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput) {
        let scope = CoinExListScope(account: settings.account, page: query.page)
        let errand: CoinExErrand
        switch query.kind {
        case .clock: errand = .clock
        case .stops: errand = .stops(scope)
        case .orders: errand = .pending(scope)
        case .balances: errand = .balances
        case .deals(let after):
            let from = dealsFrom(after)
            errand = .ownDeals(
                MarketID(query.market), account: settings.account, from: from, page: query.page)
        case .ended:
            errand = .finished(scope, from: endedFrom)
        case .trades(let gap): errand = .trades(gap.market, after: gap.after)
        }
        executor.write(errand, at: now, into: &output.wire)
    }

    /// From when on orders have ended that a tape may have lost. One that has nothing does not tell since when: then
    /// all that the venue remembers is looked through.
    var endedFrom: Instant? {
        let since = executor.gaps.since
        return since > .distantPast ? executor.clock.time(at: since) - CoinExExecutor.lateArrivalMax : nil
    }

    /// From when on own deals are asked for; nil where those after one that is known are wanted.
    private func dealsFrom(_ after: DealID) -> Instant? {
        switch settings.api {
        case .v1:
            // Without a deal that is known, those since the start count.
            return after == DealID(0) ? executor.clock.time(at: startedAt) : nil
        case .v2:
            // Lists are per market there, and numbers of two markets say nothing of each other.
            return max(executor.clock.time(at: startedAt), lastDealTime - Self.dealsOverlap)
        }
    }

    /// How long before the last deal that is known others may have come that are not known.
    private static let dealsOverlap = Interval.minutes(1)

    // MARK: - Answers

    mutating func endedQuery(
        _ number: UInt64, _ outcome: RequestOutcome, at now: Instant, _ output: inout LinkOutput
    ) {
        guard let index = queries.firstIndex(where: { $0.number == number && !$0.isWaiting }) else {
            counts.strayAnswers += 1
            return
        }
        let query = queries.remove(at: index)
        let end: CoinExQueryEnd
        switch query.kind {
        case .clock: end = takeClock(outcome, query, at: now, &output)
        case .stops: end = takeStops(outcome, query, at: now, &output)
        case .orders: end = takeOrders(outcome, query, at: now, &output)
        case .balances: end = takeBalances(outcome, query, at: now, &output)
        case .deals(let after): end = takeDeals(outcome, query, after, at: now, &output)
        case .ended: end = takeEnded(outcome, query, at: now, &output)
        case .trades(let gap): end = takeTrades(outcome, gap, at: now, &output)
        }
        relayNotices(at: now)
        switch end {
        case .done: conclude(query, succeeded: true, at: now, &output)
        case .failed: conclude(query, succeeded: false, at: now, &output)
        case .again(var next):
            next.failures += 1
            next.notBefore = now + session.pause(next.failures)
            queries.append(next)
        case .nextMarket(var next):
            next.page = 1
            next.market += 1
            next.failures = 0
            next.notBefore = now
            queries.append(next)
        case .more(var next):
            next.page += 1
            next.failures = 0
            next.notBefore = now
            queries.append(next)
        }
        sendDue(at: now, &output)
    }

    private mutating func conclude(
        _ query: CoinExOwnQuery, succeeded: Bool, at now: Instant, _ output: inout LinkOutput
    ) {
        switch query.kind {
        case .clock: concludeClock(succeeded: succeeded, at: now, &output)
        case .stops:
            if !succeeded { draft = nil }
        case .ended: concludeLookingBack(query, succeeded: succeeded, at: now)
        case .trades(let gap):
            if !succeeded { takeNoTrades(gap, query, at: now, &output) }
            return
        case .orders, .balances, .deals: break
        }
        if let id = query.sessionQuery {
            perform(session.queried(id, succeeded: succeeded, at: now), at: now, &output)
        } else if !succeeded, query.kind != .clock {
            tell(.session(.queryFailed(query.asked)))
        }
    }

    // MARK: - The clock

    private mutating func takeClock(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .market, at: now)
        guard case .reply(let time) = executor.readClock(end, &output.facts) else { return .failed }
        executor.clock.learn(
            time, resolution: .milliseconds(1), askedAt: query.sentAt, heardAt: now)
        return .done
    }

    private mutating func concludeClock(succeeded: Bool, at now: Instant, _ output: inout LinkOutput) {
        clockDue = now + (succeeded ? settings.clockEvery : settings.clockRetry)
        if let uncertainty = executor.clock.uncertainty(at: now) {
            let offset = executor.clock.offset
            feed.clockOffset = offset
            if max(offset, .zero - offset) > settings.clockOffsetMax {
                tell(.clockOff(offset, uncertainty: uncertainty))
            }
        } else {
            tell(.clockUnknown)
        }
        guard holdsConnection else { return }
        holdsConnection = false
        perform(session.connected(at: now), at: now, &output)
    }

    // MARK: - Balances and deals

    private mutating func takeBalances(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .account, at: now)
        guard case .reply(let balances) = executor.readBalances(end, &output.facts) else { return .failed }
        output.facts.append(
            contentsOf: executor.facts(balances, askedAt: query.sentAt, knownUntil: query.knownUntil))
        return .done
    }

    /// Deals of orders that are not known are of others, or of an order whose reply is missing: that one is asked
    /// for by its name, and its deals with it.
    private mutating func takeDeals(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, _ after: DealID, at now: Instant,
        _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .history, at: now)
        guard case .reply(let page) = executor.readDeals(end, &output.facts) else {
            // Begun anew at the first market for every failure, the way through many would hardly ever come to its end.
            let hasCome = query.market > 0 || query.page > 1
            return hasCome && query.failures < CoinExOwnQuery.repeatsMax ? .again(query) : .failed
        }
        let first = output.facts.count
        // What is known already is no news.
        let known: DealID
        switch settings.api {
        case .v1: known = after
        case .v2: known = DealID(0)
        }
        for deal in page.rows where deal.id > known {
            guard let number = deal.order, let order = owner(of: number),
                let market = executor.memo(order)?.market
            else {
                counts.foreignDeals += 1
                continue
            }
            output.facts.append(.deal(executor.fact(deal, of: order, in: market)))
        }
        connect(first..<output.facts.count, false, at: now, &output)
        let isLast = !page.hasNext || page.rows.isEmpty || page.rows.contains { $0.id <= known }
        if !isLast, query.page < CoinExOwnQuery.pagesMax { return .more(query) }
        return settings.api == .v2 && query.market + 1 < executor.table.markets.count
            ? .nextMarket(query) : .done
    }

    private func owner(of number: VenueOrderID) -> OrderID? {
        executor.directory.owner(of: number) ?? feed.orders.owner(of: number)
    }
}

/// What an answer makes of a question.
enum CoinExQueryEnd {
    case done
    case failed
    /// The same page is asked for once more, after a pause.
    case again(CoinExOwnQuery)
    /// There is another page.
    case more(CoinExOwnQuery)
    /// There is another market to ask for.
    case nextMarket(CoinExOwnQuery)
}

extension CoinExOwnQuery {
    /// The question in the words of the session.
    var asked: CoinExSessionQuery {
        switch kind {
        case .clock, .trades: preconditionFailure("a session asks for what is its own")
        case .stops: .stopOrders
        case .orders: .openOrders
        case .balances: .balances
        case .deals(let after): .ownDeals(after: after)
        case .ended: .endedOrders
        }
    }
}
