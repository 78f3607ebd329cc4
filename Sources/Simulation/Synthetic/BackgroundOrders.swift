import MarketModel

/// Which orders of the background rest, so that a random one can be cancelled.
///
/// Their ids have the highest bit set, which client ids must not have, and name their slot here.
struct BackgroundOrders: Sendable {
    /// The most that rest on both sides together.
    static let ordersMax = 4_096
    private static let marker: UInt64 = 1 << 63

    private var bids: [Int32] = []
    private var asks: [Int32] = []
    /// By slot: the id, and the position in the list of its side.
    private var ids: [UInt64]
    private var positions: [Int]
    private var free: [Int32]
    private var sequence: UInt64 = 0

    init() {
        ids = Array(repeating: 0, count: Self.ordersMax)
        positions = Array(repeating: 0, count: Self.ordersMax)
        free = (0..<Int32(Self.ordersMax)).reversed()
    }

    static func isBackground(_ id: UInt64) -> Bool { id & marker != 0 }

    func count(_ side: Side) -> Int {
        switch side {
        case .buy: bids.count
        case .sell: asks.count
        }
    }

    /// A new id, nil when there are too many orders.
    mutating func add(_ side: Side) -> UInt64? {
        guard let slot = free.popLast() else { return nil }
        sequence += 1
        let id = Self.marker | sequence << 12 | UInt64(slot)
        ids[Int(slot)] = id
        switch side {
        case .buy:
            positions[Int(slot)] = bids.count
            bids.append(slot)
        case .sell:
            positions[Int(slot)] = asks.count
            asks.append(slot)
        }
        return id
    }

    /// Forgets an order that no longer rests.
    mutating func remove(_ id: UInt64, _ side: Side) {
        let slot = Int32(id & 0xFFF)
        precondition(ids[Int(slot)] == id, "an order of the background leaves once")
        ids[Int(slot)] = 0
        switch side {
        case .buy: Self.swapRemove(positions[Int(slot)], from: &bids, &positions)
        case .sell: Self.swapRemove(positions[Int(slot)], from: &asks, &positions)
        }
        free.append(slot)
    }

    /// The id of the order at a position in the list of a side.
    func id(_ side: Side, at position: Int) -> UInt64 {
        switch side {
        case .buy: ids[Int(bids[position])]
        case .sell: ids[Int(asks[position])]
        }
    }

    private static func swapRemove(
        _ position: Int, from list: inout [Int32], _ positions: inout [Int]
    ) {
        let last = list.removeLast()
        if position == list.count { return }
        list[position] = last
        positions[Int(last)] = position
    }
}
