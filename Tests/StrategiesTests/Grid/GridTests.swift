import GridStrategy
import MarketModel
import Quantities
import StrategyTesting
import Testing

/// A grid around 100 with two lines of 1 % on each side: 98.03, 99.01, 100, 101, 102.01.
struct GridTests {
    private func grid(
        setup: TapeSetup = .oakpine(), _ change: (inout Grid.Parameters) throws -> Void = { _ in }
    ) rethrows -> TapeTest<Grid> {
        try TapeTest(Grid.self, setup: setup) {
            $0.orderSize = Quantity(1)
            $0.levels = 2
            $0.spacing = 100
            try change(&$0)
        }
    }

    @Test func `a market that swings earns a step each time`() throws {
        try grid().run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #1 buy 1 @ 100.00 maker-only
                 |                 | #2 buy 1 @ 99.01 maker-only
                 |                 | #3 buy 1 @ 98.03 maker-only
            1s   | 99.00 / 99.01   | #1 filled 1 @ 100.00
                 |                 | #4 sell 1 @ 101.00 maker-only
                 |                 | #2 filled 1 @ 99.01
                 |                 | #5 sell 1 @ 100.00 maker-only
            2s   | 99.95 / 100.05
            3s   | 98.00 / 98.02   | #3 filled 1 @ 98.03, #6 sell 1 @ 99.01 maker-only
            4s   | 101.20 / 101.30 | #6 filled 1 @ 99.01
                 |                 | #7 buy 1 @ 98.03 maker-only
                 |                 | #5 filled 1 @ 100.00
                 |                 | #8 buy 1 @ 99.01 maker-only
                 |                 | #4 filled 1 @ 101.00
                 |                 | #9 buy 1 @ 101.00 maker-only
                 |                 | #10 buy 1 @ 100.00 maker-only
            5s   | 99.95 / 100.05  | #9 filled 1 @ 101.00, #11 sell 1 @ 102.01 maker-only
            """)
    }

    @Test func `with holdings it sells from the start`() throws {
        try grid { $0.start = .holdings }.run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #1 sell 1 @ 101.00 maker-only
                 |                 | #2 buy 1 @ 99.01 maker-only
                 |                 | #3 sell 1 @ 102.01 maker-only
                 |                 | #4 buy 1 @ 98.03 maker-only
            1s   | 101.05 / 101.10 | #1 filled 1 @ 101.00, #5 buy 1 @ 100.00 maker-only
            2s   | 99.95 / 100.05
            """)
    }

    @Test func `with little of the base asset it sells that much`() throws {
        try grid(setup: .oakpine(base: Amount(raw: 1_500_000_000_000))) { $0.start = .holdings }.run(
            """
            time | market         | expected
            0s   | 99.95 / 100.05 | #1 sell 1 @ 101.00 maker-only
                 |                | #2 buy 1 @ 99.01 maker-only
                 |                | #3 sell 0.5 @ 102.01 maker-only
                 |                | #4 buy 1 @ 98.03 maker-only
            """)
    }

    @Test func `a position of an earlier run is sold above the market`() throws {
        var setup = TapeSetup.oakpine()
        setup.position = TapePosition(Quantity(raw: 2_500_000_000_000), at: Price(100))
        try grid(setup: setup).run(
            """
            time | market         | expected
            0s   | 99.95 / 100.05 | #1 sell 1 @ 101.00 maker-only
                 |                | #2 sell 0.5 @ 100.00 maker-only
                 |                | #3 buy 0.5 @ 99.01 maker-only
                 |                | #4 sell 1 @ 102.01 maker-only
                 |                | #5 buy 1 @ 98.03 maker-only
            """)
    }

    @Test func `money for two buys makes two buys`() throws {
        var setup = TapeSetup.oakpine()
        setup.balances = ["PINE": Amount(250)]
        try grid(setup: setup).run(
            """
            time | market         | expected
            0s   | 99.95 / 100.05 | #1 buy 1 @ 100.00 maker-only, #2 buy 1 @ 99.01 maker-only
            1s   | 97.00 / 97.10  | #1 filled 1 @ 100.00
                 |                | #3 sell 1 @ 101.00 maker-only
                 |                | #2 filled 1 @ 99.01
                 |                | #4 sell 1 @ 100.00 maker-only
            """)
    }

    @Test func `partial fills are answered in parts`() throws {
        try grid().run(
            """
            time | market         | venue        | expected
            0s   | 99.95 / 100.05 | answers      | #1 buy 1 @ 100.00 maker-only
                 |                |              | #2 buy 1 @ 99.01 maker-only
                 |                |              | #3 buy 1 @ 98.03 maker-only
            1s   |                | fill #1 0.05
            2s   |                | fill #1 0.25 | #4 sell 0.3 @ 101.00 maker-only
            3s   |                | fill #1 0.7  | cancel #4, #5 sell 1 @ 101.00 maker-only
            4s   |                | fill #5 0.4  | #6 buy 0.4 @ 100.00 maker-only
            5s   |                | fill #5 0.6  | cancel #6, #7 buy 1 @ 100.00 maker-only
            """)
    }

    @Test func `the grid follows a market that has left it upwards`() throws {
        try grid { $0.recentre = .up }.run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #1 buy 1 @ 100.00 maker-only
                 |                 | #2 buy 1 @ 99.01 maker-only
                 |                 | #3 buy 1 @ 98.03 maker-only
            1s   | 103.10 / 103.20 | note "the market has left the grid at 103.15: it is built anew"
                 |                 | cancel #1
                 |                 | cancel #2
                 |                 | cancel #3
                 |                 | #1 cancelled
                 |                 | #2 cancelled
                 |                 | #3 cancelled
                 |                 | #4 buy 1 @ 103.15 maker-only
                 |                 | #5 buy 1 @ 102.13 maker-only
                 |                 | #6 buy 1 @ 101.12 maker-only
            2s   | 90.00 / 90.10   | #4 filled 1 @ 103.15
                 |                 | #7 sell 1 @ 104.18 maker-only
                 |                 | #5 filled 1 @ 102.13
                 |                 | #8 sell 1 @ 103.15 maker-only
                 |                 | #6 filled 1 @ 101.12
                 |                 | #9 sell 1 @ 102.13 maker-only
            """)
    }

    @Test func `followed downwards it sells at a loss what has no room above`() throws {
        try grid { $0.recentre = .both }.run(
            """
            time | market         | expected
            0s   | 99.95 / 100.05 | #1 buy 1 @ 100.00 maker-only
                 |                | #2 buy 1 @ 99.01 maker-only
                 |                | #3 buy 1 @ 98.03 maker-only
            1s   | 98.00 / 98.02  | #1 filled 1 @ 100.00
                 |                | #4 sell 1 @ 101.00 maker-only
                 |                | #2 filled 1 @ 99.01
                 |                | #5 sell 1 @ 100.00 maker-only
                 |                | #3 filled 1 @ 98.03
                 |                | #6 sell 1 @ 99.01 maker-only
            2s   | 95.00 / 95.10  | note "the market has left the grid at 95.05: it is built anew"
                 |                | cancel #4
                 |                | cancel #5
                 |                | cancel #6
                 |                | #4 cancelled
                 |                | #5 cancelled
                 |                | #6 cancelled
                 |                | #7 sell 1 @ 96.00 maker-only
                 |                | #8 sell 1 @ 95.05 maker-only
                 |                | #9 sell 1 @ 96.96 maker-only
                 |                | #10 buy 1 @ 93.18 maker-only
            3s   | 94.50 / 95.10
            """)
    }

    @Test func `at the stop loss all is cancelled and closed`() throws {
        try grid { $0.stopLoss = Notional(5) }.run(
            """
            time | market              | expected
            0s   | 99.95 / 100.05      | #1 buy 1 @ 100.00 maker-only
                 |                     | #2 buy 1 @ 99.01 maker-only
                 |                     | #3 buy 1 @ 98.03 maker-only
            1s   | 98.00 / 98.02       | #1 filled 1 @ 100.00
                 |                     | #4 sell 1 @ 101.00 maker-only
                 |                     | #2 filled 1 @ 99.01
                 |                     | #5 sell 1 @ 100.00 maker-only
                 |                     | #3 filled 1 @ 98.03
                 |                     | #6 sell 1 @ 99.01 maker-only
            2s   | 96.00 x 0.5 / 96.10 | note "stop_loss reached: profit -8.89"
                 |                     | cancel #4
                 |                     | cancel #5
                 |                     | cancel #6
                 |                     | #4 cancelled
                 |                     | #5 cancelled
                 |                     | #6 cancelled
                 |                     | #7 sell 3 @ 95.81 ioc
                 |                     | #7 fill 0.5 @ 96.00
                 |                     | #7 cancelled
            3s   | 96.00 x 3 / 96.10
            12s  |                     | #8 sell 2.5 @ 95.81 ioc, #8 filled 2.5 @ 96.00
            20s  | 96.00 / 96.10
            21s  | 99.00 / 99.10
            """)
    }

    @Test func `at the profit wanted it ends, and keeps what it holds where told so`() throws {
        try grid {
            $0.takeProfit = Notional(1)
            $0.close = false
            $0.start = .holdings
        }.run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #1 sell 1 @ 101.00 maker-only
                 |                 | #2 buy 1 @ 99.01 maker-only
                 |                 | #3 sell 1 @ 102.01 maker-only
                 |                 | #4 buy 1 @ 98.03 maker-only
            1s   | 98.97 / 98.99   | #2 filled 1 @ 99.01, #5 sell 1 @ 100.00 maker-only
            2s   | 101.05 / 101.10 | note "take_profit reached: profit 2.065"
                 |                 | cancel #1
                 |                 | cancel #3
                 |                 | cancel #4
                 |                 | cancel #5
                 |                 | #5 filled 1 @ 100.00
                 |                 | #1 filled 1 @ 101.00
                 |                 | #3 cancelled
                 |                 | #4 cancelled
            3s   | 99.95 / 100.05
            """)
    }

    @Test func `an order that would have taken is tried again at the next quote`() throws {
        try grid().run(
            """
            time | market         | venue                           | expected
            0s   | 99.95 / 100.05 | answers, refuse next would-take | #1 buy 1 @ 100.00 maker-only
                 |                |                                 | #2 buy 1 @ 99.01 maker-only
                 |                |                                 | #3 buy 1 @ 98.03 maker-only
            1s   | 99.95 / 100.05 |                                 | #4 buy 1 @ 100.00 maker-only
            """)
    }

    @Test func `after another refusal it waits, and the person hears of it once`() throws {
        try grid().run(
            """
            time | market         | venue                                                   | expected
            0s   | 99.95 / 100.05 | answers, refuse next no-balance, refuse next no-balance | #1 buy 1 @ 100.00 maker-only
                 |                |                                                         | #2 buy 1 @ 99.01 maker-only
                 |                |                                                         | #3 buy 1 @ 98.03 maker-only
                 |                |                                                         | note "buy refused: venue: balance does not cover it"
            1s   | 99.90 / 100.05 |
            9s   | 99.95 / 100.05 | refuse next no-balance
            10s  |                |                                                         | #4 buy 1 @ 100.00 maker-only, #5 buy 1 @ 99.01 maker-only
            19s  | 99.95 / 100.05 |
            20s  |                |                                                         | #6 buy 1 @ 100.00 maker-only
            """)
    }

    @Test func `risk that allows fewer orders is not run against for ever`() throws {
        var setup = TapeSetup.oakpine()
        setup.risk.openOrdersMax = 1
        try grid(setup: setup).run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #2 buy 1 @ 99.01 maker-only refused open-order-limit
                 |                 | note "buy refused: too many open orders"
                 |                 | #3 buy 1 @ 98.03 maker-only refused open-order-limit
                 |                 | #1 buy 1 @ 100.00 maker-only
            5s   | 100.95 / 101.05
            10s  |                 | #4 buy 1 @ 101.00 maker-only refused open-order-limit
                 |                 | #5 buy 1 @ 99.01 maker-only refused open-order-limit
                 |                 | #6 buy 1 @ 98.03 maker-only refused open-order-limit
            12s  | 100.95 / 101.05
            """)
    }

    @Test func `an order of unknown fate is not doubled`() throws {
        try grid().run(
            """
            time | market         | venue              | expected
            0s   | 99.95 / 100.05 | answers, lose next | #1 buy 1 @ 100.00 maker-only
                 |                |                    | #2 buy 1 @ 99.01 maker-only
                 |                |                    | #3 buy 1 @ 98.03 maker-only
                 |                |                    | ask #1
            1s   | 99.95 / 100.05 |
            2s   |                |                    | ask #1
            3s   | 99.90 / 100.00 | absent #1          | note "buy refused: it could not be sent"
            9s   | 99.95 / 100.05 |
            13s  |                |                    | #4 buy 1 @ 100.00 maker-only
            """)
    }

    @Test func `what the venue took away comes back after a pause`() throws {
        try grid().run(
            """
            time | market         | venue        | expected
            0s   | 99.95 / 100.05 | answers      | #1 buy 1 @ 100.00 maker-only
                 |                |              | #2 buy 1 @ 99.01 maker-only
                 |                |              | #3 buy 1 @ 98.03 maker-only
            1s   |                | cancelled #1
            2s   | 99.95 / 100.05 |
            9s   | 99.95 / 100.05 |
            11s  |                |              | #4 buy 1 @ 100.00 maker-only
            """)
    }

    @Test func `a market that cannot be read keeps its orders for a while only`() throws {
        try grid { $0.quoteTimeout = .seconds(3) }.run(
            """
            time | market         | venue   | expected
            0s   | 99.95 / 100.05 | answers | #1 buy 1 @ 100.00 maker-only
                 |                |         | #2 buy 1 @ 99.01 maker-only
                 |                |         | #3 buy 1 @ 98.03 maker-only
            1s   | gap            |
            2s   | 99.95 / 100.05 |
            3s   | gap            |
            6s   |                |         | cancel #1, cancel #2, cancel #3
            7s   | 99.95 / 100.05 |         | #4 buy 1 @ 100.00 maker-only
                 |                |         | #5 buy 1 @ 99.01 maker-only
                 |                |         | #6 buy 1 @ 98.03 maker-only
            """)
    }

    @Test func `a cancel that the venue refuses is asked for again`() throws {
        try grid { $0.stopLoss = Notional(1) }.run(
            """
            time | market         | venue                    | expected
            0s   | 99.95 / 100.05 | answers                  | #1 buy 1 @ 100.00 maker-only
                 |                |                          | #2 buy 1 @ 99.01 maker-only
                 |                |                          | #3 buy 1 @ 98.03 maker-only
            1s   |                | fill #1 1                | #4 sell 1 @ 101.00 maker-only
            2s   | 97.00 / 97.10  | silent                   | note "stop_loss reached: profit -2.95"
                 |                |                          | cancel #2
                 |                |                          | cancel #3
                 |                |                          | cancel #4
            3s   |                | keep #2, cancelled #3 #4
            9s   | 97.00 / 97.10  |
            13s  |                |                          | cancel #2
            14s  |                | cancelled #2             | #5 sell 1 @ 96.81 ioc
            15s  |                | fill #5 1
            16s  | 99.00 / 99.10  |
            """)
    }

    @Test func `at the end all is cancelled and nothing placed any more`() throws {
        let outcome = try grid().run(
            """
            time | market         | expected
            0s   | 99.95 / 100.05 | #1 buy 1 @ 100.00 maker-only
                 |                | #2 buy 1 @ 99.01 maker-only
                 |                | #3 buy 1 @ 98.03 maker-only
            1s   | stop           | cancel #1
                 |                | cancel #2
                 |                | cancel #3
                 |                | #1 cancelled
                 |                | #2 cancelled
                 |                | #3 cancelled
            """)
        #expect(outcome.openOrders == 0)
    }

    @Test func `a grid between two prices has lines in equal proportions`() throws {
        try grid {
            $0.lower = Price(81)
            $0.upper = Price(121)
        }.run(
            """
            time | market          | expected
            0s   | 99.95 / 100.05  | #1 buy 1 @ 99.00 maker-only
                 |                 | #2 buy 1 @ 89.55 maker-only
                 |                 | #3 buy 1 @ 81.00 maker-only
            1s   | 121.05 / 121.15 | #4 buy 1 @ 109.45 maker-only
            """)
    }

    @Test func `a grid whose lines fall together cannot be laid`() throws {
        var setup = TapeSetup.oakpine()
        setup.market.tick = Price(2)
        try grid(setup: setup).run(
            """
            time | market   | expected
            0s   | 98 / 102 | stopped "the lines of the grid are too close, or its orders too small, at 100"
            """)
    }
}
