import MarketModel
import Quantities
import StrategyKit

extension Dca {
    /// Looks at everything and takes the next step, if there is one.
    @usableFromInline
    mutating func review(_ desk: inout Desk) {
        guard !isStopped, plan != nil else { return }
        let living = desk.openOrders(in: market).first { _ in true }
        if let living {
            consider(living, &desk)
        } else {
            settle(&desk)
            if let quote = desk.quote(market) { act(quote, &desk) }
        }
        isBuying = living == nil && isWorthLooking(desk)
        let time = wakeTime(desk)
        if time < wakeAt, desk.setAlarm(at: time) != nil { wakeAt = time }
    }

    /// An order lives: it may have to make room.
    private mutating func consider(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.side == .buy, let plan else { return }
        let isOver = desk.now >= restUntil || plan.isDue(at: desk.now)
        let isInTheWay = desk.quote(market).map { $0.bid >= profitAt } ?? false
        if isOver || isInTheWay { desk.cancel(order.id) }
    }

    /// Ends the intervals that have passed.
    private mutating func settle(_ desk: inout Desk) {
        guard let before = plan, before.isDue(at: desk.now) else { return }
        let past = past(before)
        if isBudgetUsed { plan?.forgive() }
        let dropped = plan?.settle(at: desk.now, past: past) ?? .zero
        if dropped.isPositive, !isBudgetUsed {
            desk.note("\(dropped) skipped: it could not be bought in its interval")
        }
        hasSeenMarket = false
        wasAllowed = false
        restUntil = .distantFuture
    }

    private func past(_ plan: PurchasePlan) -> PurchasePlan.Past {
        guard plan.owed.isPositive, !isBudgetUsed else { return .served }
        if hasCondition, hasSeenMarket, !wasAllowed { return .unwanted }
        guard let lastAsk else { return .missed }
        return isTradeable(wanted(plan.owed, at: lastAsk), at: lastAsk) ? .missed : .served
    }

    private var hasCondition: Bool { watchesDip || parameters.below.isPositive }

    /// Whether a quote may lead to an order.
    private func isWorthLooking(_ desk: borrowing Desk) -> Bool {
        guard let plan, plan.owed.isPositive, !isBudgetUsed else { return false }
        guard let quote = desk.quote(market) else { return true }
        // What the market would not take at half the price either is left to the next interval.
        return isTradeable(wanted(plan.owed, at: Price(raw: quote.ask.raw / 2)), at: quote.ask)
    }

    // MARK: Orders

    private mutating func act(_ quote: Quote, _ desk: inout Desk) {
        hasSeenMarket = true
        lastAsk = quote.ask
        guard desk.now >= resumeAt else { return }
        if quote.bid >= profitAt { return sell(&desk) }
        guard isAllowed(quote, desk) else { return }
        wasAllowed = true
        buy(quote, &desk)
    }

    private func isAllowed(_ quote: Quote, _ desk: borrowing Desk) -> Bool {
        if parameters.below.isPositive, quote.ask > parameters.below { return false }
        guard watchesDip else { return true }
        let mid = (Double(quote.bid) + Double(quote.ask)) * 0.5
        return average.isDip(mid, share: parameters.dip / 10_000, at: desk.now)
    }

    private mutating func buy(_ quote: Quote, _ desk: inout Desk) {
        guard let plan, plan.owed.isPositive else { return }
        let mayRest = parameters.patience > .zero && (restUntil == .distantFuture || desk.now < restUntil)
        let price = mayRest ? quote.bid : taking(quote)
        let room = room(at: price)
        let quantity = min(wanted(plan.owed, at: price), room)
        guard isTradeable(quantity, at: price) else {
            if isTradeable(wanted(plan.owed, at: price), at: price) { noteBudget(&desk) }
            return
        }
        let ticket = OrderTicket.limit(
            .buy, quantity, at: price, in: market, mayRest ? .goodTillCancelled : .immediateOrCancel)
        guard desk.place(ticket) != nil else {
            resumeAt = desk.now + parameters.refusalPause
            return
        }
        if mayRest, restUntil == .distantFuture { restUntil = desk.now + parameters.patience }
    }

    private mutating func sell(_ desk: inout Desk) {
        let held = min(desk.position(market).quantity, Quantity(desk.balance(base).total))
            .rounded(to: rules.lot, .down)
        guard isTradeable(held, at: profitAt) else {
            // What is left of the position is less than the market takes: it waits for the next purchase.
            profitAt = Price(raw: .max)
            return
        }
        let ticket = OrderTicket.limit(.sell, held, at: profitAt, in: market, .immediateOrCancel)
        if desk.place(ticket) == nil { resumeAt = desk.now + parameters.refusalPause }
    }

    private mutating func noteBudget(_ desk: inout Desk) {
        if !isBudgetUsed { desk.note("the budget of \(parameters.budget) is used up: \(spent) is spent") }
        isBudgetUsed = true
    }
}

// MARK: - Prices and quantities

extension Dca {
    /// The most that a purchase pays which does not wait.
    private func taking(_ quote: Quote) -> Price {
        // Only the slippage is a signal; rounded down to ticks, it never allows more than was asked.
        let share = parameters.slippage / 10_000
        let slippage = Price(signal: Double(quote.ask) * share, step: rules.tick, .down) ?? .zero
        let price = quote.ask + slippage
        return parameters.below.isPositive ? min(price, parameters.below) : price
    }

    /// What is owed, as a quantity at a price, in whole lots.
    private func wanted(_ owed: Amount, at price: Price) -> Quantity {
        guard parameters.spend.isPositive else { return Quantity(owed).rounded(to: rules.lot, .down) }
        return quantity(for: Notional(owed), at: price)
    }

    /// What the budget has left, as a quantity at a price.
    private func room(at price: Price) -> Quantity {
        guard parameters.budget.isPositive else { return Quantity(raw: .max) }
        return quantity(for: parameters.budget - spent, at: price)
    }

    private func quantity(for sum: Notional, at price: Price) -> Quantity {
        guard sum.isPositive, price.isPositive else { return .zero }
        do throws(ArithmeticError) {
            return try sum.divided(by: price, .down).rounded(to: rules.lot, .down)
        } catch {
            return .zero
        }
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
}
