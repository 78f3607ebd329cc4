import DcaStrategy
import EmaCrossStrategy
import GridStrategy
import MarketMakerStrategy
import MarketModel
import MomentumStrategy
import Quantities
import StopLossStrategy
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
        #expect(faults(Grid.Parameters.self) == [])
        #expect(faults(StopLoss.Parameters.self) == [])
        #expect(faults(Dca.Parameters.self) == [])
        #expect(MarketMaker.Parameters.schema.count == 13)
        #expect(Grid.Parameters.schema.count == 15)
        #expect(EmaCross.Parameters.schema.count == 10)
        #expect(faults(Momentum.Parameters.self) == [])
        #expect(Momentum.Parameters.schema.count == 16)
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
        #expect(throws: Never.self) { try Grid(Grid.Parameters(), setup) }
        #expect(throws: Never.self) { try Momentum(Momentum.Parameters(), setup) }
        #expect(throws: Never.self) { try StopLoss(StopLoss.Parameters(), setup) }
        #expect(throws: Never.self) { try Dca(Dca.Parameters(), setup) }
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
        var wide = Momentum.Parameters()
        wide.exitCandles = 21
        #expect(throws: StrategyError("exit_candles 21 is more than entry_candles 20")) {
            try Momentum(wide, setup(lot: "0.00001"))
        }
        var coarseSteps = Momentum.Parameters()
        coarseSteps.stopStep = 3
        #expect(throws: StrategyError("stop_step 3.0 is not less than stop_distance 3.0")) {
            try Momentum(coarseSteps, setup(lot: "0.00001"))
        }
        var slow = EmaCross.Parameters()
        slow.fast = slow.slow
        #expect(throws: StrategyError("fast 120s is not shorter than slow 120s")) {
            try EmaCross(slow, setup(lot: "0.00001"))
        }
    }

    @Test func `a grid that cannot earn is told before the start`() throws {
        let fine = try setup(lot: "0.00001")
        #expect(throws: StrategyError("order_size 0.001 is not a multiple of the lot of M0, 1")) {
            try Grid(Grid.Parameters(), setup(lot: "1"))
        }
        #expect(throws: StrategyError("grid trades one market, not 2")) {
            try Grid(Grid.Parameters(), setup(lot: "0.00001", markets: 2))
        }
        var half = Grid.Parameters()
        half.lower = Price(90)
        #expect(throws: StrategyError("lower 90 and upper 0 are set together, or neither")) {
            try Grid(half, fine)
        }
        half.upper = Price(80)
        #expect(throws: StrategyError("lower 90 is not below upper 80")) { try Grid(half, fine) }
        var market = fine.market
        market.terms.rules.makerFee = try FeeRate("0.001")
        var narrow = Grid.Parameters()
        narrow.spacing = 15
        let message = "a spacing of 15.0 basis points does not cover two maker fees of together 20.0"
        #expect(throws: StrategyError(message)) { try Grid(narrow, StrategySetup(markets: [market])) }
    }

    private func fault<S: Strategy>(
        _ type: S.Type, lot: String = "0.001", _ change: (inout S.Parameters) -> Void
    ) throws -> String {
        var parameters = S.Parameters()
        change(&parameters)
        do {
            _ = try S(parameters, setup(lot: lot))
            return ""
        } catch let error as StrategyError {
            return error.description
        }
    }

    @Test func `a stop that protects nothing, or stands where it cannot, is told before the start`() throws {
        typealias Change = (inout StopLoss.Parameters) -> Void
        let cases: [(String, Change)] = [
            (
                "held_quantity 1 and entry_quantity 0.01 exclude each other: set one of them to 0",
                { $0.heldQuantity = Quantity(1) }
            ),
            (
                "nothing to protect: set held_quantity or entry_quantity",
                { $0.entryQuantity = .zero }
            ),
            (
                "entry_quantity 0.0001 is not a multiple of the lot of M0, 0.001",
                { $0.entryQuantity = Quantity(raw: 100_000_000) }
            ),
            ("a fixed stop needs a stop_price", { $0.stop = .fixed }),
            (
                "stop_price 0.001 is not a multiple of the tick of M0, 0.01",
                { $0.stopPrice = Price(raw: 1_000_000_000) }
            ),
            (
                "stop_price 101 is on the wrong side of entry_price 100 for a long position",
                {
                    $0.stop = .fixed
                    $0.stopPrice = Price(101)
                    $0.entryPrice = Price(100)
                }
            ),
            (
                "take_profit 10000.0 leaves no price for a short position",
                {
                    $0.side = .short
                    $0.takeProfit = 10_000
                }
            ),
            ("take_profit_zone 10.0 is not below take_profit 5.0", { $0.takeProfit = 5 }),
        ]
        for (text, change) in cases {
            let told = try fault(StopLoss.self, change)
            #expect(told == text)
        }
    }

    @Test func `a plan that buys nothing, or more than its budget, is told before the start`() throws {
        typealias Change = (inout Dca.Parameters) -> Void
        let cases: [(String, Change)] = [
            (
                "spend 50 and quantity 1 exclude each other: set one of them to 0",
                { $0.quantity = Quantity(1) }
            ),
            ("nothing to buy: set spend or quantity", { $0.spend = .zero }),
            ("budget 10 is below spend 50", { $0.budget = Notional(10) }),
            (
                "below 0.001 is not a multiple of the tick of M0, 0.01",
                { $0.below = Price(raw: 1_000_000_000) }
            ),
            (
                "patience 60s is not shorter than interval 60s",
                {
                    $0.interval = .minutes(1)
                    $0.patience = .minutes(1)
                }
            ),
        ]
        for (text, change) in cases {
            let told = try fault(Dca.self, change)
            #expect(told == text)
        }
    }
}
