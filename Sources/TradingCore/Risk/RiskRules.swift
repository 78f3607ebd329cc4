import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// An order that risk has approved: the only thing that pacing accepts.
///
/// Nobody else can make one, so no order reaches a venue unjudged. What the order asks for stands in the
/// order table, and does not change there.
package struct RiskApproved: BitwiseCopyable, Equatable, Sendable {
    package let order: OrderID

    fileprivate init(_ order: OrderID) { self.order = order }
}

/// Judges every order of a strategy before it is sent.
///
/// Rules see the worst case: the position as it would be if all living orders, unknown ones included, were
/// filled. A refusal names its reason; nothing is rounded or repaired silently.
package struct RiskRules: Sendable {
    package let limits: RiskLimits
    /// Markets that the strategy may read only.
    package let watched: [MarketID]
    package var ladder: DrawdownLadder
    private var orderWindow: SlidingWindow?
    private var refusalWindow: SlidingWindow

    package init(_ limits: RiskLimits, watched: [MarketID] = []) {
        self.watched = watched
        self.limits = limits
        ladder = DrawdownLadder(limits.ladder)
        orderWindow = limits.orderRate.map { SlidingWindow($0) }
        refusalWindow = SlidingWindow(limits.refusalRate)
    }

    /// What an order would replace.
    private struct Replaced {
        var id: OrderID
        var price: Price
        var remaining: Quantity
        var unspent: Notional
    }

    /// Judges the order in a slot. `old` is the slot of the living order that it would replace, which then
    /// does not count.
    package mutating func judge(
        _ slot: Int, replacing old: Int?, _ desk: borrowing Desk, _ exposures: borrowing Exposures
    ) -> Result<RiskApproved, Refusal> {
        do throws(Refusal) {
            let order = desk.orders.slots[slot]
            let replacing = old.map { old in
                Replaced(
                    id: desk.orders.slots[old].id, price: desk.orders.slots[old].price,
                    remaining: desk.orders.slots[old].remaining, unspent: desk.orders.slots[old].unspent)
            }
            if watched.contains(order.market) { throw .watchedMarket }
            let market = desk.table.terms(order.market)
            let quote = desk.quote(order.market)
            if order.ticket.spendsSum { try checkSum(order.ticket, quote) }
            try checkShape(order.ticket, market.rules)
            let reduces = try checkLadder(order, replacing, desk, exposures)
            if limits.needsFreshQuote, quote == nil, !reduces { throw .staleBook }
            let price = referencePrice(order.ticket, quote)
            let spend = order.ticket.spend
            let notional = spend.isZero ? try value(order.quantity, price) : spend
            try checkSize(order.ticket, notional, market.rules)
            if !spend.isZero { try checkSpend(spend, price, market.rules) }
            try checkBand(order.ticket, quote)
            try checkCount(order, replacing, exposures)
            try checkPosition(order, replacing, desk, exposures)
            try checkBalance(order, replacing, notional, market, desk, exposures)
            try checkSelfMatch(order, replacing, desk, quote)
            try checkRate(desk.now)
            return .success(RiskApproved(order.id))
        } catch {
            return .failure(error)
        }
    }

    /// Approves an order of the ladder itself, which may only reduce: exempt from all but the shape.
    package func approveFlattening(
        _ order: OwnOrder, _ desk: borrowing Desk
    ) -> Result<RiskApproved, Refusal> {
        do throws(Refusal) {
            try checkShape(order.ticket, desk.table.terms(order.market).rules)
            guard reduces(order, desk.positions[positionIndex(order, desk)].quantity) else {
                throw .reduceOnly
            }
            return .success(RiskApproved(order.id))
        } catch {
            return .failure(error)
        }
    }

    /// Notes a refusal; true when there were too many and the strategy has to be stopped.
    package mutating func noteRefusal(at now: Instant) -> Bool {
        if refusalWindow.opensAt() > now { return true }
        refusalWindow.note(at: now)
        return false
    }
}

