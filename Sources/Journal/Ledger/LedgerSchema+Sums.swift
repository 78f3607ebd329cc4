// Schema 3: market buys that spend a sum. `spend` is NULL for orders of a quantity, and in rows of earlier runs.

extension LedgerSchema {
    static let sums = """
        ALTER TABLE orders ADD COLUMN spend TEXT;

        DROP VIEW orders_numbers;
        CREATE VIEW orders_numbers AS SELECT run, client_id, strategy, market, side, kind,
          CAST(price AS REAL) AS price, CAST(stop_price AS REAL) AS stop_price,
          CAST(quantity AS REAL) AS quantity, CAST(spend AS REAL) AS spend,
          CAST(filled AS REAL) AS filled, CAST(notional AS REAL) AS notional,
          CAST(ahead AS REAL) AS ahead, state, reason,
          strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1e9, 'unixepoch') AS created_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', opened_at / 1e9, 'unixepoch') AS opened_at,
          strftime('%Y-%m-%dT%H:%M:%fZ', closed_at / 1e9, 'unixepoch') AS closed_at,
          venue_id FROM orders;
        """
}
