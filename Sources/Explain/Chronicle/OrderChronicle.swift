import MarketModel
import Quantities
import Runtime
import StrategyKit
import TradingCore
import VenueKit

/// Tells what happens to orders, step by step, while their session is replayed.
///
/// Steps of one order come in the order in which they happened. Memory is bounded by the living orders.
package final class OrderChronicle: ReplayWitness {
    /// What was told of a living order.
    private struct Known {
        var state: OrderState
        var isCancelRequested = false
    }

    /// An input that is being looked at.
    private struct Turn {
        let entry: SessionEntry
        let number: UInt64
        let now: Instant
    }

    private let tell: (OrderStep) -> Void
    private var known: [OrderID: Known] = [:]
    /// The number of the newest order that was seen.
    private var newest: UInt64 = 0

    package init(_ tell: @escaping (OrderStep) -> Void) { self.tell = tell }

    package func see(
        _ entry: SessionEntry, number: UInt64, _ desk: inout Desk, _ floor: inout TradingFloor
    ) {
        switch entry {
        case .decision, .end: return
        case .start, .advance, .event, .fact, .adopt, .stop, .halt, .resume: break
        }
        let turn = Turn(entry: entry, number: number, now: desk.now)
        if case .fact(let fact, _) = entry, let order = fact.order { say(.heard(fact), order, turn) }
        tellChanges(floor.told, turn)
        if desk.orders.sequence > newest { tellNewOrders(turn, desk, floor) }
        tellCancels(turn, desk)
        tellRequests(turn, floor)
        for alert in floor.alerts {
            if let order = alert.kind.order { say(.alerted(alert.kind), order, turn, at: alert.at) }
        }
        floor.told.removeAll(keepingCapacity: true)
        floor.alerts.removeAll(keepingCapacity: true)
        desk.notices.removeAll()
    }

    private func say(_ what: OrderStep.What, _ order: OrderID, _ turn: Turn, at time: Instant? = nil) {
        tell(OrderStep(order: order, at: time ?? turn.now, entry: turn.number, what: what))
    }

    /// What the strategies were told of orders that were there before this turn.
    private func tellChanges(_ told: [TradingFloor.Delivery], _ turn: Turn) {
        for delivery in told {
            switch delivery {
            case .order(let order): if order.id.sequence <= newest { note(order, turn) }
            case .fill(let fill, mid: _): say(.booked(fill), fill.order, turn, at: fill.receivedAt)
            case .balance, .bookState: break
            }
        }
    }

    private func note(_ order: OwnOrder, _ turn: Turn) {
        noteCancel(order, turn)
        guard known[order.id]?.state != order.state else { return }
        say(.stands(order.state), order.id, turn, at: order.updatedAt)
        if order.isActive {
            known[order.id, default: Known(state: order.state)].state = order.state
        } else {
            known[order.id] = nil
        }
    }

    private func noteCancel(_ order: OwnOrder, _ turn: Turn) {
        guard let before = known[order.id], before.isCancelRequested != order.isCancelRequested else {
            return
        }
        known[order.id]?.isCancelRequested = order.isCancelRequested
        guard order.isCancelRequested else { return }
        say(.cause(turn.entry), order.id, turn)
        say(.cancelAsked, order.id, turn)
    }

    // MARK: Orders that are new

    private func tellNewOrders(_ turn: Turn, _ desk: borrowing Desk, _ floor: borrowing TradingFloor) {
        var fresh: [OwnOrder] = []
        var ended: [OrderID: OwnOrder] = [:]
        for delivery in floor.told {
            guard case .order(let order) = delivery, order.id.sequence > newest else { continue }
            if !order.isActive { ended[order.id] = order }
            fresh.append(order)
        }
        for index in desk.orders.active.indices {
            let order = desk.orders.slots[Int(desk.orders.active[index])]
            if order.id.sequence > newest { fresh.append(order) }
        }
        fresh.sort { $0.id < $1.id }
        newest = desk.orders.sequence
        var last = OrderID.none
        for order in fresh where order.id != last {
            last = order.id
            tellNew(order, ended: ended[order.id], turn, desk, floor)
        }
    }

    private func tellNew(
        _ order: OwnOrder, ended: OwnOrder?, _ turn: Turn, _ desk: borrowing Desk,
        _ floor: borrowing TradingFloor
    ) {
        let place = Int(order.strategy.index) * desk.table.markets.count + Int(order.market.index)
        let refusal = ended.flatMap { Self.verdict(of: $0) }
        let isOfLadder =
            refusal == nil && order.ticket.kind == .market
            && floor.risk[Int(order.strategy.index)].ladder.step == .flattened
        let notes = desk.notices.filter { $0.strategy == order.strategy }.map(\.text)
        let asked = OrderStep.Asked(
            order: order, quote: desk.quote(order.market), position: desk.positions[place].quantity,
            notes: Array(notes.prefix(OrderStep.Asked.notesMax)), isOfLadder: isOfLadder)
        known[order.id] = Known(state: .active(.created))
        say(.cause(turn.entry), order.id, turn, at: order.createdAt)
        say(.asked(asked), order.id, turn, at: order.createdAt)
        if order.replaces != .none { say(.replacementAsked(order.id), order.replaces, turn) }
        if let refusal {
            say(.refused(refusal), order.id, turn, at: order.createdAt)
            known[order.id] = nil
        } else {
            say(.approved, order.id, turn, at: order.createdAt)
            if let ended { note(ended, turn) }
        }
    }

    /// Why risk refused an order that ended in the turn that asked for it; nil when it was approved.
    private static func verdict(of order: OwnOrder) -> Refusal? {
        guard case .closed(.rejected(let refusal)) = order.state else { return nil }
        return refusal.isFromVenue || refusal == .withdrawn || refusal == .neverSent ? nil : refusal
    }

    // MARK: Cancels and requests

    private func tellCancels(_ turn: Turn, _ desk: borrowing Desk) {
        for index in desk.orders.active.indices {
            noteCancel(desk.orders.slots[Int(desk.orders.active[index])], turn)
        }
    }

    private func tellRequests(_ turn: Turn, _ floor: borrowing TradingFloor) {
        for index in floor.outbox.indices {
            let dispatch = floor.outbox[index]
            let what = OrderStep.What.released(dispatch, orders: Self.sharing(dispatch.request, floor))
            switch dispatch.command {
            case .place(let placement): say(what, placement.order, turn, at: dispatch.at)
            case .cancel(let cancellation): say(what, cancellation.order, turn, at: dispatch.at)
            case .query(let query): say(what, query.order, turn, at: dispatch.at)
            case .modify(let modification):
                say(what, modification.order, turn, at: dispatch.at)
                say(what, modification.replacement.order, turn, at: dispatch.at)
            }
        }
    }

    private static func sharing(_ request: UInt64, _ floor: borrowing TradingFloor) -> Int {
        var count = 0
        for index in floor.outbox.indices where floor.outbox[index].request == request { count += 1 }
        return count
    }
}

extension Alert.Kind {
    /// The order that it is about; nil for others.
    fileprivate var order: OrderID? {
        switch self {
        case .orderUncertain(let order), .dealsMissing(let order), .contradiction(let order): order
        case .ladder, .switched, .feeNotValued, .rateLimited, .requestsDropped, .tooManyRefusals,
            .strategyFailed, .overflow, .badQuote, .crossedBook:
            nil
        }
    }
}
