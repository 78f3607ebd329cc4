import MarketModel

/// Which deals of the living orders have been booked: a fill counts once, however often it is told.
///
/// Per order slot a chain of deal numbers in one shared arena, given back when the order is closed.
package struct DealLog: ~Copyable, Sendable {
    struct Node: BitwiseCopyable, Sendable {
        var deal: DealID
        var next: Int32
    }

    private var nodes = Slab<Node>()
    private var free: Int32 = -1
    private var heads = Slab<Int32>()

    package init() {}

    /// Notes a deal of the order in a slot; false when it was noted before.
    package mutating func insert(_ deal: DealID, slot: Int) -> Bool {
        while heads.count <= slot { heads.append(-1) }
        var index = heads[slot]
        while index >= 0 {
            if nodes[Int(index)].deal == deal { return false }
            index = nodes[Int(index)].next
        }
        let node = Node(deal: deal, next: heads[slot])
        if free >= 0 {
            let reused = free
            free = nodes[Int(reused)].next
            nodes[Int(reused)] = node
            heads[slot] = reused
        } else {
            heads[slot] = Int32(nodes.count)
            nodes.append(node)
        }
        return true
    }

    /// Forgets the deals of a slot whose order is closed.
    package mutating func clear(slot: Int) {
        guard slot < heads.count else { return }
        var index = heads[slot]
        while index >= 0 {
            let next = nodes[Int(index)].next
            nodes[Int(index)].next = free
            free = index
            index = next
        }
        heads[slot] = -1
    }
}
