import MarketModel
import Quantities
import StrategyKit

/// What a strategy held in a market when the bot's last run ended, and begins with.
public struct Carry: BitwiseCopyable, Equatable, Sendable {
    public var strategy: StrategyID
    public var market: MarketID
    /// Positive is long, negative is short.
    public var quantity: Quantity
    /// What it cost, in the quote asset; negative for a short position.
    public var openCost: Notional
    public var at: Instant

    public init(
        strategy: StrategyID, market: MarketID, quantity: Quantity, openCost: Notional, at now: Instant
    ) {
        self.strategy = strategy
        self.market = market
        self.quantity = quantity
        self.openCost = openCost
        at = now
    }
}

/// An asset of which the account holds less than the strategies would begin with.
public struct Shortfall: BitwiseCopyable, Equatable, Sendable {
    public var asset: AssetID
    public var carried: Amount
    public var held: Amount

    public init(asset: AssetID, carried: Amount, held: Amount) {
        self.asset = asset
        self.carried = carried
        self.held = held
    }
}

extension Engine {
    /// Gives a strategy what it held when the bot's last run ended, at its cost: its profit counts on from there.
    ///
    /// To be called before the strategies start; once per strategy and market.
    @inlinable package mutating func carry(_ carry: Carry) {
        desk.time = max(desk.now, carry.at)
        let index = Int(carry.strategy.index) * desk.table.markets.count + Int(carry.market.index)
        desk.positions[index].begin(with: carry.quantity, at: carry.openCost)
    }

    /// Of which assets the account holds less than all positions together say.
    @usableFromInline package func shortfalls() -> [Shortfall] {
        var held = Array(repeating: Amount.zero, count: desk.table.assets.count)
        for index in desk.positions.indices {
            let market = desk.table.terms[index % desk.table.markets.count]
            held[Int(market.base.index)] += Amount(desk.positions[index].quantity)
        }
        return held.indices.compactMap { index in
            let balance = desk.balances[index].total
            guard held[index].isPositive, balance < held[index] else { return nil }
            return Shortfall(asset: AssetID(index), carried: held[index], held: balance)
        }
    }
}
