import MarketModel
import Quantities
import VenueKit

/// What is asked of the venue, in the words of no generation.
package enum CoinExErrand: Sendable {
    /// An order or a stop order.
    case place(Placement)
    /// Limit orders of one market.
    case placeBatch([Placement], MarketID)
    case cancel(VenueOrderID, MarketID)
    /// By the client id, among the resting orders.
    case cancelNamed(String, MarketID)
    /// By the client id, among the waiting stop orders.
    case cancelStopNamed(String, MarketID)
    case cancelBatch([VenueOrderID], MarketID)
    case modify(Modification)
    case status(VenueOrderID, MarketID)
    /// Resting orders.
    case pending(CoinExListScope)
    /// Waiting stop orders.
    case stops(CoinExListScope)
    case finished(CoinExListScope, from: Instant?)
    case orderDeals(VenueOrderID, MarketID, page: Int64)
    /// Own deals; of all markets where the generation has a list of all.
    case ownDeals(MarketID, account: Int64, from: Instant?, page: Int64)
    case balances
    /// Trades of a market after this one.
    case trades(MarketID, after: DealID)
    case clock
}

/// Which part of a list is asked for.
package struct CoinExListScope: Sendable {
    /// Nil for all markets.
    package var market: MarketID?
    package var clientID: String?
    /// Nil for all accounts; the second generation has lists of spot alone.
    package var account: Int64?
    package var page: Int64 = 1

    package init(
        market: MarketID? = nil, clientID: String? = nil, account: Int64? = nil, page: Int64 = 1
    ) {
        self.market = market
        self.clientID = clientID
        self.account = account
        self.page = page
    }
}
