import MomentumStrategy
import Quantities
import Testing
import TradingCore

/// Candles of ten seconds, a channel of three of them, an average range of two; the stop is 1.5 ranges away.
struct MomentumTests {
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

    /// Three candles from 99 to 101: a range of 2, which puts the stop 3 away.
    private static let quiet = """
        0s      quote 99.99 100.01
        1s      trade 101
        2s      trade 99
        9s      trade 100
        11s     trade 101
        12s     trade 99
        19s     trade 100
        21s     trade 101
        22s     trade 99
        29s     trade 100

        """

    /// A fourth that closes above them.
    private static let entered =
        quiet + """
            31s     quote 101.99 102.01
            35s     trade 102
            40.2s   wait
            40.25s  wait                | #1 buy 1 @ 102.06 immediateOrCancel

            """

    private static let protected =
        entered + """
            40.3s   fill 1 1            | #2 sell 1 when 99.06
            40.4s   accept 2

            """

    /// Plays a tape behind a beginning; returns what was played behind it.
    private func play(_ pit: Pit<Momentum>, behind beginning: String, _ tape: String) throws -> String {
        let played = try pit.play(beginning + tape)
        try #require(played.hasPrefix(beginning))
        return String(played.dropFirst(beginning.count))
    }

    @Test func `it enters when a candle closes above the channel, and its stop trails`() throws {
        let tape = """
            41s     trade 106
            45s     trade 105
            46s     quote 104.99 105.01
            50.25s  wait                | cancel #2
            50.3s   cancelled 2         | #3 sell 1 when 101.5
            50.4s   accept 3
            55s     trade 102
            56s     quote 101.99 102.01
            60.25s  wait
            61s     quote 101.40 101.42
            61.1s   fill 3 1
            61.2s   quote 101.40 101.42
            70.25s  wait
            """
        let pit = try pit()
        let played = try play(pit, behind: Self.protected, tape)
        #expect(played == tape)
        #expect(pit.position.isZero)
    }

    @Test func `a close against the position leaves it, once the stop is out of the way`() throws {
        let tape = """
            41s     quote 100.99 101.01
            45s     trade 101.5
            50.4s   quote 100.99 101.01
            51s     trade 101
            55s     trade 100.4
            56s     quote 100.39 100.41
            60.25s  wait                | cancel #2
            60.3s   cancelled 2         | #3 sell 1 @ 100.34 immediateOrCancel
            60.4s   fill 3 0.6
            60.5s   cancelled 3
            60.6s   quote 100.29 100.31
            60.75s  quote 100.29 100.31 | #4 sell 0.4 @ 100.24 immediateOrCancel
            60.8s   fill 4 0.4
            61s     quote 100.29 100.31
            """
        let pit = try pit { $0.stopStep = 1.4 }
        let played = try play(pit, behind: Self.protected, tape)
        #expect(played == tape)
        #expect(pit.position.isZero)
    }

    @Test func `what an entry got is protected, the rest is not chased`() throws {
        let tape = """
            40.3s   fill 1 0.4
            40.4s   cancelled 1         | #2 sell 0.4 when 99.06
            41s     quote 101.99 102.01
            """
        let played = try play(pit(), behind: Self.entered, tape)
        #expect(played == tape)
    }

    @Test func `an entry that got nothing is tried again until the next candle`() throws {
        let tape = """
            40.3s   cancelled 1
            40.4s   quote 101.99 102.01
            40.6s   quote 101.99 102.01 | #2 buy 1 @ 102.06 immediateOrCancel
            40.7s   cancelled 2
            45s     trade 101.5
            50.25s  wait
            51s     quote 101.99 102.01
            """
        let played = try play(pit(), behind: Self.entered, tape)
        #expect(played == tape)
    }

    @Test func `after a refusal it waits, and tells the person once`() throws {
        let tape = """
            40.3s   refuse 1 noBalance
            40.6s   quote 101.99 102.01
            45s     trade 102.5
            50.4s   quote 102.49 102.51 | #2 buy 1 @ 102.56 immediateOrCancel
            50.5s   refuse 2 noBalance
            """
        let pit = try pit()
        let played = try play(pit, behind: Self.entered, tape)
        #expect(played == tape)
        #expect(pit.notices == ["buy refused: venue: balance does not cover it"])
    }

    @Test func `while the fate of an entry is unknown no other order is placed`() throws {
        let tape = """
            40.3s   lose 1              | ask #1
            45s     trade 102           | ask #1
            47s     quote 103.99 104.01
            48s     fill 1 1            | #2 sell 1 when 99.06
            """
        let played = try play(pit(), behind: Self.entered, tape)
        #expect(played == tape)
    }

    @Test func `it goes short only where that is allowed, and turns over`() throws {
        let short = """
            31s     quote 97.99 98.01
            35s     trade 98
            40.25s  wait                | #1 sell 1 @ 97.95 immediateOrCancel
            40.3s   fill 1 1            | #2 buy 1 when 100.95
            40.4s   accept 2
            41s     quote 103.99 104.01
            42s     quote 103.99 104.01 | cancel #2
            45s     trade 104
            50.25s  wait                | ask #2
            50.4s   cancelled 2         | #3 buy 1 @ 104.06 immediateOrCancel
            50.5s   fill 3 1            | #4 buy 1 @ 104.06 immediateOrCancel
            50.6s   fill 4 1            | #5 sell 1 when 98.06
            """
        let pit = try pit { $0.allowShort = true }
        let played = try play(pit, behind: Self.quiet, short)
        #expect(played == short)
        #expect(pit.position == Quantity(1))
        let idle = """
            31s     quote 97.99 98.01
            35s     trade 98
            40.25s  wait
            """
        let other = try play(self.pit(), behind: Self.quiet, idle)
        #expect(other == idle)
    }

    @Test func `by risk an entry is as large as the stop may cost`() throws {
        // 2 over a distance of 3, in lots of 0.001.
        let small = try pit {
            $0.sizing = .risk
            $0.risk = Notional(2)
        }
        let played = try small.play(Self.entered)
        #expect(played.contains("#1 buy 0.666 @ 102.06"))
        let large = try pit {
            $0.sizing = .risk
            $0.risk = Notional(2_000)
        }
        let capped = try large.play(Self.entered)
        #expect(capped.contains("#1 buy 1 @ 102.06"))
        let tiny = try pit {
            $0.sizing = .risk
            $0.risk = Notional(raw: 100_000_000_000)
        }
        let idle = try tiny.play(Self.entered)
        #expect(!idle.contains("buy"))
        #expect(tiny.notices == ["a break-out was not followed: the market does not trade so little"])
    }

    @Test func `a quiet market and a candle that lacks trades lead to nothing`() throws {
        let pit = try pit()
        let tape = """
            31s     gap
            32s     quote 101.99 102.01
            35s     trade 102
            40.25s  wait
            41s     quote 101.99 102.01
            """
        let played = try play(pit, behind: Self.quiet, tape)
        #expect(played == tape)
    }

    @Test func `the same tape gives the same decisions, another one others`() throws {
        let (first, second, third) = (try pit(), try pit(), try pit())
        let answers = try first.play(Self.protected)
        let again = try second.play(Self.protected)
        #expect(again == answers)
        #expect(first.chain == second.chain)
        #expect(first.chain.count > 0)
        _ = try third.play(Self.protected.replacing("101.99 102.01", with: "101.98 102.02"))
        #expect(third.chain != first.chain)
    }
}
