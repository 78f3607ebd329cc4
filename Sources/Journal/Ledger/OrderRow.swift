import Quantities

/// An order as the ledger keeps it: the latest row for a client id replaces what may change.
package struct OrderRow: LedgerRow {
    package var run: RunID
    package var clientID: String
    package var strategy: String
    package var market: String
    /// `buy` or `sell`.
    package var side: String
    package var kind: String
    package var createdAt: Instant
    /// Nil for an order at market.
    package var price: Price?
    package var stopPrice: Price?
    /// Of an order that spends a sum, the most that it was expected to buy.
    package var quantity: Quantity
    package var filled: Quantity
    /// What the filled quantity cost or brought.
    package var notional: Notional
    package var state: String
    package var reason: String?
    package var closedAt: Instant?
    package var venueID: String?
    /// When we heard that it stands at the venue; nil when it never did.
    package var openedAt: Instant?
    /// What stood before it in the queue when it came to rest; nil where that is not known.
    package var ahead: Quantity?
    /// The sum that a market buy was to spend; nil for orders of a quantity.
    package var spend: Notional?

    package init(
        run: RunID, clientID: String, strategy: String, market: String, side: String, kind: String,
        createdAt: Instant, price: Price?, stopPrice: Price? = nil, quantity: Quantity,
        filled: Quantity = .zero, notional: Notional = .zero, state: String,
        reason: String? = nil, closedAt: Instant? = nil, venueID: String? = nil, openedAt: Instant? = nil,
        ahead: Quantity? = nil, spend: Notional? = nil
    ) {
        self.run = run
        self.clientID = clientID
        self.strategy = strategy
        self.market = market
        self.side = side
        self.kind = kind
        self.createdAt = createdAt
        self.price = price
        self.stopPrice = stopPrice
        self.quantity = quantity
        self.filled = filled
        self.notional = notional
        self.state = state
        self.reason = reason
        self.closedAt = closedAt
        self.venueID = venueID
        self.openedAt = openedAt
        self.ahead = ahead
        self.spend = spend
    }

    package static let table = LedgerTable(
        name: "orders", key: ["run", "client_id"],
        fixed: ["strategy", "market", "side", "kind", "created_at"],
        changing: [
            "price", "stop_price", "quantity", "filled", "notional", "state", "reason",
            "closed_at", "venue_id", "opened_at", "ahead", "spend",
        ])

    package var key: String { clientID }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(clientID)
        try columns.write(strategy)
        try columns.write(market)
        try columns.write(side)
        try columns.write(kind)
        try columns.write(createdAt)
        try columns.write(price)
        try columns.write(stopPrice)
        try columns.write(quantity)
        try columns.write(filled)
        try columns.write(notional)
        try columns.write(state)
        try columns.write(reason)
        try columns.write(closedAt)
        try columns.write(venueID)
        try columns.write(openedAt)
        try columns.write(ahead)
        try columns.write(spend)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        clientID = columns.text()
        strategy = columns.text()
        market = columns.text()
        side = columns.text()
        kind = columns.text()
        createdAt = columns.time()
        price = try columns.optionalAmount()
        stopPrice = try columns.optionalAmount()
        quantity = try columns.amount()
        filled = try columns.amount()
        notional = try columns.amount()
        state = columns.text()
        reason = columns.optionalText()
        closedAt = columns.optionalTime()
        venueID = columns.optionalText()
        openedAt = columns.optionalTime()
        ahead = try columns.optionalAmount()
        spend = try columns.optionalAmount()
    }
}
