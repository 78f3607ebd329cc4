import MarketModel
import Quantities

/// The room between two lines of the grid: what it holds was bought at its lower line and is sold at its
/// upper one.
///
/// Invariants: what it holds and what its buy may still fill are at most one order size; its sell never
/// offers more than it holds. So the grid as a whole never holds more than all its cells, whatever is filled.
struct GridCell: Sendable {
    /// The one order that a cell may have on a side.
    struct Slot: Equatable, Sendable {
        var order = OrderID.none
        var price = Price.zero
        /// Cancelled, not known to have ended.
        var isLeaving = false

        var isEmpty: Bool { order == .none }
    }

    let lower: Price
    let upper: Price
    private(set) var held = Quantity.zero
    private(set) var buy = Slot()
    private(set) var sell = Slot()

    init(lower: Price, upper: Price, held: Quantity = .zero) {
        self.lower = lower
        self.upper = upper
        self.held = held
    }

    subscript(side: Side) -> Slot {
        get {
            switch side {
            case .buy: buy
            case .sell: sell
            }
        }
        set {
            switch side {
            case .buy: buy = newValue
            case .sell: sell = newValue
            }
        }
    }

    /// How much a side has to offer: what is missing, or what is held.
    func wanted(_ side: Side, size: Quantity) -> Quantity {
        switch side {
        case .buy: size - held
        case .sell: held
        }
    }

    mutating func stand(_ side: Side, _ order: OrderID, at price: Price) {
        self[side] = Slot(order: order, price: price)
    }

    mutating func take(_ side: Side, _ quantity: Quantity) {
        switch side {
        case .buy: held += quantity
        case .sell: held -= quantity
        }
    }
}
