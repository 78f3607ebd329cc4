import Quantities
import StrategyTesting
import Testing

@testable import TriangularArbitrageStrategy

/// Cycles, and what they leave behind. ELM is the outer asset, OAK the inner one, PINE is at home.
struct TriangularArbitrageTests {
    static func setup(fee: FeeRate = .zero) -> TapeSetup {
        TapeSetup {
            $0.markets = [
                TapeMarket("OAKPINE"), TapeMarket("ELMPINE", base: "ELM"),
                TapeMarket("ELMOAK", base: "ELM", quote: "OAK"),
            ]
            for index in 0..<3 { $0.markets[index].takerFee = fee }
            $0.markets[2].tick = Price(raw: 100_000_000)
            $0.balances = ["OAK": .zero, "ELM": .zero, "PINE": Amount(100_000)]
        }
    }

    private func arbitrage(
        fee: FeeRate = .zero, _ change: (inout TriangularArbitrage.Parameters) -> Void = { _ in }
    ) -> TapeTest<TriangularArbitrage> {
        TapeTest(TriangularArbitrage.self, setup: Self.setup(fee: fee)) {
            $0.orderSize = Quantity(1)
            $0.slippage = 0
            change(&$0)
        }
    }

    @Test func `an edge is taken outward, one leg after the other`() throws {
        try arbitrage().run(
            """
            time | market                                    | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01
            0.5s | ELMOAK: 0.1 / 0.1002
            1s   | ELMOAK: 0.102 / 0.1022                    | #1 buy 1 @ 10.01 ioc in ELMPINE
                 |                                           | #1 filled 1 @ 10.01
                 |                                           | #2 sell 1 @ 0.1020 ioc in ELMOAK
                 |                                           | #2 filled 1 @ 0.1020
                 |                                           | #3 sell 0.102 @ 100.00 ioc in OAKPINE
                 |                                           | #3 filled 0.102 @ 100.00
            """)
    }

    @Test func `and inward`() throws {
        try arbitrage().run(
            """
            time | market                                    | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01
            1s   | ELMOAK: 0.0978 / 0.098                    | #1 buy 0.098 @ 100.10 ioc in OAKPINE
                 |                                           | #1 filled 0.098 @ 100.10
                 |                                           | #2 buy 1 @ 0.0980 ioc in ELMOAK
                 |                                           | #2 filled 1 @ 0.0980
                 |                                           | #3 sell 1 @ 10.00 ioc in ELMPINE
                 |                                           | #3 filled 1 @ 10.00
            """)
    }

    @Test func `fees count against the edge`() throws {
        try arbitrage(fee: FeeRate(raw: 7_000_000_000)).run(
            """
            time | market                                    | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01
            0.5s | ELMOAK: 0.102 / 0.1022
            1s   | ELMOAK: 0.103 / 0.1032                    | #1 buy 1 @ 10.01 ioc in ELMPINE
                 |                                           | #1 filled 1 @ 10.01
                 |                                           | #2 sell 1 @ 0.1030 ioc in ELMOAK
                 |                                           | #2 filled 1 @ 0.1030
                 |                                           | #3 sell 0.102 @ 100.00 ioc in OAKPINE
                 |                                           | #3 filled 0.102 @ 100.00
            """)
    }

    @Test func `a leg that is filled in part leaves the rest to be sold at home`() throws {
        try arbitrage().run(
            """
            time | market                                    | venue                                                          | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01 |
            1s   | ELMOAK: 0.102 / 0.1022                    |                                                                | #1 buy 1 @ 10.01 ioc in ELMPINE
            2s   |                                           | fill #1 1, balance ELM 1                                       | #2 sell 1 @ 0.1020 ioc in ELMOAK
            3s   |                                           | fill #2 0.4, cancelled #2, balance OAK 0.0408, balance ELM 0.6 | #3 sell 0.04 @ 100.00 ioc in OAKPINE
            4s   |                                           | fill #3 0.04, balance OAK 0.0008                               | #4 sell 0.6 @ 10.00 ioc in ELMPINE
            5s   |                                           | fill #4 0.6
            """)
    }

    @Test func `what is left over is held up to a bound`() throws {
        try arbitrage {
            $0.leftovers = .hold
            $0.holdMax = Notional(5)
        }.run(
            """
            time | market                                    | venue                                                          | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01 |
            1s   | ELMOAK: 0.102 / 0.1022                    |                                                                | #1 buy 1 @ 10.01 ioc in ELMPINE
            2s   |                                           | fill #1 1, balance ELM 1                                       | #2 sell 1 @ 0.1020 ioc in ELMOAK
            3s   |                                           | fill #2 0.6, cancelled #2, balance OAK 0.0612, balance ELM 0.4 | #3 sell 0.061 @ 100.00 ioc in OAKPINE
            4s   |                                           | fill #3 0.061
            5s   | stop                                      |                                                                | note "1 cycles: 1 went round, 0 found nothing; 0 sales of leftovers; held are 0.0002 OAK and 0.4 ELM"
            """)
    }

    @Test func `one cycle is in flight, whatever the market does meanwhile`() throws {
        try arbitrage().run(
            """
            time | market                                                          | venue     | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01                       |
            1s   | ELMOAK: 0.102 / 0.1022                                          |           | #1 buy 1 @ 10.01 ioc in ELMPINE
            2s   | ELMOAK: 0.103 / 0.1032                                          | lose #1   | ask #1
            3s   | ELMOAK: 0.104 / 0.1042                                          |
            4s   |                                                                 | absent #1 | ask #1, note "leg 1 refused: it could not be sent"
            5s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01, ELMOAK: 0.1 / 0.1002 |
            """)
    }

    @Test func `a first leg that finds nothing ends the cycle`() throws {
        try arbitrage().run(
            """
            time | market                                    | venue        | expected
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01 |
            1s   | ELMOAK: 0.102 / 0.1022                    |              | #1 buy 1 @ 10.01 ioc in ELMPINE
            1.1s |                                           | cancelled #1
            1.2s | ELMOAK: 0.1 / 0.1002                      |
            2s   | stop                                      |              | note "1 cycles: 0 went round, 1 found nothing; 0 sales of leftovers; held are 0 OAK and 0 ELM"
            """)
    }

    @Test func `no cycle begins on old quotes`() throws {
        try arbitrage().run(
            """
            time | market
            0s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01
            2s   | ELMOAK: 0.102 / 0.1022
            """)
    }

    @Test func `the same markets lead to the same decisions`() throws {
        try assertDeterministic(
            TriangularArbitrage.self,
            over: .tape(
                """
                time            | market
                0s..60s by 1s   | OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01, ELMOAK: 0.102 x 0.3 / 0.1022 then OAKPINE: 100 / 100.1, ELMPINE: 10 / 10.01, ELMOAK: 0.0978 / 0.098 x 0.6
                """), setup: Self.setup(fee: FeeRate(raw: 1_000_000_000))
        ) {
            $0.orderSize = Quantity(1)
        }
    }

    @Test func `markets that make no triangle are refused`() throws {
        var setup = Self.setup()
        setup.markets[2].quote = "FIR"
        let test = try TapeTest(TriangularArbitrage.self, setup: setup)
        #expect {
            _ = try test.report(on: "time | market\n0s | 1 / 2")
        } throws: {
            "\($0)".hasSuffix("OAKPINE, ELMPINE, ELMOAK make no triangle")
        }
    }
}
