import Quantities

/// A fill as the ledger keeps it: named by market and the venue's deal id, never changed.
package struct FillRow: LedgerRow {
    package var run: RunID
    package var market: String
    package var dealID: String
    /// The order of ours that it belongs to.
    package var clientID: String
    package var strategy: String
    /// `buy` or `sell`.
    package var side: String
    package var price: Price
    package var quantity: Quantity
    package var notional: Notional
    /// Positive when paid, negative for a rebate.
    package var fee: Amount
    package var feeAsset: String
    package var liquidity: String
    package var at: Instant

    package init(
        run: RunID, market: String, dealID: String, clientID: String, strategy: String,
        side: String, price: Price, quantity: Quantity, notional: Notional, fee: Amount,
        feeAsset: String, liquidity: String, at: Instant
    ) {
        self.run = run
        self.market = market
        self.dealID = dealID
        self.clientID = clientID
        self.strategy = strategy
        self.side = side
        self.price = price
        self.quantity = quantity
        self.notional = notional
        self.fee = fee
        self.feeAsset = feeAsset
        self.liquidity = liquidity
        self.at = at
    }

    package static let table = LedgerTable(
        name: "fills", key: ["run", "market", "deal_id"],
        fixed: [
            "client_id", "strategy", "side", "price", "quantity", "notional", "fee", "fee_asset",
            "liquidity", "at",
        ],
        changing: [])

    package var key: String { "\(market) \(dealID)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(market)
        try columns.write(dealID)
        try columns.write(clientID)
        try columns.write(strategy)
        try columns.write(side)
        try columns.write(price)
        try columns.write(quantity)
        try columns.write(notional)
        try columns.write(fee)
        try columns.write(feeAsset)
        try columns.write(liquidity)
        try columns.write(at)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        market = columns.text()
        dealID = columns.text()
        clientID = columns.text()
        strategy = columns.text()
        side = columns.text()
        price = try columns.amount()
        quantity = try columns.amount()
        notional = try columns.amount()
        fee = try columns.amount()
        feeAsset = columns.text()
        liquidity = columns.text()
        at = columns.time()
    }
}
