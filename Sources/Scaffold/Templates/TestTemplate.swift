/// The test of a new strategy.
struct TestTemplate {
    private let name: ScaffoldName

    init(_ name: ScaffoldName) { self.name = name }

    var text: String {
        let imports = ["MarketModel", "\(name.type)Strategy", "Quantities", "StrategyKit", "Testing"]
            .sorted().map { "import \($0)" }.joined(separator: "\n")
        return imports + "\n" + body
    }

    private var body: String {
        #"""

        struct \#(name.type)Tests {
            /// A market with a tick of 0.01, and a strategy in it.
            private func setup(lot: String = "0.00001") throws -> StrategySetup {
                var table = MarketTable()
                let rules = MarketRules(
                    tick: try Price("0.01"), lot: try Quantity(lot), minimumQuantity: try Quantity(lot))
                return StrategySetup(markets: [table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)])
            }

            private func quote(_ market: Market, _ bid: String, _ ask: String) throws -> Quote {
                Quote(
                    market: market.id, bid: try Price(bid), bidSize: Quantity(1), ask: try Price(ask),
                    askSize: Quantity(1), sequence: 0, venueTime: .distantPast, receivedAt: .distantPast)
            }

            @Test func `it buys one basis point below the bid`() throws {
                let setup = try setup()
                var table = MarketTable()
                table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: setup.market.rules)
                var desk = Desk(table: table, strategies: 1, seed: 1)
                var strategy = try \#(name.type)(\#(name.type).Parameters(), setup)

                strategy.onStart(&desk)
                strategy.onQuote(try quote(setup.market, "60000.00", "60000.01"), &desk)
                // While the first order lives there is no second one.
                strategy.onQuote(try quote(setup.market, "60000.01", "60000.02"), &desk)
                let tickets = desk.openOrders(in: setup.market.id).map(\.ticket)
                #expect(
                    tickets == [
                        .limit(
                            .buy, try Quantity("0.001"), at: try Price("59994"), in: setup.market.id, .makerOnly)
                    ])
            }

            @Test func `what does not fit the market is told before the start`() throws {
                let coarse = try setup(lot: "1")
                #expect(throws: StrategyError("quantity 0.001 is not a multiple of the lot of BTCUSDT, 1")) {
                    try \#(name.type)(\#(name.type).Parameters(), coarse)
                }
            }

            @Test func `every parameter is described, and its default is in its range`() {
                let strategy = StrategyDescription(\#(name.type).self)
                #expect(strategy.parameters.allSatisfy { $0.help.hasSuffix(".") })
                #expect(strategy.parameters.allSatisfy { $0.kind.admits($0.defaultValue) })
            }
        }

        """#
    }
}
