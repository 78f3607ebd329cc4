import Configuration
import MarketModel
import Testing

struct SessionDiagnosticsTests {
    @Test func `all errors of a session are found in one reading, in its order`() {
        let faults = SessionSample.faults(
            """
            mode: papr
            strategies:
              - strategy: quoting
                name: a
                markets: [BTCUSD, ETHBTC]
                parameters: {levels: 0, spred: 1}
              - strategy: quotin
                name: a
                risk: {drawdown: {halt: 10}}
            risk:
              drawdown: {warn: 50, reduce_only: 40}
              order_rate: 5
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.001, minimum: 0.0005}
              - {name: ETHBTC, base: ETH, quote: EUR, tick: 0.01, lot: 0.1, maker_fee: -1}
            balances: {DOGE: 1}
            data: {source: recording}
            limits: {cancel_reserve: 400}
            journal: {folders: x}
            """)
        let expected = [
            "1:7: 'mode' is 'papr'",
            "5:15: 'strategies[0].markets[0]' is 'BTCUSD': there is no such market",
            "6:26: 'strategies[0].parameters.levels' is '0': it is too small",
            "6:29: unknown key 'spred' in 'strategies[0].parameters'; did you mean 'spread'?",
            "7:15: 'strategies[1].strategy' is 'quotin': it is none of the choices",
            "8:11: 'strategies[1].name' is 'a', the name of 'strategies[0].name' already",
            "9:29: 'strategies[1].risk.drawdown.halt' is 10, not above 'reduce_only' of the session (40)",
            "11:37: 'risk.drawdown.reduce_only' is 40, not above 'warn' (50)",
            "12:15: 'risk.order_rate' is '5': the interval is missing",
            "14:78: 'markets[0].minimum' is 0.0005, not a multiple of 'lot' (0.001)",
            "15:38: 'markets[1].quote' is 'EUR', and 'BTCUSDT' is paid in 'USDT'",
            "15:76: 'markets[1].maker_fee' is '-1': it is too small",
            "16:12: unknown asset 'DOGE' in 'balances'",
            "17:1: 'files' is missing in 'data'",
            "18:26: 'limits.cancel_reserve' is 400, which leaves nothing of 'total' (400/1s)",
            "19:11: unknown key 'folders' in 'journal'; did you mean 'folder'?",
        ]
        #expect(faults.count == expected.count, "\(faults)")
        for (fault, expected) in zip(faults, expected) {
            #expect(fault.hasPrefix("x.yaml:" + expected))
        }
    }

    @Test(arguments: [
        (
            "data: {source: synthetic, files: [a]}",
            "x.yaml:1:34: warning: 'data.files' has no effect on a synthetic market"
        ),
        (
            "data: {source: recording, files: [a], synthetic: {}}",
            "x.yaml:1:50: warning: 'data.synthetic' has no effect on a recording"
        ),
        (
            "limits: {place: 40/1s}",
            "x.yaml:1:17: warning: 'limits.place' is 40/1s, more than the 60/2s that the venue declares"
        ),
        (
            "journal: {tape: false, durability: power}",
            "x.yaml:1:36: warning: 'journal.durability' has no effect without a tape"
        ),
    ])
    func `what is doubtful is a warning`(top: String, warning: String) throws {
        let reading = try SessionSample.read(top + "\n" + SessionSample.minimal)
        #expect(reading.warnings.map(\.description) == [warning])
    }

    @Test func `a market that no strategy trades may be paid in any asset`() throws {
        let text =
            SessionSample.markets
                + """
                  - {name: ETHBTC, base: ETH, quote: BTC, tick: 1, lot: 1, maker_fee: -0.002, taker_fee: 0}
                strategies: [{strategy: watching, markets: [BTCUSDT]}]

                """
        let reading = try SessionSample.read(text)
        #expect(
            reading.warnings.map(\.description) == [
                "x.yaml:7:12: warning: 'markets[1].name' is 'ETHBTC', which no strategy trades",
                "x.yaml:7:71: warning: 'markets[1].maker_fee' is a rebate above the taker fee: "
                    + "trading with oneself would pay",
            ])
        #expect(reading.configuration.marketTable().assets == ["BTC", "USDT", "ETH"])
    }

    @Test func `rates that fall into the venue's windows are no cause for a warning`() throws {
        for rate in ["60/2s", "30/1s", "60/1h", "1/33334us", "20/700ms"] {
            let reading = try SessionSample.read("limits: {place: \(rate)}\n" + SessionSample.minimal)
            #expect(reading.warnings.isEmpty, "\(rate): \(reading.warnings)")
        }
        for rate in ["61/1h", "60/1s", "21/700ms", "1/32ms"] {
            let reading = try SessionSample.read("limits: {place: \(rate)}\n" + SessionSample.minimal)
            #expect(reading.warnings.count == 1, "\(rate)")
        }
    }
}
