import MomentumStrategy
import Quantities
import StrategyTesting
import Testing

/// Candles of ten seconds, a channel of three of them, an average range of two; the stop is 1.5 ranges away.
struct MomentumTests {
    private func momentum(
        _ change: (inout Momentum.Parameters) -> Void = { _ in }
    ) -> TapeTest<Momentum> {
        TapeTest(Momentum.self, setup: .oakpine()) {
            $0.candle = .seconds(10)
            $0.entryCandles = 3
            $0.exitCandles = 2
            $0.rangeCandles = 2
            $0.stopDistance = 1.5
            $0.quantity = Quantity(1)
            change(&$0)
        }
    }

    /// Three candles from 99 to 101: a range of 2, which puts the stop 3 away.
    private static let quiet = """
        time   | market               | venue                        | expected
        0s     | 99.99 / 100.01       |                              |
        1s     | trade buy 1 @ 101.00 |                              |
        2s     | trade buy 1 @ 99.00  |                              |
        9s     | trade buy 1 @ 100.00 |                              |
        11s    | trade buy 1 @ 101.00 |                              |
        12s    | trade buy 1 @ 99.00  |                              |
        19s    | trade buy 1 @ 100.00 |                              |
        21s    | trade buy 1 @ 101.00 |                              |
        22s    | trade buy 1 @ 99.00  |                              |
        29s    | trade buy 1 @ 100.00 |                              |

        """

    /// A fourth that closes above them.
    private static let entered =
        quiet + """
            31s    | 101.99 / 102.01      |                              |
            35s    | trade buy 1 @ 102.00 |                              |
            40.2s  |                      |                              |
            40.25s |                      |                              | #1 buy 1 @ 102.06 ioc

            """

    private static let protected =
        entered + """
            40.3s  |                      | fill #1 1                    | #2 sell 1 market when 99.06
            40.4s  |                      | accept #2                    |

            """

    @Test func `it enters when a candle closes above the channel, and its stop trails`() throws {
        let tape = """
            41s    | trade buy 1 @ 106.00 |                              |
            45s    | trade buy 1 @ 105.00 |                              |
            46s    | 104.99 / 105.01      |                              |
            50.25s |                      |                              | cancel #2
            50.3s  |                      | cancelled #2                 | #3 sell 1 market when 101.50
            50.4s  |                      | accept #3                    |
            55s    | trade buy 1 @ 102.00 |                              |
            56s    | 101.99 / 102.01      |                              |
            60.25s |                      |                              |
            61s    | 101.40 / 101.42      |                              |
            61.1s  |                      | fill #3 1                    |
            61.2s  | 101.40 / 101.42      |                              |
            70.25s |                      |                              |
            """
        let outcome = try momentum().run(Self.protected + tape)
        #expect(outcome.position.isZero)
    }

    @Test func `a close against the position leaves it, once the stop is out of the way`() throws {
        let tape = """
            41s    | 100.99 / 101.01      |                              |
            45s    | trade buy 1 @ 101.50 |                              |
            50.4s  | 100.99 / 101.01      |                              |
            51s    | trade buy 1 @ 101.00 |                              |
            55s    | trade buy 1 @ 100.40 |                              |
            56s    | 100.39 / 100.41      |                              |
            60.25s |                      |                              | cancel #2
            60.3s  |                      | cancelled #2                 | #3 sell 1 @ 100.34 ioc
            60.4s  |                      | fill #3 0.6                  |
            60.5s  |                      | cancelled #3                 |
            60.6s  | 100.29 / 100.31      |                              |
            60.75s | 100.29 / 100.31      |                              | #4 sell 0.4 @ 100.24 ioc
            60.8s  |                      | fill #4 0.4                  |
            61s    | 100.29 / 100.31      |                              |
            """
        let outcome = try momentum { $0.stopStep = 1.4 }.run(Self.protected + tape)
        #expect(outcome.position.isZero)
    }

    @Test func `what an entry got is protected, the rest is not chased`() throws {
        let tape = """
            40.3s  |                      | fill #1 0.4                  |
            40.4s  |                      | cancelled #1                 | #2 sell 0.4 market when 99.06
            41s    | 101.99 / 102.01      |                              |
            """
        try momentum().run(Self.entered + tape)
    }