// MARK: - The rules

extension RiskRules {
    @inline(__always)
    private func checkShape(_ ticket: OrderTicket, _ rules: MarketRules) throws(Refusal) {
        guard ticket.quantity.isPositive else { throw .quantityNotPositive }
        guard ticket.quantity.isMultiple(of: rules.lot) else { throw .quantityOffLot }
        guard ticket.quantity >= rules.minimumQuantity else { throw .quantityBelowMinimum }
        if ticket.kind.hasLimit {
            guard ticket.price.isPositive else { throw .priceNotPositive }
            guard ticket.price.isMultiple(of: rules.tick) else { throw .priceOffTick }
        }
        if ticket.kind.isStop {
            guard ticket.stopPrice.isPositive else { throw .priceNotPositive }
            guard ticket.stopPrice.isMultiple(of: rules.tick) else { throw .priceOffTick }
        }
    }

    /// Only market buys spend a sum. Without a quantity it was asked for while no price was known, or beyond numbers.
    private func checkSum(_ ticket: OrderTicket, _ quote: Quote?) throws(Refusal) {
        guard ticket.side == .buy, ticket.kind == .market else { throw .sumOfOtherOrder }
        guard ticket.spend.isPositive else { throw .notionalBelowMinimum }
        if ticket.quantity.isZero { throw quote == nil ? .staleBook : .overflow }
    }

    /// What is spent has to pay for the least quantity at the price of this moment.
    private func checkSpend(_ spend: Notional, _ ask: Price, _ rules: MarketRules) throws(Refusal) {
        if try spend < value(rules.minimumQuantity, ask) { throw .notionalBelowMinimum }
    }

    /// Refuses what the ladder forbids; says whether the order only reduces the position.
    @inline(__always)
    private func checkLadder(
        _ order: OwnOrder, _ replacing: Replaced?, _ desk: borrowing Desk, _ exposures: borrowing Exposures
    ) throws(Refusal) -> Bool {
        let position = desk.positions[positionIndex(order, desk)].quantity
        let exposure = exposures[order.strategy, order.market]
        let replaced = replacing?.remaining ?? .zero
        let open = order.side == .buy ? exposure.openBuy - replaced : replaced - exposure.openSell
        let reduces = reduces(order, position + open)
        switch ladder.step {
        case .normal, .warned: break
        case .reduceOnly: if !reduces { throw .reduceOnly }
        case .halted, .flattened: throw .halted
        }
        return reduces
    }

    @inline(__always)
    private func reduces(_ order: OwnOrder, _ position: Quantity) -> Bool {
        switch order.side {
        case .buy: position.isNegative && order.quantity <= position.magnitude
        case .sell: position.isPositive && order.quantity <= position
        }
    }

    /// What the order would trade at: its limit, its trigger, or the other side of the market.
    @inline(__always)
    private func referencePrice(_ ticket: OrderTicket, _ quote: Quote?) -> Price {
        switch ticket.kind {
        case .limit, .stopLimit: return ticket.price
        case .stopMarket: return ticket.stopPrice
        case .market:
            guard let quote else { return .zero }
            return ticket.side == .buy ? quote.ask : quote.bid
        }
    }

    @inline(__always)
    private func value(_ quantity: Quantity, _ price: Price) throws(Refusal) -> Notional {
        do throws(ArithmeticError) {
            return try quantity.times(price, .up)
        } catch {
            throw .overflow
        }
    }

    @inline(__always)
    private func checkSize(_ ticket: OrderTicket, _ notional: Notional, _ rules: MarketRules)
        throws(Refusal)
    {
        // A market order without a quote has no value to judge.
        if notional < rules.minimumNotional, !notional.isZero { throw .notionalBelowMinimum }
        if let most = limits.orderQuantityMax, ticket.quantity > most { throw .orderQuantityLimit }
        if let most = limits.orderNotionalMax, notional > most { throw .orderNotionalLimit }
    }

