import MarketModel
import Quantities

extension Desk {
    /// How much more than a sum pays for at the best ask is counted as bought by it: 5 %.
    ///
    /// The price may fall before the order arrives, and then it buys more.
    public static var spendingMargin: FeeRate { FeeRate(raw: 50_000_000_000) }

    /// Asks to buy for a sum at the market, in the market's quote asset and without fees.
    ///
    /// It buys whole lots until what is left of the sum pays for no more, and ends as filled; where the offers
    /// run out before, as cancelled. Until it has ended, risk counts what the sum buys at the best ask and
    /// `spendingMargin` more as bought; a ticket with a bound of one's own is `OrderTicket.marketBuy`. While no
    /// price is known it is refused as `staleBook`.
    ///
    /// - Returns: nil when more than 1,024 requests were made in one turn or 4,096 orders live.
    @discardableResult
    public mutating func buy(spending sum: Notional, in market: MarketID) -> OrderID? {
        place(.marketBuy(spending: sum, atMost: mostBought(for: sum, in: market), in: market))
    }

    /// In whole lots; zero where no price is known, or where no number is large enough.
    private func mostBought(for sum: Notional, in market: MarketID) -> Quantity {
        guard let price = quote(market)?.ask ?? states[Int(market.index)].mark, price.isPositive else {
            return .zero
        }
        do throws(ArithmeticError) {
            let most = try sum.adding(sum.times(Self.spendingMargin, .up)).divided(by: price, .up)
            return most.rounded(to: table.terms(market).rules.lot, .up)
        } catch {
            return .zero
        }
    }
}
