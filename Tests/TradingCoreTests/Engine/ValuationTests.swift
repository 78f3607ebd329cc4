import MarketModel
import Quantities
import StrategyKit
import Testing
import VenueKit

@testable import TradingCore

/// Figures of a market that is paid in another asset than profit is counted in.
struct ValuationTests {
    private static func table() throws -> MarketTable {
        let rules = MarketRules(
            tick: try Price("0.0001"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.001"))
        var table = MarketTable()
        table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        table.add("ELMOAK", base: "ELM", quote: "OAK", rules: rules)
        table.count(in: table.asset("PINE"))
        return table
    }

    private static func quote(_ market: Int, _ bid: String, _ ask: String) throws -> Quote {
        Quote(
            market: MarketID(market), bid: try Price(bid), bidSize: Quantity(1), ask: try Price(ask),
            askSize: Quantity(1), sequence: 1, venueTime: .distantPast, receivedAt: .distantPast)
    }

    @Test func `every figure is taken at the mid price of the market that prices the asset`() throws {
        var desk = Desk(table: try Self.table(), strategies: 1, seed: 1)
        desk.positions[1].quantity = Quantity(2)
        desk.positions[1].cashFlow = try Notional("-0.5")
        desk.positions[1].openCost = try Notional("0.5")
        desk.positions[1].fees = try Notional("0.001")
        desk.positions[1].turnover = try Notional("0.5")
        desk.states[1].quote = try Self.quote(1, "0.25", "0.27")

        // While nobody knows what OAK is worth, neither is what was earned in it.
        let unknown = try desk.valuation(of: StrategyID(0), in: MarketID(1))
        #expect(try unknown.profit() == .zero)

        desk.states[0].quote = try Self.quote(0, "99", "101")
        let valuation = try desk.valuation(of: StrategyID(0), in: MarketID(1))
        #expect(valuation.asset == desk.table.markets[0].quote)
        #expect(valuation.mark == Price(26))
        #expect(valuation.position.openCost == Notional(50))
        #expect(try valuation.position.fees == Notional("0.1"))
        // 2 at 0.26, less 0.5 and 0.001, in OAK at 100.
        #expect(try valuation.profit() == Notional("1.9"))
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        #expect(try floor.profit(of: StrategyID(0), desk) == Notional("1.9"))
    }

    @Test func `what is held is valued where its asset is traded for what is counted`() throws {
        var table = try Self.table()
        let rules = table.markets[0].rules
        table.add("ELMPINE", base: "ELM", quote: "PINE", rules: rules)
        table.count(in: table.asset("PINE"))
        var desk = Desk(table: table, strategies: 1, seed: 1)
        // A cycle: 2 ELM bought for 50 PINE, sold for 0.52 OAK, sold for 52 PINE.
        desk.positions[2].quantity = Quantity(2)
        desk.positions[2].cashFlow = Notional(-50)
        desk.positions[1].quantity = Quantity(-2)
        desk.positions[1].cashFlow = try Notional("0.52")
        desk.positions[0].quantity = try Quantity("-0.52")
        desk.positions[0].cashFlow = Notional(52)
        for index in 0..<3 { desk.positions[index].fillCount = 1 }
        desk.states[0].quote = try Self.quote(0, "99", "101")
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        for mid in ["20", "25", "31"] {
            desk.states[2].quote = try Self.quote(2, mid, "\(mid).5")
            desk.states[1].quote = try Self.quote(1, "0.1", "0.2")
            // Whatever the markets say meanwhile: 52 - 50.
            #expect(try floor.profit(of: StrategyID(0), desk) == Notional(2))
        }
    }

    @Test func `figures in the asset that is counted stay as they are`() throws {
        var desk = Desk(table: try Self.table(), strategies: 1, seed: 1)
        desk.positions[0].quantity = Quantity(1)
        desk.positions[0].cashFlow = Notional(-90)
        desk.states[0].quote = try Self.quote(0, "99", "101")
        let valuation = try desk.valuation(of: StrategyID(0), in: MarketID(0))
        #expect(valuation.position == desk.positions[0])
        #expect(try valuation.profit() == Notional(10))
    }

    @Test func `markets that are all paid in one asset need no price of another`() throws {
        var table = try Self.table()
        table.count(in: table.asset("OAK"))
        #expect(table.conversions.isEmpty)
    }
}
