import MarketModel
import Quantities

/// The stop orders of one market that wait for their trigger.
///
/// The direction is fixed when the order comes in, by comparing its stop price with the last trade,
/// and does not depend on buy or sell: a stop above waits for the price to rise to it, one below waits
/// for the price to fall to it.
package struct StopBook: Sendable {
    private struct Stop: BitwiseCopyable, Sendable {
        var id: UInt64
        var price: Price
    }

    /// The most stop orders that wait in one market; more are refused with `queueFull`.
    package static let stopsMax = 4_096

    /// Waiting for a rise: the lowest price last; at one price the oldest last.
    private var rising: [Stop] = []
    /// Waiting for a fall: the highest price last; at one price the oldest last.
    private var falling: [Stop] = []

    package init() {}

    package var count: Int { rising.count + falling.count }
    package var isEmpty: Bool { rising.isEmpty && falling.isEmpty }

    /// Takes a stop order in, or says why not.
    ///
    /// A stop price equal to the last trade, one that is not positive, and any in a market without
    /// trades (`lastPrice` nil) are invalid; an id that waits already is a bad parameter.
    package mutating func add(_ id: UInt64, stopPrice: Price, lastPrice: Price?) -> Refusal? {
        guard let lastPrice, stopPrice.isPositive, stopPrice != lastPrice else {
            return .venueInvalidStopPrice
        }
        if count >= Self.stopsMax { return .queueFull }
        if contains(id) { return .venueBadParameter }
        let stop = Stop(id: id, price: stopPrice)
        if stopPrice > lastPrice {
            let index = rising.firstIndex { $0.price <= stopPrice } ?? rising.count
            rising.insert(stop, at: index)
        } else {
            let index = falling.firstIndex { $0.price >= stopPrice } ?? falling.count
            falling.insert(stop, at: index)
        }
        return nil
    }

    /// Takes a stop order out; false when it does not wait here.
    package mutating func remove(_ id: UInt64) -> Bool {
        if let index = rising.firstIndex(where: { $0.id == id }) {
            rising.remove(at: index)
            return true
        }
        if let index = falling.firstIndex(where: { $0.id == id }) {
            falling.remove(at: index)
            return true
        }
        return false
    }

    package func contains(_ id: UInt64) -> Bool {
        rising.contains { $0.id == id } || falling.contains { $0.id == id }
    }

    /// Takes out the orders that a trade at this price triggers and appends their ids.
    ///
    /// In the order in which a price that moves there reaches them: the nearest trigger first, at one
    /// price the oldest first; orders that wait for a rise before those that wait for a fall.
    package mutating func fire(_ lastPrice: Price, into fired: inout [UInt64]) {
        while let stop = rising.last, lastPrice >= stop.price {
            fired.append(stop.id)
            rising.removeLast()
        }
        while let stop = falling.last, lastPrice <= stop.price {
            fired.append(stop.id)
            falling.removeLast()
        }
    }
}
