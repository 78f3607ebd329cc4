import MarketModel
import Quantities
import StrategyKit
import VenueKit

extension TradingFloor {
    /// Asks the venue about every living order whose evidence is overdue.
    ///
    /// An order is never given up: questions go on, ever more slowly, until the venue has answered.
    package mutating func checkEvidence(_ desk: inout Desk) {
        nextEvidenceCheck = .distantFuture
        var asked = false
        for index in desk.orders.active.indices {
            let slot = Int(desk.orders.active[index])
            let order = desk.orders.slots[slot]
            guard let due = evidenceDue(order, evidence[slot]) else { continue }
            if due > desk.now {
                nextEvidenceCheck = min(nextEvidenceCheck, due)
                continue
            }
            ask(slot, &desk)
            asked = true
            nextEvidenceCheck = min(nextEvidenceCheck, desk.now + pause(evidence[slot].askCount))
        }
        if asked { release(&desk) }
    }

    /// When the evidence of an order has to be asked for; nil when nothing is missing.
    private func evidenceDue(_ order: OwnOrder, _ evidence: Evidence) -> Instant? {
        let first: Instant
        switch evidence.verdict(quantity: order.ticket.quantityWhenFilled) {
        case .silent:
            guard evidence.sentAt != .distantPast else { return nil }
            first = evidence.sentAt + timing.answerTimeout
        case .unknown: first = order.updatedAt
        case .dealsMissing: first = order.updatedAt + timing.dealGrace
        case .open:
            guard evidence.doubtedFrom < .distantFuture else { return nil }
            first = evidence.doubtedFrom
        case .closed: return nil
        }
        guard evidence.askCount > 0 else { return first }
        return max(first, evidence.askedAt + pause(evidence.askCount))
    }

    /// Whether an open order still stands is to be asked from `due` on.
    package mutating func doubt(_ slot: Int, from due: Instant) {
        evidence[slot].doubtedFrom = due
        nextEvidenceCheck = min(nextEvidenceCheck, due)
    }

    /// The venue counts the order among the open ones after we asked: what was done to it had no effect.
    ///
    /// A cancel is sent again: that does no harm, however often it is done.
    package mutating func endDoubt(_ progress: OrderProgress, _ desk: inout Desk) {
        guard progress.phase == .open, let slot = desk.orders.slot(of: progress.order),
            desk.orders.slots[slot].isActive, evidence[slot].askedAt >= evidence[slot].doubtedFrom
        else { return }
        evidence[slot].doubtedFrom = .distantFuture
        guard desk.orders.slots[slot].isCancelRequested else {
            evidence[slot].askCount = 0
            // It has not ended yet and is about to: its end may be lost all the same.
            if desk.orders.slots[slot].ticket.endsAtOnce {
                doubt(slot, from: desk.now + timing.answerTimeout)
            }
            return
        }
        pacer.enqueueCancel(progress.order)
        release(&desk)
    }

    private func pause(_ count: Int) -> Interval {
        min(timing.askPause * (1 << min(count, 16)), timing.askPauseMax)
    }

    private mutating func ask(_ slot: Int, _ desk: inout Desk) {
        let order = desk.orders.slots[slot]
        if evidence[slot].askCount == 0 {
            switch evidence[slot].verdict(quantity: order.ticket.quantityWhenFilled) {
            case .dealsMissing: alert(.dealsMissing(order.id), order.strategy, at: desk.now)
            case .silent:
                evidence[slot].isUncertain = true
                desk.orders.slots[slot].state = .active(.unknown)
                desk.orders.slots[slot].updatedAt = desk.now
                deliveries.append(desk.orders.slots[slot])
                alert(.orderUncertain(order.id), order.strategy, at: desk.now)
            case .unknown, .open, .closed: break
            }
        }
        evidence[slot].askCount += 1
        evidence[slot].askedAt = desk.now
        pacer.enqueue(
            OrderQuery(
                order: order.id, venueOrder: order.venueID, market: order.market,
                sentAt: evidence[slot].sentAt))
    }
}
