import MarketModel
import Quantities
import VenueKit

// What the replies to placements, cancels and modifications come to.

extension CoinExExecutor {
    // MARK: Placements

    mutating func concludePlacement(
        of order: OrderID, _ verdict: CoinExVerdict<CoinExOrderReport>, _ group: RateGroup, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let found) = verdict else {
            return tellFailure(verdict, of: order, group, at: now, &facts)
        }
        tellPlaced(order, found, at: now, &facts)
    }

    private mutating func tellPlaced(
        _ order: OrderID, _ found: CoinExOrderReport, at now: Instant, _ facts: inout [VenueFact]
    ) {
        let isOther = !found.clientID.isEmpty && found.clientID != name(order)?.description
        guard !isOther else {
            tell(.wrongOrder(order))
            return facts.append(.outcomeUnknown(uncertain(order, at: now)))
        }
        directory.note(found.number, is: order)
        facts.append(accepted(order, found.number, at: now))
        if !found.isUntouched { facts.append(progress(order, found, at: now)) }
        if found.needsAsking { facts.append(.outcomeUnknown(uncertain(order, at: now))) }
    }

    /// The first generation tells no number of a stop order.
    mutating func concludeStop(
        of order: OrderID, _ verdict: CoinExVerdict<VenueOrderID>, _ group: RateGroup, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let number) = verdict else {
            return tellFailure(verdict, of: order, group, at: now, &facts)
        }
        directory.note(number, is: order)
        facts.append(accepted(order, number, at: now))
    }

    mutating func concludeBatch(
        of orders: [OrderID], _ verdict: CoinExVerdict<[CoinExRowReport]?>, _ group: RateGroup,
        at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let batch) = verdict else {
            for order in orders { tellFailure(verdict, of: order, group, at: now, &facts) }
            return
        }
        // Rows stand in the order of the request; if there are not as many, none can be told apart.
        let rows = batch ?? []
        let isWhole = rows.count == orders.count
        for (index, order) in orders.enumerated() {
            guard isWhole else {
                facts.append(.outcomeUnknown(uncertain(order, at: now)))
                continue
            }
            let row: CoinExVerdict<CoinExOrderReport> = self.verdict(rows[index])
            concludePlacement(of: order, row, group, at: now, &facts)
        }
    }

    private mutating func verdict(_ row: CoinExRowReport) -> CoinExVerdict<CoinExOrderReport> {
        guard row.code == 0 else {
            return verdict(CoinExRefusal(CoinExErrorCode(rawValue: row.code), row.message))
        }
        return row.order.map { .reply($0) } ?? .open
    }

    // MARK: Cancels

    mutating func concludeCancel(
        _ cancellation: Cancellation, _ verdict: CoinExVerdict<CoinExOrderReport>, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let found) = verdict else {
            return tellCancelFailure(verdict, of: cancellation.order, at: now, &facts)
        }
        guard found.number == cancellation.venueOrder || cancellation.venueOrder == .unknown else {
            tell(.wrongOrder(cancellation.order))
            return facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
        }
        // The snapshot is from before the removal: what had not ended by itself has ended now.
        facts.append(progress(cancellation.order, found, at: now))
    }

    mutating func concludeCancelBatch(
        _ cancellations: [Cancellation], _ verdict: CoinExVerdict<[CoinExRowReport]?>, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let batch) = verdict else {
            for item in cancellations { tellCancelFailure(verdict, of: item.order, at: now, &facts) }
            return
        }
        let rows = batch ?? []
        let isWhole = rows.count == cancellations.count
        for (index, cancellation) in cancellations.enumerated() {
            guard isWhole else {
                facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
                continue
            }
            let row: CoinExVerdict<CoinExOrderReport> = self.verdict(rows[index])
            concludeCancel(cancellation, row, at: now, &facts)
        }
    }

    mutating func concludeCancelByName(
        _ cancellation: Cancellation, _ verdict: CoinExVerdict<[CoinExRowReport]?>, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        guard case .reply(let batch) = verdict else {
            return tellCancelFailure(verdict, of: cancellation.order, at: now, &facts)
        }
        guard let rows = batch, rows.count <= 1 else {
            return facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
        }
        guard let row = rows.first else {
            return facts.append(actionRefused(cancellation.order, .venueOrderNotFound, at: now))
        }
        // The name is the order's; its number may be that of the stop order that it was.
        var byName = cancellation
        byName.venueOrder = .unknown
        concludeCancel(byName, self.verdict(row), at: now, &facts)
    }

    /// A stop order that is not among the waiting ones has fired: then the order that it became is cancelled.
    mutating func concludeStopCancel(
        _ cancellation: Cancellation, _ verdict: CoinExVerdict<[CoinExRefusal]?>, _ flight: CoinExFlight,
        _ request: UInt64, at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExNext {
        switch verdict {
        case .reply(let batch):
            guard let row = batch?.first, row.code.consequence != .refused(.venueOrderNotFound) else { break }
            if row.code.rawValue == 0 {
                // It waited until now, so nothing of it was filled.
                let ended = OrderProgress(
                    order: cancellation.order, venueOrder: cancellation.venueOrder, phase: .cancelled,
                    filled: .zero, venueTime: clock.time(at: now))
                facts.append(.progress(ended))
            } else {
                let verdict: CoinExVerdict<CoinExOrderReport> = self.verdict(row)
                tellCancelFailure(verdict, of: cancellation.order, at: now, &facts)
            }
            return .done
        case .refused(.venueOrderNotFound): break
        case .refused, .rateLimited, .neverSent, .open:
            tellCancelFailure(verdict, of: cancellation.order, at: now, &facts)
            return .done
        }
        var next = flight
        next.work = .cancelByName(cancellation)
        return hold(next, request, for: .batch)
    }

    // MARK: Modifications

    /// The reply is the new order. The end of the old one is not told by it, as fills of it may have come
    /// meanwhile: the engine asks for that.
    mutating func concludeModification(
        _ modification: Modification, _ verdict: CoinExVerdict<CoinExOrderReport>, at now: Instant,
        _ facts: inout [VenueFact]
    ) {
        let order = modification.replacement.order
        switch verdict {
        case .reply(let found):
            guard found.number != modification.venueOrder else {
                // The venue is not known to keep a number; if it does, the two cannot be told apart.
                tell(.wrongOrder(order))
                facts.append(.outcomeUnknown(uncertain(order, at: now)))
                facts.append(.outcomeUnknown(uncertain(modification.order, at: now)))
                return
            }
            directory.note(modification.venueOrder, is: modification.order)
            directory.note(found.number, is: order)
            settle(replacement: order)
            facts.append(accepted(order, found.number, at: now))
            if !found.isUntouched { facts.append(progress(order, found, at: now)) }
            facts.append(.outcomeUnknown(uncertain(modification.order, at: now)))
        case .open:
            facts.append(.outcomeUnknown(uncertain(order, at: now)))
            facts.append(.outcomeUnknown(uncertain(modification.order, at: now)))
        case .refused, .rateLimited, .neverSent:
            settle(replacement: order)
            tellFailure(verdict, of: order, .place, at: now, &facts)
        }
    }
}
