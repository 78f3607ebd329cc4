import MarketModel
import Quantities
import VenueKit

/// An order as the simulated venue keeps it.
struct VenueOrder: BitwiseCopyable, Sendable {
    var id: OrderID
    var venueID: VenueOrderID
    var ticket: OrderTicket
    var filled: Quantity
    /// What it holds of the asset that it pays with.
    var frozen: Amount
    /// A stop order that has not fired.
    var isWaiting: Bool

    var remaining: Quantity { ticket.quantity - filled }
    /// Whether it has got its quantity; one that buys for a sum has none.
    var isFilled: Bool { ticket.quantityWhenFilled == filled }

    func progress(_ phase: OrderProgress.Phase, at now: Instant) -> OrderProgress {
        OrderProgress(order: id, venueOrder: venueID, phase: phase, filled: filled, venueTime: now)
    }
}

/// Orders that are over and deals, for answers to queries: a bounded memory, the oldest goes first.
struct VenueHistory: ~Copyable, Sendable {
    static let ordersMax = 4_096
    static let dealsMax = 16_384

    private var endings = Slab<OrderProgress>(capacity: ordersMax)
    private var nextEnding = 0
    private var deals = Slab<Deal>(capacity: dealsMax)
    private var nextDeal = 0

    mutating func add(_ ending: OrderProgress) {
        if endings.count < Self.ordersMax {
            endings.append(ending)
        } else {
            endings[nextEnding] = ending
            nextEnding = (nextEnding + 1) % Self.ordersMax
        }
    }

    mutating func add(_ deal: Deal) {
        if deals.count < Self.dealsMax {
            deals.append(deal)
        } else {
            deals[nextDeal] = deal
            nextDeal = (nextDeal + 1) % Self.dealsMax
        }
    }

    func ending(of order: OrderID) -> OrderProgress? {
        for index in endings.indices.reversed() where endings[index].order == order { return endings[index] }
        return nil
    }

    func deals(of order: OrderID) -> [Deal] {
        deals.indices.filter { deals[$0].order == order }.map { deals[$0] }
    }
}
