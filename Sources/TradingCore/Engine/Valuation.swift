import MarketModel
import Quantities
import StrategyKit

/// What a strategy holds in a market, with all figures in the asset that profit is counted in.
package struct Valuation: BitwiseCopyable, Equatable, Sendable {
    package var position: Position
    /// What the open quantity is valued at: the mid price, else the last trade, else what it cost; zero before any.
    /// Where figures are converted, that of the market that trades the base for the asset of the figures, if any.
    package var mark: Price
    /// The asset of the figures.
    package var asset: AssetID

    package func profit() throws(ArithmeticError) -> Notional { try position.profit(at: mark) }
}

extension Desk {
    /// The position of a strategy in a market as profit counts it.
    ///
    /// Where the market is paid in another asset, every figure is taken at the mid price of the market that prices that
    /// asset, rounded down; while that has no price, all are zero.
    package func valuation(
        of strategy: StrategyID, in market: MarketID
    ) throws(ArithmeticError) -> Valuation {
        let index = Int(market.index)
        let position = positions[Int(strategy.index) * table.markets.count + index]
        let mark = states[index].mark ?? position.averagePrice ?? .zero
        let own = Valuation(position: position, mark: mark, asset: table.terms(market).quote)
        guard !table.conversions.isEmpty, let via = table.conversions[index] else { return own }
        let asset = table.terms(via).quote
        var converted = try own.converted(at: states[Int(via.index)].mark ?? .zero, into: asset)
        // What one leg of a cycle has bought and another one sold is worth the same in both.
        let base = table.terms(market).base
        if let home = table.terms.first(where: { $0.base == base && $0.quote == asset }),
            let price = states[Int(home.id.index)].mark
        {
            converted.mark = price
        }
        return converted
    }
}

extension Valuation {
    fileprivate func converted(at price: Price, into asset: AssetID) throws(ArithmeticError) -> Valuation {
        var result = self
        result.asset = asset
        result.mark = try mark.times(price)
        result.position.cashFlow = try position.cashFlow.times(price)
        result.position.openCost = try position.openCost.times(price)
        result.position.fees = try position.fees.times(price)
        result.position.rebates = try position.rebates.times(price)
        result.position.spread = try position.spread.times(price)
        result.position.turnover = try position.turnover.times(price)
        return result
    }
}

extension FixedPoint {
    /// A figure in the asset that the price is of, in the one that it is in; rounded down.
    fileprivate func times(_ price: Price) throws(ArithmeticError) -> Self {
        Self(raw: try Quantity(raw: raw).times(price, .down).raw)
    }
}
