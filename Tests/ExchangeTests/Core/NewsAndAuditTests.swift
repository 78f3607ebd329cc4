import MarketModel
import Quantities
import Simulation
import Testing

@testable import Exchange

struct NewsAndAuditTests {
    @Test func `public news is dropped when nobody takes it, own news is kept until orders are refused`()
        throws
    {
        var exchange = try ExchangeDialogue { definition in
            definition.limits.publicNewsMax = 10
            definition.limits.newsMax = 40
        }
        let ann = exchange.account("ann")
        var refusal: ExchangeRefusal?
        var placed: [VenueOrderID] = []
        for index in 0..<100 {
            let side: Side = index.isMultiple(of: 2) ? .sell : .buy
            do throws(ExchangeRefusal) {
                placed.append(
                    try exchange.core.place(
                        OrderRequest(
                            account: ann, market: MarketID(0), side: side, price: price("100"),
                            amount: amount("1")), at: second(1)
                    ).id)
            } catch {
                refusal = error
                break
            }
        }
        #expect(refusal == .busy)
        #expect(exchange.core.newsCount >= 40 && exchange.core.newsCount < 50)
        #expect(exchange.core.droppedNews > 0)
        var news: [ExchangeNews] = []
        exchange.core.takeNews(into: &news)
        let ended = news.compactMap { item -> VenueOrderID? in
            if case .order(.finish, let order) = item { return order.id }
            return nil
        }
        #expect(Set(ended) == Set(placed.prefix(ended.count)))
        #expect(exchange.core.newsCount == 0)
        exchange.expect(
            "ann buy 1@1 -> \(placed.last!.raw + 1) notDealt left 1; put \(placed.last!.raw + 1) left 1")
    }

    @Test func `the audit finds what it is for`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect("ann buy 1@100 -> 1 notDealt left 1; put 1 left 1")
        let ann = exchange.account("ann")
        let (btc, usdt) = (AssetID(0), AssetID(1))
        exchange.core.ledger.freeze(amount("1"), ann, btc)
        #expect(
            exchange.core.audit().faults == [.wrongFrozen(ann, btc, frozen: amount("1"), held: .zero)])
        exchange.core.ledger.freeze(amount("-1"), ann, btc)
        exchange.core.ledger.post(amount("101"), btc, from: ann, to: .fees, .fee)
        #expect(exchange.core.audit().faults == [.negative(ann, btc, available: amount("-1"))])
        exchange.core.ledger.post(amount("-101"), btc, from: ann, to: .fees, .fee)
        #expect(exchange.core.audit().faults == [])
        exchange.core.rooms[0].cancel(VenueOrderID(1), at: second(3))
        #expect(
            exchange.core.audit().faults == [
                .notInBook(VenueOrderID(1)), .wrongCount(MarketID(0), resting: 0, known: 1),
            ])
        #expect(exchange.core.ledger[ann, usdt].frozen == amount("100"))
    }

    @Test func `the audit finds stop orders that nobody knows or that have been passed over`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100              -> 1 notDealt left 1; put 1 left 1
            ben buy 1@100               -> 2 done left 0 dealt 1 for 100; finish 1 left 0 dealt 1 for 100; finish 2 left 0 dealt 1 for 100
            ann stop sell 1@99 when 99  -> 3; stop put 3 waiting
            """)
        exchange.core.stops[3]?.stopPrice = price("101")
        #expect(exchange.core.audit().faults == [.overdueStop(VenueOrderID(3))])
        exchange.core.stops[3]?.stopPrice = price("99")
        _ = exchange.core.rooms[0].stops.remove(3)
        #expect(exchange.core.audit().faults == [.wrongStopCount(MarketID(0), waiting: 0, known: 1)])
    }
}
