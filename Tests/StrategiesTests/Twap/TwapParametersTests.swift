import MarketModel
import Quantities
import StrategyKit
import Testing
import TwapStrategy

/// What does not fit together, or not to the market, is told before the start.
@Suite struct TwapParametersTests {
    private func error(
        tick: String = "0.01", lot: String = "0.001", least: String = "0.01", markets: Int = 1,
        _ change: (inout Twap.Parameters) throws -> Void = { _ in }
    ) throws -> String? {
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price(tick), lot: try Quantity(lot), minimumQuantity: try Quantity(least),
            minimumNotional: Notional(5))
        for index in 0..<markets { table.add("M\(index)", base: "B\(index)", quote: "Q", rules: rules) }
        var parameters = Twap.Parameters()
        try change(&parameters)
        do {
            _ = try Twap(parameters, StrategySetup(markets: table.markets))
            return nil
        } catch let error as StrategyError {
            return error.description
        }
    }

    @Test func `the defaults are good`() throws { #expect(try error() == nil) }

    @Test func `the market has to fit`() throws {
        #expect(try error(markets: 2) == "twap trades one market, not 2")
        #expect(try error(lot: "1") == "quantity 0.1 is not a multiple of the lot of M0, 1")
        #expect(try error(least: "0.2") == "quantity 0.1 is below the minimum of M0, 0.2")
    }

    @Test func `the limit has to be a price of the market, and worth an order`() throws {
        #expect(
            try error { $0.limitPrice = try Price("100.005") }
                == "limit_price 100.005 is not a multiple of the tick of M0, 0.01")
        #expect(
            try error { $0.limitPrice = try Price("20") }
                == "quantity 0.1 at limit_price 20 is worth 2, below the minimum of M0, 5")
    }

    @Test func `slices fit into the duration, and are not too many`() throws {
        #expect(
            try error { $0.slice = .minutes(11) } == "slice 660s is longer than duration 600s")
        #expect(
            try error {
                $0.slice = .milliseconds(100)
                $0.duration = .minutes(1_440)
            } == "slice 100ms makes 864000 slices of duration 86400s, more than 100000")
        #expect(try error { $0.slice = .milliseconds(7_001) } == nil)
    }
}
