import Quantities
import TestSupport
import Testing
import VenueKit

/// The window against a checker that counts every request in every window by hand.
struct SlidingWindowFuzzTests {
    private static let start = Instant(milliseconds: 1_704_067_200_000)

    @Test func `no window holds more than its limit, whenever requests are tried`() {
        var random = SeededRandom(seed: FuzzSettings.seed(11))
        for _ in 0..<max(1, FuzzSettings.cases(20_000) / 500) {
            let limit = RateLimit(
                requests: 1 + random.below(20), window: .milliseconds(Int64(1 + random.below(2_000))))
            let reserve = random.below(limit.requests)
            var window = SlidingWindow(limit)
            var now = Self.start
            var sent: [(at: Instant, isReserved: Bool)] = []
            for _ in 0..<500 {
                now = now + .microseconds(Int64(random.below(400_000)))
                let isReserved = random.chance(0.3)
                guard window.opensAt(reserve: isReserved ? 0 : reserve) <= now else { continue }
                window.note(at: now)
                sent.append((now, isReserved))
                let inWindow = sent.filter { now - $0.at < limit.window }.count
                #expect(inWindow <= limit.requests)
                #expect(window.used(at: now) == inWindow)
                if !isReserved { #expect(inWindow <= limit.requests - reserve) }
            }
        }
    }

    @Test func `it says exactly when the next request may go`() {
        var random = SeededRandom(seed: FuzzSettings.seed(12))
        for _ in 0..<100 {
            let limit = RateLimit(requests: 1 + random.below(10), window: .milliseconds(1_000))
            var window = SlidingWindow(limit)
            var sent: [Instant] = []
            var now = Self.start
            for _ in 0..<200 {
                let opens = window.opensAt()
                let byHand =
                    sent.count < limit.requests
                    ? Instant.distantPast : sent[sent.count - limit.requests] + limit.window
                #expect(opens == byHand)
                now = max(now, opens)
                if random.chance(0.2) { now = now + .milliseconds(Int64(random.below(700))) }
                window.note(at: now)
                sent.append(now)
            }
        }
    }

    @Test func `with work at all times the whole budget is used`() {
        var window = SlidingWindow(RateLimit(requests: 60, window: .seconds(2)))
        var now = Self.start
        var count = 0
        while now < Self.start + .seconds(100) {
            now = max(now, window.opensAt())
            guard now < Self.start + .seconds(100) else { break }
            window.note(at: now)
            count += 1
        }
        #expect(count == 3_000)
    }

    @Test func `a refusal for rate closes it for a whole window`() {
        var window = SlidingWindow(RateLimit(requests: 60, window: .seconds(2)))
        window.close(at: Self.start)
        #expect(window.opensAt() == Self.start + .seconds(2))
        window.close(at: Self.start - .seconds(1))
        #expect(window.opensAt() == Self.start + .seconds(2), "an older refusal shortens nothing")
    }
}
