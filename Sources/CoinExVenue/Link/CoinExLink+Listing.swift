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
            let row = CoinExListedOrder(
                number: order.number, clientID: order.clientID, marketName: order.market,
                account: order.account, filled: order.filled, ticket: { order.ticket(in: $0) })
            take(row, &query, at: now, &output)
        }
        connect(first..<output.facts.count, false, at: now, &output)
        if page.hasNext, !page.rows.isEmpty, query.page < CoinExOwnQuery.pagesMax { return .more(query) }
        // A list that was cut off names what stands, and not what does not.
        if !page.hasNext, var listing = draft {
            listing.orders += query.orders
            output.listing = listing
        }
        draft = nil
        counts.foreignOrders += query.foreignOrders
        if counts.foreignOrders > 0 { tell(.foreignOrders(counts.foreignOrders)) }
        return .done
    }

    private mutating func take(
        _ row: CoinExListedOrder, _ query: inout CoinExOwnQuery, at now: Instant,
        _ output: inout LinkOutput
    ) {
        guard row.account ?? UInt64(settings.account) == UInt64(settings.account),
            let market = executor.table.market(named: row.marketName)?.id
        else {
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
        case .foreign:
            guard let named = settings.naming.order(named: row.clientID), named.run != settings.naming.run
            else {
                query.foreignOrders += 1
                return
            }
            output.found.append(
                FoundOrder(
                    venueOrder: row.number, run: named.run, name: named.order, strategy: named.strategy,
                    ticket: row.ticket(market), filled: row.filled))
        }
    }

    private func owner(of row: CoinExListedOrder) -> CoinExOwner {
        if let known = feed.orders.owner(of: row.number) { return .ours(known) }
        let owner = executor.owner(of: row.number, clientID: row.clientID)
        guard case .ours(let order) = owner, executor.directory.owner(of: row.number) == nil else {
            return owner
        }
        // Another number under the name of an order is what replaced it, or what a stop order has become.
        let number = feed.orders.number(of: order)
        if number == .unknown || number == row.number || executor.memo(order)?.isStop ?? false {
            return owner
        }
        return .undecided
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