    /// A limit far on the expensive side of the market is a typing error, not an order.
    @inline(__always)
    private func checkBand(_ ticket: OrderTicket, _ quote: Quote?) throws(Refusal) {
        guard let band = limits.priceBand, let quote, ticket.kind == .limit else { return }
        let width: Price
        do throws(ArithmeticError) {
            width = Price(reinterpreting: try Quantity(reinterpreting: quote.mid).times(band, .down))
        } catch {
            throw .overflow
        }
        switch ticket.side {
        case .buy: if ticket.price > quote.mid + width { throw .priceBand }
        case .sell: if ticket.price < quote.mid - width { throw .priceBand }
        }
    }

    @inline(__always)
    private func checkCount(
        _ order: OwnOrder, _ replacing: Replaced?, _ exposures: borrowing Exposures
    ) throws(Refusal) {
        let open = exposures.openOrders(of: order.strategy) - (replacing == nil ? 0 : 1)
        if open >= limits.openOrdersMax { throw .openOrderLimit }
    }

    @inline(__always)
    private func checkPosition(
        _ order: OwnOrder, _ replacing: Replaced?, _ desk: borrowing Desk, _ exposures: borrowing Exposures
    ) throws(Refusal) {
        guard let most = limits.positionMax else { return }
        let position = desk.positions[positionIndex(order, desk)].quantity
        let exposure = exposures[order.strategy, order.market]
        let replaced = replacing?.remaining ?? .zero
        switch order.side {
        case .buy:
            let worst = position + exposure.openBuy - replaced + order.quantity
            if worst > most { throw .positionLimit }
        case .sell:
            let worst = position - exposure.openSell + replaced - order.quantity
            if worst < -most { throw .positionLimit }
        }
    }

    @inline(__always)
    private func checkBalance(
        _ order: OwnOrder, _ replacing: Replaced?, _ notional: Notional, _ market: MarketTerms,
        _ desk: borrowing Desk, _ exposures: borrowing Exposures
    ) throws(Refusal) {
        if order.ticket.kind.isStop { return }
        let asset = order.side == .buy ? market.quote : market.base
        var free = desk.balances[Int(asset.index)].total - exposures.reserved(asset)
        if let replacing {
            free +=
                order.side == .buy
                ? Amount(try value(replacing.remaining, replacing.price) + replacing.unspent)
                : Amount(replacing.remaining)
        }
        let needed = order.side == .buy ? Amount(notional) : Amount(order.quantity)
        if needed > free { throw .insufficientBalance }
    }

    /// Own orders of any strategy of this session must not meet each other.
    @inline(__always)
    private func checkSelfMatch(
        _ order: OwnOrder, _ replacing: Replaced?, _ desk: borrowing Desk, _ quote: Quote?
    ) throws(Refusal) {
        if order.ticket.kind.isStop { return }
        for index in desk.orders.active.indices {
            let other = Int(desk.orders.active[index])
            guard desk.orders.slots[other].market == order.market,
                desk.orders.slots[other].side != order.side, desk.orders.slots[other].isActive,
                desk.orders.slots[other].ticket.kind == .limit,
                desk.orders.slots[other].id != replacing?.id
            else { continue }
            if order.ticket.kind == .market { throw .selfMatch }
            let price = desk.orders.slots[other].price
            switch order.side {
            case .buy: if order.price >= price { throw .selfMatch }
            case .sell: if order.price <= price { throw .selfMatch }
            }
        }
    }

    @inline(__always)
    private mutating func checkRate(_ now: Instant) throws(Refusal) {
        guard orderWindow != nil else { return }
        if orderWindow!.opensAt() > now { throw .orderRateLimit }
        orderWindow!.note(at: now)
    }

    @inline(__always)
    private func positionIndex(_ order: OwnOrder, _ desk: borrowing Desk) -> Int {
        Int(order.strategy.index) * desk.table.markets.count + Int(order.market.index)
    }
}