    @Test func `an entry that got nothing is tried again until the next candle`() throws {
        let tape = """
            40.3s  |                      | cancelled #1                 |
            40.4s  | 101.99 / 102.01      |                              |
            40.6s  | 101.99 / 102.01      |                              | #2 buy 1 @ 102.06 ioc
            40.7s  |                      | cancelled #2                 |
            45s    | trade buy 1 @ 101.50 |                              |
            50.25s |                      |                              |
            51s    | 101.99 / 102.01      |                              |
            """
        try momentum().run(Self.entered + tape)
    }

    @Test func `after a refusal it waits, and tells the person once`() throws {
        let tape = """
            40.3s  |                      | refuse #1 no-balance         | note "buy refused: venue: balance does not cover it"
            40.6s  | 101.99 / 102.01      |                              |
            45s    | trade buy 1 @ 102.50 |                              |
            50.4s  | 102.49 / 102.51      |                              | #2 buy 1 @ 102.56 ioc
            50.5s  |                      | refuse #2 no-balance         |
            """
        try momentum().run(Self.entered + tape)
    }

    @Test func `while the fate of an entry is unknown no other order is placed`() throws {
        let tape = """
            40.3s  |                      | lose #1                      | ask #1
            42.3s  |                      |                              | ask #1
            45s    | trade buy 1 @ 102.00 |                              |
            46.3s  |                      |                              | ask #1
            47s    | 103.99 / 104.01      |                              |
            48s    |                      | fill #1 1                    | #2 sell 1 market when 99.06
            """
        try momentum().run(Self.entered + tape)
    }

    @Test func `it goes short only where that is allowed, and turns over`() throws {
        let short = """
            31s    | 97.99 / 98.01        |                              |
            35s    | trade buy 1 @ 98.00  |                              |
            40.25s |                      |                              | #1 sell 1 @ 97.95 ioc
            40.3s  |                      | fill #1 1                    | #2 buy 1 market when 100.95
            40.4s  |                      | accept #2                    |
            41s    | 103.99 / 104.01      |                              |
            42s    | 103.99 / 104.01      |                              | cancel #2
            45s    | trade buy 1 @ 104.00 |                              |
            47s    |                      |                              | ask #2
            49s    |                      |                              | ask #2
            50.25s |                      |                              |
            50.4s  |                      | cancelled #2                 | #3 buy 1 @ 104.06 ioc
            50.5s  |                      | fill #3 1                    | #4 buy 1 @ 104.06 ioc
            50.6s  |                      | fill #4 1                    | #5 sell 1 market when 98.06
            """
        let outcome = try momentum { $0.allowShort = true }.run(Self.quiet + short)
        #expect(outcome.position == Quantity(1))
        let idle = """
            31s    | 97.99 / 98.01        |                              |
            35s    | trade buy 1 @ 98.00  |                              |
            40.25s |                      |                              |
            """
        try momentum().run(Self.quiet + idle)
    }

    /// The quantity and the note of an entry, for a risk and a distance of 3, in lots of 0.001.
    @Test(arguments: [
        ("2", "#1 buy 0.666 @ 102.06 ioc"), ("2000", "#1 buy 1 @ 102.06 ioc"),
        ("0.0001", "note \"a break-out was not followed: the market does not trade so little\""),
    ])
    func `by risk an entry is as large as the stop may cost`(risk: String, answer: String) throws {
        let most = try Notional(risk)
        let tape = """
            31s    | 101.99 / 102.01      |                              |
            35s    | trade buy 1 @ 102.00 |                              |
            40.25s |                      |                              | \(answer)
            """
        try momentum {
            $0.sizing = .risk
            $0.risk = most
        }.run(Self.quiet + tape)
    }

    @Test func `a quiet market and a candle that lacks trades lead to nothing`() throws {
        let tape = """
            31s    | gap                  |                              |
            32s    | 101.99 / 102.01      |                              |
            35s    | trade buy 1 @ 102.00 |                              |
            40.25s |                      |                              |
            41s    | 101.99 / 102.01      |                              |
            """
        try momentum().run(Self.quiet + tape)
    }
}
