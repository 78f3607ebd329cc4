import MomentumStrategy
import Quantities
import Testing

/// What becomes of the stop when the venue does not do as it should.
struct MomentumStopTests {
    private func pit(
        holding: Quantity = .zero, _ change: (inout Momentum.Parameters) -> Void = { _ in }
    ) throws -> Pit<Momentum> {
        try Pit(Momentum.self, holding: holding) {
            $0.candle = .seconds(10)
            $0.entryCandles = 3
            $0.exitCandles = 2
            $0.rangeCandles = 2
            $0.stopDistance = 1.5
            $0.quantity = Quantity(1)
            change(&$0)
        }
    }

    private static let bought = """
        0s      quote 99.99 100.01
        1s      trade 101
        2s      trade 99
        11s     trade 101
        12s     trade 99
        21s     trade 101
        22s     trade 99
        29s     trade 100
        31s     quote 101.99 102.01
        35s     trade 102
        40.25s  wait                | #1 buy 1 @ 102.06 immediateOrCancel
        40.3s   fill 1 1            | #2 sell 1 when 99.06

        """

    private func expect(
        _ tape: String, position: Quantity, notices: [String] = [], _ place: SourceLocation = #_sourceLocation
    ) throws {
        let pit = try pit()
        let played = try pit.play(Self.bought + tape)
        #expect(played == Self.bought + tape, sourceLocation: place)
        #expect(pit.position == position, sourceLocation: place)
        #expect(pit.notices == notices, sourceLocation: place)
    }

    @Test func `without a stop order the quotes are watched`() throws {
        let tape = """
            40.4s   refuse 2 badStop
            41s     quote 101.99 102.01
            44s     quote 98.99 99.01   | #3 sell 1 @ 98.95 immediateOrCancel
            44.1s   fill 3 1
            """
        try expect(tape, position: .zero, notices: ["stop refused: venue: invalid stop price"])
    }

    @Test func `a refused stop is tried again after a pause`() throws {
        let tape = """
            40.4s   refuse 2 badStop
            50.2s   quote 101.99 102.01
            50.4s   quote 101.99 102.01 | #3 sell 1 when 99.06
            """
        try expect(tape, position: Quantity(1), notices: ["stop refused: venue: invalid stop price"])
    }

    @Test func `a stop that does not fire is taken away after a while, and the position sold`() throws {
        let tape = """
            40.4s   accept 2
            41s     quote 98.99 99.01
            41.9s   quote 98.89 98.91
            42s     quote 98.89 98.91   | cancel #2
            42.1s   cancelled 2         | #3 sell 1 @ 98.85 immediateOrCancel
            42.2s   fill 3 1
            """
        try expect(tape, position: .zero)
    }

    @Test func `a market that comes back in time leaves the stop alone`() throws {
        let tape = """
            40.4s   accept 2
            41s     quote 98.99 99.01
            41.5s   quote 99.99 100.01
            43s     quote 98.99 99.01
            43.9s   quote 98.99 99.01
            44s     quote 98.99 99.01   | cancel #2
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `what a stop that fired has left is sold without it`() throws {
        let tape = """
            40.4s   accept 2
            41s     quote 98.99 99.01
            41.1s   fill 2 0.7
            41.2s   cancelled 2         | #3 sell 0.3 @ 98.95 immediateOrCancel
            41.3s   quote 98.99 99.01
            41.4s   fill 3 0.3
            """
        try expect(tape, position: .zero)
    }

    @Test func `a stop that the venue could not carry out is replaced by an exit`() throws {
        let tape = """
            40.4s   accept 2
            41s     failed 2            | #3 sell 1 @ 101.94 immediateOrCancel
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `a stop that the venue took away is placed anew`() throws {
        let tape = """
            40.4s   accept 2
            41s     cancelled 2
            41.1s   quote 101.99 102.01
            41.3s   quote 101.99 102.01 | #3 sell 1 when 99.06
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `a stop that fires while it is being moved ends the position`() throws {
        let tape = """
            40.4s   accept 2
            41s     trade 106
            46s     quote 104.99 105.01
            50.25s  wait                | cancel #2
            50.3s   fill 2 1
            50.4s   quote 104.99 105.01
            """
        try expect(tape, position: .zero)
    }

    @Test func `a cancel that was refused is asked for again after a pause`() throws {
        let tape = """
            40.4s   accept 2
            41s     trade 106
            46s     quote 104.99 105.01
            50.25s  wait                | cancel #2
            50.3s   keep 2
            50.4s   quote 104.99 105.01
            50.6s   quote 104.99 105.01 | cancel #2
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `in a market that cannot be read the stop stays`() throws {
        let tape = """
            40.4s   accept 2
            41s     trade 106
            46s     gap
            50.25s  wait
            51s     quote 104.99 105.01 | cancel #2
            51.1s   cancelled 2         | #3 sell 1 when 101.5
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `at the end the stop is cancelled and nothing is placed`() throws {
        let tape = """
            40.4s   accept 2
            41s     stop                | cancel #2
            41.1s   cancelled 2
            42s     quote 90 90.02
            """
        try expect(tape, position: Quantity(1))
    }

    @Test func `a position of an earlier run gets a stop with the first quote and trade`() throws {
        let tape = """
            0s      trade 100
            0s      quote 99.99 100.01  | #1 sell 2 when 99
            1s      accept 1
            2s      quote 100.99 101.01
            """
        let pit = try pit(holding: Quantity(2))
        let played = try pit.play(tape)
        #expect(played == tape)
    }

    @Test func `a short position of an earlier run is protected above`() throws {
        let tape = """
            0s      trade 100
            0s      quote 99.99 100.01  | #1 buy 2 when 101.01
            """
        let pit = try pit(holding: -Quantity(2))
        let played = try pit.play(tape)
        #expect(played == tape)
    }
}
