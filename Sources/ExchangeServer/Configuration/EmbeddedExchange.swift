extension ExchangeConfiguration {
    /// What runs when no configuration is given: `configs/exchange.yaml`, word for word.
    package static var embeddedText: String {
        """
        # A local exchange that speaks CoinEx v1 and v2, for bots and any other client of the venue:
        #   swift run -c release martlet exchange configs/exchange.yaml
        # It listens on the loopback only. The keys below are throw-away: they open nothing but this exchange.
        port: 8710
        authority: ../runs/exchange   # certificates, and a key file for each account; relative to this file
        seed: 1
        rates: venue             # or: none; the windows of single groups can be set under 'windows'
        refusal_status: 200      # of replies that refuse for rate: 200 with code 213 in it, or 429
        markets:
          - name: BTCUSDT
            base: BTC
            quote: USDT
            price_decimals: 2
            amount_decimals: 8
            minimum: 0.0001
            maker_fee: 0.002
            taker_fee: 0.002
            merge: [1, 10, 100]
            flow: {start_price: 60000, events_per_second: 20, volatility: 0.6}
          - name: ETHUSDT
            base: ETH
            quote: USDT
            price_decimals: 2
            amount_decimals: 8
            minimum: 0.001
            maker_fee: 0.002
            taker_fee: 0.002
            merge: [1, 10]
            flow: {start_price: 3000, events_per_second: 20, volatility: 0.8}
          - name: CETUSDT
            base: CET
            quote: USDT
            price_decimals: 6
            amount_decimals: 2
            minimum: 10
            maker_fee: 0.003
            taker_fee: 0.003
            flow: {start_price: 0.08, order_value: 200, events_per_second: 5, volatility: 0.5}
        accounts:
          - name: first
            access_id: 10CA1000000000000000000000000001                                # throw-away
            secret_key: 10CA1000000000000000000000000000000000000000F001               # throw-away
            balances: {BTC: 10, ETH: 100, CET: 100000, USDT: 1000000}
          - name: second
            access_id: 10CA1000000000000000000000000002                                # throw-away
            secret_key: 10CA1000000000000000000000000000000000000000F002               # throw-away
            balances: {BTC: 10, ETH: 100, CET: 100000, USDT: 1000000}
            fee_discount: true

        """
    }
}
