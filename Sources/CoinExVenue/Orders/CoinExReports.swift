import MarketModel
import Quantities
import VenueKit

// What replies say, in the words of no generation.

/// An order as the venue tells of it.
package struct CoinExOrderReport: Equatable, Sendable {
    package var number: VenueOrderID
    /// Empty where there is none.
    package var clientID: String
    package var market: String
    /// Nil where the venue does not tell; 0 is spot.
    package var account: UInt64?
    package var side: CoinExSide
    package var price: Price
    package var amount: Amount
    package var filled: Quantity
    /// How far it is. In the reply to a cancel: `filled` if there was nothing left to cancel, otherwise `cancelled`.
    package var phase: OrderProgress.Phase
    /// Nothing has happened to it yet.
    package var isUntouched: Bool
    /// When it changed last; nil where the venue does not tell.
    package var changedAt: Instant?
    /// It never rests and was not filled whole, and whether it has ended was not told: that has to be asked for.
    package var needsAsking = false
}

/// A stop order that waits.
package struct CoinExStopReport: Equatable, Sendable {
    package var number: VenueOrderID
    package var clientID: String
    package var market: String
    package var account: UInt64?
    package var side: CoinExSide
    /// Whether it becomes an order with a price.
    package var isLimit: Bool
    package var amount: Amount
    package var price: Price
    package var stopPrice: Price
}

/// A deal of one of our orders.
package struct CoinExDealReport: Equatable, Sendable {
    package var id: DealID
    /// Nil where the deals of one order were asked for.
    package var order: VenueOrderID?
    package var createdAt: Instant
    package var liquidity: Liquidity
    package var price: Price
    package var amount: Quantity
    package var money: Notional
    package var fee: Amount
    /// Nil for the quote asset of the market.
    package var feeAsset: String?
}

/// A balance of the spot account.
package struct CoinExBalanceReport: Equatable, Sendable {
    package var asset: String
    package var available: Amount
    package var frozen: Amount

    package init(asset: String, available: Amount, frozen: Amount) {
        self.asset = asset
        self.available = available
        self.frozen = frozen
    }
}

/// A part of a list.
package struct CoinExRows<Row: Sendable>: Sendable {
    package var rows: [Row]
    package var hasNext: Bool
}

/// What became of one order of a batch.
package struct CoinExRowReport: Equatable, Sendable {
    package var code: Int
    package var message: String
    package var order: CoinExOrderReport?
}

extension CoinExVerdict {
    func map<Other>(_ transform: (Reply) -> Other) -> CoinExVerdict<Other> {
        switch self {
        case .reply(let reply): .reply(transform(reply))
        case .refused(let reason): .refused(reason)
        case .rateLimited: .rateLimited
        case .neverSent: .neverSent
        case .open: .open
        }
    }
}
