import MarketModel
import Quantities
import VenueKit

// The lists of open orders: ours of this run, ours of earlier runs, and those of others.

extension CoinExLink {
    mutating func takeStops(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .query, at: now)
        guard case .reply(let page) = executor.readStops(end, &output.facts) else { return .failed }
        var query = query
        let first = output.facts.count
        for stop in page.rows {
            let row = CoinExListedOrder(
                number: stop.number, clientID: stop.clientID, marketName: stop.market, account: stop.account,
                filled: .zero, ticket: { stop.ticket(in: $0) })
            take(row, &query, at: now, &output)
        }
        connect(first..<output.facts.count, false, at: now, &output)
        if page.hasNext, !page.rows.isEmpty, query.page < CoinExOwnQuery.pagesMax { return .more(query) }
        draft = page.hasNext ? nil : OpenListing(orders: query.orders, askedAt: query.askedAt)
        counts.foreignOrders = query.foreignOrders
        // A listing is both lists, the resting orders second.
        if !queries.contains(where: { $0.kind == .orders }) { begin(.orders, at: now) }
        return .done
    }

    mutating func takeOrders(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .query, at: now)
        guard case .reply(let page) = executor.readOrders(end, .resting, &output.facts) else {
            return .failed
        }
        var query = query
        let first = output.facts.count
        for order in page.rows {
            take(CoinExListedOrder(order), &query, at: now, &output)
        }
        connect(first..<output.facts.count, false, at: now, &output)
        if page.hasNext, !page.rows.isEmpty, query.page < CoinExOwnQuery.pagesMax { return .more(query) }
        // A list that was cut off names what stands, and not what does not.
        if page.hasNext { draft = nil }
        if var listing = draft {
            if query.askedAt < listing.askedAt {
                // It was asked for before these stop orders were, for an earlier listing.
                begin(.orders, at: now)
            } else {
                listing.orders += query.orders
                output.listing = listing
                draft = nil
            }
        }
        counts.foreignOrders += query.foreignOrders
        if counts.foreignOrders > 0 { tell(.foreignOrders(counts.foreignOrders)) }
        return .done
    }

    private mutating func take(
        _ row: CoinExListedOrder, _ query: inout CoinExOwnQuery, at now: Instant,
        _ output: inout LinkOutput
    ) {
        guard let market = market(of: row) else {
            query.foreignOrders += 1
            return
        }
        switch owner(of: row) {
        case .ours(let order):
            query.orders.append(order)
            output.facts.append(
                .progress(
                    OrderProgress(
                        order: order, venueOrder: row.number, phase: .open, filled: row.filled,
                        venueTime: executor.clock.time(at: query.sentAt))))
        // Its number is new, so it replaces one of ours; the answer to the modification tells which.
        case .undecided: break
        case .lost: if let found = found(row, in: market) { output.lost.append(found) }
        case .foreign:
            guard let found = found(row, in: market), found.run != settings.naming.run else {
                query.foreignOrders += 1
                return
            }
            output.found.append(found)
        }
    }

    /// The market of an order of this account; nil for others.
    private func market(of row: CoinExListedOrder) -> MarketID? {
        guard row.account ?? UInt64(settings.account) == UInt64(settings.account) else { return nil }
        return executor.table.market(named: row.marketName)?.id
    }

    /// An order that has a name of this bot.
    private func found(_ row: CoinExListedOrder, in market: MarketID) -> FoundOrder? {
        guard let named = settings.naming.order(named: row.clientID) else { return nil }
        return FoundOrder(
            venueOrder: row.number, run: named.run, name: named.order, strategy: named.strategy,
            ticket: row.ticket(market), filled: row.filled)
    }

    private func owner(of row: CoinExListedOrder) -> CoinExOwner {
        if let known = feed.orders.owner(of: row.number) { return .ours(known) }
        let owner = executor.owner(of: row.number, clientID: row.clientID)
        guard case .ours(let order) = owner, executor.directory.owner(of: row.number) == nil else {
            return owner
        }
        let number = feed.orders.number(of: order)
        if number == row.number || executor.memo(order)?.isStop ?? false { return owner }
        if number == .unknown {
            // Under its name stands something else: it was replaced, and the tape does not know.
            return row.order.map { executor.isPlausible($0, as: order) } ?? true ? owner : .lost
        }
        // Another number under the name of an order is what replaced it, or what a stop order has become.
        return executor.gaps.wasLiving(order) ? .lost : .undecided
    }

    // MARK: - What a tape has lost

    /// Of the orders that have ended since the tape ended, those that nobody knows any more are told as lost ones.
    mutating func takeEnded(
        _ outcome: RequestOutcome, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .history, at: now)
        guard case .reply(let page) = executor.readOrders(end, .ended, &output.facts) else {
            return .failed
        }
        var query = query
        for order in page.rows {
            let row = CoinExListedOrder(order)
            guard let market = market(of: row) else { continue }
            switch owner(of: row) {
            case .lost: if let found = found(row, in: market) { output.lost.append(found) }
            case .undecided: query.sawUndecided = true
            case .ours, .foreign: break
            }
        }
        // The newest come first, and not every generation lets itself be asked from a beginning.
        let from = endedFrom ?? .distantPast
        if page.rows.contains(where: { ($0.changedAt ?? .distantFuture) < from }) { return .done }
        if page.hasNext, !page.rows.isEmpty, query.page < CoinExOwnQuery.pagesMax { return .more(query) }
        return .done
    }

    /// Looks back once more while a request of the process before can still arrive, or an answer is missing.
    mutating func concludeLookingBack(_ query: CoinExOwnQuery, succeeded: Bool, at now: Instant) {
        guard executor.gaps.isOpen else { return }
        let isLast = query.askedAt >= executor.gaps.lateUntil && !query.sawUndecided
        if succeeded, isLast {
            executor.gaps.close()
            session.looksBack = false
            lookBackDue = .distantFuture
        } else {
            lookBackDue = max(executor.gaps.lateUntil, now + settings.lookBackPause)
        }
    }

    /// Lists all orders anew, and those that have ended.
    mutating func lookBack(at now: Instant) {
        lookBackDue = now + settings.lookBackPause
        for kind in [CoinExOwnQuery.Kind.stops, .orders, .ended]
        where !queries.contains(where: { $0.kind == kind }) { begin(kind, at: now) }
    }
}

/// A row of either list.
private struct CoinExListedOrder {
    var number: VenueOrderID
    var clientID: String
    var marketName: String
    var account: UInt64?
    var filled: Quantity
    var ticket: (MarketID) -> OrderTicket
    /// As REST tells of it; nil for a stop order.
    var order: CoinExOrderReport?
}

extension CoinExListedOrder {
    fileprivate init(_ order: CoinExOrderReport) {
        self.init(
            number: order.number, clientID: order.clientID, marketName: order.market,
            account: order.account, filled: order.filled, ticket: { order.ticket(in: $0) }, order: order)
    }
}

extension CoinExOrderReport {
    /// What the order asks for, as far as the venue tells of it.
    fileprivate func ticket(in market: MarketID) -> OrderTicket {
        OrderTicket(
            market: market, side: side.side, kind: .limit, price: price, quantity: Quantity(amount))
    }
}

extension CoinExStopReport {
    fileprivate func ticket(in market: MarketID) -> OrderTicket {
        OrderTicket(
            market: market, side: side.side, kind: isLimit ? .stopLimit : .stopMarket,
            duration: isLimit ? .goodTillCancelled : .immediateOrCancel, price: price, stopPrice: stopPrice,
            quantity: Quantity(amount))
    }
}
