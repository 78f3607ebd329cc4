// The tables as a notebook sees them. Amounts are exact decimal texts, times are nanoseconds since
// 1970 UTC; the views whose names end in `_numbers` have the amounts as REAL and the times as text,
// for plotting, not for accounting. A released version of the schema is never changed: the next one
// is a further element of `migrations`.

enum LedgerSchema {
    /// `MRTL`, in the header of the file: whose database it is.
    static let applicationID: Int64 = 0x4D52_544C

    /// The statements that lead from version n (the index) to n + 1.
    static let migrations = [tables + views, reports, sums]

    /// The version that is written.
    static var version: Int { migrations.count }

    private static let tables = """
        CREATE TABLE runs (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          started_at INTEGER NOT NULL,
          mode TEXT NOT NULL,
          config_text TEXT NOT NULL,
          config_hash TEXT NOT NULL,
          seed TEXT NOT NULL,
          decisions INTEGER,
          decision_hash TEXT,
          ended_at INTEGER,
          outcome TEXT
        ) STRICT;

        CREATE TABLE orders (
          run INTEGER NOT NULL REFERENCES runs(id),
          client_id TEXT NOT NULL,
          strategy TEXT NOT NULL,
          market TEXT NOT NULL,
          side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
          kind TEXT NOT NULL,
          price TEXT,
          stop_price TEXT,
          quantity TEXT NOT NULL,
          filled TEXT NOT NULL,
          notional TEXT NOT NULL,
          state TEXT NOT NULL,
          reason TEXT,
          created_at INTEGER NOT NULL,
          closed_at INTEGER,
          venue_id TEXT,
          PRIMARY KEY (run, client_id)
        ) STRICT;

        CREATE TABLE fills (
          run INTEGER NOT NULL REFERENCES runs(id),
          market TEXT NOT NULL,
          deal_id TEXT NOT NULL,
          client_id TEXT NOT NULL,
          strategy TEXT NOT NULL,
          side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
          price TEXT NOT NULL,
          quantity TEXT NOT NULL,
          notional TEXT NOT NULL,
          fee TEXT NOT NULL,
          fee_asset TEXT NOT NULL,
          liquidity TEXT NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (run, market, deal_id)
        ) STRICT;

        CREATE TABLE entries (
          run INTEGER NOT NULL REFERENCES runs(id),
          transaction_id TEXT NOT NULL,
          leg INTEGER NOT NULL,
          legs INTEGER NOT NULL,
          at INTEGER NOT NULL,
          account TEXT NOT NULL,
          asset TEXT NOT NULL,
          amount TEXT NOT NULL,
          PRIMARY KEY (run, transaction_id, leg)
        ) STRICT;

        CREATE TABLE balances (
          run INTEGER NOT NULL REFERENCES runs(id),
          at INTEGER NOT NULL,
          asset TEXT NOT NULL,
          total TEXT NOT NULL,
          available TEXT NOT NULL,
          PRIMARY KEY (run, at, asset)
        ) STRICT;

        CREATE TABLE equity (
          run INTEGER NOT NULL REFERENCES runs(id),
          at INTEGER NOT NULL,
          strategy TEXT NOT NULL,
          market TEXT NOT NULL,
          equity TEXT NOT NULL,
          position TEXT NOT NULL,
          mark_price TEXT,
          realized TEXT NOT NULL,
          unrealized TEXT NOT NULL,
          PRIMARY KEY (run, at, strategy, market)
        ) STRICT;

        """

    private static let views = """
        CREATE VIEW orders_numbers AS SELECT run, client_id, strategy, market, side, kind,
          CAST(price AS REAL) AS price, CAST(stop_price AS REAL) AS stop_price,
          CAST(quantity AS REAL) AS quantity, CAST(filled AS REAL) AS filled,
          CAST(notional AS REAL) AS notional, state, reason,
          strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1e9, 'unixepoch') AS created_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', closed_at / 1e9, 'unixepoch') AS closed_at,
          venue_id FROM orders;

        CREATE VIEW fills_numbers AS SELECT run, market, deal_id, client_id, strategy, side,
          CAST(price AS REAL) AS price, CAST(quantity AS REAL) AS quantity,
          CAST(notional AS REAL) AS notional, CAST(fee AS REAL) AS fee, fee_asset, liquidity,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at FROM fills;

        CREATE VIEW entries_numbers AS SELECT run, transaction_id, leg,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at,
          account, asset, CAST(amount AS REAL) AS amount FROM entries;

        CREATE VIEW balances_numbers AS SELECT run,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at, asset,
          CAST(total AS REAL) AS total, CAST(available AS REAL) AS available FROM balances;

        CREATE VIEW equity_numbers AS SELECT run,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at, strategy, market,
          CAST(equity AS REAL) AS equity, CAST(position AS REAL) AS position,
          CAST(mark_price AS REAL) AS mark_price, CAST(realized AS REAL) AS realized,
          CAST(unrealized AS REAL) AS unrealized FROM equity;

        CREATE VIEW fees AS SELECT run, strategy, market, fee_asset AS asset,
          count(*) AS fills, sum(CAST(fee AS REAL)) AS fee
          FROM fills GROUP BY run, strategy, market, fee_asset;
        """
}
