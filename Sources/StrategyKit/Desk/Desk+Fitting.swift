import MarketModel
import Quantities

extension Desk {
    /// What of a quantity the account pays for at a price and the market takes, in whole lots.
    ///
    /// What resting orders hold is not taken off: the engine's risk rules do that for each order.
    ///
    /// - Returns: nil when that is below what the market takes, or beyond numbers.
    public func fitting(
        _ quantity: Quantity, _ side: Side, at price: Price, in market: MarketID
    ) -> Quantity? {
        let terms = table.terms(market)
        guard price.isPositive else { return nil }
        do throws(ArithmeticError) {
            let affordable =
                switch side {
                case .buy: try Notional(balance(terms.quote).total).divided(by: price, .down)
                case .sell: Quantity(balance(terms.base).total)
                }
            let fitting = min(quantity, affordable).rounded(to: terms.rules.lot, .down)
            guard fitting.isPositive, fitting >= terms.rules.minimumQuantity,
                try fitting.times(price, .down) >= terms.rules.minimumNotional
            else { return nil }
            return fitting
        } catch {
            return nil
        }
    }
}
