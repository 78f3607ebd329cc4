import MarketModel
import Quantities

/// The own orders of a session: the living ones, and recent closed ones until their slot is reused.
///
/// Slots are reused in the order in which they became free, so that a closed order can be read for as long
/// as possible. Iteration is in the order of creation.
@frozen public struct OrderTable {
    /// Living orders of all strategies; creating one more is refused with `queueFull`.
    @usableFromInline package static var ordersMax: Int { 4_096 }

    @usableFromInline package var slots: [OwnOrder] = []
    /// Slots of the living orders, oldest first.
    @usableFromInline package var active: [UInt16] = []
    /// Free slots as a ring: taken at `freeStart`.
    @usableFromInline var free: [UInt16] = []
    @usableFromInline var freeStart = 0
    @usableFromInline package var sequence: UInt64 = 0

    @inlinable package init() {
        active.reserveCapacity(64)
        free.reserveCapacity(2 * Self.freeTakenMax)
    }

    /// Slots that are taken from the front of the ring before it is moved up.
    @usableFromInline static var freeTakenMax: Int { 1_024 }

    /// Free slots that are kept back before one is reused: how many closed orders stay readable.
    @usableFromInline static var closedKept: Int { 64 }

    @inlinable
    package mutating func create(
        strategy: StrategyID, ticket: OrderTicket, replaces: OrderID, at now: Instant
    ) -> OrderID? {
        guard active.count < Self.ordersMax else { return nil }
        sequence += 1
        let slot: Int
        if free.count - freeStart > Self.closedKept {
            slot = Int(free[freeStart])
            freeStart += 1
            if freeStart == Self.freeTakenMax {
                free.removeFirst(freeStart)
                freeStart = 0
            }
        } else {
            slot = slots.count
        }
        let id = OrderID(sequence: sequence, slot: slot)
        let order = OwnOrder(
            id: id, strategy: strategy, ticket: ticket, replaces: replaces, createdAt: now)
        if slot == slots.count {
            slots.append(order)
        } else {
            slots[slot] = order
        }
        active.append(UInt16(slot))
        return id
    }

    /// The slot of an order that is living or still readable.
    @inlinable
    package func slot(of id: OrderID) -> Int? {
        let slot = id.slot
        return slot < slots.count && slots[slot].id == id ? slot : nil
    }

    /// Takes a closed order off the list of the living.
    @inlinable
    package mutating func retire(slot: Int) {
        guard let index = active.lastIndex(of: UInt16(slot)) else { return }
        active.remove(at: index)
        free.append(UInt16(slot))
    }
}

/// The living orders of one strategy in one market, oldest first.
///
/// A snapshot by slot numbers: reading it while orders come and go is safe, closed ones are skipped.
public struct OpenOrders: Sequence, IteratorProtocol {
    @usableFromInline let slots: [OwnOrder]
    @usableFromInline let active: [UInt16]
    @usableFromInline let strategy: StrategyID
    @usableFromInline let market: MarketID?
    @usableFromInline var position = 0

    @inlinable
    init(slots: [OwnOrder], active: [UInt16], strategy: StrategyID, market: MarketID?) {
        self.slots = slots
        self.active = active
        self.strategy = strategy
        self.market = market
    }

    @inlinable
    public mutating func next() -> OwnOrder? {
        while position < active.count {
            let order = slots[Int(active[position])]
            position += 1
            if order.isActive, order.strategy == strategy, market == nil || order.market == market {
                return order
            }
        }
        return nil
    }

    @inlinable public var isEmpty: Bool {
        var copy = self
        return copy.next() == nil
    }

    @inlinable public var count: Int { reduce(0) { count, _ in count + 1 } }
}
