import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Clients among the crowd of a synthetic market.
struct CrowdTests {
    private func exchange() throws -> ExchangeDialogue {
        try ExchangeDialogue { definition in
            var flow = SyntheticFlow(startPrice: price("100"), typicalQuantity: quantity("0.1"))
            flow.eventsPerSecond = 50
            definition.markets[0].flow = .synthetic(flow)
        }
    }

    @Test func `a client takes what the crowd offers; the crowd has an account of its own`() throws {
        var exchange = try exchange()
        let ann = exchange.account("ann")
        exchange.core.advance(to: second(5))
        let order = try exchange.core.place(
            OrderRequest(
                account: ann, market: MarketID(0), side: .buy, price: nil, amount: amount("1")), at: second(5)
        )
        #expect(order.status == .done && order.dealBase == quantity("1"))
        let audit = exchange.core.audit()
        #expect(audit.faults == [])
        #expect(audit.crowds[0] == amount("-1"))
        #expect(audit.crowds[1] == Amount(order.dealQuote))
        #expect(audit.owned[0] == audit.deposited[0] + amount("1"))
    }

    @Test func `a resting order is met by the crowd while time goes on`() throws {
        var exchange = try exchange()
        let ann = exchange.account("ann")
        exchange.core.advance(to: second(2))
        let best = try #require(try exchange.core.depth(of: MarketID(0), limit: 1).asks.first)
        let order = try exchange.core.place(
            OrderRequest(
                account: ann, market: MarketID(0), side: .sell, price: best.price, amount: amount("3")),
            at: second(2))
        #expect(order.status == .notDealt)
        var news: [ExchangeNews] = []
        var deals = 0
        var now = 2.0
        while now < 600, deals == 0 || exchange.core.audit().openOrders > 0 {
            now += 1
            let isThere = exchange.core.advance(to: second(now))
            #expect(isThere)
            exchange.core.takeNews(into: &news)
            for case .ownDeal(let deal) in news {
                #expect(deal.role == .maker && deal.order == order.id && deal.side == .sell)
                deals += 1
            }
            #expect(exchange.core.audit().faults == [])
        }
        #expect(deals > 0)
        let ended = try exchange.core.order(order.id, of: ann)
        #expect(ended.status == .done && ended.dealBase == quantity("3"))
    }

    @Test func `the crowd's deals are public, and nobody's own`() throws {
        var exchange = try exchange()
        var news: [ExchangeNews] = []
        exchange.core.advance(to: second(60))
        exchange.core.takeNews(into: &news)
        var deals = 0
        var depths = 0
        for item in news {
            switch item {
            case .deal: deals += 1
            case .depth: depths += 1
            case .order, .stop, .ownDeal, .balance: Issue.record("\(item)")
            }
        }
        #expect(deals > 20 && depths == 1)
        #expect(try exchange.core.publicDeals(of: MarketID(0), limit: 1_000).count == deals)
        #expect(
            try exchange.core.candles(
                of: MarketID(0), .minute, from: second(0), to: second(60), limit: 9
            ).count == 2)
        #expect(exchange.core.nextDue > second(60))
        exchange.core.advance(to: second(61))
        exchange.core.takeNews(into: &news)
        #expect(news.filter { $0 == .depth(MarketID(0)) }.count == 1)
    }

    @Test func `stop orders fire on the crowd's deals`() throws {
        var exchange = try exchange()
        let ann = exchange.account("ann")
        exchange.core.advance(to: second(20))
        let last = try #require(try exchange.core.lastPrice(in: MarketID(0)))
        var order = OrderRequest(
            account: ann, market: MarketID(0), side: .buy, price: nil, amount: amount("0.1"))
        order.clientID = "stop"
        let above = try exchange.core.place(
            StopRequest(order, stopPrice: last + price("0.02")), at: second(20))
        let below = try exchange.core.place(
            StopRequest(order, stopPrice: last - price("0.02")), at: second(20))
        exchange.core.advance(to: second(620))
        let fired = try exchange.core.finishedStops(of: ann, RowFilter(), PageRequest(limit: 9)).rows
        #expect(Set(fired.map(\.id)) == [above.id, below.id])
        #expect(fired.allSatisfy { $0.status == .active })
        let orders = try exchange.core.finishedOrders(
            of: ann, RowFilter(clientID: "stop"), PageRequest(limit: 9)
        ).rows
        #expect(Set(orders.map(\.stop)) == [above.id, below.id])
        #expect(exchange.core.audit().faults == [])
    }

    @Test func `one call makes a limited number of steps and says so`() throws {
        var exchange = try exchange()
        let day = second(86_400)
        let isThere = exchange.core.advance(to: day)
        #expect(!isThere)
        #expect(exchange.core.now < day && exchange.core.nextDue <= day)
        var calls = 1
        var news: [ExchangeNews] = []
        while calls < 5_000, !exchange.core.advance(to: second(1_200)) {
            exchange.core.takeNews(into: &news)
            calls += 1
        }
        #expect(exchange.core.now >= second(1_200))
        #expect(exchange.core.nextDue > second(1_200))
    }
}
