import MarketModel
import Quantities
import StrategyKit
import VenueKit

extension TradingFloor {
    /// Joins one fact about own orders or balances.
    @inlinable @inline(__always)
    package mutating func join(_ fact: VenueFact, _ desk: inout Desk) {
        switch fact {
        case .accepted(let accepted): join(accepted, &desk)
        case .refused(let refused): join(refused, &desk)
        case .progress(let progress): join(progress, &desk)
        case .deal(let deal): join(deal, &desk)
        case .actionRefused(let refused): takeActionRefusal(refused, &desk)
        case .outcomeUnknown(let uncertain): takeUncertainty(uncertain.order, &desk)
        case .neverSent(let proof): takeProof(proof.order, neverSent: true, &desk)
        case .absent(let proof): takeProof(proof.order, neverSent: false, &desk)
        case .balance(let balance): take(balance, &desk)
        case .rateLimited(let limited): takeRateLimit(limited, &desk)
        case .orderPause(let pause): take(pause)
        }
        if desk.hasStatusChange { takeStops(&desk) }
    }

    @usableFromInline
    mutating func join(_ accepted: OrderAccepted, _ desk: inout Desk) {
        nameClosed(accepted.order, accepted.venueOrder, &desk)
        learn(accepted.order, &desk, contradicts: \.neverStood) { evidence, order in
            evidence.isAccepted = true
            order.venueID = max(order.venueID, accepted.venueOrder)
        }
    }

    @usableFromInline
    mutating func join(_ refused: OrderRefused, _ desk: inout Desk) {
        learn(refused.order, &desk) { evidence, _ in evidence.refusal = refused.reason }
    }

    @usableFromInline
    mutating func join(_ progress: OrderProgress, _ desk: inout Desk) {
        let contradicts = { (entry: ClosedOrders.Entry) in
            // One that ended unfilled before it was asked for is forgotten by the venue, and its end may be told late.
            (entry.neverStood && progress.phase != .cancelled) || progress.filled > entry.filled
        }
        nameClosed(progress.order, progress.venueOrder, &desk)
        learn(progress.order, &desk, contradicts: contradicts) { evidence, order in
            evidence.join(progress)
            order.venueID = max(order.venueID, progress.venueOrder)
        }
        endDoubt(progress, &desk)
    }

    /// An order that its deals have closed may be told its number at the venue afterwards: that is noted, for the
    /// ledger.
    private mutating func nameClosed(_ id: OrderID, _ number: VenueOrderID, _ desk: inout Desk) {
        guard keepsTold, number != .unknown, let slot = desk.orders.slot(of: id),
            !desk.orders.slots[slot].isActive, desk.orders.slots[slot].venueID == .unknown
        else { return }
        desk.orders.slots[slot].venueID = number
        told.append(.order(desk.orders.slots[slot]))
    }

    @usableFromInline
    mutating func takeUncertainty(_ order: OrderID, _ desk: inout Desk) {
        let soon = desk.now + timing.dealGrace
        learn(order, &desk) { evidence, _ in
            evidence.isUncertain = true
            evidence.doubtedFrom = min(evidence.doubtedFrom, soon)
        }
    }

    /// Proof that an order does not stand: it never left, or the venue does not know it.
    @usableFromInline
    mutating func takeProof(_ order: OrderID, neverSent: Bool, _ desk: inout Desk) {
        learn(order, &desk) { evidence, _ in
            if neverSent { evidence.refusal = .neverSent } else { evidence.isAbsent = true }
        }
    }

    /// Adds to the evidence of a living order and draws the conclusion.
    private mutating func learn(
        _ id: OrderID, _ desk: inout Desk, contradicts: (ClosedOrders.Entry) -> Bool = { _ in false },
        _ body: (inout Evidence, inout OwnOrder) -> Void
    ) {
        guard let slot = desk.orders.slot(of: id), desk.orders.slots[slot].isActive else {
            return takeLateFact(id, contradicts, &desk)
        }
        let before = evidence[slot]
        body(&evidence[slot], &desk.orders.slots[slot])
        if evidence[slot] == before { counters.repeatedFacts += 1 }
        conclude(slot, &desk)
    }

    /// A fact about an order that is over: a repetition, unless it says that more happened than we booked.
    ///
    /// Facts come in any order. What would have left the order closed, had it come before the last one, is no
    /// contradiction after it: one that stood and is absent has ended unfilled, whichever is heard first.
    private mutating func takeLateFact(
        _ id: OrderID, _ contradicts: (ClosedOrders.Entry) -> Bool, _ desk: inout Desk
    ) {
        counters.repeatedFacts += 1
        if let entry = closedEntry(id, desk), contradicts(entry) {
            alert(.contradiction(id), desk.active, at: desk.now)
        }
    }

