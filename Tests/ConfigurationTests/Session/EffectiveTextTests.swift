import Configuration
import Testing

struct EffectiveTextTests {
    @Test(arguments: [
        SessionSample.minimal, SessionSample.complete, "balances: {}\n" + SessionSample.minimal,
        "data: {source: recording, files: [\"a \\\"b\\\" \\u2028.gz\", 'null', '- x', C:\\d, é]}\n"
            + SessionSample.minimal,
        "pace: 0.001\nmode: backtest\n" + SessionSample.minimal,
    ])
    func `the effective text means the same configuration`(text: String) throws {
        let session = try SessionSample.read(text).configuration
        let again = try SessionSample.read(session.effectiveText).configuration
        #expect(again.effectiveText == session.effectiveText)
        #expect(again.effectiveHash == session.effectiveHash)
        // All parameters are set now, where before some had their defaults.
        var same = again
        for index in same.strategies.indices {
            same.strategies[index].parameters = session.strategies[index].parameters
        }
        #expect(same == session)
    }

    @Test func `the effective text says everything`() throws {
        let text = "strategies: [{strategy: quoting, parameters: {levels: 4}}]\n" + SessionSample.markets
        let session = try SessionSample.read(text).configuration
        #expect(
            session.effectiveText == """
                mode: paper
                seed: 1
                pace: 1
                venue: coinex
                limits:
                  place: 60/2s
                  cancel: 60/2s
                  batch: 20/2s
                  query: 100/2s
                  total: 400/1s
                  cancel_reserve: 60
                  batch_size: 100
                data:
                  source: synthetic
                  synthetic:
                    price: 60000
                    order_value: 2000
                    spread_ticks: 1
                    depth_levels: 30
                    events_per_second: 100
                    volatility: 0.6
                    clustering: 0.6
                markets:
                  - name: BTCUSDT
                    base: BTC
                    quote: USDT
                    tick: 0.01
                    lot: 0.00001
                    minimum: 0.00001
                    minimum_notional: 0
                    maker_fee: 0.002
                    taker_fee: 0.002
                balances:
                  USDT: 100000
                strategies:
                  - strategy: quoting
                    name: quoting
                    markets: [BTCUSDT]
                    parameters:
                      spread: 0.0005
                      levels: 4
                      passive: true
                      pause: 250ms
                      floor: 1
                      size: 0.001
                      budget: 1000
                      style: calm
                    risk:
                      open_orders_max: 200
                      refusal_rate: 100/1s
                      needs_fresh_quote: true
                      drawdown: {}
                risk:
                  open_orders_max: 200
                  refusal_rate: 100/1s
                  needs_fresh_quote: true
                  drawdown: {}
                  stale_after: 10s
                simulation:
                  latency:
                    feed: 5ms
                    order: 10ms
                    response: 10ms
                    jitter: 2ms
                  queue: pessimistic
                journal:
                  folder: runs
                  tape: true
                  ledger: true
                  durability: process

                """)
        #expect(session.effectiveHash.count == 16)
    }

    @Test func `the hash does not see the notation, and sees every value`() throws {
        let plain = try SessionSample.read("seed: 2\nmode: paper\n" + SessionSample.minimal).configuration
        let other = try SessionSample.read(
            "# seeds\nmode: \"paper\"\n" + SessionSample.minimal + "seed: 2\nduration: 60s")
        var withoutDuration = other.configuration
        #expect(withoutDuration.effectiveHash != plain.effectiveHash)
        withoutDuration.duration = nil
        #expect(withoutDuration.effectiveHash == plain.effectiveHash)
    }
}
