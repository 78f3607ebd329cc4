import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// The engine, and a venue that does what the tape says: for what a simulated venue never does.
final class ScriptedStage<S: StrategyCallbacks>: TapeStage {
    private var engine: Engine<S>
    private let log: TapeLog
    private let table: MarketTable
    /// What the venue was sent, by order number.
    private var orders: [UInt64: VenueMemory] = [:]
    private var deals: UInt64 = 0
    /// Whether the venue answers every request at once.
    private var answers = false
    /// What happens to the orders that come next, instead of acceptance.
    private var fates: [VenueAction.Kind] = []

    private struct VenueMemory {
        var placement: Placement
        var filled = Quantity.zero
        var venueOrder: VenueOrderID { VenueOrderID(placement.order.sequence) }
    }

    init(_ strategy: S, _ setup: TapeSetup, _ table: MarketTable, _ log: TapeLog) {
        self.log = log
        self.table = table
        let desk = setup.makeDesk(table)
        let floor = setup.makeFloor(desk)
        engine = Engine(strategy: strategy, desk: desk, floor: floor)
        let now = TapeClock.start
        for (index, amount) in setup.amounts(table).enumerated() {
            feed(.balance(Balance(asset: AssetID(index), total: amount, frozen: .zero, venueTime: now)), now)
        }
    }

    func start() {
        let now = TapeClock.start
        engine.start(at: now)
        drain(now)
        feed(.connection(ConnectionChange(state: .ready, venueTime: now, receivedAt: now)))
    }

    func advance(to now: Instant) {
        while engine.nextDue <= now {
            let due = engine.nextDue
            engine.advance(to: due)
            drain(max(due, engine.desk.now))
        }
        engine.advance(to: now)
    }

    func feed(_ event: MarketEvent) {
        engine.feed(event)
        drain(event.receivedAt)
        advance(to: event.receivedAt)
    }

    func stop(at now: Instant) {
        engine.stop(at: now)
        drain(now)
    }

    func look<Result>(_ body: (borrowing Desk) -> Result) -> Result { body(engine.desk) }

    var chain: DecisionChain { engine.floor.chain }
    var fillCount: Int { engine.floor.counters.fills }

    private func feed(_ fact: VenueFact, _ now: Instant) {
        engine.feed(fact, at: now)
        drain(now)
    }

    // MARK: What the engine sends

    private func drain(_ now: Instant) {
        while engine.hasDispatches {
            var sent: [Dispatch] = []
            engine.drain { sent.append($0) }
            for dispatch in sent {
                log.sent(dispatch)
                remember(dispatch.command)
            }
            for dispatch in sent { answer(dispatch.command, now) }
        }
    }

    private func remember(_ command: Command) {
        switch command {
        case .place(let placement): orders[placement.order.sequence] = VenueMemory(placement: placement)
        case .modify(let modification):
            let placement = modification.replacement
            orders[placement.order.sequence] = VenueMemory(placement: placement)
        case .cancel, .query: break
        }
    }

    private func answer(_ command: Command, _ now: Instant) {
        switch command {
        case .place(let placement): answer(placement.order, now)
        case .cancel(let cancellation):
            if answers { end(cancellation.order, now) }
        case .modify(let modification):
            if answers { end(modification.order, now) }
            answer(modification.replacement.order, now)
        case .query: break
        }
    }

    private func answer(_ order: OrderID, _ now: Instant) {
        guard let memory = orders[order.sequence] else { return }
        if !fates.isEmpty {
            deliver(fates.removeFirst(), memory, now)
        } else if answers {
            deliver(.accept, memory, now)
        }
    }

    private func end(_ order: OrderID, _ now: Instant) {
        if let memory = orders[order.sequence] { deliver(.cancelled, memory, now) }
    }

    // MARK: What the venue does

    func play(_ action: VenueAction, at now: Instant) throws(TapeError) {
        switch action.kind {
        case .answers: answers = true
        case .silent: answers = false
        case .refuseNext(let reason): fates.append(.refuse(reason))
        case .loseNext: fates.append(.lose)
        case .balance(let asset, let amount):
            feed(.balance(Balance(asset: asset, total: amount, frozen: .zero, venueTime: now)), now)
        case .accept, .refuse, .fill, .count, .cancelled, .done, .triggerFailed, .keep, .lose, .unsent,
            .absent, .limited:
            guard let memory = orders[action.order] else {
                let count = orders.count
                throw action.place.error(
                    "no order #\(action.order) has been sent; there are \(count == 0 ? "none" : "\(count)")")
            }
            deliver(action.kind, memory, now)
        }
        advance(to: now)
    }

    private func deliver(_ kind: VenueAction.Kind, _ memory: VenueMemory, _ now: Instant) {
        let order = memory.placement.order
        let uncertain = OrderUncertain(order: order, venueTime: now)
        switch kind {
        case .accept:
            feed(.accepted(OrderAccepted(order: order, venueOrder: memory.venueOrder, venueTime: now)), now)
        case .refuse(let reason):
            feed(.refused(OrderRefused(order: order, reason: reason, venueTime: now)), now)
        case .keep:
            feed(.actionRefused(OrderRefused(order: order, reason: .venueOther, venueTime: now)), now)
        case .fill(let quantity, let price): fill(memory, quantity, price, now)
        case .count(let quantity): feed(progress(memory, .open, quantity, now), now)
        case .cancelled: feed(progress(memory, .cancelled, memory.filled, now), now)
        case .done: feed(progress(memory, .filled, memory.filled, now), now)
        case .triggerFailed: feed(progress(memory, .triggerFailed, memory.filled, now), now)
        case .lose: feed(.outcomeUnknown(uncertain), now)
        case .unsent: feed(.neverSent(uncertain), now)
        case .absent: feed(.absent(uncertain), now)
        case .limited: feed(.rateLimited(RateLimited(group: .place, order: order, venueTime: now)), now)
        case .balance, .answers, .silent, .refuseNext, .loseNext: break
        }
    }

    private func progress(
        _ memory: VenueMemory, _ phase: OrderProgress.Phase, _ filled: Quantity, _ now: Instant
    ) -> VenueFact {
        .progress(
            OrderProgress(
                order: memory.placement.order, venueOrder: memory.venueOrder, phase: phase, filled: filled,
                venueTime: now))
    }

    private func fill(_ memory: VenueMemory, _ quantity: Quantity, _ price: Price?, _ now: Instant) {
        let ticket = memory.placement.ticket
        let market = table.terms(ticket.market)
        let liquidity: Liquidity
        switch ticket.duration {
        case .goodTillCancelled, .makerOnly: liquidity = ticket.kind.hasLimit ? .maker : .taker
        case .immediateOrCancel, .fillOrKill: liquidity = .taker
        }
        let mid = engine.desk.states[Int(market.id.index)].mark ?? ticket.price
        let paid = price ?? (ticket.kind.hasLimit ? ticket.price : mid)
        deals += 1
        orders[memory.placement.order.sequence]?.filled += quantity
        do throws(ArithmeticError) {
            let notional = try quantity.times(paid, .towardZero)
            let fee = try notional.times(market.rules.fee(liquidity), .towardZero)
            feed(
                .deal(
                    Deal(
                        id: DealID(deals), market: market.id, order: memory.placement.order,
                        liquidity: liquidity, price: paid, quantity: quantity, notional: notional,
                        fee: Amount(fee), feeAsset: market.quote, venueTime: now)), now)
        } catch {
            preconditionFailure("a fill of a test has a value")
        }
    }
}
