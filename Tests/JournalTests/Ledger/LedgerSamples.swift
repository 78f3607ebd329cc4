import Quantities

@testable import Journal

let sampleRun = RunRecord(
    startedAt: Instant(milliseconds: 1_723_161_253_937), mode: "paper",
    configText: "strategies:\n  - name: 'grid'\n", configHash: "0f1e", seed: .max)

let sampleEnding = RunRecord.Ending(
    at: Instant(milliseconds: 1_723_161_300_000), outcome: "stopped", decisions: 12_345,
    decisionHash: 0x00AB_CDEF_0123_4567)

func sampleOrder(_ run: RunID, _ clientID: String = "m1-grid-7-1") throws -> OrderRow {
    OrderRow(
        run: run, clientID: clientID, strategy: "grid", market: "BTCUSDT", side: "buy",
        kind: "limit", createdAt: Instant(nanoseconds: 1_723_161_253_937_085_768),
        price: try Price("61837.63"), quantity: try Quantity("0.000000000123"), state: "open",
        openedAt: Instant(nanoseconds: 1_723_161_253_937_085_999), ahead: try Quantity("1.5"))
}

func sampleFill(_ run: RunID, _ dealID: String = "3514376759") throws -> FillRow {
    FillRow(
        run: run, market: "BTCUSDT", dealID: dealID, clientID: "m1-grid-7-1", strategy: "grid",
        side: "buy", price: try Price("61837.63"), quantity: try Quantity("0.1"),
        notional: try Notional("6183.763"), fee: try Amount("-0.000123"), feeAsset: "CET",
        liquidity: "maker", at: Instant(nanoseconds: -1))
}

func sampleTransaction(
    _ run: RunID, _ id: String = "deal 1", amount: String = "6183.763"
) throws -> LedgerTransaction {
    LedgerTransaction(
        run: run, id: id, at: Instant(milliseconds: 5),
        postings: [
            .init("grid", "BTC", try Amount("0.1")),
            .init("market", "BTC", try Amount("-0.1")),
            .init("grid", "USDT", try Amount("-" + amount)),
            .init("market", "USDT", try Amount(amount)),
        ])
}

func sampleBatch(_ run: RunID) throws -> LedgerBatch {
    var batch = LedgerBatch()
    batch.orders = [try sampleOrder(run), try sampleOrder(run, "m1-grid-7-2")]
    batch.fills = [try sampleFill(run), try sampleFill(run, "3514376760")]
    batch.transactions = [try sampleTransaction(run)]
    batch.balances = [
        BalanceRow(
            run: run, at: Instant(milliseconds: 9), asset: "USDT",
            total: try Amount("999999999999999999.999999999999"), available: .zero)
    ]
    batch.equity = [
        EquityRow(
            run: run, at: Instant(milliseconds: 9), strategy: "grid", market: "BTCUSDT",
            equity: try Notional("1000.5"), position: try Quantity("-0.1"), markPrice: nil,
            realized: try Notional("-1"), unrealized: .zero, spread: try Notional("2.5"),
            fees: try Notional("0.1"), rebates: .zero, ownBid: try Price("61837.62"), ownAsk: nil)
    ]
    batch.markets = [
        MarketRow(
            run: run, market: "BTCUSDT", base: "BTC", quote: "USDT", tick: try Price("0.01"),
            lot: try Quantity("0.00001"))
    ]
    batch.prices = [
        PriceRow(
            run: run, at: Instant(milliseconds: 9), market: "BTCUSDT", bid: try Price("61837.62"), ask: nil)
    ]
    batch.fillMids = [
        FillMidRow(
            run: run, market: "BTCUSDT", dealID: "3514376759", afterMilliseconds: 5_000,
            mid: try Price("61837.625"))
    ]
    batch.notes = [NoteRow(run: run, number: 1, at: Instant(milliseconds: 9), text: "a note")]
    return batch
}

extension Ledger {
    func rows<Row: LedgerRow>(_ type: Row.Type, of run: RunID) throws(LedgerError) -> [Row] {
        var rows: [Row] = []
        try forEach(type, of: run) { (row: Row) in rows.append(row) }
        return rows
    }

    /// How many rows of each table a run has: orders, fills, entries, balances, equity.
    func counts(of run: RunID) throws(LedgerError) -> [Int] {
        [
            try rows(OrderRow.self, of: run).count, try rows(FillRow.self, of: run).count,
            try rows(EntryRow.self, of: run).count, try rows(BalanceRow.self, of: run).count,
            try rows(EquityRow.self, of: run).count,
        ]
    }
}
