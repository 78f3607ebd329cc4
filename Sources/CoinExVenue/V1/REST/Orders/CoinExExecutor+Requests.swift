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
        if isStop {
            send(stopRequest(placement), for: flight, dispatch.request, at: now, into: &wire)
        } else {
            send(orderRequest(placement), for: flight, dispatch.request, at: now, into: &wire)
        }
    }

    /// Market orders always name the unit of their amount: for buys the venue would take the quote asset.
    private func orderRequest(_ placement: Placement) -> CoinExPlaceOrder {
        let ticket = placement.ticket
        let kind: CoinExPlaceOrder.Kind =
            switch (ticket.kind.hasLimit, ticket.duration) {
            case (false, _): .market(unit(ticket))
            case (true, .immediateOrCancel):
                ticket.isHidden
                    ? .limit(ticket.price, .immediateOrCancel)
                    : .immediateOrCancel(ticket.price)
            case (true, .goodTillCancelled), (true, .fillOrKill), (true, .makerOnly):
                .limit(ticket.price, CoinExOption(ticket.duration))
            }
        return CoinExPlaceOrder(
            CoinExSide(ticket.side), ticket.amount, kind, in: table[ticket.market].name,
            clientID: naming.name(placement.order, of: placement.strategy), isHidden: ticket.isHidden)
    }

    private func stopRequest(_ placement: Placement) -> CoinExPlaceStop {
        let ticket = placement.ticket
        let kind: CoinExPlaceStop.Kind =
            ticket.kind.hasLimit
            ? .limit(ticket.price, CoinExOption(ticket.duration)) : .market(unit(ticket))
        return CoinExPlaceStop(
            CoinExSide(ticket.side), ticket.amount, kind, when: ticket.stopPrice,
            in: table[ticket.market].name, clientID: naming.name(placement.order, of: placement.strategy),
            isHidden: ticket.isHidden)
    }

    private func unit(_ ticket: OrderTicket) -> CoinExUnit {
        let market = table[ticket.market]
        return ticket.spendsSum
            ? .quote(table.name(of: market.quote)) : .base(table.name(of: market.base))
    }

    private mutating func placeBatch(
        _ batch: [Dispatch], _ market: MarketID, at now: Instant, into wire: inout WireBuffer
    ) {
        var orders: [OrderID] = []
        var requests: [CoinExPlaceOrder] = []
        for dispatch in batch {
            guard case .place(let placement) = dispatch.command else {
                preconditionFailure("a batch has commands of one kind")
            }
            remember(CoinExOrderMemo(placement))
            orders.append(placement.order)
            var request = orderRequest(placement)
            request.kind = .limit(placement.ticket.price, CoinExOption(placement.ticket.duration))
            requests.append(request)
        }
        let flight = CoinExFlight(work: .placeBatch(orders), group: batch[0].group)
        let request = CoinExPlaceBatch(requests, in: table[market].name)
        send(request, for: flight, batch[0].request, at: now, into: &wire)
    }

    // MARK: Cancelling

    private mutating func cancel(
        _ cancellation: Cancellation, _ dispatch: Dispatch, at now: Instant, into wire: inout WireBuffer,
        _ facts: inout [VenueFact]
    ) -> Bool {
        let market = table[cancellation.market].name
        // A stop order that has fired is an order like others, with another number: its name finds both.
        if !cancellation.isStop, cancellation.venueOrder != .unknown {
            let flight = CoinExFlight(work: .cancel(cancellation), group: dispatch.group)
            let request = CoinExCancelOrder(cancellation.venueOrder, in: market)
            send(request, for: flight, dispatch.request, at: now, into: &wire)
            return true
        }
        guard let name = name(cancellation.order)?.description else {
            tell(.nameless(cancellation.order))
            facts.append(.outcomeUnknown(uncertain(cancellation.order, at: now)))
            return false
        }
        if cancellation.isStop {
            let flight = CoinExFlight(work: .cancelStopByName(cancellation), group: dispatch.group)
            send(
                CoinExV1.cancelStop(name, in: market), for: flight, dispatch.request, at: now, into: &wire)
        } else {
            let flight = CoinExFlight(work: .cancelByName(cancellation), group: dispatch.group)
            send(CoinExV1.cancel(name, in: market), for: flight, dispatch.request, at: now, into: &wire)
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
        let request = CoinExV1.cancelBatch(cancellations.map(\.venueOrder), in: table[market].name)
        let flight = CoinExFlight(work: .cancelBatch(cancellations), group: batch[0].group)
        send(request, for: flight, batch[0].request, at: now, into: &wire)
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
        let request = CoinExV1.modify(
            modification.venueOrder, in: table[replacement.ticket.market].name,
            amount: replacement.ticket.quantity, price: replacement.ticket.price)
        let flight = CoinExFlight(work: .modify(modification), group: dispatch.group)
        send(request, for: flight, dispatch.request, at: now, into: &wire)
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
            let call = CoinExV1.cancel(name.description, in: table[cancellation.market].name)
            send(call, for: flight, request, at: now, into: &wire)
        case .place, .placeBatch, .cancel, .cancelStopByName, .cancelBatch, .modify:
            preconditionFailure("only questions and cancels by name go on")
        }
    }

    private mutating func write(
        _ inquiry: CoinExInquiry, for flight: CoinExFlight, _ request: UInt64, at now: Instant,
        into wire: inout WireBuffer
    ) {
        let market = table[inquiry.market].name
        // A replacement may have no name at all, so all orders of the market are looked through for it.
        let name = inquiry.isReplacement ? nil : name(inquiry.order)?.description
        switch inquiry.step {
        case .status:
            send(CoinExV1.order(inquiry.number, in: market), for: flight, request, at: now, into: &wire)
        case .pending:
            let call = CoinExV1.pendingOrders(market, clientID: name)
            send(call, for: flight, request, at: now, into: &wire)
        case .stops:
            let call = CoinExV1.pendingStops(market, clientID: name)
            send(call, for: flight, request, at: now, into: &wire)
        case .finished:
            // What replaces another is younger than the request for it.
            let from = inquiry.isReplacement ? clock.time(at: inquiry.sentAt) - Self.lateArrivalMax : nil
            let call = CoinExV1.finishedOrders(market, clientID: name, from: from)
            send(call, for: flight, request, at: now, into: &wire)
        case .deals:
            let call = CoinExV1.orderDeals(inquiry.number, page: inquiry.page)
            send(call, for: flight, request, at: now, into: &wire)
        }
    }
}

extension OrderTicket {
    /// In the unit that the venue is told.
    fileprivate var amount: Amount { spendsSum ? Amount(spend) : Amount(quantity) }
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
