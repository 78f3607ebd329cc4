import MarketModel
import Quantities
import Simulation
import StrategyKit
import Testing
import VenueKit

/// How long messages take, and that none is lost or overtaken on its way.
struct LatencyTests {
    private static func latency(
        feed: Int64, order: Int64, response: Int64, jitter: Int64 = 0
    ) -> VenueLatency {
        func model(_ milliseconds: Int64) -> LatencyModel {
            LatencyModel(base: .milliseconds(milliseconds), jitter: .milliseconds(jitter))
        }
        return VenueLatency(feed: model(feed), order: model(order), response: model(response))
    }

    private func place(_ pit: VenuePit, _ text: String) throws {
        pit.send(.place(try pit.placement(text.split(separator: " ").map(String.init))))
    }

    /// Lets time pass from one due moment to the next; returns each fact with the time of its arrival.
    private func drain(_ pit: VenuePit) -> [(at: Instant, fact: VenueFact)] {
        var heard: [(at: Instant, fact: VenueFact)] = []
        while pit.venue.nextDue < .distantFuture {
            let due = pit.venue.nextDue
            pit.pass(due - pit.now)
            pit.venue.advance(to: due, pit.desk.states)
            while let fact = pit.venue.popFact(at: due) { heard.append((due, fact)) }
        }
        return heard
    }

    private func isReply(_ fact: VenueFact) -> Bool {
        switch fact {
        case .accepted, .refused, .actionRefused, .absent, .rateLimited: true
        case .progress, .deal, .balance, .outcomeUnknown, .neverSent, .orderPause: false
        }
    }

    @Test func `an order arrives after the feed's and its own way, its reply after what response adds`()
        throws
    {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 10, response: 12))
        let sent = pit.now
        try place(pit, "#1 buy 1 @ 99")
        #expect(pit.venue.nextDue == sent + .milliseconds(15))
        let heard = drain(pit)
        #expect(heard.map { $0.at - sent } == Array(repeating: .milliseconds(22), count: 3))
        #expect(heard.first.map { isReply($0.fact) } == true)
        // The venue's own times are those of the arrival.
        guard case .accepted(let accepted)? = heard.first?.fact else {
            Issue.record("no acceptance")
            return
        }
        #expect(accepted.venueTime == sent + .milliseconds(15))
    }

    @Test func `news of a fill come with the trade that made it where the feed is the slower way`() throws {
        let pit = VenuePit(latency: Self.latency(feed: 20, order: 1, response: 12))
        pit.show(quote(pit, 99, 101))
        try place(pit, "#1 buy 1 @ 100")
        _ = drain(pit)
        pit.show(pit.trade(.sell, Quantity(1), Price(100)))
        #expect(drain(pit).map(\.at) == Array(repeating: pit.now, count: 4))
    }

    @Test func `news of a fill come later than the trade where the response is the slower way`() throws {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 1, response: 12))
        pit.show(quote(pit, 99, 101))
        try place(pit, "#1 buy 1 @ 100")
        _ = drain(pit)
        let traded = pit.now
        pit.show(pit.trade(.sell, Quantity(1), Price(100)))
        #expect(drain(pit).map { $0.at - traded } == Array(repeating: .milliseconds(7), count: 4))
    }

    @Test func `P16: an order meets the market that is seen when it arrives, not when it left`() throws {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 10, response: 10))
        pit.show(quote(pit, 99, 101))
        try place(pit, "#1 buy 1 @ 103 ioc")
        pit.pass(.milliseconds(14))
        pit.venue.advance(to: pit.now, pit.desk.states)
        pit.show(quote(pit, 101, 102))
        _ = drain(pit)
        #expect(pit.deals.isEmpty)
        #expect(pit.venue.balances[0].total == Amount(1_001))
        #expect(pit.venue.balances[1].total == Amount(100_000 - 102))
    }

    @Test func `the requests of a batch arrive together`() throws {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 10, response: 10, jitter: 9))
        for number in 1...5 as ClosedRange<UInt64> {
            let placement = try pit.placement(["#\(number)", "buy", "1", "@", "99"])
            pit.venue.receive(
                Dispatch(request: 7, group: .batch, command: .place(placement), at: pit.now))
        }
        var times: Set<Instant> = []
        for (_, fact) in drain(pit) {
            if case .accepted(let accepted) = fact { times.insert(accepted.venueTime) }
        }
        #expect(times.count == 1)
    }

    /// A thousand requests a hundred microseconds apart, on ways that vary by fifty times that.
    @Test func `on uneven ways each channel keeps its order, and nothing is lost`() throws {
        let pit = VenuePit(
            quote: Amount(1_000_000), latency: Self.latency(feed: 3, order: 10, response: 10, jitter: 5))
        var heard: [(at: Instant, fact: VenueFact)] = []
        let count: UInt64 = 1_000
        for number in 1...count {
            let text = number.isMultiple(of: 3) ? "#\(number) buy 2 @ 99 ioc" : "#\(number) buy 1 @ 99"
            try place(pit, text)
            pit.pass(.microseconds(100))
            while pit.venue.nextDue <= pit.now {
                let due = pit.venue.nextDue
                pit.venue.advance(to: due, pit.desk.states)
                while let fact = pit.venue.popFact(at: due) { heard.append((due, fact)) }
            }
        }
        heard += drain(pit)

        var accepted: [UInt64] = []
        var opened: [UInt64] = []
        var dropped: [UInt64] = []
        var overtaken = 0
        for (_, fact) in heard {
            switch fact {
            case .accepted(let reply): accepted.append(reply.order.sequence)
            case .progress(let progress) where progress.phase == .open:
                if !accepted.contains(progress.order.sequence) { overtaken += 1 }
                opened.append(progress.order.sequence)
            case .progress(let progress): dropped.append(progress.order.sequence)
            case .balance: break
            case .refused, .deal, .actionRefused, .outcomeUnknown, .neverSent, .absent, .rateLimited,
                .orderPause:
                Issue.record("unexpected \(fact)")
            }
        }
        let resting = (1...count).filter { !$0.isMultiple(of: 3) }
        #expect(accepted == resting)
        #expect(opened == resting)
        #expect(dropped == (1...count).filter { $0.isMultiple(of: 3) })
        // A push does not wait for the reply that it follows from.
        #expect(overtaken > 0 && overtaken < resting.count)
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $0.at <= $1.at })
        #expect(pit.venue.nextDue == .distantFuture)
    }

    @Test func `what is due later is not handed over before`() throws {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 10, response: 12))
        try place(pit, "#1 buy 1 @ 99")
        pit.pass(.milliseconds(14))
        pit.venue.advance(to: pit.now, pit.desk.states)
        #expect(pit.venue.popFact(at: pit.now) == nil)
        pit.pass(.milliseconds(1))
        pit.venue.advance(to: pit.now, pit.desk.states)
        #expect(pit.venue.popFact(at: pit.now) == nil)
        #expect(pit.venue.nextDue == pit.now + .milliseconds(7))
    }

    @Test func `the paper money is known when the session starts, however slow the ways are`() {
        let pit = VenuePit(latency: Self.latency(feed: 5, order: 10, response: 1_000))
        #expect(pit.balances.map(\.total) == [Amount(1_000), Amount(100_000)])
        #expect(pit.venue.nextDue == .distantFuture)
    }

    private func quote(_ pit: VenuePit, _ bid: Int, _ ask: Int) -> Quote {
        Quote(
            market: pit.market.id, bid: Price(bid), bidSize: Quantity(5), ask: Price(ask),
            askSize: Quantity(5), sequence: 0, venueTime: pit.now, receivedAt: pit.now)
    }
}
