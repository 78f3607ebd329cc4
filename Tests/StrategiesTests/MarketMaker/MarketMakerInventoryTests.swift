import MarketMakerStrategy
import Quantities
import Testing

struct MarketMakerInventoryTests {
    private func pit(
        base: Int = 1_000, _ change: (inout MarketMaker.Parameters) -> Void = { _ in }
    ) throws -> Pit<MarketMaker> {
        try Pit(MarketMaker.self, base: base) {
            $0.orderSize = Quantity(1)
            $0.maxInventory = Quantity(2)
            $0.riskAversion = 0
            $0.fillDepth = 10
            $0.requoteThreshold = 3
            change(&$0)
        }
    }

    @Test func `inventory moves both quotes to where it gets smaller`() throws {
        // The price moves by 4 bp a second, so V² over 60 s is 960 bp². One order of two widens the
        // half spread by 0.5 V² / 20 = 24 bp to 32.1 bp, and held it shifts both quotes by 0.5 V² /
        // 10 = 48 bp: the ask would cross the bid of the market at 100.03, and stops a tick above
        // it.
        let tape = """
            0s     rock 100 100.04      | #1 buy 1 @ 99.71 makerOnly, #2 sell 1 @ 100.37 makerOnly
            10s    accept 1 2
            11s    fill 1 1             | cancel #2, #3 buy 1 @ 99.23 makerOnly
            12s    cancelled 2          | #4 sell 1 @ 100.04 makerOnly
            """
        let pit = try pit { $0.riskAversion = 1 }
        let played = try pit.play(tape)
        #expect(played == tape)
    }

    @Test func `the side that would exceed the limit is not quoted`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    fill 1 1             | #3 buy 1 @ 99.9 makerOnly
            12s    accept 3
            13s    fill 3 1
            14s    quote 100.01 100.03
            15s    quote 99.98 100.02
            16s    fill 2 0.4           | #4 buy 0.4 @ 99.9 makerOnly
            """
        let pit = try pit()
        let played = try pit.play(tape)
        #expect(played == tape)
        #expect(pit.position == Quantity(raw: 1_600_000_000_000))
    }

    @Test func `a quote of which less than half is left is renewed`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly, #2 sell 1 @ 100.1 makerOnly
            10s    accept 1 2
            11s    fill 1 0.5
            12s    fill 1 0.2           | cancel #1
            13s    cancelled 1          | #3 buy 1 @ 99.9 makerOnly
            """
        let played = try pit().play(tape)
        #expect(played == tape)
    }

    @Test func `inventory counts from the target`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly
            10s    accept 1
            11s    fill 1 1             | #2 sell 1 @ 100.1 makerOnly, #3 buy 1 @ 99.9 makerOnly
            """
        let played = try pit { $0.targetInventory = Quantity(2) }.play(tape)
        #expect(played == tape)
    }

    @Test func `an account without base asset is quoted a bid until it has some`() throws {
        let tape = """
            0s     steady 100           | #1 buy 1 @ 99.9 makerOnly
            10s    accept 1
            11s    quote 99.98 100.02
            12s    fill 1 0.5           | #2 sell 0.5 @ 100.1 makerOnly
            13s    accept 2
            """
        let played = try pit(base: 0).play(tape)
        #expect(played == tape)
    }
}
