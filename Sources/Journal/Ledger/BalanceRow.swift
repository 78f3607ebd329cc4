import Quantities

/// What an account held of an asset at a time; a later row for the same time replaces it.
package struct BalanceRow: LedgerRow {
    package var run: RunID
    package var at: Instant
    package var asset: String
    package var total: Amount
    /// The part that is not tied up in orders.
    package var available: Amount

    package init(run: RunID, at: Instant, asset: String, total: Amount, available: Amount) {
        self.run = run
        self.at = at
        self.asset = asset
        self.total = total
        self.available = available
    }

    package static let table = LedgerTable(
        name: "balances", key: ["run", "at", "asset"], fixed: [],
        changing: ["total", "available"])

    package var key: String { "\(asset) at \(at)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(at)
        try columns.write(asset)
        try columns.write(total)
        try columns.write(available)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        at = columns.time()
        asset = columns.text()
        total = try columns.amount()
        available = try columns.amount()
    }
}
