import MarketModel
import Quantities
import Simulation
import Testing

/// A client among the crowd.
struct SyntheticClientTests {
    private static let opening = SyntheticMarketTests.configuration().startsAt

    /// A market, and what came out of it.
    private struct Session {
        var market: SyntheticMarket
        var events: [MarketEvent] = []
        var matches: [ClientMatch] = []

        init(seed: UInt64) throws {
            market = try SyntheticMarket(
                configuration: SyntheticMarketTests.configuration(), seed: seed)
        }

        mutating func submit(_ order: MatchOrder, at time: Instant) -> Submission {
            market.submit(order, at: time, events: &events, clientMatches: &matches)
        }

        mutating func advance(to time: Instant) -> Bool {
            market.advance(to: time, events: &events, clientMatches: &matches)
        }

        mutating func step() { market.step(events: &events, clientMatches: &matches) }

        var trades: [Trade] {
            events.compactMap { if case .trade(let trade) = $0 { trade } else { nil } }
        }

        var levels: [LevelChange] {
            events.compactMap { if case .level(let change) = $0 { change } else { nil } }
        }
    }

    private static func order(
        _ id: UInt64, _ side: Side, _ quantity: Quantity, at limit: Price?,
        _ duration: OrderDuration = .goodTillCancelled, isHidden: Bool = false
    ) -> MatchOrder {
        MatchOrder(
            id: id, owner: 7, side: side, limit: limit, quantity: quantity, duration: duration,
            isHidden: isHidden)
    }

    @Test func `an order at the best bid waits behind the crowd and is filled at its price`() throws {
        var session = try Session(seed: 21)
        #expect(session.advance(to: Self.opening + .seconds(1)) == true)
        session.events.removeAll()
        let best = try #require(session.market.book.publicBest(.buy))
        let ahead = try #require(session.market.book.front(.buy))
        let size = Quantity(raw: 20_000_000_000)
        let now = Self.opening + .seconds(1)
        let order = Self.order(1, .buy, size, at: best.price, .makerOnly)
        #expect(session.submit(order, at: now) == .rested(remaining: size))
        #expect(session.levels.map(\.quantity) == [best.quantity + size])
        #expect(session.levels.first?.venueTime == now)

        while session.matches.isEmpty, session.market.nextEventAt < now + .minutes(10) { session.step() }
        let first = try #require(session.matches.first)
        #expect(first.match.maker == 1 && first.match.makerOwner == 7)
        #expect(first.match.price == best.price && first.match.aggressor == .sell)
        let trade = try #require(session.trades.first { $0.id == first.deal })
        #expect(trade.price == first.match.price && trade.quantity == first.match.quantity)
        #expect(trade.venueTime == first.at)

        // The crowd's order that stood there first was traded or pulled before.
        #expect(session.market.book.order(ahead.id) == nil)
        let rest = session.market.book.order(1)?.quantity ?? .zero
        #expect(rest == size - session.matches.reduce(Quantity.zero) { $0 + $1.match.quantity })
    }

    @Test func `a client that sweeps a side pays every level and the crowd comes back`() throws {
        var session = try Session(seed: 22)
        let now = Self.opening
        var asks: [Level] = []
        session.market.book.publicLevels(.sell, limit: .max, into: &asks)
        let all = asks.reduce(Quantity.zero) { $0 + $1.quantity }
        let one = Quantity(1)
        #expect(
            session.submit(Self.order(1, .buy, all + one, at: nil), at: now) == .cancelled(remaining: one))
        #expect(session.matches.reduce(Quantity.zero) { $0 + $1.match.quantity } == all)
        #expect(session.matches.allSatisfy { $0.match.takerOwner == 7 && $0.match.makerOwner == 0 })
        #expect(session.trades.map(\.id.raw) == session.matches.map(\.deal.raw))
        #expect(session.trades.first?.id.raw == 1)
        #expect(session.market.lastTradePrice == asks.last?.price)
        #expect(session.market.book.best(.sell) == nil)
        #expect(session.submit(Self.order(2, .buy, one, at: nil), at: now) == .refused(.venueNoLiquidity))