    /// How an order ended: by its slot while that is not reused, else by the list of the closed ones.
    private func closedEntry(_ id: OrderID, _ desk: borrowing Desk) -> ClosedOrders.Entry? {
        guard let slot = desk.orders.slot(of: id) else { return closed.entry(id) }
        switch desk.orders.slots[slot].state {
        case .active: return nil
        case .closed(let closing):
            return ClosedOrders.Entry(
                order: id, closing: closing, filled: desk.orders.slots[slot].filled,
                isAbsent: evidence[slot].isAbsent)
        }
    }

    /// Moves the order to where the evidence puts it.
    private mutating func conclude(_ slot: Int, _ desk: inout Desk) {
        switch evidence[slot].verdict(quantity: desk.orders.slots[slot].ticket.quantityWhenFilled) {
        case .silent: break
        case .unknown:
            if desk.orders.slots[slot].state != .active(.unknown) {
                move(slot, to: .unknown, &desk)
                let id = desk.orders.slots[slot].id
                alert(.orderUncertain(id), desk.orders.slots[slot].strategy, at: desk.now)
                nextEvidenceCheck = desk.now
            }
        case .open, .dealsMissing:
            if desk.orders.slots[slot].state != .active(.open) { opened(slot, &desk) }
            if evidence[slot].dealt < evidence[slot].reported {
                nextEvidenceCheck = min(nextEvidenceCheck, desk.now + timing.dealGrace)
            }
            nextEvidenceCheck = min(nextEvidenceCheck, max(desk.now, evidence[slot].doubtedFrom))
        case .closed(let closing): close(slot, closing, &desk)
        }
    }

    private mutating func move(_ slot: Int, to phase: ActivePhase, _ desk: inout Desk) {
        desk.orders.slots[slot].state = .active(phase)
        desk.orders.slots[slot].updatedAt = desk.now
        deliveries.append(desk.orders.slots[slot])
    }

    /// The venue has the order: what waited for that can go.
    private mutating func opened(_ slot: Int, _ desk: inout Desk) {
        move(slot, to: .open, &desk)
        let id = desk.orders.slots[slot].id
        let isCancelRequested = desk.orders.slots[slot].isCancelRequested
        if isCancelRequested { pacer.enqueueCancel(id) }
        if !waitingModifications.isEmpty {
            for waiting in waitingModifications where waiting.order == id {
                pacer.enqueue(waiting.replacement, replacing: id)
            }
            waitingModifications.removeAll { $0.order == id }
        }
        if isCancelRequested || pacer.hasWaiting { release(&desk) }
    }

    private mutating func close(_ slot: Int, _ closing: Closing, _ desk: inout Desk) {
        let strategy = desk.orders.slots[slot].strategy
        exposures.remove(desk.orders.slots[slot], in: desk.table.terms(desk.orders.slots[slot].market))
        end(slot, closing, &desk)
        withdrawReplacements(of: desk.orders.slots[slot].id, &desk)
        switch closing {
        case .rejected(let refusal):
            if refusal.isFromVenue {
                counters.refusedByVenue += 1
                noteRefusal(strategy, &desk)
            }
        case .filled, .cancelled, .triggerFailed: break
        }
        if risk[Int(strategy.index)].ladder.step == .flattened { flatten(strategy, &desk) }
    }

    /// Replacements that were not sent when their order ended have nothing to replace.
    private mutating func withdrawReplacements(of id: OrderID, _ desk: inout Desk) {
        guard pacer.hasWaiting || !waitingModifications.isEmpty else { return }
        waitingModifications.removeAll { $0.order == id }
        var index = 0
        while index < desk.orders.active.count {
            let slot = Int(desk.orders.active[index])
            if desk.orders.slots[slot].replaces == id, desk.orders.slots[slot].state == .active(.created) {
                // It leaves the list: the next one has its place now.
                withdraw(slot, &desk)
            } else {
                index += 1
            }
        }
    }

    @usableFromInline
    mutating func takeActionRefusal(_ refused: OrderRefused, _ desk: inout Desk) {
        guard let slot = desk.orders.slot(of: refused.order), desk.orders.slots[slot].isActive else { return }
        guard refused.reason == .venueOrderNotFound || mustGo(desk.orders.slots[slot], desk) else {
            // Any other reason leaves the order as it was: its strategy must not wait for its end.
            desk.orders.slots[slot].isCancelRequested = false
            evidence[slot].doubtedFrom = .distantFuture
            deliveries.append(desk.orders.slots[slot])
            return
        }
        // It ended, and the news of how is on its way, or was lost; or it has to be cancelled again.
        doubt(slot, from: desk.now + timing.dealGrace)
    }

    /// Whether the order is cancelled for safety, so that no refusal of the venue is the last word.
    private func mustGo(_ order: OwnOrder, _ desk: borrowing Desk) -> Bool {
        guard order.isCancelRequested else { return false }
        let isStopping: Bool
        switch phase {
        case .starting, .trading: isStopping = false
        case .stopping: isStopping = true
        }
        let strategy = Int(order.strategy.index)
        return isStopping || !desk.statuses[strategy].isRunning || risk[strategy].ladder.step >= .reduceOnly
    }

