import MarketModel
import Quantities

/// What an event says of an order.
public enum CoinExV1OrderEvent: Int64, BitwiseCopyable, CaseIterable, Sendable {
    /// It rests in the book, perhaps after having taken some.
    case put = 1
    /// It was filled in part.
    case update = 2
    /// It is over; how, its figures tell.
    case finish = 3
}

/// What an event says of a stop order.
public enum CoinExV1StopEvent: Int64, BitwiseCopyable, CaseIterable, Sendable {
    case put = 1
    /// It fired; its status tells whether an order came of it.
    case active = 2
    case cancel = 3
}

/// The part of our order in its latest deal.
public enum CoinExV1Role: Int64, BitwiseCopyable, CaseIterable, Sendable {
    case none = 0
    case maker = 1
    case taker = 2
}

/// An order as the socket tells of it: `order.update`, `order.query`.
///
/// There is no status: an order that is over was filled if nothing is `left` of it, or but dust. `dealStock` is
/// what was filled in the base coin, `dealMoney` what that was worth in the quote coin. `amount` and `left`
/// are in the base coin, except for market buys that were placed in the quote coin.
package struct CoinExV1Order {
    package internal(set) var id: UInt64 = 0
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var isMarketOrder = false
    package internal(set) var side = Side.buy
    /// 0 for spot, else a margin account.
    package internal(set) var account: Int64 = 0
    /// A set of bits, see `CoinExV1OrderOptions`.
    package internal(set) var options = CoinExV1OrderOptions(rawValue: 0)
    package internal(set) var created = Instant.distantPast
    package internal(set) var changed = Instant.distantPast
    package internal(set) var price = Price.zero
    package internal(set) var amount = Amount.zero
    package internal(set) var left = Amount.zero
    package internal(set) var dealStock = Quantity.zero
    package internal(set) var dealMoney = Notional.zero
    /// Fees so far in the base coin.
    package internal(set) var stockFee = Amount.zero
    /// Fees so far in the quote coin.
    package internal(set) var moneyFee = Amount.zero
    /// Fees so far in `feeAsset`.
    package internal(set) var assetFee = Amount.zero
    package internal(set) var feeAsset = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The stop order that it came of; 0 for none.
    package internal(set) var stopID: UInt64 = 0
    package internal(set) var lastDealAmount = Quantity.zero
    package internal(set) var lastDealPrice = Price.zero
    package internal(set) var lastDealTime = Instant.distantPast
    /// 0 for none.
    package internal(set) var lastDealID: UInt64 = 0
    package internal(set) var lastRole = CoinExV1Role.none
    /// The unit of `amount` and `left`, where the venue tells.
    package internal(set) var amountAsset = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    static let required = CoinExV1Field.set(.id, .market, .side, .type, .amount, .left)
}

/// The terms of an order, as bits.
public struct CoinExV1OrderOptions: OptionSet, BitwiseCopyable, Equatable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    public static let feeInBase = CoinExV1OrderOptions(rawValue: 0x01)
    public static let feeInQuote = CoinExV1OrderOptions(rawValue: 0x02)
    public static let belowMinimum = CoinExV1OrderOptions(rawValue: 0x04)
    public static let immediateOrCancel = CoinExV1OrderOptions(rawValue: 0x08)
    public static let fillOrKill = CoinExV1OrderOptions(rawValue: 0x10)
    public static let hidden = CoinExV1OrderOptions(rawValue: 0x20)
    public static let ofStop = CoinExV1OrderOptions(rawValue: 0x40)
    public static let makerOnly = CoinExV1OrderOptions(rawValue: 0x80)
}

/// Whether a stop order that fired became an order.
public enum CoinExV1StopStatus: Int64, BitwiseCopyable, CaseIterable, Sendable {
    case waiting = 0
    case activated = 1
    case failed = 2
}

/// A stop order: `order.update_stop`, `order.query_stop`.
package struct CoinExV1StopOrder {
    package internal(set) var id: UInt64 = 0
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package internal(set) var isMarketOrder = false
    package internal(set) var side = Side.buy
    package internal(set) var account: Int64 = 0
    package internal(set) var options = CoinExV1OrderOptions(rawValue: 0)
    package internal(set) var created = Instant.distantPast
    package internal(set) var changed = Instant.distantPast
    package internal(set) var stopPrice = Price.zero
    package internal(set) var price = Price.zero
    package internal(set) var amount = Amount.zero
    /// 1 when the stop price was below the last price at placement, 2 above, 0 unknown.
    package internal(set) var direction: Int64 = 0
    package internal(set) var status = CoinExV1StopStatus.waiting
    package internal(set) var clientID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    static let required = CoinExV1Field.set(.id, .market, .side, .type, .amount, .stopPrice)
}
