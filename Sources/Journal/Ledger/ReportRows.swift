import Quantities

// Rows that a report is made of, beside those of orders, fills and equity.

/// The terms of a market of a run.
package struct MarketRow: LedgerRow {
    package var run: RunID
    package var market: String
    package var base: String
    package var quote: String
    package var tick: Price
    package var lot: Quantity

    package init(run: RunID, market: String, base: String, quote: String, tick: Price, lot: Quantity) {
        self.run = run
        self.market = market
        self.base = base
        self.quote = quote
        self.tick = tick
        self.lot = lot
    }

    package static let table = LedgerTable(
        name: "markets", key: ["run", "market"], fixed: ["base", "quote", "tick", "lot"], changing: [])

    package var key: String { market }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(market)
        try columns.write(base)
        try columns.write(quote)
        try columns.write(tick)
        try columns.write(lot)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        market = columns.text()
        base = columns.text()
        quote = columns.text()
        tick = try columns.amount()
        lot = try columns.amount()
    }
}

/// The best bid and ask of a market at a time; nil while there is none.
package struct PriceRow: LedgerRow {
    package var run: RunID
    package var at: Instant
    package var market: String
    package var bid: Price?
    package var ask: Price?

    package init(run: RunID, at: Instant, market: String, bid: Price?, ask: Price?) {
        self.run = run
        self.at = at
        self.market = market
        self.bid = bid
        self.ask = ask
    }

    package static let table = LedgerTable(
        name: "prices", key: ["run", "at", "market"], fixed: [], changing: ["bid", "ask"])

    package var key: String { "\(market) at \(at)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(at)
        try columns.write(market)
        try columns.write(bid)
        try columns.write(ask)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        at = columns.time()
        market = columns.text()
        bid = try columns.optionalAmount()
        ask = try columns.optionalAmount()
    }
}

/// The mid price of a fill's market some time after we heard of the fill; without a row it is unknown.
package struct FillMidRow: LedgerRow {
    package var run: RunID
    package var market: String
    package var dealID: String
    /// Milliseconds after the fill was heard of; 0 is that moment.
    package var afterMilliseconds: Int64
    package var mid: Price

    package init(run: RunID, market: String, dealID: String, afterMilliseconds: Int64, mid: Price) {
        self.run = run
        self.market = market
        self.dealID = dealID
        self.afterMilliseconds = afterMilliseconds
        self.mid = mid
    }

    package static let table = LedgerTable(
        name: "fill_mids", key: ["run", "market", "deal_id", "after_ms"], fixed: ["mid"], changing: [])

    package var key: String { "\(market) \(dealID) after \(afterMilliseconds) ms" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(market)
        try columns.write(dealID)
        try columns.write(afterMilliseconds)
        try columns.write(mid)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        market = columns.text()
        dealID = columns.text()
        afterMilliseconds = columns.integer()
        mid = try columns.amount()
    }
}

/// What the person who ran the session was told: alerts and notes of strategies, in order.
package struct NoteRow: LedgerRow {
    package var run: RunID
    package var number: Int64
    package var at: Instant
    package var text: String

    package init(run: RunID, number: Int64, at: Instant, text: String) {
        self.run = run
        self.number = number
        self.at = at
        self.text = text
    }

    package static let table = LedgerTable(
        name: "notes", key: ["run", "number"], fixed: ["at", "text"], changing: [])

    package var key: String { "\(number)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(number)
        try columns.write(at)
        try columns.write(text)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        number = columns.integer()
        at = columns.time()
        text = columns.text()
    }
}
