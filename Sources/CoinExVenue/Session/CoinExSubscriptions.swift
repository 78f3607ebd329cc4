/// What a session subscribes, per family and as a whole.
///
/// Lists of markets and coins: an empty one means all of them.
package struct CoinExSubscriptions: Equatable, Sendable {
    package var depth: [CoinExDepthTopic]
    package var deals: [String] = []
    package var states: [String] = []
    package var orders: [String] = []
    package var ownDeals: [String] = []
    package var coins: [String] = []
    package var indexes: [String] = []
    /// The one market whose candles are streamed, where the venue does that.
    package var klineMarket: String
    package var klinePeriod = CoinExKlinePeriod.minute

    /// Everything of these markets: their books, trades, orders and statistics, and the balances of all coins.
    ///
    /// - Precondition: there is a market.
    package init(markets: [String], limit: Int = 20) {
        precondition(!markets.isEmpty, "a session has a market")
        depth = markets.map { CoinExDepthTopic($0, limit: limit) }
        deals = markets
        states = markets
        orders = markets
        ownDeals = markets
        indexes = markets
        klineMarket = markets[0]
    }
}
