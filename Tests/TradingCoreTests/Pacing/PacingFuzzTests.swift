import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// What leaves the engine against a checker that counts the requests of every window by hand.
struct PacingFuzzTests {
    /// The most requests that any window of the length holds.
    private func most(_ times: [Instant], _ window: Interval) -> Int {
        var first = 0
        var most = 0
        for last in times.indices {
            while times[last] - times[first] >= window { first += 1 }
            most = max(most, last - first + 1)
        }
        return most
    }

    /// One time per request of the group; a batch also counts once per order against placements.
    private func times(_ sent: [Dispatch], _ group: RateGroup) -> [Instant] {
        switch group {
        case .place: sent.filter { $0.group == .place || $0.group == .batch }.map(\.at)
        case .cancel, .query: sent.filter { $0.group == group }.map(\.at)
        case .batch: requests(sent.filter { $0.group == .batch })
        }
    }

    private func requests(_ sent: [Dispatch]) -> [Instant] {
        var last: UInt64 = 0
        return sent.compactMap { dispatch in
            defer { last = dispatch.request }
            return dispatch.request == last ? nil : dispatch.at
        }
    }

    @Test func `no window of the venue is ever exceeded`() {
        let first = FuzzSettings.seed(21)
        for seed in first..<first + UInt64(max(1, FuzzSettings.cases(20_000) / 4_000)) {
            var random = SeededRandom(seed: seed)
            let limits = Money.limits(
                place: 3 + random.below(10), cancel: 3 + random.below(10), batch: 1 + random.below(3),
                query: 1 + random.below(3), total: 8 + random.below(10), reserve: random.below(5),
                batchSize: 1 + random.below(5), window: .milliseconds(Int64(500 + random.below(1_000))))
            let stage = play(limits, &random)
            for group in RateGroup.allCases {
                let found = most(times(stage.sent, group), limits[group].window)
                #expect(found <= limits[group].requests, "\(group), seed \(seed)")
            }
            #expect(most(requests(stage.sent), limits.total.window) <= limits.total.requests, "seed \(seed)")
            let others = requests(stage.sent.filter { $0.group != .cancel })
            #expect(
                most(others, limits.total.window) <= limits.total.requests - limits.cancelReserve,
                "the reserve, seed \(seed)")
            #expect(stage.statuses == [.running], "seed \(seed)")
            #expect(
                most(times(stage.sent, .place), limits.place.window) == limits.place.requests
                    || most(others, limits.total.window) == limits.total.requests - limits.cancelReserve,
                "some window was full, seed \(seed)")
        }
    }

    /// A strategy that does anything at any time, and a venue that answers, refuses and keeps silent.
    private func play(_ limits: VenueLimits, _ random: inout SeededRandom) -> Stage<Probe> {
        let stage = Stage.one(venue: limits)
        var living: [OrderID] = []
        for _ in 0..<600 {
            stage.run(.microseconds(Int64(random.below(60_000))))
            stage.quote("99.50", "100.50")
            let choice = random.below(10)
            let target = living.isEmpty ? OrderID.none : living[random.below(living.count)]
            let price = Money.price("0.01") * (9_000 + random.below(900))
            stage.wish { desk in
                switch choice {
                case 0..<5:
                    for _ in 0...choice {
                        let ticket = OrderTicket.limit(
                            .buy, Money.quantity("0.1"), at: price, in: MarketID(0))
                        if let id = desk.place(ticket) { living.append(id) }
                    }
                case 5: if let id = desk.modify(target, price: price) { living.append(id) }
                case 6: desk.cancelAll()
                default: desk.cancel(target)
                }
            }
            answer(stage, target, random.below(4))
        }
        return stage
    }

    private func answer(_ stage: Stage<Probe>, _ order: OrderID, _ choice: Int) {
        switch choice {
        case 0: stage.feed(Money.accepted(order))
        case 1: stage.feed(Money.progress(order, .cancelled, "0"))
        case 2: stage.feed(Money.unanswered(order))
        default: break
        }
    }

    @Test(arguments: [1, 4])
    func `P11: with work at all times at least 95 % of the budget is used`(batch: Int) {
        let limits = Money.limits(
            place: 60, cancel: 60, batch: 20, total: 400, batchSize: batch, window: .seconds(2))
        let stage = Stage.one(venue: limits)
        let end = stage.now + .seconds(60)
        while stage.now < end {
            stage.run(.milliseconds(250))
            stage.quote("99.50", "100.50")
            stage.wish { desk in
                for _ in 0..<20 { desk.place(Money.limit(.buy, "0.1", at: "99")) }
            }
            for id in stage.placed.suffix(40) { stage.feed(Money.progress(id, .cancelled, "0")) }
        }
        let budget = 60 * 30
        #expect(stage.placed.count >= budget * 95 / 100)
        #expect(stage.placed.count <= budget + 60)
    }
}
