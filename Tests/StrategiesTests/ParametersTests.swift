import EmaCrossStrategy
import MarketMakerStrategy
import MarketModel
import Quantities
import StrategyKit
import Testing
import TwapStrategy

struct ParametersTests {
    private func faults<P: StrategyParameters>(_ type: P.Type) -> [String] {
        var names: Set<String> = []
        return P.schema.flatMap { parameter -> [String] in
            var faults: [String] = []
            if !names.insert(parameter.name).inserted { faults.append("\(parameter.name) twice") }
            if !parameter.help.hasSuffix(".") { faults.append("\(parameter.name): no sentence") }
            if !isDefaultInRange(parameter) {
                faults.append("\(parameter.name): default out of range")
            }
            return faults
        }
    }

    private func isDefaultInRange<P>(_ parameter: Parameter<P>) -> Bool {
        switch (parameter.kind, parameter.defaultValue) {
        case (.number(let range), .number(let value)): range.contains(value)
        case (.integer(let range), .integer(let value)): range.contains(value)
        case (.flag, .flag): true
        case (.interval(let range), .interval(let value)): range.contains(value)
        case (.price(let range), .price(let value)): range.contains(value)
        case (.quantity(let range), .quantity(let value)): range.contains(value)
        case (.notional(let range), .notional(let value)): range.contains(value)
        case (.choice(let choices), .choice(let value)): choices.contains(value)
        case (.number, _), (.integer, _), (.flag, _), (.interval, _), (.price, _), (.quantity, _),
            (.notional, _), (.choice, _):
            false
        }
    }

    @Test func `every parameter has a sentence and a default within its range`() {
        #expect(faults(MarketMaker.Parameters.self) == [])
        #expect(faults(EmaCross.Parameters.self) == [])
        #expect(MarketMaker.Parameters.schema.count == 13)
        #expect(EmaCross.Parameters.schema.count == 10)
        #expect(faults(Twap.Parameters.self) == [])
        #expect(Twap.Parameters.schema.count == 16)
    }

    private func setup(lot: String, markets: Int = 1) throws -> StrategySetup {
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity(lot), minimumQuantity: try Quantity(lot))
        for index in 0..<markets {
            table.add("M\(index)", base: "B\(index)", quote: "Q", rules: rules)
        }
        return StrategySetup(markets: table.markets)
    }

    @Test func `the defaults suit a market with fine lots`() throws {
        let setup = try setup(lot: "0.00001")
        #expect(throws: Never.self) { try MarketMaker(MarketMaker.Parameters(), setup) }
        #expect(throws: Never.self) { try EmaCross(EmaCross.Parameters(), setup) }
        #expect(throws: Never.self) { try Twap(Twap.Parameters(), setup) }
    }

    @Test func `what does not fit is told before the start`() throws {
        let coarse = try setup(lot: "1")
        let two = try setup(lot: "0.001", markets: 2)
        #expect(throws: StrategyError("order_size 0.01 is not a multiple of the lot of M0, 1")) {
            try MarketMaker(MarketMaker.Parameters(), coarse)
        }
        #expect(throws: StrategyError("market-maker quotes one market, not 2")) {
            try MarketMaker(MarketMaker.Parameters(), two)
        }
        var small = MarketMaker.Parameters()
        small.maxInventory = Quantity(raw: 500_000_000)
        #expect(throws: StrategyError("max_inventory 0.0005 is below order_size 0.01")) {
            try MarketMaker(small, setup(lot: "0.00001"))
        }
        #expect(throws: StrategyError("quantity 0.001 is not a multiple of the lot of M0, 1")) {
            try EmaCross(EmaCross.Parameters(), coarse)
        }
        var slow = EmaCross.Parameters()
        slow.fast = slow.slow
        #expect(throws: StrategyError("fast 120s is not shorter than slow 120s")) {
            try EmaCross(slow, setup(lot: "0.00001"))
        }
    }
}
