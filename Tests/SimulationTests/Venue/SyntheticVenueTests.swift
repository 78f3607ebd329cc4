import MarketModel
import Quantities
import Simulation
import StrategyKit
import Testing
import VenueKit

/// Client orders in a market that lives in the venue itself.
struct SyntheticVenueTests {
    private static let opening = Instant(milliseconds: 86_400_000)

    /// A venue with one synthetic market, and everything that came out of it.
    private final class Stand {
        let market: Market
        var desk: Desk
        var venue: SimulatedVenue
        var audit: VenueAudit
        var trades: [Trade] = []
        var deals: [Deal] = []
        private var requests: UInt64 = 0
        private(set) var now = SyntheticVenueTests.opening

        init(seed: UInt64) throws {
            var table = MarketTable()
            let rules = MarketRules(
                tick: try Price("0.01"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.001"),
                makerFee: try FeeRate("-0.0002"), takerFee: try FeeRate("0.0007"))
            market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
            desk = Desk(table: table, strategies: 1, seed: seed)
            venue = SimulatedVenue(
                table: table, limits: VenuePit.plenty, latency: .none, queue: .pessimistic, seed: seed)
            venue.deposit(Amount(1_000), market.base, at: now)
            venue.deposit(Amount(1_000_000), market.quote, at: now)
            audit = VenueAudit(market, base: Amount(1_000), quote: Amount(1_000_000))
            var configuration = SyntheticMarketConfiguration(
                market: market.id, startsAt: now, startPrice: Price(100), tick: rules.tick, lot: rules.lot,
                typicalQuantity: try Quantity("0.5"))
            configuration.spreadTicks = 4
            configuration.annualVolatility = 0.3
            venue.add(try SyntheticMarket(configuration: configuration, seed: seed), at: now)
            show()
            hear()
        }

        var quote: Quote {
            get throws { try #require(desk.states[0].quote) }
        }

        func shown(_ side: Side, at price: Price) -> Quantity {
            desk.states[0].book[side].quantity(at: price)
        }

        func id(_ number: UInt64) -> OrderID { OrderID(sequence: number, slot: Int(number)) }

        func place(_ number: UInt64, _ ticket: OrderTicket) {
            let placement = Placement(order: id(number), strategy: StrategyID(0), ticket: ticket)
            audit.sent(placement)
            send(.place(placement))
        }

        func cancel(_ number: UInt64) {
            send(
                .cancel(
                    Cancellation(
                        order: id(number), venueOrder: .unknown, market: market.id, isStop: false)))
        }

        private func send(_ command: Command) {
            requests += 1
            venue.receive(Dispatch(request: requests, group: .place, command: command, at: now))
            hear()
        }

        func step() {
            now = venue.nextMarketStep
            venue.stepMarket()
            show()
            hear()
        }

        private func hear() {
            while venue.nextDue <= now {
                venue.advance(to: now, desk.states)
                show()
                while let fact = venue.popFact(at: now) {
                    audit.heard([fact])
                    if case .deal(let deal) = fact { deals.append(deal) }
                }
            }
            audit.check(venue.balances)
        }

        private func show() {
            var events: [MarketEvent] = []
            venue.takePublicEvents(into: &events)
            for event in events {
                switch event {
                case .quote(let quote): _ = desk.states[0].apply(quote)
                case .level(let change): _ = desk.states[0].apply(change)
                case .reset(let reset): desk.states[0].apply(reset)
                case .trade(let trade):
                    desk.states[0].apply(trade)
                    trades.append(trade)
                    venue.observe(trade, desk.states)
                case .ticker, .optionMark, .connection: break
                }
            }
        }
    }

    @Test func `an own order stands in the public depth, and leaves it`() throws {
        let stand = try Stand(seed: 1)
        for _ in 0..<50 { stand.step() }
        let bid = try stand.quote.bid
        let before = stand.shown(.buy, at: bid)
        stand.place(1, .limit(.buy, Quantity(3), at: bid, in: stand.market.id, .makerOnly))
        #expect(stand.shown(.buy, at: bid) == before + Quantity(3))
        #expect(try stand.quote.bidSize == before + Quantity(3))
        var hidden = OrderTicket.limit(.buy, Quantity(5), at: bid, in: stand.market.id)
        hidden.isHidden = true
        stand.place(2, hidden)
        #expect(stand.shown(.buy, at: bid) == before + Quantity(3))
        stand.cancel(1)
        stand.cancel(2)
        #expect(stand.shown(.buy, at: bid) == before)
        #expect(stand.audit.defects == [])
        #expect(stand.audit.endings == [.cancelled: 2])
    }

    /// Small orders, so that the crowd's takers have to come several times.
    @Test func `the crowd fills own orders in the order in which they came, with a rebate`() throws {
        let stand = try Stand(seed: 2)
        let bid = try stand.quote.bid
        for number in 1...3 as ClosedRange<UInt64> {
            stand.place(number, .limit(.buy, Quantity(1), at: bid, in: stand.market.id, .makerOnly))
        }
        var steps = 0
        while !stand.audit.living.isEmpty, steps < 20_000 {
            stand.step()
            steps += 1
        }
        #expect(stand.audit.living == [])
        #expect(stand.audit.defects == [])
        let order = stand.deals.map(\.order.sequence)
        #expect(order == order.sorted() && Set(order) == [1, 2, 3])
        for deal in stand.deals {
            #expect(deal.price == bid && deal.liquidity == .maker)
            #expect(Notional(deal.fee) == (try deal.notional.times(FeeRate("-0.0002"), .towardZero)))
            #expect(stand.trades.contains { $0.price == bid && $0.quantity == deal.quantity })
        }
        #expect(stand.venue.balances[0].total == Amount(1_003))
    }

    @Test func `a taker walks the real depth and is seen by the public`() throws {
        let stand = try Stand(seed: 3)
        let quote = try stand.quote
        let wanted = quote.askSize + Quantity(1)
        let seen = stand.trades.count
        stand.place(1, .market(.buy, wanted, in: stand.market.id))
        #expect(stand.audit.endings == [.filled: 1])
        #expect(stand.deals.first?.price == quote.ask)
        #expect(stand.deals.last.map { $0.price > quote.ask } == true)
        #expect(stand.deals.reduce(Quantity.zero) { $0 + $1.quantity } == wanted)
        #expect(stand.trades.dropFirst(seen).reduce(Quantity.zero) { $0 + $1.quantity } == wanted)
        #expect(try stand.quote.ask > quote.ask)
        #expect(stand.audit.defects == [])
    }

    @Test func `a sum walks the real depth as far as it pays for lots`() throws {
        let stand = try Stand(seed: 3)
        let quote = try stand.quote
        let sum = try quote.askSize.times(quote.ask, .up) + Notional(50)
        stand.place(1, .marketBuy(spending: sum, atMost: Quantity(1), in: stand.market.id))
        #expect(stand.audit.endings == [.filled: 1])
        #expect(stand.deals.first?.price == quote.ask)
        let last = try #require(stand.deals.last)
        #expect(last.price > quote.ask)
        let dust = stand.deals.reduce(sum) { $0 - $1.notional }
        #expect(try !dust.isNegative && dust < stand.market.rules.lot.times(last.price * 2, .up))
        #expect(stand.audit.defects == [])
        stand.place(2, .marketBuy(spending: Notional(900_000), atMost: Quantity(1), in: stand.market.id))
        #expect(stand.audit.endings == [.filled: 1, .cancelled: 1], "it has bought all that there was")
        stand.place(3, .marketBuy(spending: Notional(1_000), atMost: Quantity(1), in: stand.market.id))
        #expect(stand.audit.refusals == 1)
        #expect(stand.audit.defects == [])
    }

    @Test func `a market buy is refused where nobody sells, whatever the account holds`() throws {
        let stand = try Stand(seed: 4)
        var all = Quantity.zero
        for depth in 0..<stand.desk.states[0].book.asks.count {
            all += stand.desk.states[0].book.asks[depth].quantity
        }
        stand.place(1, .limit(.buy, all, at: Price(900), in: stand.market.id, .immediateOrCancel))
        #expect(stand.audit.endings == [.filled: 1])
        stand.place(2, .market(.buy, Quantity(1), in: stand.market.id))
        #expect(stand.audit.refusals == 1)
        #expect(stand.audit.endings == [.filled: 1])
    }

    @Test func `own orders that meet each other both trade, and the account pays both fees`() throws {
        let stand = try Stand(seed: 5)
        let quote = try stand.quote
        let between = quote.bid + stand.market.rules.tick
        stand.place(1, .limit(.sell, Quantity(2), at: between, in: stand.market.id, .makerOnly))
        stand.place(2, .limit(.buy, Quantity(1), at: between, in: stand.market.id))
        #expect(stand.deals.map(\.order.sequence).sorted() == [1, 2])
        #expect(Set(stand.deals.map(\.id)).count == 2)
        #expect(stand.venue.balances[0].total == Amount(1_000))
        #expect(stand.audit.defects == [])
    }

    @Test func `a stop fires on the crowd's trades`() throws {
        let stand = try Stand(seed: 6)
        while stand.trades.isEmpty { stand.step() }
        let last = stand.trades[stand.trades.count - 1].price
        let above = last + stand.market.rules.tick * 10
        stand.place(1, .stopMarket(.buy, Quantity(1), when: above, in: stand.market.id))
        var steps = 0
        while !stand.audit.living.isEmpty, steps < 50_000 {
            stand.step()
            steps += 1
        }
        #expect(stand.audit.endings == [.filled: 1])
        #expect(stand.trades.contains { $0.price >= above })
        #expect(stand.audit.defects == [])
    }
}
