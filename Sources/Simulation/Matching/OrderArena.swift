import MarketModel
import Quantities

/// The memory of the resting orders: slots that are linked into the queues of the levels and reused.
///
/// Grows to the most orders that ever rested at once and stays there.
struct OrderArena: Sendable {
    struct Node: BitwiseCopyable, Sendable {
        var order: MatchOrder
        var price: Price
        /// Neighbours in the queue of the level; `none` at its ends.
        var previous: Int32
        /// In a free slot the next free one.
        var next: Int32
    }

    /// No slot.
    static let none: Int32 = -1

    private var nodes: [Node] = []
    private(set) var count = 0
    private var firstFree = OrderArena.none
    private var index = OrderIndex()

    func slot(of id: UInt64) -> Int32? { index.slot(of: id) }

    subscript(slot: Int32) -> Node { nodes[Int(slot)] }

    /// Stores an order whose id is not in use; it is not linked yet.
    mutating func add(_ order: MatchOrder, at price: Price) -> Int32 {
        let node = Node(order: order, price: price, previous: Self.none, next: Self.none)
        let slot: Int32
        if firstFree >= 0 {
            slot = firstFree
            firstFree = nodes[Int(slot)].next
            nodes[Int(slot)] = node
        } else {
            slot = Int32(nodes.count)
            nodes.append(node)
        }
        index.insert(order.id, slot: slot)
        count += 1
        return slot
    }

    /// Gives the slot of an unlinked order back.
    mutating func release(_ slot: Int32) {
        index.remove(nodes[Int(slot)].order.id)
        nodes[Int(slot)].next = firstFree
        firstFree = slot
        count -= 1
    }

    /// Makes a slot the last of a queue; `last` is `none` when the queue is empty.
    mutating func link(_ slot: Int32, behind last: Int32) {
        nodes[Int(slot)].previous = last
        if last >= 0 { nodes[Int(last)].next = slot }
    }

    /// Joins the neighbours of a slot.
    mutating func unlink(_ slot: Int32) {
        let node = nodes[Int(slot)]
        if node.previous >= 0 { nodes[Int(node.previous)].next = node.next }
        if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
    }

    mutating func setQuantity(_ quantity: Quantity, of slot: Int32) {
        nodes[Int(slot)].order.quantity = quantity
    }
}
