import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// A run that begins with what the one before it held.
@Suite struct LiveCarryTests {
    private func carry(_ quantity: String, cost: String) throws -> Carry {
        Carry(
            strategy: StrategyID(0), market: Market.btcusdt, quantity: try Quantity(quantity),
            openCost: try Notional(cost), at: Market.start)
    }

    @Test func `strategies begin with the position and its cost`() throws {
        let stage = LiveStage()
        stage.session.begin(with: [try carry("5", cost: "450")])
        stage.getReady()
        #expect(stage.phase == .running)
        #expect(stage.position == quantity("5"))
        let position = stage.session.engine.desk.positions[0]
        #expect(position.averagePrice == price("90"))
        #expect(try position.profit(at: price("100")) == Notional("50"))
        // The first entry of the tape.
        guard case .carry = try #require(stage.tape.inputs.first) else {
            Issue.record("\(stage.tape.inputs[0])")
            return
        }
    }

    @Test func `where the account holds less, nothing is traded and both figures are told`() throws {
        let stage = LiveStage()
        stage.session.begin(with: [try carry("11", cost: "990")])
        stage.getReady()
        #expect(stage.outcome?.isClean == false)
        #expect(
            stage.outcome?.shortfalls
                == [Shortfall(asset: AssetID(0), carried: try Amount("11"), held: try Amount("10"))])
        #expect(!stage.diary.words.contains("start"))
    }

    @Test func `an order that its deals close before its reply has its number in the books`() {
        let stage = LiveStage()
        stage.session.engine.floor.keepsTold = true
        stage.getReady()
        let order = stage.place(buy())
        stage.pushDeal(9_001, of: 501, client: LiveStage.name(order))
        stage.pushOrder(3, 501, client: LiveStage.name(order), filled: "1", deal: 9_001, last: "1")
        #expect(stage.state(order) == "filled")
        var number = VenueOrderID.unknown
        for case .order(let told) in stage.session.engine.floor.told where told.id == order {
            number = told.venueID
        }
        #expect(number == VenueOrderID(501))
    }
}
