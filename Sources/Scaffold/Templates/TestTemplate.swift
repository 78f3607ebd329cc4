/// The test of a new strategy: a tape, what does not fit the market, and the same decisions in every run.
struct TestTemplate {
    private let scaffold: StrategyScaffold

    init(_ scaffold: StrategyScaffold) { self.scaffold = scaffold }

    private var name: ScaffoldName { scaffold.name }

    var text: String {
        let modules = [
            "MarketModel", scaffold.module, "Quantities", "StrategyKit", "StrategyTesting", "Testing",
        ]
        return modules.sorted().map { "import \($0)\n" }.joined() + body
    }

    private var body: String {
        #"""

        struct \#(name.type)Tests {
            @Test func `it buys below the bid, and sells above what it paid`() throws {
                // Without its last column the tape is told as it happens, to be pasted here.
                try TapeTest(\#(name.type).self).run(
                    """
                    time | market               | expected
                    0s   | 100.00 / 100.02      | #1 buy 0.001 @ 99.99 maker-only
                    1s   | 100.01 / 100.03      |
                    2s   | trade sell 5 @ 99.98 | #1 filled 0.001 @ 99.99
                    3s   | 99.98 / 100.00       | #2 sell 0.001 @ 100.01 maker-only
                    4s   | trade buy 5 @ 100.02 | #2 filled 0.001 @ 100.01
                         |                      | note "the first round is done: sold at 100.01"
                    """)
            }

            @Test func `a buy that the market leaves behind is moved`() throws {
                try TapeTest(\#(name.type).self).run(
                    """
                    time | market          | expected
                    0s   | 100.00 / 100.02 | #1 buy 0.001 @ 99.99 maker-only
                    1s   | 100.03 / 100.05 | cancel #1, #1 cancelled
                    2s   | 100.03 / 100.05 | #2 buy 0.001 @ 100.01 maker-only
                    """)
            }

            @Test func `what does not fit the market is told before the start`() {
                let setup = TapeSetup { $0.market.lot = Quantity(1) }
                #expect(throws: StrategyError("quantity 0.001 is not a multiple of the lot of OAKPINE, 1")) {
                    try TapeTest(\#(name.type).self, setup: setup).run("time | market\n0s | 100 / 101")
                }
            }

            @Test func `it decides the same in every run`() throws {
                try assertDeterministic(\#(name.type).self, over: .synthetic(duration: .minutes(5)))
            }
        }

        """#
    }
}