    @usableFromInline
    mutating func take(_ pause: OrderPause) { pacer.keepOrdersApart(by: pause.pause, until: pause.until) }

    @usableFromInline
    mutating func takeRateLimit(_ limited: RateLimited, _ desk: inout Desk) {
        pacer.close(limited.group, at: desk.now)
        alert(.rateLimited, desk.active, at: desk.now)
        switch limited.group {
        case .place, .batch:
            // The venue says that it did not happen: the order never stood.
            learn(limited.order, &desk) { evidence, _ in evidence.refusal = .venueRateLimited }
        case .cancel:
            if let slot = desk.orders.slot(of: limited.order), desk.orders.slots[slot].isActive {
                pacer.enqueueCancel(limited.order)
            }
        case .query: break
        }
    }

    @usableFromInline
    mutating func take(_ balance: Balance, _ desk: inout Desk) {
        let index = Int(balance.asset.index)
        guard let joined = accounts[index].join(balance, placements: counters.placements) else {
            counters.repeatedFacts += 1
            return
        }
        desk.balances[index] = joined
        deliveries.append(joined)
    }

    /// Books a deal: order, exposure, position, balances and delivery together.
    @usableFromInline
    mutating func join(_ deal: Deal, _ desk: inout Desk) {
        guard let slot = desk.orders.slot(of: deal.order), desk.orders.slots[slot].isActive else {
            return takeLateFact(
                deal.order,
                { entry in
                    switch entry.closing {
                    case .rejected, .triggerFailed: true
                    case .filled, .cancelled: false
                    }
                }, &desk)
        }
        guard dealLog.insert(deal.id, slot: slot) else {
            counters.repeatedFacts += 1
            return
        }
        do throws(ArithmeticError) {
            let filled = try desk.orders.slots[slot].filled.adding(deal.quantity)
            let notional = try desk.orders.slots[slot].filledNotional.adding(deal.notional)
            exposures.fill(
                desk.orders.slots[slot], deal.quantity, for: deal.notional,
                in: desk.table.terms(desk.orders.slots[slot].market))
            desk.orders.slots[slot].filled = filled
            desk.orders.slots[slot].filledNotional = notional
            evidence[slot].dealt = filled
            try book(deal, slot, &desk)
        } catch {
            alert(.overflow, desk.orders.slots[slot].strategy, at: desk.now)
        }
        conclude(slot, &desk)
    }

    @inline(__always)
    private mutating func book(_ deal: Deal, _ slot: Int, _ desk: inout Desk) throws(ArithmeticError) {
        let strategy = desk.orders.slots[slot].strategy
        let side = desk.orders.slots[slot].side
        let fill = Fill(
            market: deal.market, deal: deal.id, order: deal.order, strategy: strategy, side: side,
            liquidity: deal.liquidity, price: deal.price, quantity: deal.quantity, notional: deal.notional,
            fee: deal.fee, feeAsset: deal.feeAsset, venueTime: deal.venueTime, receivedAt: desk.now)
        let market = desk.table.terms(deal.market)
        let feeValue = try value(of: fill, in: market, desk)
        let index = Int(strategy.index) * desk.table.markets.count + Int(deal.market.index)
        try desk.positions[index].book(
            fill, mid: desk.states[Int(deal.market.index)].mid, feeValue: feeValue,
            feeInBase: deal.feeAsset == market.base ? Quantity(deal.fee) : .zero)
        let base = side == .buy ? deal.quantity : -deal.quantity
        let quote = side == .buy ? -deal.notional : deal.notional
        shift(&desk, market.base, by: Amount(base), deal, slot)
        shift(&desk, market.quote, by: Amount(quote), deal, slot)
        shift(&desk, deal.feeAsset, by: -deal.fee, deal, slot)
        counters.fills += 1
        deliveries.append(fill)
        nextAssessment = .distantPast
    }

    /// Moves a balance by a deal that the venue's last word on the balance does not contain yet.
    private mutating func shift(
        _ desk: inout Desk, _ asset: AssetID, by change: Amount, _ deal: Deal, _ slot: Int
    ) {
        let index = Int(asset.index)
        if accounts[index].join(change, at: deal.venueTime, placement: evidence[slot].placement) {
            desk.balances[index].total += change
        }
    }

    /// The fee in the market's quote asset.
    private mutating func value(
        of fill: Fill, in market: MarketTerms, _ desk: borrowing Desk
    ) throws(ArithmeticError) -> Notional {
        if fill.feeAsset == market.quote { return Notional(fill.fee) }
        if fill.feeAsset == market.base {
            return try Quantity(fill.fee).times(fill.price, .up)
        }
        for other in desk.table.terms where other.base == fill.feeAsset && other.quote == market.quote {
            if let mark = desk.states[Int(other.id.index)].mark {
                return try Quantity(fill.fee).times(mark, .up)
            }
        }
        if !fill.fee.isZero { alert(.feeNotValued(fill.feeAsset), fill.strategy, at: desk.now) }
        return .zero
    }
}
