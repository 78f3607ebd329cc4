import MarketModel
import Quantities

/// The order flow imbalance of Cont, Kukanov and Stoikov (2014): what came to the bid and went from the ask, minus
/// the reverse, over the newest changes of the quote. In the base asset; positive presses upward.
///
/// Each quote is compared with the one before. At a better or equal bid the new bid size counts, at a worse
/// or equal one the old size is taken off; the ask counts the other way round. Begins with the quote
/// `period + 1`. Constant cost, no drift.
public struct OrderFlowImbalance: Indicator {
    @usableFromInline var flows: RollingSum
    @usableFromInline var last: Quote?

    /// - Parameter period: how many changes of the quote count, 1 to 1,000,000; others trap.
    public init(period: Int) { flows = RollingSum(length: period) }

    @inlinable public var value: Double? { flows.value }

    @inlinable
    public mutating func add(_ quote: Quote) {
        if let last { flows.add(Self.flow(from: last, to: quote)) }
        last = quote
    }

    /// What one change of the quote brought, in the base asset.
    @inlinable
    public static func flow(from old: Quote, to new: Quote) -> Double {
        var flow = 0.0
        if new.bid >= old.bid { flow += Double(new.bidSize) }
        if new.bid <= old.bid { flow -= Double(old.bidSize) }
        if new.ask <= old.ask { flow -= Double(new.askSize) }
        if new.ask >= old.ask { flow += Double(old.askSize) }
        return flow
    }
}
