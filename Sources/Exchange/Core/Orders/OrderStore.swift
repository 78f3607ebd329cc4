import MarketModel
import Quantities

/// An order in its slot, linked to its neighbours of the same account.
struct LiveOrder: BitwiseCopyable, Sendable {
    var order: ExchangeOrder
    var previous = OrderStore.none
    var next = OrderStore.none
}

/// The memory of the living orders: slots that are used again.
///
/// An order has a slot from its entry on; only one that rests can be found by its number.
struct OrderStore: ~Copyable, Sendable {
    /// No slot.
    static let none: Int32 = -1

    private var slots = Slab<LiveOrder>()
    private var free = Slab<Int32>()
    private var places: [UInt64: Int32] = [:]

    /// How many orders rest.
    var restingCount: Int { places.count }

    subscript(slot: Int32) -> LiveOrder {
        unsafeAddress { UnsafePointer(slots.address(of: Int(slot))) }
        unsafeMutableAddress { slots.address(of: Int(slot)) }
    }

    func slot(of id: VenueOrderID) -> Int32? { places[id.raw] }

    mutating func add(_ order: ExchangeOrder) -> Int32 {
        if !free.isEmpty {
            let slot = free.removeLast()
            self[slot] = LiveOrder(order: order)
            return slot
        }
        slots.append(LiveOrder(order: order))
        return Int32(slots.count - 1)
    }

    /// Lets an order be found, and makes it the last of its account.
    mutating func rest(_ slot: Int32, of account: inout ClientAccount) {
        places[self[slot].order.id.raw] = slot
        self[slot].previous = account.lastOrder
        if account.lastOrder == Self.none {
            account.firstOrder = slot
        } else {
            self[account.lastOrder].next = slot
        }
        account.lastOrder = slot
        account.openCount += 1
    }

    /// Undoes `rest`; the order keeps its slot.
    mutating func leave(_ slot: Int32, of account: inout ClientAccount) {
        places[self[slot].order.id.raw] = nil
        let link = self[slot]
        if link.previous == Self.none {
            account.firstOrder = link.next
        } else {
            self[link.previous].next = link.next
        }
        if link.next == Self.none {
            account.lastOrder = link.previous
        } else {
            self[link.next].previous = link.previous
        }
        account.openCount -= 1
    }

    /// Gives the slot of an order back that does not rest.
    mutating func release(_ slot: Int32) { free.append(slot) }
}
