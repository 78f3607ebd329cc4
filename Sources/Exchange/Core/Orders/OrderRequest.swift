import MarketModel
import Quantities

/// The unit of an order's amount.
package enum AmountUnit: UInt8, BitwiseCopyable, Hashable, Sendable {
    case base
    case quote
}

/// What a client asks for when it places an order.
package struct OrderRequest: BitwiseCopyable, Equatable, Sendable {
    package var account: AccountID
    package var market: MarketID
    package var side: Side
    /// Nil for a market order.
    package var price: Price?
    package var amount: Amount
    /// Quote is for market orders only.
    package var unit = AmountUnit.base
    /// Of limit orders; market orders end at once whatever stands here.
    package var duration = OrderDuration.goodTillCancelled
    package var isHidden = false
    package var clientID = ShortText.empty
    package var sourceID = ShortText.empty

    package init(
        account: AccountID, market: MarketID, side: Side, price: Price?, amount: Amount,
        unit: AmountUnit = .base
    ) {
        self.account = account
        self.market = market
        self.side = side
        self.price = price
        self.amount = amount
        self.unit = unit
    }
}

/// Why the exchange refuses; nothing has happened then.
package enum ExchangeRefusal: UInt8, BitwiseCopyable, CaseIterable, Error, Hashable, Sendable {
    case unknownAccount
    case unknownMarket
    case unknownAsset
    /// Not positive, or with more decimals than the market has.
    case badPrice
    /// Not positive, too large, or with more decimals than the market has; quote with a limit order.
    case badAmount
    case belowMinimum
    case insufficientBalance
    case priceOutOfBand
    case invalidStopPrice
    /// A market order found nobody to trade with.
    case noLiquidity
    /// Fill-or-kill.
    case notFillable
    /// Maker-only.
    case wouldTake
    case orderNotFound
    /// It exists, but is somebody else's.
    case othersOrder
    /// The account, or the book, has as many as it can hold.
    case tooManyOrders
    /// The account may not trade.
    case accountBarred
    /// The two accounts do not belong together.
    case accountsUnrelated
    /// Sub-account names are unique, and accounts are limited in number.
    case nameTaken
    case tooManyAccounts
    /// News is waiting to be taken: `ExchangeLimits.newsMax`.
    case busy
    /// A depth that cannot be merged so.
    case badMerge
}
