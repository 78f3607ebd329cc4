// Schema 2: what a report of a run needs. Rows of earlier runs have NULL in the columns that came new.

extension LedgerSchema {
    static let reports = """
        ALTER TABLE runs ADD COLUMN folder TEXT;
        ALTER TABLE orders ADD COLUMN opened_at INTEGER;
        ALTER TABLE orders ADD COLUMN ahead TEXT;
        ALTER TABLE equity ADD COLUMN spread TEXT;
        ALTER TABLE equity ADD COLUMN fees TEXT;
        ALTER TABLE equity ADD COLUMN rebates TEXT;
        ALTER TABLE equity ADD COLUMN own_bid TEXT;
        ALTER TABLE equity ADD COLUMN own_ask TEXT;

        CREATE TABLE markets (
          run INTEGER NOT NULL REFERENCES runs(id),
          market TEXT NOT NULL,
          base TEXT NOT NULL,
          quote TEXT NOT NULL,
          tick TEXT NOT NULL,
          lot TEXT NOT NULL,
          PRIMARY KEY (run, market)
        ) STRICT;

        CREATE TABLE prices (
          run INTEGER NOT NULL REFERENCES runs(id),
          at INTEGER NOT NULL,
          market TEXT NOT NULL,
          bid TEXT,
          ask TEXT,
          PRIMARY KEY (run, at, market)
        ) STRICT;

        CREATE TABLE fill_mids (
          run INTEGER NOT NULL REFERENCES runs(id),
          market TEXT NOT NULL,
          deal_id TEXT NOT NULL,
          after_ms INTEGER NOT NULL,
          mid TEXT NOT NULL,
          PRIMARY KEY (run, market, deal_id, after_ms)
        ) STRICT;

        CREATE TABLE notes (
          run INTEGER NOT NULL REFERENCES runs(id),
          number INTEGER NOT NULL,
          at INTEGER NOT NULL,
          text TEXT NOT NULL,
          PRIMARY KEY (run, number)
        ) STRICT;

        DROP VIEW orders_numbers;
        CREATE VIEW orders_numbers AS SELECT run, client_id, strategy, market, side, kind,
          CAST(price AS REAL) AS price, CAST(stop_price AS REAL) AS stop_price,
          CAST(quantity AS REAL) AS quantity, CAST(filled AS REAL) AS filled,
          CAST(notional AS REAL) AS notional, CAST(ahead AS REAL) AS ahead, state, reason,
          strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1e9, 'unixepoch') AS created_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', opened_at / 1e9, 'unixepoch') AS opened_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', closed_at / 1e9, 'unixepoch') AS closed_at,
          venue_id FROM orders;

        DROP VIEW equity_numbers;
        CREATE VIEW equity_numbers AS SELECT run,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at, strategy, market,
          CAST(equity AS REAL) AS equity, CAST(position AS REAL) AS position,
          CAST(mark_price AS REAL) AS mark_price, CAST(realized AS REAL) AS realized,
          CAST(unrealized AS REAL) AS unrealized, CAST(spread AS REAL) AS spread,
          CAST(equity AS REAL) - CAST(spread AS REAL) + CAST(fees AS REAL) - CAST(rebates AS REAL)
            AS inventory,
          CAST(fees AS REAL) AS fees, CAST(rebates AS REAL) AS rebates,
          CAST(own_bid AS REAL) AS own_bid, CAST(own_ask AS REAL) AS own_ask FROM equity;

        CREATE VIEW prices_numbers AS SELECT run,
          strftime('%Y-%m-%dT%H:%M:%fZ', at / 1e9, 'unixepoch') AS at, market,
          CAST(bid AS REAL) AS bid, CAST(ask AS REAL) AS ask,
          (CAST(bid AS REAL) + CAST(ask AS REAL)) / 2 AS mid FROM prices;

        CREATE VIEW markouts AS SELECT fills.run, fills.market, fills.deal_id, fills.strategy,
          fills.side, fills.liquidity, after_ms,
          (CAST(mid AS REAL) - CAST(price AS REAL)) * iif(side = 'buy', 1, -1) / CAST(price AS REAL) * 1e4
            AS basis_points,
          (CAST(mid AS REAL) - CAST(price AS REAL)) * iif(side = 'buy', 1, -1) * CAST(quantity AS REAL)
            AS quote_value
          FROM fill_mids JOIN fills USING (run, market, deal_id);
        """
}
