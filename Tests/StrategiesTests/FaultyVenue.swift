import MarketModel
import Quantities
import VenueKit

/// A venue that takes orders, fires stops and fills in parts, and whose answers are late, lost or refusals.
///
/// Its own books are the truth that a test compares with. Stops fire as CoinEx's do: their direction is fixed
/// when they come, by the last price, and none is taken at the last price itself.
struct FaultyVenue {
    struct Order {
        var ticket: OrderTicket
        var filled = Quantity.zero
        var deals: [Deal] = []
        /// Waits for the price to rise to its trigger, or to fall to it.
        var waitsForRise = false
        var isWaiting = false
        /// Its trigger was missed, and is never looked at again.
        var isDeaf = false
        /// nil while it lives.
        var ending: OrderProgress.Phase?

        var remaining: Quantity { ticket.quantity - filled }
    }

    struct Letter {
        var at: Instant
        var fact: VenueFact
    }

    let market: Market
    var random: SeededRandom
    /// In 1,000, how often something goes wrong with a request.
    var faults: Int
    private(set) var orders: [OrderID: Order] = [:]
    /// The ids in the order in which they came, so that nothing hangs on the order of a dictionary.
    private var ids: [OrderID] = []
    private(set) var letters: [Letter] = []
    private(set) var last: Price
    private(set) var position = Quantity.zero
    private(set) var turnover = Notional.zero
    private var dealCount: UInt64 = 0
    private(set) var firedCount = 0
    private(set) var lostCount = 0

    init(_ market: Market, at price: Price, faults: Int, _ random: SeededRandom) {
        self.market = market
        self.random = random
        self.faults = faults
        last = price
    }

    /// What living orders on the other side of the entry could still trade.
    func closing(_ side: Side) -> Quantity {
        ids.reduce(.zero) { sum, id in
            guard let order = orders[id], order.ending == nil, order.ticket.side == side else { return sum }
            return sum + order.remaining
        }
    }

    var livingCount: Int { ids.count { orders[$0]?.ending == nil } }

    /// What has arrived by now, oldest first.
    mutating func takeLetters(at now: Instant) -> [VenueFact] {
        let due = letters.filter { $0.at <= now }.sorted { $0.at < $1.at }
        letters.removeAll { $0.at <= now }
        return due.map(\.fact)
    }

    private mutating func chance(_ inThousand: Int) -> Bool { random.below(1_000) < inThousand }

    private mutating func send(_ fact: VenueFact, at now: Instant) {
        letters.append(Letter(at: now + .milliseconds(Int64(1 + random.below(300))), fact: fact))
    }

    /// Lets the answer to a request get lost; the person who asked hears that it is missing.
    private mutating func lose(_ order: OrderID, at now: Instant) {
        lostCount += 1
        send(.outcomeUnknown(OrderUncertain(order: order, venueTime: now)), at: now)
    }
}

// MARK: - Requests

extension FaultyVenue {
    mutating func take(_ command: Command, at now: Instant) {
        switch command {
        case .place(let placement): place(placement, at: now)
        case .modify(let modification): modify(modification, at: now)
        case .cancel(let cancellation): cancel(cancellation.order, at: now)
        case .query(let query): answer(query.order, at: now)
        }
    }

    private mutating func place(_ placement: Placement, at now: Instant) {
        let id = placement.order
        if chance(faults) { return lose(id, at: now) }
        if chance(faults) { return refuse(id, .venueOther, at: now) }
        let ticket = placement.ticket
        if ticket.kind.isStop, ticket.stopPrice == last {
            return refuse(id, .venueInvalidStopPrice, at: now)
        }
        admit(id, ticket, isAnswerLost: chance(faults), at: now)
    }

    private mutating func refuse(_ id: OrderID, _ reason: Refusal, at now: Instant) {
        send(.refused(OrderRefused(order: id, reason: reason, venueTime: now)), at: now)
    }

    private mutating func admit(_ id: OrderID, _ ticket: OrderTicket, isAnswerLost: Bool, at now: Instant) {
        var order = Order(ticket: ticket)
        order.isWaiting = ticket.kind.isStop
        order.waitsForRise = ticket.stopPrice > last
        orders[id] = order
        ids.append(id)
        if isAnswerLost {
            lose(id, at: now)
        } else {
            let venueOrder = VenueOrderID(id.sequence)
            send(.accepted(OrderAccepted(order: id, venueOrder: venueOrder, venueTime: now)), at: now)
        }
        if !ticket.kind.isStop { trade(id, at: now) }
    }

