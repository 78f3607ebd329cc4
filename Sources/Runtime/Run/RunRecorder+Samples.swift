import Configuration
import MarketModel
import Quantities
import StrategyKit
import TradingCore

// What the recorder looks at by the clock of the market: profit, prices, own quotes, and mids after fills.

extension RunRecorder {
    /// Market time between two looks where a ledger is kept: no longer than the first horizon of the fills, so
    /// that every horizon is met at its moment.
    static let lookPause = FillWatch.horizons[0]

    /// When the next look is due after one at `now`; never where no ledger is kept.
    @usableFromInline package func nextLook(after now: Instant) -> Instant {
        guard book != nil else { return .distantFuture }
        // At the moment of a sample too, so that samples are of the same moments at any pace.
        let due = max(min(watch.nextDue, curve.nextAt), now + .nanoseconds(1))
        return min(now + Self.lookPause, due)
    }

    func watch(_ delivery: TradingFloor.Delivery) {
        switch delivery {
        case .fill(let fill, let mid): watch.add(fill, mid: mid)
        case .order, .balance, .bookState: break
        }
    }

    /// Notes the mids whose time has come.
    func look(_ desk: borrowing Desk, at now: Instant) {
        if watch.nextDue <= now {
            let mids = desk.states.indices.map { desk.states[$0].mid }
            watch.look(at: now) { mids[Int($0.index)] }
        }
        for mark in watch.take() { book?.add(mark) }
    }

    /// Notes how every strategy stands in every market that it trades.
    func sample(_ desk: borrowing Desk, at now: Instant) {
        var sum = Notional.zero
        let quotes = book == nil ? [:] : ownQuotes(desk)
        if book != nil {
            for market in desk.table.markets {
                book?.add(market.id, desk.states[Int(market.id.index)].quote, at: now)
            }
        }
        for (index, selection) in parts.configuration.strategies.enumerated() {
            for name in selection.markets {
                guard let market = parts.table.market(named: name) else { continue }
                let place = index * desk.table.markets.count + Int(market.id.index)
                let mark = desk.states[Int(market.id.index)].mark
                do throws(ArithmeticError) {
                    let valuation = try desk.valuation(of: StrategyID(index), in: market.id)
                    let position = valuation.position
                    let profit = try valuation.profit()
                    sum = try sum.adding(profit)
                    let own = quotes[place]
                    book?.add(
                        EquitySample(
                            at: now, strategy: StrategyID(index), market: market.id, profit: profit,
                            realised: position.realised - position.fees, position: position.quantity,
                            mark: mark, spread: position.spread, feesPaid: position.fees + position.rebates,
                            rebates: position.rebates, ownBid: own?.bid, ownAsk: own?.ask))
                } catch {
                    continue
                }
            }
        }
        curve.add(sum, at: now)
    }

    /// By place of the position: the best bid and ask of a strategy that rest in a market.
    private func ownQuotes(_ desk: borrowing Desk) -> [Int: (bid: Price?, ask: Price?)] {
        var quotes: [Int: (bid: Price?, ask: Price?)] = [:]
        for slot in desk.orders.active {
            let order = desk.orders.slots[Int(slot)]
            guard order.state == .active(.open), order.ticket.kind == .limit else { continue }
            let place = Int(order.strategy.index) * desk.table.markets.count + Int(order.market.index)
            var own = quotes[place] ?? (nil, nil)
            switch order.side {
            case .buy: own.bid = max(own.bid ?? order.price, order.price)
            case .sell: own.ask = min(own.ask ?? order.price, order.price)
            }
            quotes[place] = own
        }
        return quotes
    }
}
