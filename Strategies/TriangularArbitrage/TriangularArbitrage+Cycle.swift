import MarketModel
import Quantities
import StrategyKit

extension TriangularArbitrage {
    /// Does what is next, if anything is.
    mutating func proceed(_ desk: inout Desk) {
        switch phase {
        case .leg, .selling, .stopped: return
        case .waiting(let leg, let until):
            if place(leg: leg, &desk) { return }
            if desk.now >= until { finish(&desk) }
        case .watching:
            guard desk.now >= pausedUntil, !sellLeftovers(&desk) else { return }
            begin(&desk)
        }
    }

    // MARK: - A cycle

    private mutating func begin(_ desk: inout Desk) {
        guard let plan = bestPlan(desk), desk.openOrders().isEmpty else { return }
        let cost = Amount(plan.cost)
        guard desk.balance(triangle.home).available >= cost else { return pause(parameters.pause, &desk) }
        self.plan = plan
        flow = .zero
        valueBefore = stockValue(desk)
        tally.begun += 1
        phase = .waiting(leg: 0, until: desk.now)
        if !place(leg: 0, &desk) { finish(&desk) }
    }

    /// The better of both ways round, where it is good enough.
    private func bestPlan(_ desk: borrowing Desk) -> CyclePlan? {
        guard let inner = fresh(triangle.inner, desk), let outer = fresh(triangle.outer, desk),
            let cross = fresh(triangle.cross, desk)
        else { return nil }
        var best: CyclePlan?
        for direction in Triangle.Direction.allCases {
            do throws(ArithmeticError) {
                let plan = try CyclePlan(
                    direction, triangle, most: parameters.orderSize, inner: inner, outer: outer, cross: cross)
                guard let plan, try plan.reaches(edge) else { continue }
                if best.map({ plan.gain > $0.gain }) ?? true { best = plan }
            } catch {
                continue  // A figure beyond numbers is no opportunity.
            }
        }
        return best
    }

    private func fresh(_ market: Market, _ desk: borrowing Desk) -> Quote? {
        guard let quote = desk.quote(market.id), desk.now - quote.receivedAt <= parameters.quoteAgeMax else {
            return nil
        }
        return quote
    }

    /// Places the order of a leg; false when the account does not have what it needs, or there is too little to trade.
    private mutating func place(leg: Int, _ desk: inout Desk) -> Bool {
        guard let plan else { return false }
        let step = triangle.legs(plan.direction)[leg]
        let limit = limit(leg, step, plan)
        guard let quantity = quantity(leg, step, at: limit, plan), hasFunds(step, quantity, limit, desk),
            let id = desk.place(
                .limit(step.side, quantity, at: limit, in: step.market.id, .immediateOrCancel))
        else { return false }
        phase = .leg(leg, id)
        return true
    }

    /// The price of the plan, and a little worse for the later legs; on the tick, away from us.
    private func limit(_ leg: Int, _ step: Triangle.Leg, _ plan: CyclePlan) -> Price {
        guard leg > 0 else { return plan.limits[0] }
        return worsened(plan.limits[leg], step)
    }

    private func worsened(_ price: Price, _ step: Triangle.Leg) -> Price {
        let tick = step.market.rules.tick
        let slip = Price(signal: Double(price) * parameters.slippage / 10_000, step: tick, .down) ?? .zero
        switch step.side {
        case .buy: return price + slip
        case .sell: return max(price - slip, tick)
        }
    }

    /// What the legs before have brought, in whole lots; nil when the market takes no order of that.
    private func quantity(
        _ leg: Int, _ step: Triangle.Leg, at limit: Price, _ plan: CyclePlan
    ) -> Quantity? {
        guard leg > 0 else { return plan.quantity }
        do throws(ArithmeticError) {
            let most: Quantity
            switch step.side {
            case .sell: most = Quantity(stock[step.market.base])
            case .buy:
                // The fee may come on top, in what is paid.
                let fee = max(step.market.rules.takerFee, .zero)
                let paid = Notional(stock[step.market.quote])
                most = try (paid - paid.times(fee, .up)).divided(by: limit, .down)
            }
            return CyclePlan.order(most, at: limit, in: step.market)
        } catch {
            return nil
        }
    }

