import Quantities

/// What a strategy was worth in a market at a time; a later row for the same time replaces it.
package struct EquityRow: LedgerRow {
    package var run: RunID
    package var at: Instant
    package var strategy: String
    package var market: String
    /// In the quote asset of the market, like the profits.
    package var equity: Notional
    /// With its sign.
    package var position: Quantity
    /// The price that the position was valued at; nil when there was none.
    package var markPrice: Price?
    package var realized: Notional
    package var unrealized: Notional
    /// How much better than the mid price the fills were; nil in runs of an earlier version, as what follows.
    package var spread: Notional?
    /// What was paid.
    package var fees: Notional?
    /// What the venue paid for liquidity.
    package var rebates: Notional?
    /// The best own bid that rests; nil when there is none.
    package var ownBid: Price?
    package var ownAsk: Price?

    package init(
        run: RunID, at: Instant, strategy: String, market: String, equity: Notional,
        position: Quantity, markPrice: Price?, realized: Notional, unrealized: Notional,
        spread: Notional? = nil, fees: Notional? = nil, rebates: Notional? = nil, ownBid: Price? = nil,
        ownAsk: Price? = nil
    ) {
        self.run = run
        self.at = at
        self.strategy = strategy
        self.market = market
        self.equity = equity
        self.position = position
        self.markPrice = markPrice
        self.realized = realized
        self.unrealized = unrealized
        self.spread = spread
        self.fees = fees
        self.rebates = rebates
        self.ownBid = ownBid
        self.ownAsk = ownAsk
    }

    package static let table = LedgerTable(
        name: "equity", key: ["run", "at", "strategy", "market"], fixed: [],
        changing: [
            "equity", "position", "mark_price", "realized", "unrealized", "spread", "fees", "rebates",
            "own_bid", "own_ask",
        ])

    package var key: String { "\(strategy) \(market) at \(at)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(at)
        try columns.write(strategy)
        try columns.write(market)
        try columns.write(equity)
        try columns.write(position)
        try columns.write(markPrice)
        try columns.write(realized)
        try columns.write(unrealized)
        try columns.write(spread)
        try columns.write(fees)
        try columns.write(rebates)
        try columns.write(ownBid)
        try columns.write(ownAsk)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        at = columns.time()
        strategy = columns.text()
        market = columns.text()
        equity = try columns.amount()
        position = try columns.amount()
        markPrice = try columns.optionalAmount()
        realized = try columns.amount()
        unrealized = try columns.amount()
        spread = try columns.optionalAmount()
        fees = try columns.optionalAmount()
        rebates = try columns.optionalAmount()
        ownBid = try columns.optionalAmount()
        ownAsk = try columns.optionalAmount()
    }
}
