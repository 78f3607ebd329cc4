import MarketModel
import Quantities

/// The microprice: the mid price, leaning to the side of the book on which less is offered.
///
/// `(bid × ask size + ask × bid size) / (bid size + ask size)`: where few want to sell and many to buy, the
/// next trade is likelier at the ask. Without sizes it is the mid price. There from the first quote on.
/// Constant cost, no memory of earlier quotes.
public struct Microprice: Indicator {
    @usableFromInline var state: Double?

    public init() {}

    @inlinable public var value: Double? { state }

    @inlinable
    public mutating func add(_ quote: Quote) {
        let bid = Double(quote.bid)
        let ask = Double(quote.ask)
        let bidSize = Double(quote.bidSize)
        let size = bidSize + Double(quote.askSize)
        // From the bid on, so that the price lies between the two whatever is rounded.
        state = bid + (ask - bid) * (size > 0 ? bidSize / size : 0.5)
    }
}
