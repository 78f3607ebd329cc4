import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// The session's switch: every strategy goes to the same step, and stays there.
struct SwitchTests {
    private func halt<S: StrategyCallbacks>(_ stage: Stage<S>, _ step: LadderStep) {
        stage.engine.halt(step, at: stage.now)
        stage.collect()
    }

    @Test func `halted, the orders of every strategy are cancelled and new ones refused`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        let first = stage.rest(Money.limit(.buy, "1", at: "99"), as: 0)
        let second = stage.rest(Money.limit(.sell, "1", at: "110"), as: 1)
        halt(stage, .halted)
        #expect(stage.cancelled == [first, second])
        #expect(stage.alerts == [.switched(.halted), .switched(.halted)])
        for strategy in [0, 1] {
            let refused = stage.place(Money.limit(.buy, "1", at: "98"), as: strategy)
            #expect(stage.refusal(refused) == .halted)
        }
        #expect(stage.placed == [first, second])
    }

    @Test func `what still fills after the switch is booked`() {
        let stage = Stage.one()
        let id = stage.rest(Money.limit(.buy, "10", at: "99"))
        halt(stage, .halted)
        stage.feed(Money.deal(1, id, "10", at: "99"))
        #expect(stage.position().quantity == Quantity(10))
        #expect(stage.state(id) == .closed(.filled))
    }

    @Test func `flattened, the position is sold once its orders have ended`() {
        let stage = Stage.one()
        let long = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, long, "10", at: "100"))
        let resting = stage.rest(Money.limit(.sell, "4", at: "110"))
        halt(stage, .flattened)
        #expect(stage.cancelled == [resting])
        #expect(stage.placed == [long, resting])
        stage.feed(Money.deal(2, resting, "4", at: "110"))
        guard case .place(let placement) = stage.commands.last else {
            Issue.record("no order: \(stage.commands)")
            return
        }
        #expect(placement.ticket == Money.market(.sell, "6"))
    }

    @Test func `a switch thrown again to flatten goes on from where it was, and never back`() {
        let stage = Stage.one()
        let long = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, long, "10", at: "100"))
        halt(stage, .halted)
        #expect(stage.placed == [long])
        halt(stage, .flattened)
        #expect(stage.placed.count == 2)
        halt(stage, .halted)
        #expect(stage.step() == .flattened)
        #expect(stage.placed.count == 2)
    }

    @Test func `a cancel that the venue refuses while halted is chased until the order has ended`() {
        let stage = Stage.one()
        let id = stage.rest(Money.limit(.buy, "1", at: "99"))
        halt(stage, .halted)
        stage.feed(.actionRefused(OrderRefused(order: id, reason: .venueOther, venueTime: stage.now)))
        stage.run(.seconds(2))
        #expect(stage.queried == [id])
    }
}
