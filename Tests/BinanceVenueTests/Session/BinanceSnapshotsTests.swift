import BinanceVenue
import MarketModel
import Quantities
import Testing
import VenueKit

struct BinanceSnapshotsTests {
    private let start = Instant(milliseconds: 1_000)

    @Test func `books are asked for in the order in which they were wanted, within the limit`() {
        var plan = BinanceSnapshots(markets: 4, limit: RateLimit(requests: 2, window: .seconds(10)))
        #expect(plan.next(at: start) == nil && plan.nextDue == .distantFuture)
        plan.isWanted(MarketID(2), at: start)
        plan.isWanted(MarketID(0), at: start + .milliseconds(1))
        plan.isWanted(MarketID(3), at: start + .milliseconds(2))
        plan.isWanted(MarketID(2), at: start + .milliseconds(3))
        let now = start + .milliseconds(5)
        #expect(plan.next(at: now) == MarketID(2))
        #expect(plan.next(at: now) == MarketID(0))
        #expect(plan.next(at: now) == nil)
        #expect(plan.nextDue == now + .seconds(10))
        #expect(plan.next(at: now + .seconds(10)) == MarketID(3))
        #expect(plan.next(at: now + .seconds(30)) == nil, "all were asked for")
    }

    @Test func `what failed is asked for again, ever more slowly, until the book is whole`() {
        var plan = BinanceSnapshots(markets: 1, limit: RateLimit(requests: 100, window: .seconds(1)))
        plan.isWanted(MarketID(0), at: start)
        var now = start
        var pauses: [Int64] = []
        for _ in 0..<8 {
            #expect(plan.next(at: now) == MarketID(0))
            plan.failed(MarketID(0), at: now)
            pauses.append((plan.nextDue - now).nanoseconds / 1_000_000_000)
            now = plan.nextDue
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 32, 32])
        #expect(plan.next(at: now) == MarketID(0))
        plan.isLive(MarketID(0))
        #expect(plan.nextDue == .distantFuture)
        plan.failed(MarketID(0), at: now)
        #expect(plan.nextDue == .distantFuture, "nobody waits for it")
    }

    @Test func `a refusal for rate closes the window`() {
        var plan = BinanceSnapshots(markets: 1, limit: RateLimit(requests: 5, window: .seconds(60)))
        plan.isWanted(MarketID(0), at: start)
        plan.refusedForRate(at: start)
        #expect(plan.next(at: start) == nil)
        #expect(plan.next(at: start + .seconds(60)) == MarketID(0))
    }
}
