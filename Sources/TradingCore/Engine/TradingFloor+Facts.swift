import MarketModel
import Quantities
import StrategyKit
import VenueKit

extension TradingFloor {
    /// Joins one fact about own orders or balances.
    @usableFromInline package mutating func join(_ fact: VenueFact, _ desk: inout Desk) {
        switch fact {
        case .accepted(let accepted):
            learn(accepted.order, &desk) { evidence, order in
                evidence.isAccepted = true
                order.venueID = max(order.venueID, accepted.venueOrder)
            }
        case .refused(let refused):
            learn(refused.order, &desk) { evidence, _ in evidence.refusal = refused.reason }
        case .progress(let progress):
            learn(progress.order, &desk, contradicts: { progress.filled > $0.filled }) {
                evidence, order in
                evidence.join(progress)
                order.venueID = max(order.venueID, progress.venueOrder)
            }
        case .deal(let deal): join(deal, &desk)
        case .actionRefused(let refused): takeActionRefusal(refused, &desk)
        case .outcomeUnknown(let uncertain):
            learn(uncertain.order, &desk) { evidence, _ in evidence.isUncertain = true }
        case .neverSent(let proof):
            learn(proof.order, &desk) { evidence, _ in evidence.refusal = .neverSent }
        case .absent(let proof):
            learn(proof.order, &desk) { evidence, _ in evidence.isAbsent = true }
        case .balance(let balance): take(balance, &desk)
        case .rateLimited(let limited): takeRateLimit(limited, &desk)
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
    private mutating func takeLateFact(
        _ id: OrderID, _ contradicts: (ClosedOrders.Entry) -> Bool, _ desk: inout Desk
    ) {
        counters.repeatedFacts += 1
        if let entry = closed.entry(id), contradicts(entry) {
            alert(.contradiction(id), desk.active, at: desk.now)
        }
    }

    /// Moves the order to where the evidence puts it.
    private mutating func conclude(_ slot: Int, _ desk: inout Desk) {
        let order = desk.orders.slots[slot]
        switch evidence[slot].verdict(quantity: order.quantity) {
        case .silent: break
        case .unknown:
            if order.state != .active(.unknown) {
                move(slot, to: .unknown, &desk)
                alert(.orderUncertain(order.id), order.strategy, at: desk.now)
                nextEvidenceCheck = desk.now
            }
        case .open, .dealsMissing:
            if order.state != .active(.open) { opened(slot, &desk) }
            if evidence[slot].dealt < evidence[slot].reported {
                nextEvidenceCheck = min(nextEvidenceCheck, desk.now + timing.dealGrace)
            }
        case .closed(let closing): close(slot, closing, &desk)
        }
    }

    private mutating func move(_ slot: Int, to phase: ActivePhase, _ desk: inout Desk) {
        desk.orders.slots[slot].state = .active(phase)
        desk.orders.slots[slot].updatedAt = desk.now
        deliveries.append(.order(desk.orders.slots[slot]))
    }

    /// The venue has the order: what waited for that can go.
    private mutating func opened(_ slot: Int, _ desk: inout Desk) {
        move(slot, to: .open, &desk)
        let order = desk.orders.slots[slot]
        if order.isCancelRequested { pacer.enqueueCancel(order.id) }
        if let replaced = desk.orders.slot(of: order.replaces), desk.orders.slots[replaced].isActive {
            expectEnding(replaced, &desk)
        }
        if !waitingModifications.isEmpty {
            for waiting in waitingModifications where waiting.order == order.id {
                pacer.enqueue(waiting.replacement, replacing: order.id)
            }
            waitingModifications.removeAll { $0.order == order.id }
        }
        if order.isCancelRequested || pacer.hasWaiting { release(&desk) }
    }

    private mutating func close(_ slot: Int, _ closing: Closing, _ desk: inout Desk) {
        let order = desk.orders.slots[slot]
        exposures.remove(order, in: desk.table.terms(order.market))
        end(slot, closing, &desk)
        withdrawReplacements(of: order.id, &desk)
        switch closing {
        case .rejected(let refusal):
            if refusal.isFromVenue {
                counters.refusedByVenue += 1
                noteRefusal(order.strategy, &desk)
            }
        case .filled, .cancelled, .triggerFailed: break
        }
        if risk[Int(order.strategy.index)].ladder.step == .flattened { flatten(order.strategy, &desk) }
    }

    /// Replacements that were not sent when their order ended have nothing to replace.
    private mutating func withdrawReplacements(of id: OrderID, _ desk: inout Desk) {
        guard pacer.hasWaiting || !waitingModifications.isEmpty else { return }
        waitingModifications.removeAll { $0.order == id }
        for slot in desk.orders.active.map(Int.init)
        where desk.orders.slots[slot].replaces == id && desk.orders.slots[slot].state == .active(.created) {
            withdraw(slot, &desk)
        }
    }

    private mutating func takeActionRefusal(_ refused: OrderRefused, _ desk: inout Desk) {
        guard let slot = desk.orders.slot(of: refused.order), desk.orders.slots[slot].isActive else { return }
        guard refused.reason == .venueOrderNotFound else {
            // Any other reason leaves the order as it was: its strategy must not wait for its end.
            desk.orders.slots[slot].isCancelRequested = false
            deliveries.append(.order(desk.orders.slots[slot]))
            return
        }
        // It ended, and the news of how is on its way, or was lost.
        expectEnding(slot, &desk)
    }

    /// The order has ended or is about to: if the news does not come, it is asked for.
    private mutating func expectEnding(_ slot: Int, _ desk: inout Desk) {
        evidence[slot].isEndingDue = true
        desk.orders.slots[slot].updatedAt = desk.now
        nextEvidenceCheck = min(nextEvidenceCheck, desk.now + timing.dealGrace)
    }

    private mutating func takeRateLimit(_ limited: RateLimited, _ desk: inout Desk) {
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

    private mutating func take(_ balance: Balance, _ desk: inout Desk) {
        let index = Int(balance.asset.index)
        guard balance.venueTime >= desk.balances[index].venueTime else {
            counters.repeatedFacts += 1
            return
        }
        desk.balances[index] = balance
        deliveries.append(.balance(balance))
    }

    /// Books a deal: order, exposure, position, balances and delivery together.
    private mutating func join(_ deal: Deal, _ desk: inout Desk) {
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
            let order = desk.orders.slots[slot]
            exposures.fill(order, deal.quantity, in: desk.table.terms(order.market))
            desk.orders.slots[slot].filled = filled
            desk.orders.slots[slot].filledNotional = notional
            evidence[slot].dealt = filled
            try book(deal, order, &desk)
        } catch {
            alert(.overflow, desk.orders.slots[slot].strategy, at: desk.now)
        }
        conclude(slot, &desk)
    }

    private mutating func book(_ deal: Deal, _ order: OwnOrder, _ desk: inout Desk) throws(ArithmeticError) {
        let fill = Fill(
            market: deal.market, deal: deal.id, order: order.id, strategy: order.strategy, side: order.side,
            liquidity: deal.liquidity, price: deal.price, quantity: deal.quantity, notional: deal.notional,
            fee: deal.fee, feeAsset: deal.feeAsset, venueTime: deal.venueTime, receivedAt: desk.now)
        let market = desk.table.terms(deal.market)
        let feeValue = try value(of: fill, in: market, desk)
        let index = Int(order.strategy.index) * desk.table.markets.count + Int(deal.market.index)
        try desk.positions[index].book(
            fill, mid: desk.states[Int(deal.market.index)].quote?.mid, feeValue: feeValue,
            feeInBase: deal.feeAsset == market.base ? Quantity(deal.fee) : .zero)
        let base = order.side == .buy ? deal.quantity : -deal.quantity
        let quote = order.side == .buy ? -deal.notional : deal.notional
        shift(&desk, market.base, by: Amount(base), at: deal.venueTime)
        shift(&desk, market.quote, by: Amount(quote), at: deal.venueTime)
        shift(&desk, deal.feeAsset, by: -deal.fee, at: deal.venueTime)
        counters.fills += 1
        deliveries.append(.fill(fill))
        nextAssessment = .distantPast
    }

    /// Moves a balance by a deal that the venue's last word on the balance does not contain yet.
    private func shift(_ desk: inout Desk, _ asset: AssetID, by change: Amount, at venueTime: Instant) {
        let index = Int(asset.index)
        if venueTime > desk.balances[index].venueTime { desk.balances[index].total += change }
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
