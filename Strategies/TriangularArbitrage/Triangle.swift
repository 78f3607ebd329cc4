import MarketModel
import Quantities
import StrategyKit

/// Three markets that join three assets: a home asset, in which two of them are paid, and the two that these trade.
///
/// With USDT at home, BTCUSDT, ETHUSDT and ETHBTC: the inner asset is BTC, which the cross market is paid in, the outer
/// one ETH, which it trades.
struct Triangle: Equatable, Sendable {
    /// Which way round a cycle goes.
    enum Direction: CaseIterable, Sendable {
        /// Buys the outer asset at home, sells it for the inner one, sells that at home.
        case outward
        /// Buys the inner asset at home, buys the outer one with it, sells that at home.
        case inward
    }

    /// One order of a cycle.
    struct Leg: Equatable, Sendable {
        var market: Market
        var side: Side
    }

    /// Trades the inner asset at home.
    let inner: Market
    /// Trades the outer asset at home.
    let outer: Market
    /// Trades the outer asset for the inner one.
    let cross: Market

    /// Nil when the markets do not make a triangle.
    init?(_ markets: [Market]) {
        guard markets.count == 3 else { return nil }
        for cross in markets {
            let others = markets.filter { $0.id != cross.id }
            guard others[0].quote == others[1].quote,
                let inner = others.first(where: { $0.base == cross.quote }),
                let outer = others.first(where: { $0.base == cross.base }), inner.id != outer.id
            else { continue }
            (self.inner, self.outer, self.cross) = (inner, outer, cross)
            return
        }
        return nil
    }

    /// The asset that cycles begin and end with.
    var home: AssetID { inner.quote }

    func legs(_ direction: Direction) -> [Leg] {
        switch direction {
        case .outward:
            [
                Leg(market: outer, side: .buy), Leg(market: cross, side: .sell),
                Leg(market: inner, side: .sell),
            ]
        case .inward:
            [Leg(market: inner, side: .buy), Leg(market: cross, side: .buy), Leg(market: outer, side: .sell)]
        }
    }

    /// Where an asset other than the home asset is sold at home; nil for others.
    func exit(of asset: AssetID) -> Market? {
        if asset == inner.base { return inner }
        return asset == outer.base ? outer : nil
    }
}
