import MarketModel
import Quantities

/// What an account holds of an asset.
package struct AssetBalance: BitwiseCopyable, Equatable, Sendable {
    package var asset: AssetID
    /// Never negative for a client.
    package var available: Amount
    /// What its orders hold.
    package var frozen: Amount

    package var total: Amount { available + frozen }
}

/// Why a balance changed.
package enum BalanceBusiness: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case deposit
    case transfer
    case trade
    case fee
}

/// A change of a balance.
package struct BalanceChange: BitwiseCopyable, Equatable, Sendable {
    package var at: Instant
    package var account: AccountID
    package var asset: AssetID
    package var business: BalanceBusiness
    /// The number of the order, the deposit or the transfer.
    package var reference: UInt64
    package var change: Amount
    /// What the account owned afterwards, frozen included.
    package var balance: Amount
}

/// One side of a deal, as its owner sees it.
package struct OwnDeal: BitwiseCopyable, Equatable, Sendable {
    package var id: DealID
    package var order: VenueOrderID
    package var clientID: ShortText
    package var account: AccountID
    package var market: MarketID
    /// The side of the owner's order.
    package var side: Side
    package var role: Liquidity
    package var at: Instant
    package var price: Price
    package var quantity: Quantity
    package var money: Notional
    /// Below zero for a rebate.
    package var fee: Amount
    package var feeAsset: AssetID
}

/// Something that came from outside.
package struct Deposit: BitwiseCopyable, Equatable, Sendable {
    package var id: UInt64
    package var at: Instant
    package var account: AccountID
    package var asset: AssetID
    package var amount: Amount
}

/// Something that went from one account to another; both keep a row.
package struct Transfer: BitwiseCopyable, Equatable, Sendable {
    package var id: UInt64
    package var at: Instant
    package var from: AccountID
    package var to: AccountID
    package var asset: AssetID
    package var amount: Amount
}
