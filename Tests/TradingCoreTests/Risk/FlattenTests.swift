import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// The last step of the ladder: own orders end first, then the position is traded away at market.
struct FlattenTests {
    private func long(_ venue: VenueLimits = Money.generous) -> Stage<Probe> {
        let stage = Stage.one(venue: venue)
        let id = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, id, "10", at: "100"))
        return stage
    }

    private func flatten(_ stage: Stage<Probe>) {
        stage.engine.climb(to: .flattened)
        stage.collect()
    }

    private func marketOrders(_ stage: Stage<Probe>) -> [OrderTicket] {
        stage.commands.compactMap {
            if case .place(let placement) = $0, placement.ticket.kind == .market {
                placement.ticket
            } else {
                nil
            }
        }
    }

    @Test func `a position without orders is sold at market at once`() {
        let stage = long()
        flatten(stage)
        #expect(marketOrders(stage) == [Money.market(.sell, "10")])
        stage.feed(Money.deal(2, stage.placed.last ?? .none, "10", at: "99"))
        #expect(stage.position().isFlat)
        stage.run(.seconds(60))
        #expect(marketOrders(stage).count == 1)
    }

    @Test func `market orders go only after the own orders have ended`() {
        let stage = long()
        let sell = stage.rest(Money.limit(.sell, "4", at: "110"))
        let unknown = stage.place(Money.limit(.buy, "3", at: "90"))
        stage.feed(Money.unanswered(unknown))
        flatten(stage)
        #expect(Set(stage.cancelled) == [sell, unknown])
        #expect(marketOrders(stage) == [])
        stage.feed(Money.deal(2, sell, "4", at: "110"))
        #expect(marketOrders(stage) == [], "one of them is still unknown")
        stage.feed(Money.absent(unknown))
        #expect(marketOrders(stage) == [Money.market(.sell, "6")])
    }

    @Test func `orders that were never sent are withdrawn and delay nothing`() {
        let stage = long(Money.limits(place: 1))
        let waiting = stage.place(Money.limit(.sell, "1", at: "111"))
        flatten(stage)
        #expect(stage.state(waiting) == .closed(.rejected(.withdrawn)))
        stage.run(.seconds(1))
        #expect(stage.placed.count == 2)
        #expect(marketOrders(stage) == [Money.market(.sell, "10")])
    }

    @Test func `it stops after its attempts`() {
        let stage = long()
        flatten(stage)
        for _ in 0..<50 {
            guard let last = stage.placed.last, stage.state(last)?.isActive == true else { break }
            stage.feed(Money.refused(last, .venueNoLiquidity))
        }
        #expect(marketOrders(stage).count == 10)
        #expect(stage.openOrders() == 0)
        #expect(stage.position().quantity == Quantity(10))
    }

    @Test func `what is left of a partial fill is sold again`() {
        let stage = long()
        flatten(stage)
        let first = stage.placed.last ?? .none
        stage.feed([Money.deal(2, first, "7", at: "99"), Money.progress(first, .cancelled, "7")])
        #expect(marketOrders(stage).map(\.quantity) == [Quantity(10), Quantity(3)])
    }

    @Test func `less than the market's minimum stays`() {
        let stage = Stage.one()
        let id = stage.rest(Money.limit(.buy, "1", at: "100"))
        stage.feed([Money.deal(1, id, "0.0095", at: "100"), Money.progress(id, .cancelled, "0.0095")])
        flatten(stage)
        #expect(marketOrders(stage) == [])
        #expect(stage.livingCount == 0)
    }

    @Test func `a short position is bought back, every market by itself`() {
        let stage = Stage.one()
        stage.quote("99.50", "100.50", 1)
        let short = stage.rest(Money.limit(.sell, "2", at: "100"))
        let long = stage.rest(Money.limit(.buy, "5", at: "100", 1))
        stage.feed([Money.deal(1, short, "2", at: "100"), Money.deal(1, long, "5", at: "100", market: 1)])
        flatten(stage)
        #expect(marketOrders(stage) == [Money.market(.buy, "2"), Money.market(.sell, "5", 1)])
    }

    @Test func `the end of the strategy, or of the session, does not stop the selling`() {
        let stage = long(Money.limits(place: 1, window: .seconds(20)))
        flatten(stage)
        #expect(marketOrders(stage) == [], "it waits for its turn")
        stage.quote("99.50", "100.50")
        stage.wish { $0.stop(because: "enough") }
        stage.engine.stop(at: stage.now)
        #expect(stage.openOrders() == 1)
        stage.run(.seconds(20))
        #expect(marketOrders(stage) == [Money.market(.sell, "10")])
    }
}

extension Engine {
    /// Takes the first strategy up the ladder, as a person would who has seen enough.
    fileprivate mutating func climb(to step: LadderStep) {
        floor.climb(StrategyID(0), to: step, &desk)
    }
}
