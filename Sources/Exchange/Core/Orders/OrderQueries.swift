import MarketModel
import Quantities

/// Which rows of a history or a list are meant; nil lets any pass.
package struct RowFilter: BitwiseCopyable, Equatable, Sendable {
    package var market: MarketID?
    /// The side of the own order.
    package var side: Side?
    package var clientID: ShortText?
    /// The stop order that the order came from.
    package var stop: VenueOrderID?
    package var order: VenueOrderID?
    package var asset: AssetID?
    package var business: BalanceBusiness?
    /// At this time or later.
    package var from: Instant?
    /// At this time or earlier.
    package var to: Instant?

    package init(market: MarketID? = nil, side: Side? = nil, clientID: ShortText? = nil) {
        self.market = market
        self.side = side
        self.clientID = clientID
    }
}

/// A part of a list, newest first.
package struct PageRequest: BitwiseCopyable, Equatable, Sendable {
    /// How many rows to pass over.
    package var offset: Int
    package var limit: Int

    package init(offset: Int = 0, limit: Int) {
        self.offset = offset
        self.limit = limit
    }
}

package struct PageOf<Row: Equatable & Sendable>: Equatable, Sendable {
    package var rows: [Row] = []
    /// How many rows there are on all pages.
    package var total = 0
}
