import MarketModel
import Quantities
import Simulation
import Testing
import VenueKit

/// Requests that come faster than the venue allows.
struct RateWindowTests {
    private static let limits = VenueLimits(
        place: RateLimit(requests: 3, window: .milliseconds(10)),
        cancel: RateLimit(requests: 2, window: .milliseconds(10)),
        batch: RateLimit(requests: 1, window: .milliseconds(10)),
        query: RateLimit(requests: 1, window: .milliseconds(10)),
        total: RateLimit(requests: 20, window: .milliseconds(10)), cancelReserve: 0, batchSize: 10)

    /// Lines are a millisecond apart: the fourth order is refused, the sixth one is in a new window.
    @Test func `what comes too early is refused, did not happen, and is counted`() throws {
        let pit = VenuePit(limits: Self.limits)
        let script = """
            #1 buy 1 @ 99  | #1 accepted v1, #1 open 0
            #2 buy 1 @ 99  | #2 accepted v2, #2 open 0
            #3 buy 1 @ 99  | #3 accepted v3, #3 open 0
            #4 buy 1 @ 99  | #4 limited place
            modify #1 #5 buy 1 @ 98  | #5 limited place
            cancel #1      | #1 cancelled 0
            cancel #2      | #2 cancelled 0
            cancel #3      | #3 limited cancel
            ask #3         | #3 open 0
            ask #3         | #0 limited query
            #6 buy 1 @ 99  | #6 accepted v4, #6 open 0
            money          | OAK 1000, PINE 100000 (198)
            """
        let heard = try pit.play(script)
        #expect(heard == script)
        #expect(pit.venue.rateViolations == 4)
    }

    @Test func `a batch is one request of its own kind and an order each`() throws {
        let pit = VenuePit(limits: Self.limits)
        try send(batch: 1, of: 1...5, to: pit)
        #expect(outcomes(pit) == ["accepted", "accepted", "accepted", "limited", "limited"])
    }

    @Test func `a batch that comes too early is refused whole`() throws {
        let pit = VenuePit(limits: Self.limits)
        try send(batch: 1, of: 1...1, to: pit)
        try send(batch: 2, of: 2...3, to: pit)
        #expect(outcomes(pit) == ["accepted", "limited", "limited"])
        #expect(pit.venue.rateViolations == 2)
        // It cost none of the window of single orders.
        pit.pass(.milliseconds(10))
        try send(batch: 3, of: 4...6, to: pit)
        #expect(outcomes(pit).suffix(3) == ["accepted", "accepted", "accepted"])
    }

    @Test func `the window of all requests together counts every kind`() throws {
        var limits = Self.limits
        limits.total = RateLimit(requests: 2, window: .milliseconds(10))
        let pit = VenuePit(limits: limits)
        let script = """
            #1 buy 1 @ 99  | #1 accepted v1, #1 open 0
            cancel #1      | #1 cancelled 0
            ask #1         | #0 limited query
            #2 buy 1 @ 99  | #2 limited place
            """
        let heard = try pit.play(script)
        #expect(heard == script)
    }

    private func send(batch request: UInt64, of numbers: ClosedRange<UInt64>, to pit: VenuePit) throws {
        for number in numbers {
            let placement = try pit.placement(["#\(number)", "buy", "1", "@", "99"])
            pit.venue.receive(
                Dispatch(request: request, group: .batch, command: .place(placement), at: pit.now))
        }
        pit.hear()
    }

    private func outcomes(_ pit: VenuePit) -> [String] {
        pit.facts.compactMap { fact in
            switch fact {
            case .accepted: "accepted"
            case .rateLimited: "limited"
            case .progress, .balance: nil
            case .refused, .deal, .actionRefused, .outcomeUnknown, .neverSent, .absent, .orderPause:
                "other"
            }
        }
    }
}