        session.step()
        #expect(session.market.book.publicBest(.sell) != nil)
        #expect(session.advance(to: now + .seconds(60)) == true)
        asks.removeAll()
        session.market.book.publicLevels(.sell, limit: .max, into: &asks)
        #expect(asks.count >= 20)
    }

    @Test func `a price that is too good is picked off at once`() throws {
        var session = try Session(seed: 23)
        let best = try #require(session.market.book.publicBest(.sell))
        let generous = best.price + Price(40)
        let size = Quantity(raw: 50_000_000_000)
        // The asks below are taken first; what rests stands far above what the crowd believes.
        let sweep = session.submit(Self.order(1, .buy, Quantity(1_000), at: generous), at: Self.opening)
        guard case .rested = sweep else {
            Issue.record("the sweep answered \(sweep)")
            return
        }
        session.matches.removeAll()
        session.step()
        #expect(session.matches.contains { $0.match.maker == 1 && $0.match.price == generous })
        #expect(session.matches.reduce(Quantity.zero) { $0 + $1.match.quantity } > size)
    }

    @Test func `a hidden order trades but no event shows it before`() throws {
        var session = try Session(seed: 24)
        let bid = try #require(session.market.book.publicBest(.buy))
        let hidden = Self.order(1, .buy, Quantity(raw: 10_000_000_000), at: bid.price, isHidden: true)
        #expect(session.submit(hidden, at: Self.opening) == .rested(remaining: hidden.quantity))
        #expect(session.events.isEmpty)
        var events: [MarketEvent] = []
        #expect(session.market.cancel(1, at: Self.opening, events: &events) == hidden.quantity)
        #expect(events.isEmpty)
    }

    @Test func `a client changes and cancels its own orders only`() throws {
        var session = try Session(seed: 25)
        let size = Quantity(raw: 10_000_000_000)
        let half = Quantity(raw: 5_000_000_000)
        let price = Price(59_000)
        let own = Self.order(1, .buy, size, at: price)
        #expect(session.submit(own, at: Self.opening) == .rested(remaining: size))
        let before = session.market.book.publicQuantity(.buy, at: price)
        var events: [MarketEvent] = []
        #expect(session.market.reduce(1, to: half, at: Self.opening, events: &events) == nil)
        #expect(session.market.book.publicQuantity(.buy, at: price) == before - half)
        #expect(session.market.cancel(1, at: Self.opening, events: &events) == half)
        #expect(session.market.cancel(1, at: Self.opening, events: &events) == nil)
        #expect(events.count == 2)

        let crowd = try #require(session.market.book.front(.buy))
        #expect(session.market.cancel(crowd.id, at: Self.opening, events: &events) == nil)
        #expect(
            session.market.reduce(crowd.id, to: half, at: Self.opening, events: &events)
                == .venueOrderNotFound)
        #expect(session.market.book.front(.buy) == crowd)
        var impostor = Self.order(1, .buy, size, at: price)
        impostor.owner = SyntheticMarket.crowd
        #expect(session.submit(impostor, at: Self.opening) == .refused(.venueBadParameter))
        let marked = Self.order(1 << 63 | 1, .buy, size, at: price)
        #expect(session.submit(marked, at: Self.opening) == .refused(.venueBadParameter))
    }

    @Test func `events never go back in time, whatever the client's clock says`() throws {
        var session = try Session(seed: 26)
        let size = Quantity(raw: 10_000_000_000)
        #expect(session.advance(to: Self.opening + .seconds(2)) == true)
        _ = session.submit(Self.order(1, .buy, size, at: Price(59_000)), at: Self.opening)
        _ = session.submit(
            Self.order(2, .buy, size, at: Price(59_000)), at: Self.opening + .seconds(9))
        #expect(session.advance(to: Self.opening + .seconds(12)) == true)
        let times = session.events.map(\.receivedAt)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times.count > 500)
    }

    @Test func `an advance stops at its limit of steps and can go on`() throws {
        var limited = try Session(seed: 27)
        var free = try Session(seed: 27)
        let end = Self.opening + .seconds(5)
        #expect(free.advance(to: end) == true)
        var calls = 1
        while limited.market.advance(
            to: end, stepsMax: 10, events: &limited.events, clientMatches: &limited.matches) == false
        {
            calls += 1
        }
        #expect(calls > 10)
        #expect(limited.events == free.events)
    }

    @Test func `client orders at the touch make a different market from the same seed`() throws {
        var alone = try Session(seed: 28)
        var crowded = try Session(seed: 28)
        let end = Self.opening + .seconds(30)
        let bid = try #require(crowded.market.book.publicBest(.buy))
        _ = crowded.submit(Self.order(1, .buy, Quantity(1), at: bid.price), at: Self.opening)
        #expect(alone.advance(to: end) == true)
        #expect(crowded.advance(to: end) == true)
        #expect(alone.events != crowded.events)
    }
}
