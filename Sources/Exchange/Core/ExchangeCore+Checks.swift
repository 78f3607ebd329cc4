import MarketModel
import Quantities
import Simulation

// What a request must be like, and what it costs.

/// What a market order would take from the book as it stands.
struct Sweep: BitwiseCopyable, Sendable {
    /// In the base asset.
    var base = Quantity.zero
    /// What it is worth, every level rounded up.
    var value = Notional.zero
    /// Whether the book had less than was asked for.
    var isExhausted = false
}

extension ExchangeCore {
    /// Looks over the figures of a request.
    func check(_ request: OrderRequest, in market: Int, isExempt: Bool) throws(ExchangeRefusal) {
        let terms = rooms[market].terms
        guard request.amount.isPositive, request.amount <= Amount(MatchingLimits.quantityMax) else {
            throw .badAmount
        }
        if request.unit == .base, !Quantity(request.amount).isMultiple(of: terms.lot) { throw .badAmount }
        guard let price = request.price else {
            guard let best = rooms[market].best(request.side.opposite) else { throw .noLiquidity }
            if isExempt { return }
            return try checkMinimum(of: request, against: best.price, terms)
        }
        guard request.unit == .base else { throw .badAmount }
        try check(price: price, in: market)
        try check(value: Quantity(request.amount), at: price)
        if !isExempt, Quantity(request.amount) < terms.minimum { throw .belowMinimum }
        try checkBand(price, in: market)
    }

    /// Looks over a limit or a stop price.
    func check(price: Price, in market: Int) throws(ExchangeRefusal) {
        guard price.isPositive, price <= Price(1_000_000_000_000_000_000),
            price.isMultiple(of: rooms[market].terms.tick)
        else { throw .badPrice }
    }

    /// The most that a quantity may be worth: far above any real order, and sums of a million still fit.
    static var valueMax: Notional { Notional(100_000_000_000_000_000) * 1_000 }

    func check(value quantity: Quantity, at price: Price) throws(ExchangeRefusal) {
        guard let value = try? quantity.times(price, .up), value <= Self.valueMax else { throw .badAmount }
    }

    /// The least amount of a market order; one in quote has to pay for it at the best price.
    private func checkMinimum(
        of request: OrderRequest, against best: Price, _ terms: RoomTerms
    ) throws(ExchangeRefusal) {
        switch request.unit {
        case .base:
            if Quantity(request.amount) < terms.minimum { throw .belowMinimum }
        case .quote:
            guard let least = try? terms.minimum.times(best, .up), request.amount >= Amount(least) else {
                throw .belowMinimum
            }
        }
    }

    private func checkBand(_ price: Price, in market: Int) throws(ExchangeRefusal) {
        guard let band = rooms[market].terms.band, let last = rooms[market].lastPrice else { return }
        guard let room = try? Notional(reinterpreting: last).times(band, .down),
            (price - last).magnitude <= Price(reinterpreting: room)
        else { throw .priceOutOfBand }
    }

    /// What a market order would take now.
    func sweep(_ request: OrderRequest, in market: Int) throws(ExchangeRefusal) -> Sweep {
        let lot = rooms[market].terms.lot
        var result = Sweep()
        var left = request.amount
        var isOverflowing = false
        rooms[market].forEachLevel(request.side.opposite) { level, _ in
            do throws(ArithmeticError) {
                switch request.unit {
                case .base:
                    let taken = min(Quantity(left), level.quantity)
                    result.base += taken
                    result.value = try result.value.adding(taken.times(level.price, .up))
                    left -= Amount(taken)
                    return left.isPositive
                case .quote:
                    let affordable = try Notional(left).divided(by: level.price, .down)
                        .rounded(to: lot, .down)
                    let taken = min(affordable, level.quantity)
                    result.base += taken
                    result.value = try result.value.adding(taken.times(level.price, .up))
                    left -= Amount(try taken.times(level.price, .down))
                    if taken < level.quantity {
                        // What is left buys no more at this price: dust, not a lack of offers.
                        left = .zero
                        return false
                    }
                    return left.isPositive
                }
            } catch {
                isOverflowing = true
                return false
            }
        }
        if isOverflowing { throw .badAmount }
        result.isExhausted = left.isPositive
        return result
    }

    /// What an order has to hold before it is matched.
    func entryCost(of order: ExchangeOrder, _ sweep: Sweep?) throws(ExchangeRefusal) -> Amount {
        do throws(ArithmeticError) {
            guard let sweep else { return try order.needed(reserving: order.reserveRate) }
            switch order.side {
            case .sell: return Amount(order.unit == .base ? Quantity(order.amount) : sweep.base)
            case .buy:
                return Amount(try sweep.value.adding(sweep.value.times(order.reserveRate, .up)))
            }
        } catch {
            throw .badAmount
        }
    }
}

extension ExchangeOrder {
    /// What a limit order holds for what is left of it: a sell the base, a buy its cost and the fee on it.
    func needed(reserving rate: FeeRate) throws(ArithmeticError) -> Amount {
        guard side == .buy, let price else { return left }
        let value = try Quantity(left).times(price, .up)
        return Amount(try value.adding(value.times(rate, .up)))
    }
}
