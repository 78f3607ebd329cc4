import MarketMakerStrategy
import Quantities
import StrategyTesting
import Testing

struct MarketMakerInventoryTests {
    private func maker(
        base: Amount = Amount(1_000), _ change: (inout MarketMaker.Parameters) -> Void = { _ in }
    ) -> TapeTest<MarketMaker> {
        TapeTest(MarketMaker.self, setup: .oakpine(base: base)) {
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
            time         | market                              | venue        | expected
            0s..9s by 1s | 99.99 / 100.01 then 100.03 / 100.05 |              | #1 buy 1 @ 99.71 maker-only, #2 sell 1 @ 100.37 maker-only
            10s          |                                     | accept #1 #2 |
            11s          |                                     | fill #1 1    | cancel #2, #3 buy 1 @ 99.23 maker-only
            12s          |                                     | cancelled #2 | #4 sell 1 @ 100.04 maker-only
            """
        try maker { $0.riskAversion = 1 }.run(tape)
    }

    @Test func `the side that would exceed the limit is not quoted`() throws {
        let tape = """
            time         | market          | venue        | expected
            0s..9s by 1s | 99.99 / 100.01  |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                 | accept #1 #2 |
            11s          |                 | fill #1 1    | #3 buy 1 @ 99.9 maker-only
            12s          |                 | accept #3    |
            13s          |                 | fill #3 1    |
            14s          | 100.01 / 100.03 |              |
            15s          | 99.98 / 100.02  |              |
            16s          |                 | fill #2 0.4  | #4 buy 0.4 @ 99.9 maker-only
            """
        let outcome = try maker().run(tape)
        #expect(try outcome.position == Quantity("1.6"))
    }

    @Test func `a quote of which less than half is left is renewed`() throws {
        try maker().run(
            """
            time         | market         | venue        | expected
            0s..9s by 1s | 99.99 / 100.01 |              | #1 buy 1 @ 99.9 maker-only, #2 sell 1 @ 100.1 maker-only
            10s          |                | accept #1 #2 |
            11s          |                | fill #1 0.5  |
            12s          |                | fill #1 0.2  | cancel #1
            13s          |                | cancelled #1 | #3 buy 1 @ 99.9 maker-only
            """)
    }

    @Test func `inventory counts from the target`() throws {
        let tape = """
            time         | market         | venue     | expected
            0s..9s by 1s | 99.99 / 100.01 |           | #1 buy 1 @ 99.9 maker-only
            10s          |                | accept #1 |
            11s          |                | fill #1 1 | #2 sell 1 @ 100.1 maker-only, #3 buy 1 @ 99.9 maker-only
            """
        try maker { $0.targetInventory = Quantity(2) }.run(tape)
    }

    @Test func `an account without base asset is quoted a bid until it has some`() throws {
        let tape = """
            time         | market         | venue       | expected
            0s..9s by 1s | 99.99 / 100.01 |             | #1 buy 1 @ 99.9 maker-only
            10s          |                | accept #1   |
            11s          | 99.98 / 100.02 |             |
            12s          |                | fill #1 0.5 | #2 sell 0.5 @ 100.1 maker-only
            13s          |                | accept #2   |
            """
        try maker(base: Amount(0)).run(tape)
    }
}
