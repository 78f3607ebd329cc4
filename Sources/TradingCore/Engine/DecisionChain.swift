import MarketModel
import Quantities
import VenueKit

/// The running hash over everything that the engine decided: equal chains mean equal decisions.
///
/// Each step folds a 128-bit product, so that order and content both count. Not a cryptographic hash: it
/// finds differences, it does not withstand an adversary.
package struct DecisionChain: Equatable, Sendable {
    /// How many commands went in.
    package private(set) var count = 0
    package private(set) var hash: UInt64 = 0x6D61_7274_6C65_7431

    package init() {}

    package mutating func add(_ dispatch: Dispatch) {
        count += 1
        mix(UInt64(bitPattern: dispatch.at.nanoseconds))
        mix(dispatch.request << 8 | UInt64(dispatch.group.rawValue))
        switch dispatch.command {
        case .place(let placement):
            mix(1)
            mix(placement)
        case .cancel(let cancellation):
            mix(2)
            mix(cancellation.order.raw)
            mix(cancellation.venueOrder.raw)
        case .modify(let modification):
            mix(3)
            mix(modification.order.raw)
            mix(modification.replacement)
        case .query(let query):
            mix(4)
            mix(query.order.raw)
        }
    }

    private mutating func mix(_ placement: Placement) {
        let ticket = placement.ticket
        mix(placement.order.raw)
        var shape = UInt64(ticket.market.index)
        shape = shape << 8 | UInt64(placement.strategy.index)
        shape = shape << 8 | UInt64(ticket.side.rawValue)
        shape = shape << 8 | UInt64(ticket.kind.rawValue)
        shape = shape << 8 | UInt64(ticket.duration.rawValue)
        shape = shape << 1 | (ticket.isHidden ? 1 : 0)
        mix(shape)
        mix(number: ticket.price.raw)
        mix(number: ticket.quantity.raw)
        if ticket.kind.isStop { mix(number: ticket.stopPrice.raw) }
        if ticket.spendsSum { mix(number: ticket.spend.raw) }
    }

    private mutating func mix(number: Int128) {
        mix(UInt64(truncatingIfNeeded: number))
        mix(UInt64(truncatingIfNeeded: number >> 64))
    }

    private mutating func mix(_ word: UInt64) {
        let (high, low) = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        hash = high ^ low ^ (word << 32 | word >> 32)
    }

    /// The hash as 16 hexadecimal digits.
    package var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
