import MarketModel
import Quantities
import StrategyKit

/// What a review looks at, taken from the desk at one moment.
struct Sight {
    /// What is held and can be traded in lots; never negative.
    var held = Quantity.zero
    /// Where the position could be closed; nil while the market cannot be read.
    var touch: Price?
    /// The living order that opens, if there is one.
    var entry: OwnOrder?
    /// The newest living order that closes.
    var exit: OwnOrder?
    /// The living order that `exit` is to replace.
    var replaced: OwnOrder?
    /// Other living orders that close, which an earlier session has left: one is enough.
    var surplus: [OrderID] = []

    /// How much of the position living orders will close, or would if the level were reached. A replacement and
    /// what it replaces are alternatives: one of them stands.
    var covered: Quantity {
        let newest = exit.map { $0.isProtecting ? $0.remaining : .zero } ?? .zero
        let old = replaced.map { $0.isProtecting ? $0.remaining : .zero } ?? .zero
        return max(newest, old)
    }

    /// How much of it the venue has confirmed.
    var confirmed: Quantity {
        let newest = exit.map { $0.isStanding ? $0.remaining : .zero } ?? .zero
        let old = replaced.map { $0.isStanding ? $0.remaining : .zero } ?? .zero
        return max(newest, old)
    }

    /// How much of the position nothing closes when the level is reached.
    var exposed: Quantity { max(.zero, held - covered) }
}

extension OwnOrder {
    /// Whether the order closes something when the level is reached, for all that is known: it stands or is on
    /// its way, and is not a resting take-profit order.
    var isProtecting: Bool {
        guard !isCancelRequested, !isTakeProfit else { return false }
        switch state {
        case .active(.created), .active(.submitting), .active(.open): return true
        case .active(.unknown), .closed: return false
        }
    }

    /// Whether the venue has confirmed an order that protects.
    var isStanding: Bool { isProtecting && state == .active(.open) }

    /// Only take-profit orders rest at a limit.
    var isTakeProfit: Bool { ticket.kind == .limit && ticket.duration == .goodTillCancelled }
}

extension StopLoss {
    func look(_ desk: borrowing Desk) -> Sight {
        var sight = Sight()
        let own = desk.position(market).quantity
        var held = parameters.heldQuantity + (isLong ? own : -own)
        if isLong { held = min(held, Quantity(desk.balance(base).total)) }
        sight.held = max(.zero, held).rounded(to: rules.lot, .down)
        if let quote = desk.quote(market) { sight.touch = isLong ? quote.bid : quote.ask }
        for order in desk.openOrders(in: market) {
            guard order.side == exitSide else {
                sight.entry = order
                continue
            }
            if let older = sight.exit {
                if order.replaces == older.id {
                    sight.replaced = older
                } else {
                    sight.surplus.append(older.id)
                }
            }
            sight.exit = order
        }
        return sight
    }

    /// Whether the market takes an order over a quantity at a price.
    func isTradeable(_ quantity: Quantity, at price: Price) -> Bool {
        guard quantity.isPositive, quantity >= rules.minimumQuantity else { return false }
        do throws(ArithmeticError) {
            return try quantity.times(price, .down) >= rules.minimumNotional
        } catch {
            return false
        }
    }

    /// The price that distances are measured from; nil before the first quote, or while nothing is held.
    func reference(_ desk: borrowing Desk) -> Price? {
        parameters.heldQuantity.isPositive ? startPrice : desk.position(market).averagePrice
    }
}
