import MarketModel
import Quantities
import VenueKit
import WireCodecs

// The first generation's words for what an executor asks, and what its replies say.

extension CoinExExecutor {
    mutating func writeV1(_ errand: CoinExErrand, at now: Instant, into wire: inout WireBuffer) {
        switch errand {
        case .place(let placement):
            if placement.ticket.kind.isStop {
                put(stopRequestV1(placement), at: now, into: &wire)
            } else {
                put(orderRequestV1(placement), at: now, into: &wire)
            }
        case .placeBatch(let placements, let market):
            let requests = placements.map { placement in
                var request = orderRequestV1(placement)
                request.kind = .limit(placement.ticket.price, CoinExOption(placement.ticket.duration))
                return request
            }
            put(CoinExPlaceBatch(requests, in: table[market].name), at: now, into: &wire)
        case .cancel(let number, let market):
            put(CoinExCancelOrder(number, in: table[market].name), at: now, into: &wire)
        case .cancelNamed(let name, let market):
            put(CoinExV1.cancel(name, in: table[market].name), at: now, into: &wire)
        case .cancelStopNamed(let name, let market):
            put(CoinExV1.cancelStop(name, in: table[market].name), at: now, into: &wire)
        case .cancelBatch(let numbers, let market):
            put(CoinExV1.cancelBatch(numbers, in: table[market].name), at: now, into: &wire)
        case .modify(let modification):
            let ticket = modification.replacement.ticket
            let call = CoinExV1.modify(
                modification.venueOrder, in: table[ticket.market].name, amount: ticket.quantity,
                price: ticket.price)
            put(call, at: now, into: &wire)
        case .status, .pending, .stops, .finished, .orderDeals, .ownDeals, .balances, .clock,
            .trades:
            askV1(errand, at: now, into: &wire)
        }
    }

    private mutating func askV1(_ errand: CoinExErrand, at now: Instant, into wire: inout WireBuffer) {
        switch errand {
        case .status(let number, let market):
            put(CoinExV1.order(number, in: table[market].name), at: now, into: &wire)
        case .pending(let scope):
            let call = CoinExV1.pendingOrders(
                name(scope.market), clientID: scope.clientID, account: scope.account, page: scope.page)
            put(call, at: now, into: &wire)
        case .stops(let scope):
            let call = CoinExV1.pendingStops(
                name(scope.market), clientID: scope.clientID, account: scope.account, page: scope.page)
            put(call, at: now, into: &wire)
        case .finished(let scope, let from):
            let call = CoinExV1.finishedOrders(
                name(scope.market), clientID: scope.clientID, account: scope.account, from: from,
                page: scope.page)
            put(call, at: now, into: &wire)
        case .orderDeals(let number, _, let page):
            put(CoinExV1.orderDeals(number, page: page), at: now, into: &wire)
        case .ownDeals(_, let account, let from, let page):
            put(CoinExV1.ownDeals(account: account, from: from, page: page), at: now, into: &wire)
        case .balances: put(CoinExV1.balances(), at: now, into: &wire)
        case .trades(let market, let after):
            guard let name = CoinExMarketName(table[market].name) else {
                preconditionFailure("a market of the venue has a name that it takes")
            }
            let call = CoinExV1.marketDeals(
                name, after: Int64(clamping: after.raw), limit: Int64(CoinExMarketDeals.dealsMax))
            put(call, at: now, into: &wire)
        case .clock: put(CoinExV1.ticker(clockMarket), at: now, into: &wire)
        case .place, .placeBatch, .cancel, .cancelNamed, .cancelStopNamed, .cancelBatch, .modify:
            preconditionFailure("only questions are asked")
        }
    }

    func name(_ market: MarketID?) -> String? { market.map { table[$0].name } }

    /// The market whose ticker tells the time.
    private var clockMarket: CoinExMarketName {
        guard let name = CoinExMarketName(table.markets[0].name) else {
            preconditionFailure("a market of the venue has a name that it takes")
        }
        return name
    }

    /// Market orders always name the unit of their amount: for buys the venue would take the quote asset.
    private func orderRequestV1(_ placement: Placement) -> CoinExPlaceOrder {
        let ticket = placement.ticket
        let kind: CoinExPlaceOrder.Kind =
            switch (ticket.kind.hasLimit, ticket.duration) {
            case (false, _): .market(unit(ticket))
            case (true, .immediateOrCancel):
                ticket.isHidden
                    ? .limit(ticket.price, .immediateOrCancel)
                    : .immediateOrCancel(ticket.price)
            case (true, .goodTillCancelled), (true, .fillOrKill), (true, .makerOnly):
                .limit(ticket.price, CoinExOption(ticket.duration))
            }
        return CoinExPlaceOrder(
            CoinExSide(ticket.side), ticket.amount, kind, in: table[ticket.market].name,
            clientID: naming.name(placement.order, of: placement.strategy), isHidden: ticket.isHidden)
    }

    private func stopRequestV1(_ placement: Placement) -> CoinExPlaceStop {
        let ticket = placement.ticket
        let kind: CoinExPlaceStop.Kind =
            ticket.kind.hasLimit
            ? .limit(ticket.price, CoinExOption(ticket.duration)) : .market(unit(ticket))
        return CoinExPlaceStop(
            CoinExSide(ticket.side), ticket.amount, kind, when: ticket.stopPrice,
            in: table[ticket.market].name, clientID: naming.name(placement.order, of: placement.strategy),
            isHidden: ticket.isHidden)
    }

    func unit(_ ticket: OrderTicket) -> CoinExUnit {
        let market = table[ticket.market]
        return ticket.spendsSum
            ? .quote(table.name(of: market.quote)) : .base(table.name(of: market.base))
    }
}

// MARK: - What replies say

extension CoinExOrderReport {
    init(_ order: CoinExOrder) {
        self.init(
            number: order.id, clientID: order.clientID, market: order.market, account: order.account,
            side: order.side, price: order.price, amount: order.amount, filled: order.dealAmount,
            phase: order.status.phase, isUntouched: order.status == .notDealt,
            changedAt: order.finishedAt)
    }

    /// The reply to a cancel, which shows the order as it was before.
    init(cancelled order: CoinExOrder) {
        self.init(order)
        phase = order.status == .done ? .filled : .cancelled
    }
}

extension CoinExOrderStatus {
    /// How far the order is, when it was asked for or placed; never in the reply to a cancel.
    fileprivate var phase: OrderProgress.Phase {
        switch self {
        case .notDealt, .partlyDealt: .open
        case .done: .filled
        case .cancelled: .cancelled
        }
    }
}

extension CoinExStopReport {
    init(_ stop: CoinExStop) {
        let isLimit: Bool
        switch stop.type {
        case .limit: isLimit = true
        case .market: isLimit = false
        }
        self.init(
            number: stop.id, clientID: stop.clientID, market: stop.market, account: stop.account,
            side: stop.side, isLimit: isLimit, amount: stop.amount, price: stop.price,
            stopPrice: stop.stopPrice)
    }
}

extension CoinExDealReport {
    init(_ deal: CoinExOwnDeal) {
        self.init(
            id: deal.id, order: deal.order, createdAt: deal.createdAt, liquidity: deal.role.liquidity,
            price: deal.price, amount: deal.amount, money: deal.money, fee: deal.fee,
            feeAsset: deal.feeAsset)
    }
}
