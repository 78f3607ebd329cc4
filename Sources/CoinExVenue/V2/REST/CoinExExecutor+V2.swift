import MarketModel
import Quantities
import VenueKit
import WireCodecs

// The second generation's words for what an executor asks, and what its replies say.

extension CoinExExecutor {
    mutating func writeV2(_ errand: CoinExErrand, at now: Instant, into wire: inout WireBuffer) {
        switch errand {
        case .place(let placement):
            let terms = terms(placement)
            if placement.ticket.kind.isStop {
                let request = CoinExV2PlaceStop(terms, when: placement.ticket.stopPrice)
                put(request, at: now, into: &wire)
            } else {
                put(CoinExV2PlaceOrder(terms), at: now, into: &wire)
            }
        case .placeBatch(let placements, _):
            put(CoinExV2PlaceBatch(placements.map { terms($0) }), at: now, into: &wire)
        case .cancel(let number, let market):
            put(CoinExV2.cancel(number, in: table[market].name), at: now, into: &wire)
        case .cancelNamed(let name, let market):
            put(CoinExV2.cancel(named: name, in: table[market].name), at: now, into: &wire)
        case .cancelStopNamed(let name, let market):
            put(CoinExV2.cancelStop(named: name, in: table[market].name), at: now, into: &wire)
        case .cancelBatch(let numbers, let market):
            put(CoinExV2.cancelBatch(numbers, in: table[market].name), at: now, into: &wire)
        case .modify(let modification):
            let ticket = modification.replacement.ticket
            let call = CoinExV2.modify(
                modification.venueOrder, in: table[ticket.market].name, amount: ticket.quantity,
                price: ticket.price)
            put(call, at: now, into: &wire)
        case .status, .pending, .stops, .finished, .orderDeals, .ownDeals, .balances, .clock,
            .trades:
            askV2(errand, at: now, into: &wire)
        }
    }

    private mutating func askV2(_ errand: CoinExErrand, at now: Instant, into wire: inout WireBuffer) {
        switch errand {
        case .status(let number, let market):
            put(CoinExV2.order(number, in: table[market].name), at: now, into: &wire)
        case .pending(let scope):
            let call = CoinExV2.pendingOrders(
                name(scope.market), clientID: scope.clientID, page: scope.page)
            put(call, at: now, into: &wire)
        case .stops(let scope):
            let call = CoinExV2.pendingStops(
                name(scope.market), clientID: scope.clientID, page: scope.page)
            put(call, at: now, into: &wire)
        case .finished(let scope, _):
            // The newest come first, and there is no beginning to ask from.
            let call = CoinExV2.finishedOrders(
                name(scope.market), clientID: scope.clientID, page: scope.page)
            put(call, at: now, into: &wire)
        case .orderDeals(let number, let market, let page):
            put(CoinExV2.orderDeals(number, in: table[market].name, page: page), at: now, into: &wire)
        case .ownDeals(let market, _, let from, let page):
            put(CoinExV2.ownDeals(table[market].name, from: from, page: page), at: now, into: &wire)
        case .balances: put(CoinExV2.balances(), at: now, into: &wire)
        case .trades(let market, let after):
            guard let name = CoinExMarketName(table[market].name) else {
                preconditionFailure("a market of the venue has a name that it takes")
            }
            let call = CoinExV2.deals(
                name, after: Int64(clamping: after.raw), limit: Int64(CoinExMarketDeals.dealsMax))
            put(call, at: now, into: &wire)
        case .clock: put(CoinExV2.time(), at: now, into: &wire)
        case .place, .placeBatch, .cancel, .cancelNamed, .cancelStopNamed, .cancelBatch, .modify:
            preconditionFailure("only questions are asked")
        }
    }

    private func terms(_ placement: Placement) -> CoinExV2OrderTerms {
        let ticket = placement.ticket
        let kind: CoinExV2OrderTerms.Kind =
            ticket.kind.hasLimit
            ? .limit(ticket.price, CoinExV2OrderType(ticket.duration)) : .market(unit(ticket))
        return CoinExV2OrderTerms(
            CoinExSide(ticket.side), ticket.amount, kind, in: table[ticket.market].name,
            clientID: naming.name(placement.order, of: placement.strategy), isHidden: ticket.isHidden)
    }
}

extension CoinExV2OrderType {
    init(_ duration: OrderDuration) {
        self =
            switch duration {
            case .goodTillCancelled: .limit
            case .immediateOrCancel: .immediateOrCancel
            case .fillOrKill: .fillOrKill
            case .makerOnly: .makerOnly
            }
    }
}

// MARK: - What replies say

/// Where an order was told of; that says how far it is where the order itself does not.
enum CoinExV2OrderContext {
    /// The reply to a placement or a modification.
    case placed
    /// The list of resting orders.
    case resting
    /// A reply to a cancel, or the list of orders that have ended.
    case ended
    /// The reply to a question about one order.
    case asked
}

extension CoinExOrderReport {
    init(_ order: CoinExV2Order, _ context: CoinExV2OrderContext) {
        self.init(
            number: order.id, clientID: order.clientID, market: order.market,
            account: order.marketType == "SPOT" ? nil : .max, side: order.side, price: order.price,
            amount: order.amount, filled: order.filled, phase: .open,
            isUntouched: order.filled.isZero && !order.unfilled.isZero, changedAt: order.updatedAt)
        switch context {
        case .placed:
            if order.unfilled.isZero { phase = .filled }
            needsAsking = order.type.isImmediate && !order.unfilled.isZero
        case .resting: break
        case .ended: phase = order.unfilled.isZero ? .filled : .cancelled
        case .asked:
            switch order.status {
            case .open, .partlyFilled: break
            case .filled: phase = .filled
            case .partlyCancelled, .cancelled: phase = .cancelled
            case nil: if order.unfilled.isZero { phase = .filled }
            }
        }
    }
}

extension CoinExStopReport {
    init(_ stop: CoinExV2Stop) {
        self.init(
            number: stop.id, clientID: stop.clientID, market: stop.market,
            account: stop.marketType == "SPOT" ? nil : .max, side: stop.side,
            isLimit: stop.type != .market, amount: stop.amount, price: stop.price,
            stopPrice: stop.triggerPrice)
    }
}

extension CoinExDealReport {
    /// Nil where its worth is too large to be true. A missing role is taken for the taker's, and a missing fee for
    /// none: what the venue leaves out of old deals.
    init?(_ deal: CoinExV2OwnDeal) {
        do throws(ArithmeticError) {
            self.init(
                id: deal.id, order: deal.order, createdAt: deal.createdAt,
                liquidity: deal.role?.liquidity ?? .taker, price: deal.price, amount: deal.amount,
                money: try deal.price.times(deal.amount, .toNearestOrEven), fee: deal.fee ?? .zero,
                feeAsset: deal.feeAsset)
        } catch {
            return nil
        }
    }
}
