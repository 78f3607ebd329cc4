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

    package init(
        run: RunID, at: Instant, strategy: String, market: String, equity: Notional,
        position: Quantity, markPrice: Price?, realized: Notional, unrealized: Notional
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
    }

    package static let table = LedgerTable(
        name: "equity", key: ["run", "at", "strategy", "market"], fixed: [],
        changing: ["equity", "position", "mark_price", "realized", "unrealized"])

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
    }
}
