import MarketModel
import Quantities
import StrategyKit
import VenueKit

extension TradingFloor {
    /// Judges all that the strategies asked for in this turn and lets go what may go.
    @usableFromInline package mutating func takeIntents(_ desk: inout Desk) {
        turnRounds += 1
        if turnRounds > Self.turnRoundsMax { stopRestless(&desk) }
        while evidence.count < desk.orders.slots.count { evidence.append(Evidence()) }
        for index in desk.intents.indices {
            switch desk.intents[index] {
            case .place(let id): judge(id, replacing: .none, &desk)
            case .modify(let old, let new): takeModification(old, new, &desk)
            case .cancel(let id): takeCancel(id, &desk)
            }
        }
        desk.intents.removeAll()
        countRequests(&desk)
        release(&desk)
        if desk.hasStatusChange { takeStops(&desk) }
    }

    /// The next turn begins with room for requests; what found none in this one is told.
    private mutating func countRequests(_ desk: inout Desk) {
        for index in desk.requestCounts.indices {
            desk.requestCounts[index] = 0
            let dropped = desk.droppedRequests[index]
            guard dropped > 0 else { continue }
            desk.droppedRequests[index] = 0
            counters.requestsDropped += dropped
            alert(.requestsDropped(dropped), StrategyID(index), at: desk.now)
        }
    }

    /// Stops the strategy that goes on asking while it is being answered: its turn would never end.
    private mutating func stopRestless(_ desk: inout Desk) {
        turnRounds = 0
        let order: OrderID
        switch desk.intents.first {
        case .place(let id), .modify(let id, replacement: _), .cancel(let id): order = id
        case nil: return
        }
        guard let slot = desk.orders.slot(of: order) else { return }
        desk.end(desk.orders.slots[slot].strategy, .failed("requests without end in one turn"))
    }

    private mutating func judge(_ id: OrderID, replacing old: OrderID, _ desk: inout Desk) {
        guard let slot = desk.orders.slot(of: id) else {
            preconditionFailure("an intent names an order of the table")
        }
        evidence[slot] = Evidence()
        let strategy = desk.orders.slots[slot].strategy
        if let refusal = gate(strategy, desk) { return refuse(slot, refusal, &desk) }
        let replaced = old == .none ? nil : desk.orders.slot(of: old)
        switch risk[Int(strategy.index)].judge(slot, replacing: replaced, desk, exposures) {
        case .success(let approved): admit(approved, slot, replacing: old, &desk)
        case .failure(let refusal): refuse(slot, refusal, &desk)
        }
    }

    /// What refuses an order whatever it is.
    private func gate(_ strategy: StrategyID, _ desk: borrowing Desk) -> Refusal? {
        switch phase {
        case .starting: return .notReady
        case .stopping: return .strategyStopped
        case .trading: if isPaused || heedsConnection && !isConnected { return .notReady }
        }
        return desk.statuses[Int(strategy.index)].isRunning ? nil : .strategyStopped
    }

    private mutating func admit(
        _ approved: RiskApproved, _ slot: Int, replacing old: OrderID, _ desk: inout Desk
    ) {
        exposures.add(desk.orders.slots[slot], in: desk.table.terms(desk.orders.slots[slot].market))
        guard old != .none, let oldSlot = desk.orders.slot(of: old) else {
            return pacer.enqueue(approved, replacing: .none)
        }
        switch desk.orders.slots[oldSlot].state {
        case .active(.open): pacer.enqueue(approved, replacing: old)
        case .active(.submitting), .active(.unknown): waitingModifications.append((old, approved))
        case .active(.created), .closed: preconditionFailure("superseded or ended before admission")
        }
    }

    private mutating func takeModification(_ old: OrderID, _ new: OrderID, _ desk: inout Desk) {
        guard let oldSlot = desk.orders.slot(of: old), let newSlot = desk.orders.slot(of: new) else {
            preconditionFailure("an intent names orders of the table")
        }
        evidence[newSlot] = Evidence()
        switch desk.orders.slots[oldSlot].state {
        case .closed:
            refuse(newSlot, .unknownOrder, &desk)
        case .active(.created):
            // Never sent: the newer one takes its place, and inherits what that one was to replace.
            let inherited = desk.orders.slots[oldSlot].replaces
            withdraw(oldSlot, &desk)
            let target = living(inherited, desk)
            desk.orders.slots[newSlot].replaces = target
            judge(new, replacing: target, &desk)
        case .active(.submitting), .active(.open), .active(.unknown):
            if desk.orders.slots[oldSlot].isCancelRequested {
                refuse(newSlot, .unknownOrder, &desk)
            } else {
                judge(new, replacing: old, &desk)
            }
        }
    }

    private func living(_ id: OrderID, _ desk: borrowing Desk) -> OrderID {
        guard let slot = desk.orders.slot(of: id), desk.orders.slots[slot].isActive else { return .none }
        return id
    }

    private mutating func takeCancel(_ id: OrderID, _ desk: inout Desk) {
        guard let slot = desk.orders.slot(of: id) else { return }
        switch desk.orders.slots[slot].state {
        case .active(.created): withdraw(slot, &desk)
        case .active(.open), .active(.unknown): pacer.enqueueCancel(id)
        // The cancel follows when the venue has acknowledged the order.
        case .active(.submitting), .closed: break
        }
    }

