import Quantities
import StrategyTesting
import Testing

@testable import VolatilityGateStrategy

/// What options say, and what is quoted then.
struct VolatilityGateTests {
    private func gate(
        options: [String] = ["CALL"], _ change: (inout VolatilityGate.Parameters) -> Void = { _ in }
    ) -> TapeTest<VolatilityGate> {
        var setup = TapeSetup.oakpine()
        setup.watched = options.map { TapeMarket($0, base: $0) }
        return TapeTest(VolatilityGate.self, setup: setup) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(2)
            // A year has 31,536,000 seconds: the implied move over the horizon is a hundredth of the volatility.
            $0.horizon = .seconds(3_154)
            $0.width = 1
            change(&$0)
        }
    }

    @Test func `quotes are as wide as options say that the price moves`() throws {
        try gate().run(
            """
            time | market               | expected
            0s   | 99.99 / 100.01
            1s   | CALL: mark 5 iv 0.5  | note "quotes: implied volatility is 50.0 %"
                 |                      | #1 buy 1 @ 99.49 maker-only in OAKPINE
                 |                      | #2 sell 1 @ 100.51 maker-only in OAKPINE
            2s   | CALL: mark 5 iv 0.6
            3s   | CALL: mark 5 iv 0.69 | cancel #1, cancel #2, #1 cancelled
                 |                      | #3 buy 1 @ 99.30 maker-only in OAKPINE, #2 cancelled
                 |                      | #4 sell 1 @ 100.70 maker-only in OAKPINE
            """)
    }

    @Test func `the gate widens, shuts, and opens again behind its thresholds`() throws {
        try gate().run(
            """
            time | market                               | expected
            0s   | 99.99 / 100.01, CALL: mark 5 iv 0.69 | note "quotes: implied volatility is 69.0 %"
                 |                                      | #1 buy 1 @ 99.30 maker-only in OAKPINE
                 |                                      | #2 sell 1 @ 100.70 maker-only in OAKPINE
            1s   | CALL: mark 5 iv 0.71                 | note "quotes wide: implied volatility is 71.0 %"
                 |                                      | cancel #1
                 |                                      | cancel #2
                 |                                      | #1 cancelled
                 |                                      | #3 buy 1 @ 98.57 maker-only in OAKPINE
                 |                                      | #2 cancelled
                 |                                      | #4 sell 1 @ 101.43 maker-only in OAKPINE
            2s   | CALL: mark 5 iv 0.68
            3s   | CALL: mark 5 iv 1.01                 | note "stops quoting: implied volatility is 101.0 %"
                 |                                      | cancel #3
                 |                                      | cancel #4
                 |                                      | #3 cancelled
                 |                                      | #4 cancelled
            4s   | CALL: mark 5 iv 0.97
            5s   | 99.99 / 100.01, CALL: mark 5 iv 0.94 | note "quotes wide: implied volatility is 94.0 %"
                 |                                      | #5 buy 1 @ 98.11 maker-only in OAKPINE
                 |                                      | #6 sell 1 @ 101.89 maker-only in OAKPINE
            6s   | CALL: mark 5 iv 0.64                 | note "quotes: implied volatility is 64.0 %"
                 |                                      | cancel #5
                 |                                      | cancel #6
                 |                                      | #5 cancelled
                 |                                      | #7 buy 1 @ 99.35 maker-only in OAKPINE
                 |                                      | #6 cancelled
                 |                                      | #8 sell 1 @ 100.65 maker-only in OAKPINE
            """)
    }

    @Test func `without an implied volatility nothing is quoted, and it is told why`() throws {
        try gate().run(
            """
            time           | market                              | expected
            0s..9s by 1s   | 99.99 / 100.01
            10s            |                                     | note "does not quote: no option has told a mark"
            11s            | 99.99 / 100.01, CALL: mark 5 iv 0.5 | note "quotes: implied volatility is 50.0 %"
                           |                                     | #1 buy 1 @ 99.49 maker-only in OAKPINE
                           |                                     | #2 sell 1 @ 100.51 maker-only in OAKPINE
            12s            | CALL: mark 5                        | note "stops quoting: options tell no implied volatility"
                           |                                     | cancel #1
                           |                                     | cancel #2
                           |                                     | #1 cancelled
                           |                                     | #2 cancelled
            13s            | CALL: mark 5 iv 0.5                 | note "quotes: implied volatility is 50.0 %"
                           |                                     | #3 buy 1 @ 99.49 maker-only in OAKPINE
                           |                                     | #4 sell 1 @ 100.51 maker-only in OAKPINE
            14s..23s by 1s | 99.99 / 100.01
            23000000001ns  |                                     | note "stops quoting: the implied volatility is older than 10s"
                           |                                     | cancel #3
                           |                                     | cancel #4
                           |                                     | #3 cancelled
                           |                                     | #4 cancelled
            24s            | 99.99 / 100.01
            25s            | CALL: mark 5 iv 0.5                 | note "quotes: implied volatility is 50.0 %"
                           |                                     | #5 buy 1 @ 99.49 maker-only in OAKPINE
                           |                                     | #6 sell 1 @ 100.51 maker-only in OAKPINE
            """)
    }

    @Test func `of several options the middle counts, and old ones do not`() throws {
        try gate(options: ["ONE", "TWO", "THREE"]) { $0.ivTimeout = .seconds(5) }.run(
            """
            time         | market                               | expected
            0s           | 99.99 / 100.01, ONE: mark 5 iv 0.2   | note "quotes: implied volatility is 20.0 %"
                         |                                      | #1 buy 1 @ 99.79 maker-only in OAKPINE
                         |                                      | #2 sell 1 @ 100.21 maker-only in OAKPINE
            1s           | TWO: mark 5 iv 0.4                   | cancel #1
                         |                                      | cancel #2
                         |                                      | #1 cancelled
                         |                                      | #3 buy 1 @ 99.69 maker-only in OAKPINE
                         |                                      | #2 cancelled
                         |                                      | #4 sell 1 @ 100.31 maker-only in OAKPINE
            2s           | THREE: mark 5 iv 9
            5000000001ns |                                      | note "stops quoting: implied volatility is 470.0 %"
                         |                                      | cancel #3
                         |                                      | cancel #4
                         |                                      | #3 cancelled
                         |                                      | #4 cancelled
            6s           | 99.99 / 100.01, THREE: mark 5 iv 0.3 | note "quotes: implied volatility is 35.0 %"
                         |                                      | #5 buy 1 @ 99.64 maker-only in OAKPINE
                         |                                      | #6 sell 1 @ 100.36 maker-only in OAKPINE
            """)
    }

    @Test func `what is held moves both quotes, and ends at its limit`() throws {
        try gate().run(
            """
            time | market                              | expected
            0s   | 99.99 / 100.01, CALL: mark 5 iv 0.5 | note "quotes: implied volatility is 50.0 %"
                 |                                     | #1 buy 1 @ 99.49 maker-only in OAKPINE
                 |                                     | #2 sell 1 @ 100.51 maker-only in OAKPINE
            1s   | trade sell 1000 @ 99.30             | #1 filled 1 @ 99.49
                 |                                     | cancel #2
                 |                                     | #3 buy 1 @ 99.24 maker-only in OAKPINE
                 |                                     | #2 cancelled
                 |                                     | #4 sell 1 @ 100.26 maker-only in OAKPINE
            2s   | trade sell 1000 @ 99.00             | #3 filled 1 @ 99.24
                 |                                     | cancel #4
                 |                                     | #4 cancelled
                 |                                     | #5 sell 1 @ 100.00 maker-only in OAKPINE
            """)
    }

    @Test func `a market that cannot be read has no quotes`() throws {
        try gate().run(
            """
            time | market                              | expected
            0s   | 99.99 / 100.01, CALL: mark 5 iv 0.5 | note "quotes: implied volatility is 50.0 %"
                 |                                     | #1 buy 1 @ 99.49 maker-only in OAKPINE
                 |                                     | #2 sell 1 @ 100.51 maker-only in OAKPINE
            1s   | gap                                 | cancel #1, cancel #2, #1 cancelled, #2 cancelled
            2s   | 99.99 / 100.01                      | #3 buy 1 @ 99.49 maker-only in OAKPINE
                 |                                     | #4 sell 1 @ 100.51 maker-only in OAKPINE
            3s   | stop                                | cancel #3, cancel #4, #3 cancelled, #4 cancelled
            """)
    }

    @Test func `the same markets lead to the same decisions`() throws {
        var setup = TapeSetup.oakpine()
        setup.watched = [TapeMarket("CALL", base: "CALL")]
        try assertDeterministic(
            VolatilityGate.self,
            over: .tape(
                """
                time            | market
                0s..60s by 1s   | 99.99 / 100.01, CALL: mark 5 iv 0.5 then 100.09 / 100.11, CALL: mark 5 iv 0.9
                61s..90s by 1s  | trade sell 3 @ 98 then trade buy 3 @ 102, CALL: mark 5 iv 1.2 then 99.99 / 100.01
                """), setup: setup
        ) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(2)
        }
    }

    /// Every path of volatilities over a grid: the gate's position is what its last values say, and nothing else.
    @Test func `the gate moves only beyond its thresholds, whatever the path`() {
        let values: [Double?] = [0.5, 0.66, 0.72, 0.96, 1.1, nil]
        for path in 0..<(6 * 6 * 6 * 6) {
            var gate = Gate(widenAbove: 0.7, stopAbove: 1, hysteresis: 0.05)
            var rest = path
            for _ in 0..<4 {
                let value = values[rest % 6]
                rest /= 6
                let before = gate.position
                let hasMoved = gate.take(value.map { .success($0) } ?? .failure(.tooOld))
                #expect(hasMoved == (gate.position != before))
                switch value {
                case nil: #expect(gate.position == .blind(.tooOld))
                case 0.5?: #expect(gate.position == .open)
                case 0.66?: #expect(gate.position == (before == .wide || before == .shut ? .wide : .open))
                case 0.72?: #expect(gate.position == .wide)
                case 0.96?: #expect(gate.position == (before == .shut ? .shut : .wide))
                default: #expect(gate.position == .shut)
                }
            }
        }
    }
}
