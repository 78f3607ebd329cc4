import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

// What a session does besides the trading: orders of earlier runs, comparing with the venue, and the end.

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    // MARK: - Orders of earlier runs

    /// Orders of earlier runs are treated as is wanted. Those of this run that its tape has lost count in any case:
    /// where found orders are to be left alone, these are cancelled.
    @inlinable
    mutating func takeFound(at now: Instant) {
        let (found, lost) = (output.found, output.lost)
        output.found.removeAll(keepingCapacity: true)
        output.lost.removeAll(keepingCapacity: true)
        switch settings.foundOrders {
        case .leave: adopt(lost, cancels: true, at: now)
        case .adopt: adopt(found + lost, cancels: false, at: now)
        case .cancel: adopt(found + lost, cancels: true, at: now)
        }
        var index = 0
        while index < output.facts.count {
            feed(output.facts[index], at: now)
            index += 1
        }
        output.facts.removeAll(keepingCapacity: true)
    }

    @inlinable
    mutating func adopt(_ found: [FoundOrder], cancels: Bool, at now: Instant) {
        for order in found {
            let adoption = Adoption(order, cancels: cancels || isStopping, at: now)
            observer.willAdopt(adoption)
            guard let id = engine.adopt(adoption) else { continue }
            link.adopt(order, as: id, at: now, into: &output)
        }
    }

    @inlinable var isStopping: Bool {
        switch phase {
        case .stopping, .verifying, .ended: true
        case .idle, .joining, .running: false
        }
    }

    // MARK: - Comparing with the venue

    @inlinable
    mutating func audit(at now: Instant) {
        nextAudit = now + (isStopping ? settings.verifyPause : auditPause)
        link.audit(at: now, into: &output)
    }

    /// How long after a look at the account the next one follows.
    @inlinable var auditPause: Interval {
        engine.isPaused ? min(settings.auditEvery, LiveCare.lookPause) : settings.auditEvery
    }

    /// An order that stood before the venue was asked and is not in its list has ended, and how is to be asked.
    @inlinable
    mutating func takeListing(at now: Instant) {
        guard let listing = output.listing else { return }
        output.listing = nil
        for order in engine.unlisted(listing) {
            let doubt = OrderUncertain(order: order, venueTime: listing.askedAt)
            feed(.outcomeUnknown(doubt), at: now)
        }
        care.look(at: listing, engine, at: now)
        pauseOrGoOn(at: now)
        switch phase {
        case .verifying(_, let since):
            guard listing.askedAt >= since else { return }
            conclude(listing, at: now)
        case .idle, .joining, .running, .stopping, .ended: break
        }
    }

    /// A difference that is certain pauses trading; looks that find none lift the pause.
    @inlinable
    mutating func pauseOrGoOn(at now: Instant) {
        guard phase == .running else { return }
        if care.foundTrouble, !engine.isPaused {
            pause(.begun, at: now)
            nextAudit = min(nextAudit, now + LiveCare.lookPause)
            care.tellPause(true, at: now)
        } else if engine.isPaused, care.cleanLooks >= LiveCare.cleanLooksMin {
            pause(.lifted, at: now)
            care.tellPause(false, at: now)
        }
    }

    @inlinable
    mutating func pause(_ step: TradingPause, at now: Instant) {
        observer.willPause(step, at: now)
        engine.pause(step, at: now)
        send(at: now)
    }

    // MARK: - The end

    /// Takes the next step to the end, if the time for it has come.
    @inlinable
    mutating func goOnStopping(at now: Instant) {
        if observer.isBroken { return endBroken(at: now) }
        switch phase {
        case .stopping(let deadline):
            if now >= deadline { return end(engine.remains(), at: now) }
            guard engine.remains().unresolved.isEmpty else { return }
            phase = .verifying(deadline: deadline, since: now)
            audit(at: now)
            if output.hasNews { takeNews(at: now) }
        case .verifying(let deadline, _):
            if now >= deadline { end(engine.remains(), at: now) }
        case .idle, .joining, .running, .ended: break
        }
    }

    /// The venue has listed what stands after all was cancelled.
    @inlinable
    mutating func conclude(_ listing: OpenListing, at now: Instant) {
        var outcome = engine.remains()
        // An order that came to life while we asked.
        guard outcome.unresolved.isEmpty else { return }
        outcome.isVerified = true
        outcome.unexpected = listing.orders.filter { order in !outcome.left.contains { $0.id == order } }
        end(outcome, at: now)
    }

    @inlinable
    mutating func refuseToBegin(_ shortfalls: [Shortfall], at now: Instant) {
        var outcome = engine.remains()
        outcome.shortfalls = shortfalls
        end(outcome, at: now)
    }

    @inlinable
    mutating func endBroken(at now: Instant) {
        var outcome = engine.remains()
        outcome.isTapeBroken = true
        end(outcome, at: now)
    }

    @inlinable
    mutating func end(_ outcome: LiveOutcome, at now: Instant) {
        phase = .ended(outcome)
        nextAudit = .distantFuture
        link.stop(at: now, into: &output)
    }
}

extension Engine {
    /// What still lives: on purpose, or not.
    @usableFromInline
    func remains() -> LiveOutcome {
        var outcome = LiveOutcome()
        for index in desk.orders.active.indices {
            let slot = Int(desk.orders.active[index])
            guard desk.orders.slots[slot].isActive else { continue }
            if desk.orders.slots[slot].outlivesSession {
                outcome.left.append(desk.orders.slots[slot])
            } else {
                outcome.unresolved.append(desk.orders.slots[slot])
            }
        }
        return outcome
    }

    /// Orders that the venue has acknowledged before it made a list that they are not in.
    @usableFromInline
    func unlisted(_ listing: OpenListing) -> [OrderID] {
        var orders: [OrderID] = []
        for index in desk.orders.active.indices {
            let slot = Int(desk.orders.active[index])
            guard floor.evidence[slot].isAccepted, floor.evidence[slot].ending == nil,
                floor.evidence[slot].sentAt < listing.askedAt,
                !listing.orders.contains(desk.orders.slots[slot].id)
            else { continue }
            orders.append(desk.orders.slots[slot].id)
        }
        return orders
    }
}