    private mutating func modify(_ modification: Modification, at now: Instant) {
        let new = modification.replacement
        if chance(faults) { return lose(new.order, at: now) }
        if chance(faults) { return refuse(new.order, .venueOther, at: now) }
        guard let old = orders[modification.order], old.ending == nil else {
            return refuse(new.order, .venueOrderNotFound, at: now)
        }
        end(modification.order, .cancelled, at: now)
        if new.ticket.stopPrice == last { return refuse(new.order, .venueInvalidStopPrice, at: now) }
        admit(new.order, new.ticket, isAnswerLost: chance(faults), at: now)
    }

    private mutating func cancel(_ id: OrderID, at now: Instant) {
        if chance(faults) { return }
        guard orders[id]?.ending == nil, orders[id] != nil, !chance(faults) else {
            let reason = orders[id]?.ending == nil ? Refusal.venueOther : .venueOrderNotFound
            return send(.actionRefused(OrderRefused(order: id, reason: reason, venueTime: now)), at: now)
        }
        end(id, .cancelled, at: now)
    }

    private mutating func answer(_ id: OrderID, at now: Instant) {
        guard let order = orders[id] else {
            return send(.absent(OrderUncertain(order: id, venueTime: now)), at: now)
        }
        for deal in order.deals { send(.deal(deal), at: now) }
        send(.progress(progress(id, order)), at: now)
    }

    private func progress(_ id: OrderID, _ order: Order) -> OrderProgress {
        OrderProgress(
            order: id, venueOrder: VenueOrderID(id.sequence), phase: order.ending ?? .open,
            filled: order.filled, venueTime: .distantPast)
    }

    private mutating func end(_ id: OrderID, _ phase: OrderProgress.Phase, at now: Instant) {
        guard var order = orders[id] else { return }
        order.ending = phase
        order.isWaiting = false
        orders[id] = order
        send(.progress(progress(id, order)), at: now)
    }
}

// MARK: - Trading

extension FaultyVenue {
    /// The market trades at a price: stops fire, what rests is met.
    mutating func move(to price: Price, at now: Instant) {
        last = price
        for id in ids {
            guard let order = orders[id], order.ending == nil else { continue }
            if order.isWaiting {
                let stop = order.ticket.stopPrice
                guard !order.isDeaf, order.waitsForRise ? price >= stop : price <= stop else { continue }
                if chance(faults) {
                    orders[id]?.isDeaf = true
                    continue
                }
                orders[id]?.isWaiting = false
                firedCount += 1
                if chance(faults) {
                    end(id, .triggerFailed, at: now)
                } else {
                    trade(id, at: now)
                }
            } else {
                trade(id, at: now)
            }
        }
    }

    /// Fills a part of an order where its price allows; what does not rest ends.
    private mutating func trade(_ id: OrderID, at now: Instant) {
        guard let order = orders[id] else { return }
        let limit = order.ticket.price
        let isSell = order.ticket.side == .sell
        let isMet = !order.ticket.kind.hasLimit || (isSell ? last >= limit : last <= limit)
        if isMet {
            let lots = order.remaining.steps(of: market.rules.lot)
            fill(id, market.rules.lot * (chance(500) ? lots : random.below(lots + 1)), at: now)
        }
        guard let after = orders[id] else { return }
        if after.remaining.isZero {
            end(id, .filled, at: now)
        } else if after.ticket.duration != .goodTillCancelled {
            end(id, .cancelled, at: now)
        }
    }

    private mutating func fill(_ id: OrderID, _ quantity: Quantity, at now: Instant) {
        guard quantity.isPositive, let ticket = orders[id]?.ticket else { return }
        dealCount += 1
        let notional = (try? quantity.times(last, .towardZero)) ?? .zero
        let deal = Deal(
            id: DealID(dealCount), market: market.id, order: id, liquidity: .taker, price: last,
            quantity: quantity, notional: notional, fee: .zero, feeAsset: market.quote, venueTime: now)
        orders[id]?.filled += quantity
        orders[id]?.deals.append(deal)
        position += ticket.side == .buy ? quantity : -quantity
        turnover += notional
        send(.deal(deal), at: now)
    }
}
