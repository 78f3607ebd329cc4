import CrossVenueMakerStrategy
import Quantities
import StrategyTesting
import Testing

/// Where the quotes stand, and when there are none.
struct CrossVenueMakerTests {
    /// One mid a second brings the basis; quoting begins with the tenth.
    private func maker(
        base: Amount = Amount(1_000), makerFee: FeeRate = .zero,
        _ change: (inout CrossVenueMaker.Parameters) -> Void = { _ in }
    ) -> TapeTest<CrossVenueMaker> {
        var setup = TapeSetup.oakpine(base: base, makerFee: makerFee)
        setup.watched = [TapeMarket("LEAD")]
        return TapeTest(CrossVenueMaker.self, setup: setup) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(2)
            $0.edge = 10
            $0.skew = 20
            $0.requoteThreshold = 3
            change(&$0)
        }
    }

    @Test func `quotes stand around the leader's price, moved by what the venues differ on the average`()
        throws
    {
        try maker().run(
            """
            time         | market                                | expected
            0s..9s by 1s | 101 / 101.02, LEAD: 99.99 / 100.01    | #1 buy 1 @ 100.90 maker-only in OAKPINE
                         |                                       | #2 sell 1 @ 101.12 maker-only in OAKPINE
            10s          | LEAD: 100.19 / 100.21                 | cancel #1
                         |                                       | cancel #2
                         |                                       | #1 cancelled
                         |                                       | #3 buy 1 @ 101.01 maker-only in OAKPINE
                         |                                       | #2 cancelled
                         |                                       | #4 sell 1 @ 101.30 maker-only in OAKPINE
            11s          | 101.2 / 101.22, LEAD: 100.19 / 100.21 | cancel #3
                         |                                       | #3 cancelled
                         |                                       | #5 buy 1 @ 101.09 maker-only in OAKPINE
            """)
    }

    @Test func `what is held moves both quotes, and ends at its limit`() throws {
        try maker().run(
            """
            time         | market                               | expected
            0s..9s by 1s | 99.99 / 100.01, LEAD: 99.99 / 100.01 | #1 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                      | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s          | trade sell 1000 @ 99.80              | #1 filled 1 @ 99.90
                         |                                      | cancel #2
                         |                                      | #3 buy 1 @ 99.80 maker-only in OAKPINE
                         |                                      | #2 cancelled
                         |                                      | #4 sell 1 @ 100.00 maker-only in OAKPINE
            11s          | 99.99 / 100.01, LEAD: 99.99 / 100.01
            12s          | trade sell 1000 @ 99.60              | #3 filled 1 @ 99.80
            13s          | 99.99 / 100.01, LEAD: 99.99 / 100.01
            """)
    }

    @Test func `a silent leader takes the quotes away, and brings them back`() throws {
        try maker().run(
            """
            time           | market                               | expected
            0s..9s by 1s   | 99.99 / 100.01, LEAD: 99.99 / 100.01 | #1 buy 1 @ 99.90 maker-only in OAKPINE
                           |                                      | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s..11s by 1s | 99.99 / 100.01
            11000000001ns  |                                      | note "quotes withdrawn: LEAD is silent"
                           |                                      | cancel #1
                           |                                      | cancel #2
                           |                                      | #1 cancelled
                           |                                      | #2 cancelled
            12s..13s by 1s | 99.99 / 100.01
            14s            | LEAD: 99.99 / 100.01                 | note "quotes again"
                           |                                      | #3 buy 1 @ 99.90 maker-only in OAKPINE
                           |                                      | #4 sell 1 @ 100.10 maker-only in OAKPINE
            """)
    }

    @Test func `without a leader there are no quotes, and none without a market of one's own`() throws {
        try maker().run(
            """
            time         | market                               | expected
            0s..9s by 1s | 99.99 / 100.01, LEAD: 99.99 / 100.01 | #1 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                      | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s          | LEAD: gap                            | note "quotes withdrawn: LEAD cannot be read"
                         |                                      | cancel #1
                         |                                      | cancel #2
                         |                                      | #1 cancelled
                         |                                      | #2 cancelled
            11s          | LEAD: 99.99 / 100.01                 | note "quotes again"
                         |                                      | #3 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                      | #4 sell 1 @ 100.10 maker-only in OAKPINE
            12s          | gap                                  | note "quotes withdrawn: OAKPINE cannot be read"
                         |                                      | cancel #3
                         |                                      | cancel #4
                         |                                      | #3 cancelled
                         |                                      | #4 cancelled
            13s          | 99.99 / 100.01, LEAD: 99.99 / 100.01 | note "quotes again"
                         |                                      | #5 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                      | #6 sell 1 @ 100.10 maker-only in OAKPINE
            """)
    }

    @Test func `venues that are too far apart are not believed`() throws {
        try maker().run(
            """
            time         | market                               | expected
            0s..9s by 1s | 99.99 / 100.01, LEAD: 99.99 / 100.01 | #1 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                      | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s          | LEAD: 101.99 / 102.01                | note "quotes withdrawn: LEAD and OAKPINE are too far apart"
                         |                                      | cancel #1
                         |                                      | cancel #2
                         |                                      | #1 cancelled
                         |                                      | #2 cancelled
            11s          | LEAD: 99.99 / 100.01                 | note "quotes again"
                         |                                      | #3 buy 1 @ 99.85 maker-only in OAKPINE
                         |                                      | #4 sell 1 @ 100.06 maker-only in OAKPINE
            """)
    }

    @Test func `quotes never cross the own market, and stand off by the fee`() throws {
        try maker(makerFee: FeeRate(raw: 1_000_000_000)) { $0.edge = 0 }.run(
            """
            time         | market                                | expected
            0s..9s by 1s | 99.99 / 100.01, LEAD: 99.99 / 100.01  | #1 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                       | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s          | 99.99 / 100.01, LEAD: 100.29 / 100.31 | cancel #1
                         |                                       | cancel #2
                         |                                       | #1 cancelled
                         |                                       | #3 buy 1 @ 100.00 maker-only in OAKPINE
                         |                                       | #2 cancelled
                         |                                       | #4 sell 1 @ 100.41 maker-only in OAKPINE
            """)
    }

    @Test func `an order of unknown fate is not doubled, and a refused one rests`() throws {
        try maker(base: .zero).run(
            """
            time          | market                                 | venue                | expected
            0s..9s by 1s  | 99.99 / 100.01, LEAD: 99.99 / 100.01   |                      | #1 buy 1 @ 99.90 maker-only in OAKPINE
            10s           |                                        | lose #1              | ask #1
            11s           | 99.99 / 100.01, LEAD: 100.19 / 100.21  |                      | cancel #1
            12s           |                                        |                      | ask #1
            13s           |                                        | absent #1            | note "bid refused: it could not be sent"
            13000000001ns |                                        |                      | note "quotes withdrawn: LEAD is silent"
            14s           | 100.19 / 100.21, LEAD: 100.19 / 100.21 |                      | note "quotes again"
            16000000001ns |                                        |                      | note "quotes withdrawn: LEAD is silent"
            19s           | 100.19 / 100.21, LEAD: 100.19 / 100.21 |                      | note "quotes again", #2 buy 1 @ 100.08 maker-only in OAKPINE
            19.5s         |                                        | refuse #2 no-balance | note "bid refused: venue: balance does not cover it"
            20s           | 100.19 / 100.21, LEAD: 100.19 / 100.21 |
            22000000001ns |                                        |                      | note "quotes withdrawn: LEAD is silent"
            25s           | 100.19 / 100.21, LEAD: 100.19 / 100.21 |                      | note "quotes again", #3 buy 1 @ 100.08 maker-only in OAKPINE
            """)
    }

    @Test func `a leader's price leans to the side on which less is offered`() throws {
        try maker { $0.leaderPrice = .weighted }.run(
            """
            time         | market                                 | expected
            0s..9s by 1s | 99.99 / 100.01, LEAD: 99 x 1 / 101 x 1 | #1 buy 1 @ 99.90 maker-only in OAKPINE
                         |                                        | #2 sell 1 @ 100.10 maker-only in OAKPINE
            10s          | LEAD: 99 x 1.1 / 101 x 0.9             | cancel #1
                         |                                        | cancel #2
                         |                                        | #1 cancelled
                         |                                        | #3 buy 1 @ 99.99 maker-only in OAKPINE
                         |                                        | #2 cancelled
                         |                                        | #4 sell 1 @ 100.20 maker-only in OAKPINE
            """)
    }

    @Test func `the same markets lead to the same decisions`() throws {
        var setup = TapeSetup.oakpine()
        setup.watched = [TapeMarket("LEAD")]
        try assertDeterministic(
            CrossVenueMaker.self,
            over: .tape(
                """
                time            | market
                0s..120s by 1s  | 99.99 / 100.01, LEAD: 99.99 / 100.01 then 100.01 / 100.03, LEAD: 100.09 / 100.11
                121s..140s by 1s | trade sell 3 @ 99.9 then trade buy 3 @ 100.2
                """), setup: setup
        ) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(2)
        }
    }

    @Test(arguments: [
        ("order_size", "order_size 0.0015 is not a multiple of the lot of OAKPINE, 0.001"),
        ("max_inventory", "max_inventory 0.001 is below order_size 1"),
        ("sample_interval", "sample_interval 360s exceeds basis_window 300s"),
    ])
    func `parameters that do not fit are refused`(name: String, message: String) throws {
        let test = maker {
            switch name {
            case "order_size": $0.orderSize = Quantity(raw: 1_500_000_000)
            case "max_inventory": $0.maxInventory = Quantity(raw: 1_000_000_000)
            default: $0.sampleInterval = .minutes(6)
            }
        }
        #expect {
            _ = try test.report(on: "time | market\n0s | 1 / 2")
        } throws: {
            "\($0)" == message
        }
    }
}
