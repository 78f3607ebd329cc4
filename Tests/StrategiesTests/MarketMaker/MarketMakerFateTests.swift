import MarketMakerStrategy
import Quantities
import Testing

/// What becomes of orders, and what the market maker makes of it.
struct MarketMakerFateTests {
    private func pit() throws -> Pit<MarketMaker> {
        try Pit(MarketMaker.self) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(3)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
        }
    }

    @Test func `an order of unknown fate is cancelled, and not doubled before it is over`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 2
            11s    lose 1               | ask #1
            12s    quote 99.98 100.02
            13s    quote 100.49 100.51  | ask #1, cancel #1, cancel #2
            14s    quote 100.49 100.51
            15s    absent 1
            16s    cancelled 2          | #3 sell 1 @ 100.61 makerOnly
            20s    wait                 | #4 buy 1 @ 100.39 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `an order that would have taken is tried again at the next quote`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1
            10.1s  refuse 2 wouldTake
            10.2s  quote 99.99 100.01   | #3 sell 1 @ 100.1 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `after another refusal the side rests, and the person hears of it once`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    refuse 1 noBalance
            11s    accept 2
            12s    quote 99.98 100.02
            15s    wait                 | #3 buy 1 @ 99.9 makerOnly
            16s    refuse 3 noBalance
            20s    quote 99.98 100.01
            21s    wait                 | #4 buy 1 @ 99.89 makerOnly
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.notices == ["bid refused: venue: balance does not cover it"])
    }

    @Test func `an order that the venue took away is missed for a pause`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    cancelled 1
            12s    quote 99.98 100.02
            16s    wait                 | #3 buy 1 @ 99.9 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `a refused cancel is tried again after a pause`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    quote 100.49 100.51  | cancel #1, cancel #2
            12s    cancelled 2          | #3 sell 1 @ 100.61 makerOnly
            13s    keep 1
            13s    accept 3
            14s    quote 100.49 100.52
            18s    wait                 | cancel #1
            19s    cancelled 1          | #4 buy 1 @ 100.4 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `quotes are pulled from a market that cannot be read, and stand again when it can`()
        throws
    {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    gap                  | cancel #1, cancel #2
            12s    quote 99.99 100.01
            13s    cancelled 1
            14s    quote 99.99 100.01
            15s    cancelled 2
            16s    quote 99.99 100.01   | #3 buy 1 @ 99.9 makerOnly, #4 sell 1 @ 100.1 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `quotes are pulled from a market that has gone silent`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            18s    wait
            20s    wait                 | cancel #1, cancel #2
            21s    cancelled 1 2
            30s    wait
            31s    quote 99.99 100.01   | #3 buy 1 @ 99.9 makerOnly, #4 sell 1 @ 100.1 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `at the end all is cancelled and nothing placed any more`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    stop                 | cancel #1, cancel #2
            12s    fill 1 0.5
            13s    cancelled 1 2
            14s    quote 99.49 99.51
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.openOrders == 0)
    }
}
