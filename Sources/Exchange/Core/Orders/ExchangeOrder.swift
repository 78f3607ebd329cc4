import MarketModel
import Quantities

/// How far an order has come, in the words of the venue's REST replies.
package enum OrderStatus: UInt8, BitwiseCopyable, Hashable, Sendable {
    /// It rests and has not traded.
    case notDealt
    /// It rests and has traded.
    case partlyDealt
    /// It traded as far as it could be asked for: a market buy in quote may leave less than one more unit
    /// costs.
    case done
    /// It ended with a remainder.
    case cancelled
}

/// What the venue tells of an order as a set of bits.
package struct OrderOptions: OptionSet, BitwiseCopyable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static var feeInBase: OrderOptions { OrderOptions(rawValue: 0x01) }
    package static var feeInQuote: OrderOptions { OrderOptions(rawValue: 0x02) }
    package static var noMinimum: OrderOptions { OrderOptions(rawValue: 0x04) }
    package static var immediateOrCancel: OrderOptions { OrderOptions(rawValue: 0x08) }
    package static var fillOrKill: OrderOptions { OrderOptions(rawValue: 0x10) }
    package static var hidden: OrderOptions { OrderOptions(rawValue: 0x20) }
    package static var fromStop: OrderOptions { OrderOptions(rawValue: 0x40) }
    package static var makerOnly: OrderOptions { OrderOptions(rawValue: 0x80) }
}

/// The newest trade of an order.
package struct LastDeal: BitwiseCopyable, Equatable, Sendable {
    package var id: DealID
    package var at: Instant
    package var price: Price
    package var quantity: Quantity
    package var role: Liquidity
}

/// An order as the exchange knows it: everything that replies and pushes tell.
package struct ExchangeOrder: BitwiseCopyable, Equatable, Sendable {
    package var id: VenueOrderID
    /// The stop order that it came from; `unknown` if from none.
    package var stop = VenueOrderID.unknown
    package var account: AccountID
    package var market: MarketID
    package var side: Side
    package var duration: OrderDuration
    package var options: OrderOptions
    package var status = OrderStatus.notDealt
    /// The unit of `amount` and `left`.
    package var unit: AmountUnit
    /// Nil for a market order.
    package var price: Price?
    package var amount: Amount
    package var left: Amount
    /// What traded, in the base asset.
    package var dealBase = Quantity.zero
    /// What traded, in the quote asset.
    package var dealQuote = Notional.zero
    /// The fees so far, by the asset that they were paid in: exactly one grows with every deal.
    package var baseFee = Amount.zero
    package var quoteFee = Amount.zero
    package var discountFee = Amount.zero
    /// Whether fees are paid in the discount asset where its balance covers them.
    package var paysFeesAtDiscount: Bool
    /// The part of the fee that is paid so; one if none is.
    package var feeDiscount: FeeRate
    /// Zero for market orders.
    package var makerRate: FeeRate
    package var takerRate: FeeRate
    package var createdAt: Instant
    package var updatedAt: Instant
    /// Nil while it rests.
    package var finishedAt: Instant?
    package var lastDeal: LastDeal?
    package var clientID: ShortText
    package var sourceID: ShortText
    /// What it holds of the balance: quote for a buy, base for a sell.
    package internal(set) var frozen = Amount.zero
    /// The fee that a buy holds beside its cost.
    var reserveRate: FeeRate

    package var isMarket: Bool { price == nil }
    package var isHidden: Bool { options.contains(.hidden) }
    package var hasTraded: Bool { dealBase.isPositive }

    /// The average price of what traded, rounded to twelve digits; zero before the first deal.
    package var averagePrice: Price {
        guard dealBase.isPositive else { return .zero }
        do throws(ArithmeticError) {
            return try dealQuote.divided(by: dealBase, .toNearestOrEven)
        } catch {
            preconditionFailure("what was paid over what was bought is a price")
        }
    }
}
