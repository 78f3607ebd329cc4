import MarketModel
import Quantities
import VenueKit
import WireCodecs

extension CoinExExecutor {
    /// Writes the request of a command that travels alone.
    ///
    /// - Returns: whether there is a request to send; otherwise the facts say why not.
    package mutating func begin(
        _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer, _ facts: inout [VenueFact]
    ) -> Bool {
        guard !isFull else {
            refuse(dispatch.command, at: now, &facts)
            return false
        }
        switch dispatch.command {
        case .place(let placement): place(placement, dispatch, at: now, into: &wire)
        case .cancel(let cancellation): return cancel(cancellation, dispatch, at: now, into: &wire, &facts)
        case .modify(let modification): return modify(modification, dispatch, at: now, into: &wire, &facts)
        case .query(let query): return ask(query, dispatch, at: now, into: &wire)
        }
        return true
    }

    /// Writes the one request of commands with the same request number: limit orders of one market, or cancels
    /// of one market by number.
    ///
    /// - Returns: whether there is a request to send; otherwise the facts say why not.
    package mutating func begin(
        batch: [Dispatch], at now: Instant, into wire: inout WireBuffer, _ facts: inout [VenueFact]
    ) -> Bool {
        guard let first = batch.first else { return false }
        if batch.count == 1 { return begin(first, at: now, into: &wire, &facts) }
        precondition(batch.allSatisfy { $0.request == first.request }, "a batch is one request")
        guard !isFull else {
            for dispatch in batch { refuse(dispatch.command, at: now, &facts) }
            return false
        }
        switch first.command {
        case .place(let placement): placeBatch(batch, placement.ticket.market, at: now, into: &wire)
        case .cancel(let cancellation): cancelBatch(batch, cancellation.market, at: now, into: &wire)
        case .modify, .query: preconditionFailure("only placements and cancels travel in batches")
        }
        return true
    }

    private func refuse(_ command: Command, at now: Instant, _ facts: inout [VenueFact]) {
        switch command {
        case .place(let placement): facts.append(.neverSent(uncertain(placement.order, at: now)))
        case .modify(let modification):
            facts.append(.neverSent(uncertain(modification.replacement.order, at: now)))
        // The engine asks about the order, and sends the cancel again when it still stands.
        case .cancel(let cancellation): facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
        case .query: break
        }
    }

    func uncertain(_ order: OrderID, at now: Instant) -> OrderUncertain {
        OrderUncertain(order: order, venueTime: clock.time(at: now))
    }

    // MARK: Placing

    private mutating func place(
        _ placement: Placement, _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer
    ) {
        let ticket = placement.ticket
        remember(CoinExOrderMemo(placement))
        let isStop = ticket.kind.isStop
        let flight = CoinExFlight(work: .place(placement.order, isStop: isStop), group: dispatch.group)
        send(.place(placement), for: flight, dispatch.request, at: now, into: &wire)
    }

    private mutating func placeBatch(
        _ batch: [Dispatch], _ market: MarketID, at now: Instant, into wire: inout WireBuffer
    ) {
        var placements: [Placement] = []
        for dispatch in batch {
            guard case .place(let placement) = dispatch.command else {
                preconditionFailure("a batch has commands of one kind")
            }
            remember(CoinExOrderMemo(placement))
            placements.append(placement)
        }
        let flight = CoinExFlight(work: .placeBatch(placements.map(\.order)), group: batch[0].group)
        send(.placeBatch(placements, market), for: flight, batch[0].request, at: now, into: &wire)
    }

    // MARK: Cancelling

    private mutating func cancel(
        _ cancellation: Cancellation, _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer,
        _ facts: inout [VenueFact]
    ) -> Bool {
        let market = cancellation.market
        // A stop order that has fired is an order like others, with another number: its name finds both.
        if !cancellation.isStop, cancellation.venueOrder != .unknown {
            let flight = CoinExFlight(work: .cancel(cancellation), group: dispatch.group)
            let errand = CoinExErrand.cancel(cancellation.venueOrder, market)
            send(errand, for: flight, dispatch.request, at: now, into: &wire)
            return true
        }
        guard let name = name(cancellation.order)?.description else {
            tell(.nameless(cancellation.order))
            facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
            return false
        }
        if cancellation.isStop {
            let flight = CoinExFlight(work: .cancelStopByName(cancellation), group: dispatch.group)
            send(.cancelStopNamed(name, market), for: flight, dispatch.request, at: now, into: &wire)
        } else {
            let flight = CoinExFlight(work: .cancelByName(cancellation), group: dispatch.group)
            send(.cancelNamed(name, market), for: flight, dispatch.request, at: now, into: &wire)
        }
        return true
    }

