/// Streams that are turned into events only where they are asked for: each says what another says too.
package struct BinanceFeedExtras: Equatable, Sendable {
    /// Trades joined by taker order, instead of `<symbol>@trade`.
    package var aggregateTrades = false
    package var tickers = false
    /// Books of the best levels, instead of `<symbol>@depth`; combined connections only.
    package var partialBooks = false

    package init() {}

    var isAny: Bool { aggregateTrades || tickers || partialBooks }
}
