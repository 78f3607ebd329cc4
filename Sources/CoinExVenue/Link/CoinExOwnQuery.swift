import MarketModel
import Quantities

/// A question of the link itself, which no order and no engine has asked.
struct CoinExOwnQuery: Sendable {
    enum Kind: Equatable, Sendable {
        /// The venue's clock.
        case clock
        /// Stop orders that wait.
        case stops
        /// Resting orders; asked after the stop orders, as one that fires becomes one of these.
        case orders
        case balances
        /// Own deals after this one.
        case deals(after: DealID)
        /// Orders that have ended with deals since the tape ended; asked after the resting orders, which become these.
        case ended
        /// Trades of a market in a gap of the connection.
        case trades(CoinExTradeGap)
    }

    /// Numbers of these requests begin here; those of the engine's stay below.
    static let firstNumber: UInt64 = 1 << 63
    /// Questions that are open at the same time; of more, those of a session that is over are dropped.
    static let queriesMax = 64
    /// The most pages that are asked for: 10,000 rows.
    static let pagesMax: Int64 = 100
    /// Questions that are open when trades of a gap are given up for those that matter more.
    static let queriesBeforeTradesMax = 32
    /// How often trades of a gap are asked for.
    static let tradeAttemptsMax = 2

    /// How often one page of own deals is asked for again, before all of them are.
    static let repeatsMax = 5

    var number: UInt64
    var kind: Kind
    /// The query of the session that this one answers; nil for the link's own.
    var sessionQuery: UInt64?
    var page: Int64 = 1
    /// The index of the market whose list is asked for, where lists are per market.
    var market = 0
    /// When it may be sent; nil while it is under way.
    var notBefore: Instant?
    /// When its first page was asked for.
    var askedAt = Instant.distantFuture
    /// When the page that is under way was asked for.
    var sentAt = Instant.distantFuture
    /// When the newest deal of ours was made that was known then: by the venue's own clock.
    var knownUntil = Instant.distantPast
    /// Orders of ours on the pages so far.
    var orders: [OrderID] = []
    /// Whether a row may be an order that the tape has lost, or the answer that is waited for.
    var sawUndecided = false
    /// Orders of others on the pages so far.
    var foreignOrders = 0

    /// How often it was asked before, and failed.
    var failures = 0

    var isWaiting: Bool { notBefore != nil }

    var group: CoinExRateGroup {
        switch kind {
        case .clock, .trades: .market
        case .stops, .orders: .query
        case .balances: .account
        case .deals, .ended: .history
        }
    }
}
