import Locks
import MarketModel
import Quantities
import StrategyKit
import StrategyTesting
import Testing

struct DeterminismTests {
    @Test func `a strategy that keeps to its desk decides the same in every run`() throws {
        try assertDeterministic(Greedy.self)
        try assertDeterministic(
            Greedy.self, over: .tape("0s..60s by 1s | 100 / 101 then 99 / 100 then 101 / 102"))
        let start = DeterminismInput.startTime
        let quotes = (0..<50).map { step -> MarketEvent in
            let (bid, now) = (Price(100 + step % 3), start + .seconds(Int64(step)))
            return .quote(
                Quote(
                    market: MarketID(0), bid: bid, bidSize: Quantity(1), ask: bid + Price(1),
                    askSize: Quantity(1), sequence: 0,
                    venueTime: now, receivedAt: now))
        }
        try assertDeterministic(Greedy.self, over: .events(quotes))
    }

    @Test func `state outside of the strategy is found, with the first decision that differs`() throws {
        let report = try determinismReport(
            Forgetful.self, over: .tape("0s..3s by 1s | 100 / 101"), setup: TapeSetup())
        #expect(
            report == """
                forgetful does not decide the same about the same market

                  line | first run           | the same again
                ≠ 1    | 0s #1 buy 1 @ 99.00 | 0s #1 buy 1 @ 95.00
                  2    | 1s #2 buy 1 @ 98.00 | 1s #2 buy 1 @ 94.00
                  3    | 2s #3 buy 1 @ 97.00 | 2s #3 buy 1 @ 93.00
                  4    | 3s #4 buy 1 @ 96.00 | 3s #4 buy 1 @ 92.00
                """)
    }

    @Test func `dice that nobody seeded are found`() throws {
        try withKnownIssue("the strategy throws dice") {
            try assertDeterministic(Gambler.self, over: .tape("0s..30s by 1s | 100 / 101"))
        } matching: { issue in
            issue.comments.contains { $0.rawValue.hasPrefix("gambler does not decide the same") }
        }
    }

    @Test func `a market in which nothing is decided proves nothing`() throws {
        let report = try determinismReport(Greedy.self, over: .tape("0s |"))
        #expect(
            report
                == "greedy sent nothing in this market: that proves nothing; give it one in which it trades")
    }
}

/// Counts its quotes where every copy of it counts.
private struct Forgetful: Strategy {
    static let name = "forgetful"
    static let count = Lock(0)

    struct Parameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    let market: MarketID
    init(_ parameters: Parameters, _ setup: StrategySetup) { market = setup.market.id }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        let count = Self.count.withLock {
            $0 += 1
            return $0
        }
        desk.place(.limit(.buy, Quantity(1), at: quote.bid - Price(count), in: market))
    }
}

/// Buys when the dice say so.
private struct Gambler: Strategy {
    static let name = "gambler"

    struct Parameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    let market: MarketID
    init(_ parameters: Parameters, _ setup: StrategySetup) { market = setup.market.id }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        desk.place(.limit(.buy, Quantity(Int.random(in: 1...1_000_000)), at: Price(1), in: market))
    }
}
