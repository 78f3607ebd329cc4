import MarketModel
import Quantities
import VenueKit
import WireCodecs

// Commands out, and what became of them.

extension CoinExLink {
    public mutating func dispatch(
        _ dispatches: [Dispatch], at now: Instant, into output: inout LinkOutput
    ) {
        var index = 0
        while index < dispatches.count {
            var end = index + 1
            while end < dispatches.count, dispatches[end].request == dispatches[index].request { end += 1 }
            if !settings.isSigned {
                for dispatch in dispatches[index..<end] { refuse(dispatch.command, at: now, &output) }
            } else if end == index + 1 {
                send(dispatches[index], at: now, &output)
            } else {
                send(batch: Array(dispatches[index..<end]), at: now, &output)
            }
            index = end
        }
    }

    /// A link without a key sends nothing.
    private func refuse(_ command: Command, at now: Instant, _ output: inout LinkOutput) {
        switch command {
        case .place(let placement):
            output.facts.append(.neverSent(executor.uncertain(placement.order, at: now)))
        case .modify(let modification):
            output.facts.append(.neverSent(executor.uncertain(modification.replacement.order, at: now)))
        case .cancel, .query: break
        }
    }

    private mutating func send(_ dispatch: Dispatch, at now: Instant, _ output: inout LinkOutput) {
        let kind: LinkRequest.Kind
        switch dispatch.command {
        case .place: kind = .order
        case .modify: kind = .order
        case .cancel: kind = .cancel
        case .query: kind = .query
        }
        if executor.begin(dispatch, at: now, into: &output.wire, &output.facts) {
            ask(dispatch.request, kind, at: now, &output)
            // Pushes of a replacement may be quicker than the reply.
            if case .modify(let modification) = dispatch.command { feed.orders.willReplace(modification) }
        }
        relayNotices(at: now)
    }

    private mutating func send(batch: [Dispatch], at now: Instant, _ output: inout LinkOutput) {
        let kind: LinkRequest.Kind
        switch batch[0].command {
        case .place, .modify: kind = .order
        case .cancel: kind = .cancel
        case .query: kind = .query
        }
        if executor.begin(batch: batch, at: now, into: &output.wire, &output.facts) {
            ask(batch[0].request, kind, at: now, &output)
        }
        relayNotices(at: now)
    }

    private func ask(
        _ request: UInt64, _ kind: LinkRequest.Kind, at now: Instant, _ output: inout LinkOutput
    ) {
        let timeout: Interval
        switch kind {
        case .cancel, .order: timeout = settings.orderTimeout
        case .query: timeout = settings.queryTimeout
        }
        output.ask(.sendRequest(LinkRequest(number: request, kind: kind, deadline: now + timeout)))
    }

    // MARK: - What became of them

    public mutating func ended(
        _ request: UInt64, _ outcome: RequestOutcome, at now: Instant, into output: inout LinkOutput
    ) {
        if !heardFacts.isEmpty {
            output.facts += heardFacts
            heardFacts.removeAll(keepingCapacity: true)
        }
        if request >= CoinExOwnQuery.firstNumber { return endedQuery(request, outcome, at: now, &output) }
        guard executor.isUnderWay(request) else {
            counts.strayAnswers += 1
            return
        }
        let isPlacement = executor.isPlacement(request)
        let first = output.facts.count
        let next = executor.conclude(request, outcome, at: now, &output.facts)
        connect(output.facts.indices.suffix(from: first), isPlacement, at: now, &output)
        relayNotices(at: now)
        switch next {
        case .done: break
        case .more(let notBefore):
            let kind: LinkRequest.Kind = executor.isInquiry(request) ? .query : .cancel
            continuations.append(
                CoinExContinuation(request: request, kind: kind, notBefore: notBefore))
        }
        sendDue(at: now, &output)
    }

    /// The feed learns the numbers and deals that REST has told, and the session whose pushes to wait for.
    mutating func connect(
        _ range: Range<Int>, _ isPlacement: Bool, at now: Instant, _ output: inout LinkOutput
    ) {
        for index in range {
            switch output.facts[index] {
            case .accepted(let accepted): claim(accepted.venueOrder, accepted.order, &output)
            case .progress(let progress): claim(progress.venueOrder, progress.order, &output)
            case .deal(let deal): saw(deal)
            case .refused(let refused): feed.orders.willNotReplace(refused.order)
            case .neverSent(let proof), .absent(let proof): feed.orders.willNotReplace(proof.order)
            case .rateLimited(let limited): feed.orders.willNotReplace(limited.order)
            case .actionRefused, .outcomeUnknown, .balance, .orderPause: break
            }
        }
        learnDeals(range, output)
        forgetEnded(range, output)
        if isPlacement { expectPushes(range, at: now, output) }
    }

    private mutating func claim(
        _ number: VenueOrderID, _ order: OrderID, _ output: inout LinkOutput
    ) {
        guard number != .unknown, let market = executor.memo(order)?.market else { return }
        let first = output.facts.count
        feed.orders.claim(
            number, order, in: market, isStop: isStop(number, order), into: &output.facts)
        if output.facts.count > first { noteTold(output.facts[first...]) }
    }

    /// Orders whose end no push may tell are remembered no longer than others.
    private mutating func forgetEnded(_ range: Range<Int>, _ output: borrowing LinkOutput) {
        for index in range { forgetEnded(by: output.facts[index]) }
    }

