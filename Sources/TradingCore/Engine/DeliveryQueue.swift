import MarketModel
import StrategyKit
import VenueKit

/// What the strategies are to be told, in order.
///
/// The kinds stand in one queue and the values in one of their own per kind: a value is written once, where
/// it waits, and read there.
public struct DeliveryQueue: ~Copyable {
    @frozen @usableFromInline package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case order, fill, balance, bookState
    }

    @usableFromInline package var kinds = Fifo<Kind>()
    @usableFromInline package var orders = Fifo<OwnOrder>()
    @usableFromInline package var fills = Fifo<Fill>()
    @usableFromInline package var balances = Fifo<Balance>()
    @usableFromInline package var bookStates = Fifo<BookStateChange>()

    package init() {}

    @inlinable package var isEmpty: Bool { kinds.isEmpty }

    @inlinable @inline(__always)
    package mutating func append(_ order: OwnOrder) {
        kinds.append(.order)
        orders.append(order)
    }

    @inlinable @inline(__always)
    package mutating func append(_ fill: Fill) {
        kinds.append(.fill)
        fills.append(fill)
    }

    @inlinable @inline(__always)
    package mutating func append(_ balance: Balance) {
        kinds.append(.balance)
        balances.append(balance)
    }

    @inlinable
    package mutating func append(_ change: BookStateChange) {
        kinds.append(.bookState)
        bookStates.append(change)
    }
}
