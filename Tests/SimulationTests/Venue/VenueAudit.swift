import MarketModel
import Quantities
import Testing
import VenueKit

/// Keeps books of its own over what a venue is sent and tells, and compares them with the venue's account.
///
/// It knows nothing of how the venue comes to its facts. After every step these must hold:
///
/// 1. Each balance is the deposit plus what the deals did to it, and so is the balance that was told last.
/// 2. Frozen is what the resting orders may still cost at most, and nothing else.
/// 3. Nothing available is negative.
/// 4. Deals have numbers of their own, belong to living orders, and never fill more, or for more, than an order
///    asked for.
/// 5. The venue's count of an order is the sum of its deals; an order ends once.
struct VenueAudit {
    private struct Entry {
        var ticket: OrderTicket
        var filled = Quantity.zero
        var spent = Notional.zero
        /// It stands in the book; a stop only after it has fired.
        var rests = false
        var isOver = false
    }

    let market: Market
    private var orders: [OrderID: Entry] = [:]
    private var deals: Set<DealID> = []
    private var base: Amount
    private var quote: Amount
    private var told: [AssetID: Balance] = [:]
    private(set) var dealCount = 0
    private(set) var makerCount = 0
    private(set) var endings: [OrderProgress.Phase: Int] = [:]
    private(set) var refusals = 0
    private(set) var defects: [String] = []

    init(_ market: Market, base: Amount, quote: Amount) {
        self.market = market
        self.base = base
        self.quote = quote
    }

    /// Orders that stand or wait.
    var living: [OrderID] { orders.filter { !$0.value.isOver }.map(\.key).sorted() }

    mutating func sent(_ placement: Placement, replacing old: OrderID = .none) {
        var entry = Entry(ticket: placement.ticket)
        if let old = orders[old], old.rests, !old.isOver, old.ticket.kind.isStop,
            entry.ticket.kind == .stopLimit
        {
            // What replaces a stop that has fired is a plain order.
            entry.ticket.kind = .limit
        }
        orders[placement.order] = entry
    }

    mutating func heard(_ facts: [VenueFact]) {
        for fact in facts {
            switch fact {
            case .accepted(let accepted): note(orders[accepted.order] != nil, "accepted an unknown order")
            case .refused(let refused):
                refusals += 1
                note(orders[refused.order]?.filled.isZero == true, "refused an order with fills")
                orders[refused.order]?.isOver = true
            case .progress(let progress): heard(progress)
            case .deal(let deal): heard(deal)
            case .balance(let balance): told[balance.asset] = balance
            case .actionRefused, .absent: break
            case .outcomeUnknown, .neverSent, .rateLimited, .orderPause: note(false, "unexpected \(fact)")
            }
        }
    }

    private mutating func heard(_ progress: OrderProgress) {
        guard var order = orders[progress.order] else { return note(false, "progress of no order") }
        note(order.filled == progress.filled, "\(progress.order) counts \(progress.filled)")
        switch progress.phase {
        case .open:
            note(!order.isOver, "\(progress.order) is open again")
            if !order.ticket.kind.isStop || progress.venueOrder != waiting[progress.order] {
                if order.ticket.kind.isStop, waiting[progress.order] == nil {
                    waiting[progress.order] = progress.venueOrder
                } else {
                    order.rests = true
                }
            }
        case .filled, .cancelled, .triggerFailed:
            note(!order.isOver, "\(progress.order) ended twice")
            // One that buys for a sum has no quantity to reach.
            let isFull =
                order.ticket.spendsSum
                ? progress.phase == .filled && order.filled.isPositive
                : order.filled == order.ticket.quantity
            note(
                (progress.phase == .filled) == isFull,
                "\(progress.order) \(progress.phase) with \(order.filled)")
            order.isOver = true
            endings[progress.phase, default: 0] += 1
        }
        orders[progress.order] = order
    }

    /// The numbers of stop orders that were told while they waited.
    private var waiting: [OrderID: VenueOrderID] = [:]

    private mutating func heard(_ deal: Deal) {
        dealCount += 1
        if deal.liquidity == .maker { makerCount += 1 }
        note(deals.insert(deal.id).inserted, "deal \(deal.id.raw) twice")
        guard let order = orders[deal.order], !order.isOver else {
            return note(false, "a deal of no living order")
        }
        orders[deal.order]?.filled += deal.quantity
        orders[deal.order]?.spent += deal.notional
        note(deal.quantity.isPositive, "an empty deal")
        if order.ticket.spendsSum {
            note(order.spent + deal.notional <= order.ticket.spend, "\(deal.order) spent too much")
        } else {
            note(order.filled + deal.quantity <= order.ticket.quantity, "\(deal.order) filled too far")
        }
        let isBuy = order.ticket.side == .buy
        if order.ticket.kind.hasLimit {
            note(
                isBuy ? deal.price <= order.ticket.price : deal.price >= order.ticket.price,
                "\(deal.order) at \(deal.price), beyond its limit")
        }
        base += isBuy ? Amount(deal.quantity) : -Amount(deal.quantity)
        quote += isBuy ? -Amount(deal.notional) : Amount(deal.notional)
        quote -= deal.fee
    }

    /// Compares with the account; call it when all facts have been heard.
    mutating func check(_ account: [Balance]) {
        for (balance, expected) in [(account[0], base), (account[1], quote)] {
            let name = balance.asset == market.base ? "base" : "quote"
            note(balance.total == expected, "\(name) is \(balance.total), by deals \(expected)")
            note(!balance.available.isNegative, "\(name) available is \(balance.available)")
            note(
                told[balance.asset]?.total == balance.total
                    && told[balance.asset]?.frozen == balance.frozen, "\(name) was told wrong")
        }
        var frozen = (base: Amount.zero, quote: Amount.zero)
        for order in orders.values where order.rests && !order.isOver {
            let rest = order.ticket.quantity - order.filled
            switch order.ticket.side {
            case .sell: frozen.base += Amount(rest)
            case .buy: frozen.quote += mostCost(rest, order.ticket.price)
            }
        }
        note(account[0].frozen == frozen.base, "base frozen \(account[0].frozen), needed \(frozen.base)")
        note(
            account[1].frozen == frozen.quote, "quote frozen \(account[1].frozen), needed \(frozen.quote)")
    }

    private func mostCost(_ quantity: Quantity, _ price: Price) -> Amount {
        do throws(ArithmeticError) {
            let value = try quantity.times(price, .up)
            let rate = max(.zero, max(market.rules.makerFee, market.rules.takerFee))
            return Amount(value + (try value.times(rate, .up)))
        } catch {
            return .zero
        }
    }

    private mutating func note(_ holds: Bool, _ defect: @autoclosure () -> String) {
        if !holds, defects.count < 20 { defects.append(defect()) }
    }
}