    /// Ends an order that was never sent.
    package mutating func withdraw(_ slot: Int, _ desk: inout Desk) {
        counters.withdrawn += 1
        let id = desk.orders.slots[slot].id
        waitingModifications.removeAll { $0.replacement.order == id }
        exposures.remove(desk.orders.slots[slot], in: desk.table.terms(desk.orders.slots[slot].market))
        end(slot, .rejected(.withdrawn), &desk)
    }

    /// Ends an order that risk refused: it never counted.
    private mutating func refuse(_ slot: Int, _ refusal: Refusal, _ desk: inout Desk) {
        counters.refusedByRisk += 1
        end(slot, .rejected(refusal), &desk)
        let strategy = desk.orders.slots[slot].strategy
        noteRefusal(strategy, &desk)
    }

    /// Counts a refusal; too many end the strategy, whose orders are cancelled at the end of the turn.
    package mutating func noteRefusal(_ strategy: StrategyID, _ desk: inout Desk) {
        guard risk[Int(strategy.index)].noteRefusal(at: desk.now),
            desk.statuses[Int(strategy.index)].isRunning
        else { return }
        desk.end(strategy, .stopped("too many refused orders"))
        alert(.tooManyRefusals, strategy, at: desk.now)
    }

    /// Cancels the orders of strategies that have stopped or failed.
    ///
    /// What they asked for in this turn is judged first, and refused: an order that was never judged does
    /// not count anywhere yet, and cannot be withdrawn.
    @usableFromInline package mutating func takeStops(_ desk: inout Desk) {
        desk.hasStatusChange = false
        if !desk.intents.isEmpty { takeIntents(&desk) }
        for index in desk.statuses.indices {
            switch desk.statuses[index] {
            case .running: continue
            case .finished, .stopped: break
            case .failed:
                if !failed[index] { alert(.strategyFailed, StrategyID(index), at: desk.now) }
                failed[index] = true
            }
            cancelForGood(StrategyID(index), &desk)
        }
        release(&desk)
    }

    /// Cancels every living order of every strategy, except those that outlive the session.
    @usableFromInline package mutating func cancelEverything(_ desk: inout Desk) {
        for index in desk.statuses.indices { cancelForGood(StrategyID(index), &desk) }
        release(&desk)
    }

    /// Cancels the living orders of a strategy, except those that the ladder itself has sent and those
    /// that are to stay at the venue.
    private mutating func cancelForGood(_ strategy: StrategyID, _ desk: inout Desk) {
        guard risk[Int(strategy.index)].ladder.step < .flattened else { return }
        cancelAll(of: strategy, sparingLasting: true, &desk)
    }

    /// Cancels every living order of a strategy, all of which have been judged.
    ///
    /// - Parameter sparingLasting: whether orders that outlive the session are left alone.
    package mutating func cancelAll(
        of strategy: StrategyID, sparingLasting: Bool = false, _ desk: inout Desk
    ) {
        var index = 0
        while index < desk.orders.active.count {
            let count = desk.orders.active.count
            let slot = Int(desk.orders.active[index])
            if desk.orders.slots[slot].strategy == strategy, desk.orders.slots[slot].isActive,
                !desk.orders.slots[slot].isCancelRequested,
                !(sparingLasting && desk.orders.slots[slot].outlivesSession)
            {
                desk.orders.slots[slot].isCancelRequested = true
                takeCancel(desk.orders.slots[slot].id, &desk)
            }
            // One that was not sent yet has left the list: the next one has its place now.
            if desk.orders.active.count == count { index += 1 }
        }
    }

    /// Cancels what rests in a market, except stops that outlive the session.
    package mutating func cancelResting(in market: MarketID, _ desk: inout Desk) {
        var index = 0
        while index < desk.orders.active.count {
            let count = desk.orders.active.count
            let slot = Int(desk.orders.active[index])
            if desk.orders.slots[slot].market == market, desk.orders.slots[slot].isActive,
                !desk.orders.slots[slot].isCancelRequested, !desk.orders.slots[slot].outlivesSession
            {
                desk.orders.slots[slot].isCancelRequested = true
                takeCancel(desk.orders.slots[slot].id, &desk)
            }
            if desk.orders.active.count == count { index += 1 }
        }
        release(&desk)
    }

    /// Closes an order and tells its strategy.
    package mutating func end(_ slot: Int, _ closing: Closing, _ desk: inout Desk) {
        if desk.orders.slots[slot].filled.isPositive { counters.ordersTraded += 1 }
        desk.orders.slots[slot].state = .closed(closing)
        desk.orders.slots[slot].updatedAt = desk.now
        desk.orders.retire(slot: slot)
        dealLog.clear(slot: slot)
        closed.add(
            ClosedOrders.Entry(
                order: desk.orders.slots[slot].id, closing: closing, filled: desk.orders.slots[slot].filled,
                isAbsent: evidence[slot].isAbsent))
        deliveries.append(desk.orders.slots[slot])
    }
}
