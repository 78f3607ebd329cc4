import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Clients in a market whose other orders and trades come from a recording.
struct ReplayedFlowTests {
    private let market = MarketID(0)

    private func exchange() throws -> ExchangeDialogue {
        try ExchangeDialogue { $0.markets[0].flow = .replayed }
    }

    /// `buy 3@100` is a level of the bids, `trade buy 1@101` a trade, `reset` a snapshot that begins.
    private func replay(_ lines: [String], _ exchange: inout ExchangeDialogue) throws {
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            let event: MarketEvent
            if words[0] == "reset" {
                event = .reset(
                    BookReset(
                        market: market, reason: .snapshot, sequence: 1, venueTime: exchange.time,
                        receivedAt: exchange.time))
            } else {
                let isTrade = words[0] == "trade"
                let side: Side = words[isTrade ? 1 : 0] == "buy" ? .buy : .sell
                let figures = words[isTrade ? 2 : 1].split(separator: "@").map(String.init)
                event =
                    isTrade
                    ? .trade(
                        Trade(
                            market: market, aggressor: side, id: DealID(1), price: price(figures[1]),
                            quantity: quantity(figures[0]), venueTime: exchange.time,
                            receivedAt: exchange.time))
                    : .level(
                        LevelChange(
                            market: market, side: side, isLast: true, price: price(figures[1]),
                            quantity: quantity(figures[0]), sequence: 1, venueTime: exchange.time,
                            receivedAt: exchange.time))
            }
            try exchange.core.replay(event, in: market, at: exchange.time)
            #expect(exchange.core.audit().faults == [], "after \(line)")
        }
    }

    @Test func `the book shows what the recording shows, with the clients' orders among it`() throws {
        var exchange = try exchange()
        try replay(["buy 3@99", "buy 5@98", "sell 2@101"], &exchange)
        exchange.expect(
            """
            book           -> 3@99 5@98 | 2@101
            ann buy 1@99   -> 1 notDealt left 1; put 1 left 1
            book           -> 4@99 5@98 | 2@101
            """)
        try replay(["buy 2@99", "buy 0@98", "buy 2.0019@97", "sell 4@101"], &exchange)
        exchange.expect("book -> 3@99 2.001@97 | 4@101")
        try replay(["reset", "sell 1@103"], &exchange)
        exchange.expect("book -> 1@99 | 1@103")
    }

    @Test func `what a client takes is gone until the level is told of again`() throws {
        var exchange = try exchange()
        try replay(["sell 2@101", "sell 4@102"], &exchange)
        exchange.expect(
            """
            ann buy 3@102 -> 1 done left 0 dealt 3 for 304; finish 1 left 0 dealt 3 for 304
            book          ->  | 3@102
            """)
        try replay(["sell 2@101", "sell 1@102"], &exchange)
        exchange.expect("book ->  | 2@101 1@102")
        #expect(exchange.core.audit().crowds[0] == amount("-3"))
    }

    @Test func `a recorded trade meets clients by price and time`() throws {
        var exchange = try exchange()
        try replay(["sell 2@101"], &exchange)
        exchange.expect("ann sell 3@101 -> 1 notDealt left 3; put 1 left 3")
        try replay(["sell 4@101", "trade buy 3@101"], &exchange)
        exchange.expect(
            """
            ann order 1 -> 1 partlyDealt left 2 dealt 1 for 101; update 1 left 2 dealt 1 for 101
            book        ->  | 4@101
            """)
        try replay(["trade buy 3.5@101", "trade buy 9@101"], &exchange)
        exchange.expect(
            """
            ann order 1 -> 1 done left 0 dealt 3 for 303; finish 1 left 0 dealt 3 for 303
            book        ->  |
            """)
        let deals = try exchange.core.publicDeals(of: market, limit: 100)
        var volume = Quantity.zero
        for deal in deals { volume += deal.quantity }
        #expect(volume == quantity("15.5"))
        #expect(exchange.core.audit().crowds[0] == amount("3"))
    }

    @Test func `levels that come to the other side take the clients there and drop what is outdated`() throws
    {
        var exchange = try exchange()
        try replay(["buy 3@99", "sell 2@101", "sell 2@103"], &exchange)
        exchange.expect("ann sell 1@102 -> 1 notDealt left 1; put 1 left 1")
        try replay(["buy 4@102"], &exchange)
        exchange.expect(
            """
            ann order 1 -> 1 done left 0 dealt 1 for 102; finish 1 left 0 dealt 1 for 102
            book        -> 3@102 3@99 | 2@103
            """)
    }

    @Test func `figures that the market cannot have are refused, other markets take no recording`() throws {
        var exchange = try exchange()
        #expect(throws: ExchangeRefusal.badPrice) { try replay(["buy 1@99.001"], &exchange) }
        #expect(throws: ExchangeRefusal.badAmount) { try replay(["buy -1@99"], &exchange) }
        #expect(throws: ExchangeRefusal.badAmount) { try replay(["trade buy 0@99"], &exchange) }
        #expect(throws: ExchangeRefusal.badAmount) {
            try replay(["trade buy 99999999999@9999999999"], &exchange)
        }
        var other = try ExchangeDialogue()
        #expect(throws: ExchangeRefusal.unknownMarket) { try replay(["buy 1@99"], &other) }
    }

    @Test func `any recording leaves the ledger sound and the orders bounded`() throws {
        var exchange = try exchange()
        var random = SeededRandom(seed: 9)
        var news: [ExchangeNews] = []
        for step in 0..<6_000 {
            let side = random.chance(0.5) ? "buy" : "sell"
            let level = "\(90 + random.below(20))"
            let size = "\(random.below(5))"
            if random.chance(0.2) {
                let request = OrderRequest(
                    account: exchange.account(random.chance(0.5) ? "ann" : "ben"), market: market,
                    side: side == "buy" ? .buy : .sell, price: price(level), amount: amount("1"))
                _ = try? exchange.core.place(request, at: exchange.time)
                if random.chance(0.1) {
                    try exchange.core.cancelAll(of: request.account, in: market, at: exchange.time)
                }
            } else if random.chance(0.3) {
                try replay(["trade \(side) \(random.below(5) + 1)@\(level)"], &exchange)
            } else {
                try replay([random.chance(0.005) ? "reset" : "\(side) \(size)@\(level)"], &exchange)
            }
            exchange.core.takeNews(into: &news)
            if step % 500 == 0 {
                let open = exchange.core.audit().openOrders
                #expect(exchange.core.rooms[0].restingCount - open <= 20 * ReplayedFlow.ordersMax)
            }
        }
        #expect(exchange.core.audit().faults == [])
    }
}
