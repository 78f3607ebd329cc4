import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// What really happened to one order at the venue, and every fact that follows from it.
struct OrderTruth {
    enum Ending: CaseIterable {
        case filled
        case cancelled
        case triggerFailed
        case refused
        case neverSent
    }

    let order: OrderID
    let ticket: OrderTicket
    let ending: Ending
    /// What each deal traded.
    let parts: [Quantity]
    /// The number of the first deal.
    let firstDeal: UInt64
    /// A request about it went unanswered.
    let isUncertain: Bool
    let begin: Instant

    var filled: Quantity { parts.reduce(.zero, +) }

    var closing: Closing {
        switch ending {
        case .filled: .filled
        case .cancelled: .cancelled
        case .triggerFailed: .triggerFailed
        case .refused: .rejected(.venueOther)
        case .neverSent: .rejected(.neverSent)
        }
    }

    var deals: [Deal] {
        parts.enumerated().map { index, part in
            let price = ticket.price
            let notional = try! part.times(price, .towardZero)
            return Deal(
                id: DealID(firstDeal + UInt64(index)), market: ticket.market, order: order,
                liquidity: index % 2 == 0 ? .maker : .taker, price: price, quantity: part,
                notional: notional, fee: Amount(try! notional.times(Money.rate("0.001"), .up)),
                feeAsset: AssetID(Money.usdt), venueTime: begin + .milliseconds(Int64(10 * (index + 1))))
        }
    }

    /// In the order in which they became true.
    var facts: [VenueFact] {
        var facts: [VenueFact] = isUncertain ? [Money.unanswered(order)] : []
        switch ending {
        case .refused: return facts + [Money.refused(order)]
        case .neverSent:
            return facts + [.neverSent(OrderUncertain(order: order, venueTime: begin))]
        case .filled, .cancelled, .triggerFailed: break
        }
        facts += [Money.accepted(order), progress(.open, .zero)]
        var sum = Quantity.zero
        for deal in deals {
            sum += deal.quantity
            facts += [.deal(deal), progress(sum == ticket.quantity ? .filled : .open, sum)]
        }
        return ending == .filled ? facts : facts + [final]
    }

    /// What a question after the end is answered with: the last count and every deal.
    var backfill: [VenueFact] {
        switch ending {
        case .refused, .neverSent: Array(facts.suffix(1))
        case .filled, .cancelled, .triggerFailed: deals.map { .deal($0) } + [final]
        }
    }

    private var final: VenueFact {
        switch ending {
        case .filled: progress(.filled, filled)
        case .cancelled: progress(.cancelled, filled)
        case .triggerFailed: progress(.triggerFailed, filled)
        case .refused, .neverSent: preconditionFailure("such an order has no progress")
        }
    }

    private func progress(_ phase: OrderProgress.Phase, _ filled: Quantity) -> VenueFact {
        .progress(
            OrderProgress(
                order: order, venueOrder: VenueOrderID(order.sequence), phase: phase, filled: filled,
                venueTime: begin))
    }
}

/// What is left when an order is over, in whatever way its news came.
struct Aftermath: Equatable {
    var states: [OrderState]
    var filled: [Quantity]
    var filledNotional: [Notional]
    /// Deals that were delivered, sorted: a deal that was delivered twice stands twice.
    var deals: [DealID]
    var quantity: [Quantity]
    var cashFlow: [Notional]
    var fees: [Notional]
    var turnover: [Notional]
    var spread: [Notional]
    var fillCounts: [Int]
    var balances: [Amount]
    var reserved: [Amount]
    var exposures: [Exposure]
    var openOrders: Int

    init<S>(_ stage: Stage<S>, _ orders: [OrderID]) {
        let told = orders.map { id in stage.diary.orders.last { $0.id == id } }
        states = told.map { $0?.state ?? .active(.created) }
        filled = told.map { $0?.filled ?? .zero }
        filledNotional = told.map { $0?.filledNotional ?? .zero }
        deals = stage.diary.fills.map(\.deal).sorted()
        let positions = stage.engine.desk.positions.map { $0 }
        quantity = positions.map(\.quantity)
        cashFlow = positions.map(\.cashFlow)
        fees = positions.map(\.fees)
        turnover = positions.map(\.turnover)
        spread = positions.map(\.spread)
        fillCounts = positions.map(\.fillCount)
        balances = stage.engine.desk.balances.map(\.total)
        reserved = balances.indices.map { stage.reserved($0) }
        exposures = stage.engine.desk.table.markets.indices.map { stage.exposure(0, $0) }
        openOrders = stage.openOrders()
    }
}

extension VenueFact {
    /// The order that the fact is about; nil for balances.
    var order: OrderID? {
        switch self {
        case .accepted(let fact): fact.order
        case .refused(let fact), .actionRefused(let fact): fact.order
        case .progress(let fact): fact.order
        case .deal(let fact): fact.order
        case .outcomeUnknown(let fact), .neverSent(let fact), .absent(let fact): fact.order
        case .rateLimited(let fact): fact.order
        case .balance, .orderPause: nil
        }
    }
}
