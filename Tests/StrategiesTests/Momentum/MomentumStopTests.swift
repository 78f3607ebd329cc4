import MomentumStrategy
import Quantities
import StrategyTesting
import Testing

/// What becomes of the stop when the venue does not do as it should.
struct MomentumStopTests {
    private func momentum(holding: Quantity = .zero) -> TapeTest<Momentum> {
        var setup = TapeSetup.oakpine()
        if !holding.isZero { setup.position = TapePosition(holding, at: Price(100)) }
        return TapeTest(Momentum.self, setup: setup) {
            $0.candle = .seconds(10)
            $0.entryCandles = 3
            $0.exitCandles = 2
            $0.rangeCandles = 2
            $0.stopDistance = 1.5
            $0.quantity = Quantity(1)
        }
    }

    private static let bought = """
        time   | market               | venue                        | expected
        0s     | 99.99 / 100.01       |                              |
        1s     | trade buy 1 @ 101.00 |                              |
        2s     | trade buy 1 @ 99.00  |                              |
        11s    | trade buy 1 @ 101.00 |                              |
        12s    | trade buy 1 @ 99.00  |                              |
        21s    | trade buy 1 @ 101.00 |                              |
        22s    | trade buy 1 @ 99.00  |                              |
        29s    | trade buy 1 @ 100.00 |                              |
        31s    | 101.99 / 102.01      |                              |
        35s    | trade buy 1 @ 102.00 |                              |
        40.25s |                      |                              | #1 buy 1 @ 102.06 ioc
        40.3s  |                      | fill #1 1                    | #2 sell 1 market when 99.06

        """

    /// Plays a tape behind the entry; says what is held in the end.
    private func position(after tape: String, _ place: SourceLocation = #_sourceLocation) throws -> Quantity {
        try momentum().run(Self.bought + tape, sourceLocation: place).position
    }

    @Test func `without a stop order the quotes are watched`() throws {
        let tape = """
            40.4s  |                      | refuse #2 invalid-stop-price | note "stop refused: venue: invalid stop price"
            41s    | 101.99 / 102.01      |                              |
            44s    | 98.99 / 99.01        |                              | #3 sell 1 @ 98.95 ioc
            44.1s  |                      | fill #3 1                    |
            """
        #expect(try position(after: tape).isZero)
    }

    @Test func `a refused stop is tried again after a pause`() throws {
        let tape = """
            40.4s  |                      | refuse #2 invalid-stop-price | note "stop refused: venue: invalid stop price"
            50.2s  | 101.99 / 102.01      |                              |
            50.4s  | 101.99 / 102.01      |                              | #3 sell 1 market when 99.06
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `a stop that does not fire is taken away after a while, and the position sold`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | 98.99 / 99.01        |                              |
            41.9s  | 98.89 / 98.91        |                              |
            42s    | 98.89 / 98.91        |                              | cancel #2
            42.1s  |                      | cancelled #2                 | #3 sell 1 @ 98.85 ioc
            42.2s  |                      | fill #3 1                    |
            """
        #expect(try position(after: tape).isZero)
    }

    @Test func `a market that comes back in time leaves the stop alone`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | 98.99 / 99.01        |                              |
            41.5s  | 99.99 / 100.01       |                              |
            43s    | 98.99 / 99.01        |                              |
            43.9s  | 98.99 / 99.01        |                              |
            44s    | 98.99 / 99.01        |                              | cancel #2
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `what a stop that fired has left is sold without it`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | 98.99 / 99.01        |                              |
            41.1s  |                      | fill #2 0.7                  |
            41.2s  |                      | cancelled #2                 | #3 sell 0.3 @ 98.95 ioc
            41.3s  | 98.99 / 99.01        |                              |
            41.4s  |                      | fill #3 0.3                  |
            """
        #expect(try position(after: tape).isZero)
    }

    @Test func `a stop that the venue could not carry out is replaced by an exit`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    |                      | trigger-failed #2            | #3 sell 1 @ 101.94 ioc
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `a stop that the venue took away is placed anew`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    |                      | cancelled #2                 |
            41.1s  | 101.99 / 102.01      |                              |
            41.3s  | 101.99 / 102.01      |                              | #3 sell 1 market when 99.06
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `a stop that fires while it is being moved ends the position`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | trade buy 1 @ 106.00 |                              |
            46s    | 104.99 / 105.01      |                              |
            50.25s |                      |                              | cancel #2
            50.3s  |                      | fill #2 1                    |
            50.4s  | 104.99 / 105.01      |                              |
            """
        #expect(try position(after: tape).isZero)
    }

    @Test func `a cancel that was refused is asked for again after a pause`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | trade buy 1 @ 106.00 |                              |
            46s    | 104.99 / 105.01      |                              |
            50.25s |                      |                              | cancel #2
            50.3s  |                      | keep #2                      |
            50.4s  | 104.99 / 105.01      |                              |
            50.6s  | 104.99 / 105.01      |                              | cancel #2
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `in a market that cannot be read the stop stays`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | trade buy 1 @ 106.00 |                              |
            46s    | gap                  |                              |
            50.25s |                      |                              |
            51s    | 104.99 / 105.01      |                              | cancel #2
            51.1s  |                      | cancelled #2                 | #3 sell 1 market when 101.50
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `at the end the stop is cancelled and nothing is placed`() throws {
        let tape = """
            40.4s  |                      | accept #2                    |
            41s    | stop                 |                              | cancel #2
            41.1s  |                      | cancelled #2                 |
            42s    | 90.00 / 90.02        |                              |
            """
        #expect(try position(after: tape) == Quantity(1))
    }

    @Test func `a position of an earlier run gets a stop with the first quote and trade`() throws {
        let tape = """
            time   | market               | venue                        | expected
            0s     | trade buy 1 @ 100.00 |                              |
            0s     | 99.99 / 100.01       |                              | #1 sell 2 market when 99.00
            1s     |                      | accept #1                    |
            2s     | 100.99 / 101.01      |                              |
            """
        try momentum(holding: Quantity(2)).run(tape)
    }

    @Test func `a short position of an earlier run is protected above`() throws {
        let tape = """
            time   | market               | venue                        | expected
            0s     | trade buy 1 @ 100.00 |                              |
            0s     | 99.99 / 100.01       |                              | #1 buy 2 market when 101.01
            """
        try momentum(holding: -Quantity(2)).run(tape)
    }
}
