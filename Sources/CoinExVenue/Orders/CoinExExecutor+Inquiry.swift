import MarketModel
import Quantities
import VenueKit

// What the answers to a question come to. A question that is not answered leaves everything as it was.

extension CoinExExecutor {
    mutating func concludeInquiry(
        _ inquiry: CoinExInquiry, _ outcome: RequestOutcome, _ flight: CoinExFlight, _ request: UInt64,
        at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExNext {
        let next: CoinExInquiry?
        let end = CoinExOutcome(outcome, flight.group, inquiry.group, at: now)
        switch inquiry.step {
        case .status:
            next = takeStatus(readOrder(end, .asked, &facts), inquiry, at: now, &facts)
        case .pending:
            let verdict = readOrders(end, .resting, &facts)
            next = takeList(verdict, inquiry, otherwise: .finished, at: now, &facts)
        case .stops:
            next = takeStops(readStops(end, &facts), inquiry, at: now, &facts)
        case .finished:
            let verdict = readOrders(end, .ended, &facts)
            next = takeList(verdict, inquiry, otherwise: nil, at: now, &facts)
        case .deals:
            next = takeDeals(readDeals(end, &facts), inquiry, at: now, &facts)
        }
        guard let next else { return .done }
        var held = flight
        held.work = .inquiry(next)
        return hold(held, request, for: next.group)
    }

    private mutating func takeStatus(
        _ verdict: CoinExVerdict<CoinExOrderReport>, _ inquiry: CoinExInquiry, at now: Instant,
        _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        switch verdict {
        case .reply(let found):
            guard found.number == inquiry.number else {
                tell(.wrongOrder(inquiry.order))
                return nil
            }
            if inquiry.isReplacement { return takeReplaced(found, inquiry, at: now, &facts) }
            return takeFound(found, inquiry, at: now, &facts)
        case .refused(.venueOrderNotFound):
            return inquiry.going(to: inquiry.mayBeStop && !inquiry.isReplacement ? .stops : .pending)
        case .refused, .rateLimited, .neverSent, .open: return nil
        }
    }

    /// While the order stands that should have been replaced, there is no replacement; and once the request is
    /// too old, there will be none.
    private mutating func takeReplaced(
        _ found: CoinExOrderReport, _ inquiry: CoinExInquiry, at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        guard found.phase == .open else { return inquiry.going(to: .pending) }
        if inquiry.coversLateArrival {
            settle(replacement: inquiry.order)
            facts.append(.absent(uncertain(inquiry.order, at: now)))
        }
        return nil
    }

    private mutating func takeList(
        _ verdict: CoinExVerdict<CoinExRows<CoinExOrderReport>>, _ inquiry: CoinExInquiry,
        otherwise step: CoinExInquiry.Step?, at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        guard case .reply(let page) = verdict else { return nil }
        if let found = page.rows.first(where: { matches($0, inquiry) }) {
            return takeFound(found, inquiry, at: now, &facts)
        }
        let hasSimilar = page.rows.contains { couldBe($0, inquiry) }
        if let step {
            var next = inquiry.going(to: step)
            next.sawAllResting = !page.hasNext && !hasSimilar
            return next
        }
        var next = inquiry
        if hasSimilar { next.sawSimilar = true }
        let isEnd = !page.hasNext || endsBefore(inquiry, page)
        if !isEnd, inquiry.isReplacement, !page.rows.isEmpty, inquiry.page < CoinExInquiry.pagesMax {
            next.page += 1
            return next
        }
        takeAbsence(next, isWhole: isEnd && !next.sawSimilar, at: now, &facts)
        return nil
    }

    /// Whether what follows a page of ended orders is too old to be the replacement that is looked for. The newest come
    /// first, by their beginning or by their end: what is behind one that ended so early began early.
    private func endsBefore(_ inquiry: CoinExInquiry, _ page: CoinExRows<CoinExOrderReport>) -> Bool {
        guard inquiry.isReplacement else { return false }
        let since = replacedSince(inquiry)
        return page.rows.contains { ($0.changedAt ?? .distantFuture) < since }
    }

    /// Since when there can be a replacement: it is younger than the request for it.
    func replacedSince(_ inquiry: CoinExInquiry) -> Instant {
        clock.time(at: inquiry.sentAt) - Self.lateArrivalMax
    }

    private func matches(_ found: CoinExOrderReport, _ inquiry: CoinExInquiry) -> Bool {
        if let owner = directory.owner(of: found.number) { return owner == inquiry.order }
        let hasName = found.clientID == name(inquiry.order)?.description
        guard inquiry.isReplacement else {
            // A number is for good, but for a stop order that fires.
            if inquiry.hadNumber, !inquiry.mayBeStop { return found.number == inquiry.number }
            // With its own name comes whatever replaced the order, too: under a later number.
            return found.number == inquiry.number
                || hasName && !isReplaced(inquiry.order) && isPlausible(found, as: inquiry.order)
        }
        guard let memo = memo(inquiry.order) else { return false }
        return couldBe(found, inquiry) && found.amount == memo.amount
    }

    /// Whether an order of this name is the one that was placed under it: not, if it differs, and the tape may have
    /// lost that it was replaced.
    func isPlausible(_ found: CoinExOrderReport, as order: OrderID) -> Bool {
        guard gaps.isDoubtful(order), let memo = memo(order), memo.price.isPositive else { return true }
        return found.price == memo.price && found.amount == memo.amount
    }

    /// Whether an order may be the replacement that is looked for, of whatever amount: what has been filled of the
    /// old order may have been taken off.
    private func couldBe(_ found: CoinExOrderReport, _ inquiry: CoinExInquiry) -> Bool {
        guard inquiry.isReplacement, directory.owner(of: found.number) == nil, let memo = memo(inquiry.order),
            found.number > memo.replacedNumber
        else { return false }
        let hasName = found.clientID == rootName(inquiry.order)?.description
        return (hasName || found.clientID.isEmpty) && found.side == CoinExSide(memo.side)
            && found.price == memo.price
    }

    private mutating func takeStops(
        _ verdict: CoinExVerdict<CoinExRows<CoinExStopReport>>, _ inquiry: CoinExInquiry, at now: Instant,
        _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        guard case .reply(let page) = verdict else { return nil }
        let name = name(inquiry.order)?.description
        let isIt = { (stop: CoinExStopReport) in stop.number == inquiry.number || stop.clientID == name }
        guard let found = page.rows.first(where: isIt) else {
            return inquiry.going(to: .pending)
        }
        let waiting = OrderProgress(
            order: inquiry.order, venueOrder: found.number, phase: .open, filled: .zero,
            venueTime: clock.time(at: now))
        facts.append(.progress(waiting))
        return nil
    }

    private mutating func takeFound(
        _ found: CoinExOrderReport, _ inquiry: CoinExInquiry, at now: Instant, _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        directory.note(found.number, is: inquiry.order)
        settle(replacement: inquiry.order)
        facts.append(progress(inquiry.order, found, at: now))
        guard found.filled.isPositive else { return nil }
        var next = inquiry.going(to: .deals)
        next.number = found.number
        next.page = 1
        return next
    }

    /// No list has the order. That is proof if it once stood, or if nothing of it can arrive any more; and for a
    /// replacement, which may have lost its name, if the lists of the whole market were seen to their ends.
    private mutating func takeAbsence(
        _ inquiry: CoinExInquiry, isWhole: Bool, at now: Instant, _ facts: inout [VenueFact]
    ) {
        guard isWhole, inquiry.sawAllResting || !inquiry.isReplacement else { return }
        // Without a name the lists are those of the whole market, of which one page was seen.
        guard name(inquiry.order) != nil else { return tell(.nameless(inquiry.order)) }
        guard inquiry.hadNumber || inquiry.coversLateArrival else { return }
        settle(replacement: inquiry.order)
        facts.append(.absent(uncertain(inquiry.order, at: now)))
    }

    private mutating func takeDeals(
        _ verdict: CoinExVerdict<CoinExRows<CoinExDealReport>>, _ inquiry: CoinExInquiry, at now: Instant,
        _ facts: inout [VenueFact]
    ) -> CoinExInquiry? {
        guard case .reply(let page) = verdict else { return nil }
        for deal in page.rows { facts.append(.deal(fact(deal, of: inquiry.order, in: inquiry.market))) }
        guard page.hasNext, !page.rows.isEmpty, inquiry.page < CoinExInquiry.pagesMax else { return nil }
        var next = inquiry
        next.page += 1
        return next
    }

    /// A deal of an order of ours, as a list tells of it.
    mutating func fact(_ deal: CoinExDealReport, of order: OrderID, in market: MarketID) -> Deal {
        var fee = deal.fee
        var asset = table.terms(market).quote
        if let name = deal.feeAsset {
            if let index = table.assets.firstIndex(of: name) {
                asset = AssetID(index)
            } else {
                tell(.feeAssetUnknown(name))
                fee = .zero
            }
        }
        return Deal(
            id: deal.id, market: market, order: order, liquidity: deal.liquidity,
            price: deal.price, quantity: deal.amount, notional: deal.money, fee: fee, feeAsset: asset,
            venueTime: deal.createdAt)
    }
}

extension CoinExInquiry {
    fileprivate func going(to step: Step) -> CoinExInquiry {
        var next = self
        next.step = step
        return next
    }

    var group: CoinExRateGroup {
        switch step {
        case .status, .pending, .stops: .query
        case .finished, .deals: .history
        }
    }
}