    private mutating func forgetEnded(by fact: VenueFact) {
        switch fact {
        case .progress(let progress):
            switch progress.phase {
            case .open: break
            case .filled, .cancelled, .triggerFailed: feed.orders.ended(progress.order)
            }
        case .refused(let refused): feed.orders.ended(refused.order)
        case .neverSent(let proof), .absent(let proof): feed.orders.ended(proof.order)
        case .accepted, .deal, .actionRefused, .outcomeUnknown, .balance, .rateLimited, .orderPause: break
        }
    }

    /// Whether the first number that the venue tells of a stop order is that of the stop order, and not of what it has
    /// become: the second generation tells it with the placement.
    private func isStop(_ number: VenueOrderID, _ order: OrderID) -> Bool {
        guard settings.api == .v2, executor.memo(order)?.isStop ?? false else { return false }
        let known = feed.orders.number(of: order)
        return known == .unknown || known == number
    }

    private mutating func learnDeals(_ range: Range<Int>, _ output: borrowing LinkOutput) {
        var deals: [Deal] = []
        for index in range {
            if case .deal(let deal) = output.facts[index] { deals.append(deal) }
        }
        while let order = deals.first?.order {
            feed.orders.learned(deals.filter { $0.order == order }, of: feed.orders.number(of: order))
            deals.removeAll { $0.order == order }
        }
    }

    /// An order that rests or has traded is told of by the private stream too.
    private mutating func expectPushes(
        _ range: Range<Int>, at now: Instant, _ output: borrowing LinkOutput
    ) {
        for index in range {
            guard case .accepted(let accepted) = output.facts[index], accepted.venueOrder != .unknown else {
                continue
            }
            if index + 1 < range.upperBound, endedInSilence(accepted.order, output.facts[index + 1]) {
                continue
            }
            session.acknowledged(accepted.order, at: now)
        }
    }

    /// Whether a fact behind the acknowledgement of an order says that it ended at once with nothing, or may have: of
    /// that the stream says nothing.
    private func endedInSilence(_ order: OrderID, _ fact: VenueFact) -> Bool {
        switch fact {
        case .progress(let progress):
            guard progress.order == order, progress.filled.isZero else { return false }
            switch progress.phase {
            case .open: return false
            case .filled, .cancelled, .triggerFailed: return true
            }
        // It never rests, and whether it has ended was not told.
        case .outcomeUnknown(let doubt): return doubt.order == order
        case .accepted, .refused, .deal, .actionRefused, .neverSent, .absent, .balance, .rateLimited,
            .orderPause:
            return false
        }
    }

    // MARK: - What goes on

    /// Sends what waits for its time or for the venue's rate.
    ///
    /// Many may wait for the same opening of a window, which lets one of them go. What the session asks goes first:
    /// it is little, and all else depends on it.
    mutating func sendDue(at now: Instant, _ output: inout LinkOutput) {
        sendQueries(at: now, &output)
        var index = 0
        while index < continuations.count {
            let next = continuations[index]
            guard next.notBefore <= now else {
                index += 1
                continue
            }
            if let group = executor.group(of: next.request), executor.opensAt(group) > now {
                continuations[index].notBefore = executor.opensAt(group)
                index += 1
                continue
            }
            continuations.remove(at: index)
            executor.continue(next.request, at: now, into: &output.wire)
            ask(next.request, next.kind, at: now, &output)
        }
    }

    // MARK: - Orders from elsewhere

    /// Learns, before it starts, of a command that a process before this one may have sent in the same run.
    package mutating func recall(_ dispatch: Dispatch) {
        executor.recall(dispatch.command)
        if case .modify(let modification) = dispatch.command { feed.orders.recall(modification) }
    }

    /// Learns what that process was told of its orders.
    package mutating func recall(_ fact: VenueFact) {
        executor.recall(fact)
        forgetEnded(by: fact)
    }

    /// Learns which order that process took over from an earlier run.
    package mutating func recall(_ found: FoundOrder, as order: OrderID) {
        executor.remember(order, as: found)
    }

    /// Learns that it went on with a tape whose last rows may have been lost.
    package mutating func recall(_ gap: SequenceGap) { executor.gaps.recall(gap) }

    /// Learns how its connection was.
    package mutating func recall(_ change: ConnectionChange) { executor.gaps.recall(change) }

    public mutating func resume(_ gap: SequenceGap, unsent: [Dispatch]) {
        for dispatch in unsent { recall(dispatch) }
        executor.gaps.open(gap)
        if gap.since > .distantPast {
            executor.countQuestions(until: min(gap.resumedAt, gap.since + Self.unwrittenMax))
        }
        feed.gaps = executor.gaps
        session.looksBack = true
        lookBackDue = executor.gaps.lateUntil
    }

    /// Of replacements whose fate was open, pushes may tell at once.
    mutating func expectReplacements() {
        for modification in executor.unsettled { feed.orders.willReplace(modification) }
    }

    public mutating func remember(_ order: OwnOrder, into output: inout LinkOutput) {
        executor.gaps.remember(order)
        feed.gaps = executor.gaps
        executor.remember(
            order.id, of: order.strategy, in: order.market, isStop: order.ticket.kind.isStop,
            as: order.venueID)
        claim(order.venueID, order.id, &output)
    }

    public mutating func adopt(
        _ found: FoundOrder, as order: OrderID, at now: Instant, into output: inout LinkOutput
    ) {
        executor.remember(order, as: found)
        output.facts.append(
            .accepted(
                OrderAccepted(
                    order: order, venueOrder: found.venueOrder, venueTime: executor.clock.time(at: now))))
        if found.filled.isPositive {
            output.facts.append(
                .progress(
                    OrderProgress(
                        order: order, venueOrder: found.venueOrder, phase: .open, filled: found.filled,
                        venueTime: executor.clock.time(at: now))))
        }
        claim(found.venueOrder, order, &output)
    }
}
