import MarketModel
import Quantities
import StrategyKit
import VenueKit

extension TradingFloor {
    /// How often profit is looked at between fills.
    static var assessmentPause: Interval { .milliseconds(100) }
    /// Market orders that the ladder sends for one strategy until it gives up with what is left.
    static var flattenAttemptsMax: Int { 10 }

    /// The profit of a strategy after fees, its open quantities valued at the mid price.
    ///
    /// All figures are in one asset: those of markets that are paid in another are converted (`Desk.valuation`).
    package func profit(
        of strategy: StrategyID, _ desk: borrowing Desk
    ) throws(ArithmeticError) -> Notional {
        var sum = Notional.zero
        let first = Int(strategy.index) * desk.table.markets.count
        for market in desk.table.markets.indices {
            let position = desk.positions[first + market]
            if position.fillCount == 0, position.isFlat { continue }
            sum = try sum.adding(desk.valuation(of: strategy, in: MarketID(market)).profit())
        }
        return sum
    }

    /// Looks at the profit of every strategy and lets the ladders climb.
    ///
    /// Not when all is over: the driver ends the session at its next look, and what was decided must not
    /// depend on when that is.
    @usableFromInline package mutating func assess(_ desk: inout Desk) {
        nextAssessment = desk.now + Self.assessmentPause
        if desk.isOver { return }
        for index in risk.indices {
            let strategy = StrategyID(index)
            do throws(ArithmeticError) {
                let profit = try profit(of: strategy, desk)
                if let step = risk[index].ladder.observe(profit, at: desk.now) {
                    alert(.ladder(step), strategy, at: desk.now)
                    take(step, strategy, &desk)
                }
            } catch {
                alert(.overflow, strategy, at: desk.now)
                climb(strategy, to: .halted, &desk)
            }
        }
    }

    /// A market that can be read is to be looked at when its budget of silence has passed.
    @usableFromInline package mutating func watchFreshness(from heard: Instant, _ desk: borrowing Desk) {
        nextFreshnessCheck = min(nextFreshnessCheck, heard + desk.staleAfter + .nanoseconds(1))
    }

    /// Tells of markets from which nothing was heard for longer than the budget.
    package mutating func checkFreshness(_ desk: inout Desk) {
        nextFreshnessCheck = .distantFuture
        checkUnreadable(&desk)
        for market in desk.readability.indices where desk.readability[market] == .live {
            guard desk.now - desk.states[market].updatedAt > desk.staleAfter else {
                watchFreshness(from: desk.states[market].updatedAt, desk)
                continue
            }
            desk.readability[market] = .stale
            watchUnreadable(MarketID(market), at: desk.now)
            deliveries.append(
                BookStateChange(market: MarketID(market), state: .stale, at: desk.now))
        }
    }

    /// A market cannot be read from now on: its orders are cancelled when that goes on.
    @usableFromInline
    mutating func watchUnreadable(_ market: MarketID, at now: Instant) {
        guard heedsConnection, unreadableSince[Int(market.index)] == .distantFuture else { return }
        unreadableSince[Int(market.index)] = now
        nextFreshnessCheck = min(nextFreshnessCheck, now + timing.unreadablePatience)
    }

    @usableFromInline
    mutating func endUnreadable(_ market: MarketID) {
        unreadableSince[Int(market.index)] = .distantFuture
    }

    /// Nobody knows what orders meet that rest in a market which cannot be read.
    private mutating func checkUnreadable(_ desk: inout Desk) {
        for market in unreadableSince.indices where unreadableSince[market] != .distantFuture {
            let due = unreadableSince[market] + timing.unreadablePatience
            guard due <= desk.now else {
                nextFreshnessCheck = min(nextFreshnessCheck, due)
                continue
            }
            unreadableSince[market] = .distantFuture
            cancelResting(in: MarketID(market), &desk)
        }
    }

    /// Takes a strategy to a step of the ladder for a reason from outside.
    package mutating func climb(_ strategy: StrategyID, to step: LadderStep, _ desk: inout Desk) {
        guard let reached = risk[Int(strategy.index)].ladder.climb(to: step) else { return }
        alert(.ladder(reached), strategy, at: desk.now)
        take(reached, strategy, &desk)
    }

    /// Takes every strategy to a step because the session's switch was thrown; those that have climbed as far
    /// stay where they are.
    @usableFromInline package mutating func halt(_ step: LadderStep, _ desk: inout Desk) {
        for index in risk.indices {
            let strategy = StrategyID(index)
            alert(.switched(step), strategy, at: desk.now)
            if let reached = risk[index].ladder.climb(to: step) { take(reached, strategy, &desk) }
        }
    }

    private mutating func take(_ step: LadderStep, _ strategy: StrategyID, _ desk: inout Desk) {
        switch step {
        case .normal, .warned: return
        case .reduceOnly, .halted: cancelAll(of: strategy, &desk)
        case .flattened:
            cancelAll(of: strategy, &desk)
            flatten(strategy, &desk)
        }
        release(&desk)
    }

    /// Sells or buys back at market what a strategy holds; what is below the market's minimum stays.
    ///
    /// Waits until the strategy's orders have ended, so that none of them can add to what is sold; is
    /// called again when the last one ends, at most `flattenAttemptsMax` times.
    package mutating func flatten(_ strategy: StrategyID, _ desk: inout Desk) {
        let attempts = flattenAttempts[Int(strategy.index)]
        guard exposures.openOrders(of: strategy) == 0, attempts < Self.flattenAttemptsMax else { return }
        flattenAttempts[Int(strategy.index)] = attempts + 1
        for market in desk.table.terms {
            let index = Int(strategy.index) * desk.table.markets.count + Int(market.id.index)
            let held = desk.positions[index].quantity
            let quantity = held.magnitude.rounded(to: market.rules.lot, .down)
            guard quantity >= market.rules.minimumQuantity, quantity.isPositive else { continue }
            let ticket = OrderTicket.market(held.isNegative ? .buy : .sell, quantity, in: market.id)
            guard
                let id = desk.orders.create(
                    strategy: strategy, ticket: ticket, replaces: .none, at: desk.now)
            else { continue }
            while evidence.count < desk.orders.slots.count { evidence.append(Evidence()) }
            evidence[id.slot] = Evidence()
            switch risk[Int(strategy.index)].approveFlattening(desk.orders.slots[id.slot], desk) {
            case .success(let approved):
                exposures.add(desk.orders.slots[id.slot], in: market)
                pacer.enqueue(approved, replacing: .none)
            case .failure(let refusal):
                end(id.slot, .rejected(refusal), &desk)
            }
        }
        release(&desk)
    }
}