    private mutating func cancelBatch(
        _ batch: [Dispatch], _ market: MarketID, at now: Instant, into wire: inout WireBuffer
    ) {
        let cancellations = batch.map { dispatch in
            guard case .cancel(let cancellation) = dispatch.command else {
                preconditionFailure("a batch has commands of one kind")
            }
            return cancellation
        }
        precondition(cancellations.allSatisfy { $0.market == market }, "a batch is of one market")
        let flight = CoinExFlight(work: .cancelBatch(cancellations), group: batch[0].group)
        let errand = CoinExErrand.cancelBatch(cancellations.map(\.venueOrder), market)
        send(errand, for: flight, batch[0].request, at: now, into: &wire)
    }

    // MARK: Modifying

    /// Stop orders keep their number and their name when they are modified, so that the replacement could not be
    /// told from what it replaces: they are cancelled and placed anew by whoever wants that. Market orders never rest,
    /// so there is nothing of them to modify.
    private mutating func modify(
        _ modification: Modification, _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer,
        _ facts: inout [VenueFact]
    ) -> Bool {
        let replacement = modification.replacement
        let isLimit = replacement.ticket.kind == .limit
        // While one replacement of an order is not known, a second one could not be told from it.
        let isPossible =
            isLimit && modification.venueOrder != .unknown && !isBeingReplaced(modification.order)
        guard isPossible, noteUnsettled(modification) else {
            facts.append(.neverSent(uncertain(replacement.order, at: now)))
            return false
        }
        remember(memo(modification))
        let flight = CoinExFlight(work: .modify(modification), group: dispatch.group)
        send(.modify(modification), for: flight, dispatch.request, at: now, into: &wire)
        return true
    }

    func memo(_ modification: Modification) -> CoinExOrderMemo {
        var memo = CoinExOrderMemo(modification.replacement)
        memo.replaces = modification.order
        memo.root = root(of: modification.order)
        let old = self.memo(modification.order)
        memo.rootEarlier = old?.rootEarlier ?? old?.earlier
        memo.replacedNumber = modification.venueOrder
        return memo
    }

    // MARK: Asking

    private mutating func ask(
        _ query: OrderQuery, _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer
    ) -> Bool {
        guard let inquiry = CoinExInquiry(query, memo: memo(query.order), at: now) else {
            tell(.nameless(query.order))
            return false
        }
        let flight = CoinExFlight(work: .inquiry(inquiry), group: dispatch.group)
        write(inquiry, for: flight, dispatch.request, at: now, into: &wire)
        return true
    }

    /// Writes the next request of a flight whose `conclude` asked for it.
    package mutating func `continue`(_ request: UInt64, at now: Instant, into wire: inout WireBuffer) {
        guard let flight = take(request) else { preconditionFailure("what goes on was under way") }
        switch flight.work {
        case .inquiry(let inquiry): write(inquiry, for: flight, request, at: now, into: &wire)
        case .cancelByName(let cancellation):
            guard let name = name(cancellation.order) else {
                preconditionFailure("the order was named in the request before")
            }
            send(
                .cancelNamed(name.description, cancellation.market), for: flight, request, at: now,
                into: &wire)
        case .place, .placeBatch, .cancel, .cancelStopByName, .cancelBatch, .modify:
            preconditionFailure("only questions and cancels by name go on")
        }
    }

    private mutating func write(
        _ inquiry: CoinExInquiry, for flight: CoinExFlight, _ request: UInt64, at now: Instant,
        into wire: inout WireBuffer
    ) {
        // A replacement may have no name at all, so all orders of the market are looked through for it.
        let name = inquiry.isReplacement ? nil : name(inquiry.order)?.description
        let list = CoinExListScope(market: inquiry.market, clientID: name, page: inquiry.page)
        let errand: CoinExErrand
        switch inquiry.step {
        case .status: errand = .status(inquiry.number, inquiry.market)
        case .pending: errand = .pending(list)
        case .stops: errand = .stops(list)
        case .finished: errand = .finished(list, from: inquiry.isReplacement ? replacedSince(inquiry) : nil)
        case .deals: errand = .orderDeals(inquiry.number, inquiry.market, page: inquiry.page)
        }
        send(errand, for: flight, request, at: now, into: &wire)
    }
}

extension OrderTicket {
    /// In the unit that the venue is told.
    var amount: Amount { spendsSum ? Amount(spend) : Amount(quantity) }
}

extension CoinExOrderMemo {
    init(_ placement: Placement) {
        self.init(
            order: placement.order, strategy: placement.strategy, market: placement.ticket.market,
            isStop: placement.ticket.kind.isStop)
        side = placement.ticket.side
        price = placement.ticket.price
        amount = placement.ticket.amount
    }
}
