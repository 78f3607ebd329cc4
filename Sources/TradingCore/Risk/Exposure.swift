import MarketModel
import Quantities

/// What the living orders of one strategy in one market could still do.
///
/// Orders whose state is unknown count in full: risk always sees the worst case.
package struct Exposure: BitwiseCopyable, Equatable, Sendable {
    package var openBuy = Quantity.zero
    package var openSell = Quantity.zero
    package var orderCount = 0
}

/// Exposures of all strategies and markets, and what living orders hold of each asset.
package struct Exposures: ~Copyable, Sendable {
    private let anchor = Anchor()
    private let marketCount: Int
    private var exposures: Slab<Exposure>
    /// Per asset: what living orders would need if all were filled at their limit, or spent their sum.
    private var reserved: Slab<Amount>
    /// Living orders per strategy.
    private var counts: Slab<Int>

    package init(strategies: Int, markets: Int, assets: Int) {
        marketCount = markets
        exposures = Slab(repeating: Exposure(), count: strategies * markets)
        reserved = Slab(repeating: .zero, count: assets)
        counts = Slab(repeating: 0, count: strategies)
    }

    package subscript(strategy: StrategyID, market: MarketID) -> Exposure {
        exposures[Int(strategy.index) * marketCount + Int(market.index)]
    }

    package func openOrders(of strategy: StrategyID) -> Int { counts[Int(strategy.index)] }

    package func reserved(_ asset: AssetID) -> Amount { reserved[Int(asset.index)] }

    /// An approved order starts to count.
    @inline(__always)
    package mutating func add(_ order: OwnOrder, in market: MarketTerms) {
        counts[Int(order.strategy.index)] += 1
        exposures[index(order)].orderCount += 1
        shift(order, from: .zero, to: order.remaining, in: market)
        reserve(order.unspent, in: market)
    }

    /// A part of an order was filled; `order` is as it was before.
    ///
    /// What a venue says to be filled beyond the order takes nothing more away.
    @inline(__always)
    package mutating func fill(
        _ order: OwnOrder, _ quantity: Quantity, for notional: Notional, in market: MarketTerms
    ) {
        let left = max(order.remaining, .zero)
        shift(order, from: left, to: max(left - quantity, .zero), in: market)
        reserve(-min(order.unspent, notional), in: market)
    }

    /// An order ended with this remainder.
    @inline(__always)
    package mutating func remove(_ order: OwnOrder, in market: MarketTerms) {
        counts[Int(order.strategy.index)] -= 1
        exposures[index(order)].orderCount -= 1
        shift(order, from: max(order.remaining, .zero), to: .zero, in: market)
        reserve(-order.unspent, in: market)
    }

    /// What an order that spends a sum holds, whatever it buys for that.
    @inline(__always)
    private mutating func reserve(_ change: Notional, in market: MarketTerms) {
        if !change.isZero { reserved[Int(market.quote.index)] += Amount(change) }
    }

    private func index(_ order: OwnOrder) -> Int {
        Int(order.strategy.index) * marketCount + Int(order.market.index)
    }

    /// Values are taken of what is left before and after, so that the rounded steps add up to nothing.
    @inline(__always)
    private mutating func shift(_ order: OwnOrder, from: Quantity, to: Quantity, in market: MarketTerms) {
        let holds = !order.ticket.kind.isStop
        switch order.side {
        case .buy:
            exposures[index(order)].openBuy += to - from
            if holds, order.ticket.kind.hasLimit {
                let change = value(of: to, at: order.price) - value(of: from, at: order.price)
                reserved[Int(market.quote.index)] += Amount(change)
            }
        case .sell:
            exposures[index(order)].openSell += to - from
            if holds { reserved[Int(market.base.index)] += Amount(to - from) }
        }
    }

    /// Risk has multiplied this order's whole quantity by its price before: a part of it cannot overflow.
    private func value(of quantity: Quantity, at price: Price) -> Notional {
        do throws(ArithmeticError) {
            return try quantity.times(price, .towardZero)
        } catch {
            preconditionFailure("an approved order has a value")
        }
    }
}