    private func hasFunds(
        _ step: Triangle.Leg, _ quantity: Quantity, _ limit: Price, _ desk: borrowing Desk
    ) -> Bool {
        do throws(ArithmeticError) {
            switch step.side {
            case .sell: return desk.balance(step.market.base).available >= Amount(quantity)
            case .buy:
                return desk.balance(step.market.quote).available >= Amount(try quantity.times(limit, .up))
            }
        } catch {
            return false
        }
    }

    mutating func take(_ closing: Closing, _ order: OwnOrder, ofLeg leg: Int, _ desk: inout Desk) {
        if case .rejected(let refusal) = closing { rest(after: refusal, "leg \(leg + 1)", &desk) }
        if order.filled.isZero {
            if leg == 0 { tally.missed += 1 }
            return finish(&desk)
        }
        guard leg < 2 else {
            tally.completed += 1
            return finish(&desk)
        }
        let until = desk.now + parameters.patience
        phase = .waiting(leg: leg + 1, until: until)
        if !place(leg: leg + 1, &desk) { desk.setAlarm(at: until, tag: AlarmTag.resume.rawValue) }
    }

    /// The cycle is over: what is left over is dealt with, and what it brought is counted.
    private mutating func finish(_ desk: inout Desk) {
        plan = nil
        phase = .watching
        let result = flow + stockValue(desk) - valueBefore
        tally.losses = result.isNegative ? tally.losses + 1 : result.isPositive ? 0 : tally.losses
        if tally.losses >= parameters.lossesMax {
            return desk.stop(because: "\(tally.losses) cycles in a row lost money")
        }
        pause(parameters.pause, &desk)
        _ = sellLeftovers(&desk)
    }

    mutating func pause(_ interval: Interval, _ desk: inout Desk) {
        pausedUntil = max(pausedUntil, desk.now + interval)
        desk.setAlarm(at: pausedUntil, tag: AlarmTag.resume.rawValue)
    }

    mutating func rest(after refusal: Refusal, _ what: String, _ desk: inout Desk) {
        // Of rate limits the engine tells by itself.
        if refusal != .venueRateLimited { desk.note("\(what) refused: \(refusal)") }
        pause(parameters.refusalPause, &desk)
    }
}

// MARK: - Leftovers

extension TriangularArbitrage {
    /// Sells what is left over beyond what may be held; true when an order is out for it.
    private mutating func sellLeftovers(_ desk: inout Desk) -> Bool {
        for asset in [stock.innerAsset, stock.outerAsset] {
            guard let market = triangle.exit(of: asset), let quote = desk.quote(market.id) else { continue }
            let held = Quantity(stock[asset])
            let step = Triangle.Leg(market: market, side: .sell)
            let limit = worsened(quote.bid, step)
            guard exceedsHold(held, quote.bid), let quantity = CyclePlan.order(held, at: limit, in: market),
                hasFunds(step, quantity, limit, desk),
                let id = desk.place(.limit(.sell, quantity, at: limit, in: market.id, .immediateOrCancel))
            else { continue }
            tally.sales += 1
            phase = .selling(id)
            return true
        }
        return false
    }

    private func exceedsHold(_ held: Quantity, _ price: Price) -> Bool {
        switch parameters.leftovers {
        case .unwind: return held.isPositive
        case .hold:
            guard let value = try? held.times(price, .down) else { return true }
            return value > parameters.holdMax
        }
    }

    /// What is left over, at the bids of this moment; an asset without one counts for nothing.
    private func stockValue(_ desk: borrowing Desk) -> Amount {
        var value = Amount.zero
        for asset in [stock.innerAsset, stock.outerAsset] {
            guard let market = triangle.exit(of: asset), let quote = desk.quote(market.id),
                let part = try? Quantity(stock[asset]).times(quote.bid, .down)
            else { continue }
            value += Amount(part)
        }
        return value
    }

    func summary(_ desk: borrowing Desk) -> String {
        "\(tally.begun) cycles: \(tally.completed) went round, \(tally.missed) found nothing; \(tally.sales) sales of "
            + "leftovers; held are \(stock.inner) \(desk.table.name(of: stock.innerAsset)) and "
            + "\(stock.outer) \(desk.table.name(of: stock.outerAsset))"
    }
}
