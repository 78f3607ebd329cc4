import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Section 5.5.
struct StopOrderTests {
    /// An exchange whose last price is 100.
    private func exchange(show: [ExchangeDialogue.Show] = [.orders]) throws -> ExchangeDialogue {
        var exchange = try ExchangeDialogue(show: show)
        let ann = exchange.account("ann")
        let ben = exchange.account("ben")
        for (account, side) in [(ann, Side.sell), (ben, .buy)] {
            _ = try exchange.core.place(
                OrderRequest(
                    account: account, market: MarketID(0), side: side, price: price("100"),
                    amount: amount("1")),
                at: exchange.time)
        }
        var news: [ExchangeNews] = []
        exchange.core.takeNews(into: &news)
        return exchange
    }

    @Test func `the side of the last price decides, not buy or sell`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop sell 1@104 when 105 -> 3; stop put 3 waiting
            ann stop buy 1@90 when 105   -> 4; stop put 4 waiting
            ann stop buy 1@94 when 95    -> 5; stop put 5 waiting
            ann stop sell 1@96 when 95   -> 6; stop put 6 waiting
            ann stops                    -> 6 5 4 3
            ann owns                     -> BTC 99+0 USDT 10100+0 CET 0+0
            ben sell 1@104               -> 7 notDealt left 1; put 7 left 1
            ann buy 1@104                -> 8 done left 0 dealt 1 for 104; finish 7 left 0 dealt 1 for 104; finish 8 left 0 dealt 1 for 104
            ben sell 1@105               -> 9 notDealt left 1; put 9 left 1
            ann buy 1@105                -> 10 done left 0 dealt 1 for 105; finish 9 left 0 dealt 1 for 105; finish 10 left 0 dealt 1 for 105; stop activate 3 active; put 11 left 1 from 3; stop activate 4 active; put 12 left 1 from 4
            ben sell 1@90                -> 13 done left 0 dealt 1 for 90; finish 12 left 0 dealt 1 for 90 from 4; finish 13 left 0 dealt 1 for 90; stop activate 5 active; put 14 left 1 from 5; stop activate 6 active; put 15 left 1 from 6
            ann stops                    ->
            ann firedstops               -> 6 active 5 active 4 active 3 active
            """)
    }

    @Test func `a stop price at the last price, or in a market without deals, is invalid`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop sell 1@99 when 100     -> invalidStopPrice
            ann stop sell 1@99 when 99.999  -> badPrice
            ann stop sell 0.001@99 when 99  -> belowMinimum
            ann stop sell 0.0105@99 when 99 -> badAmount
            ann stop sell 1@99 when 99.99   -> 3; stop put 3 waiting
            """)
        exchange = try ExchangeDialogue()
        exchange.expect("ann stop sell 1@99 when 98 -> invalidStopPrice")
    }

    @Test func `an order that cannot be placed when the stop fires fails it, and nothing else happens`()
        throws
    {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop sell 50@95 when 99 -> 3; stop put 3 waiting
            ann sell 60@120             -> 4 notDealt left 60; put 4 left 60
            ben sell 1@99               -> 5 notDealt left 1; put 5 left 1
            ann buy 1@99                -> 6 done left 0 dealt 1 for 99; finish 5 left 0 dealt 1 for 99; finish 6 left 0 dealt 1 for 99; stop activate 3 failed
            ann firedstops              -> 3 failed
            ann pending                 -> 4
            ann buy 1@1                 -> 7 notDealt left 1; put 7 left 1
            """)
    }

    @Test func `a market stop in quote fires, its order has the bits and the client id of the stop`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop buy market 50 quote when 110 #s -> 3; stop put 3 waiting
            ben sell 1@110                -> 4 notDealt left 1; put 4 left 1
            ben sell 1@111                -> 5 notDealt left 1; put 5 left 1
            ann buy 1@110                 -> 6 done left 0 dealt 1 for 110; finish 4 left 0 dealt 1 for 110; finish 6 left 0 dealt 1 for 110; stop activate 3 active; update 5 left 0.55 dealt 0.45 for 49.95; finish 7 left 0.05 dealt 0.45 for 49.95 from 3
            """)
        let ann = exchange.account("ann")
        let order = try exchange.core.order(VenueOrderID(7), of: ann)
        #expect(order.clientID == "s")
        #expect(order.options == [.feeInQuote, .noMinimum, .fromStop])
        #expect(order.options.rawValue == 70)
        var filter = RowFilter()
        filter.stop = VenueOrderID(3)
        let page = try exchange.core.finishedOrders(of: ann, filter, PageRequest(limit: 10))
        #expect(page.rows.map(\.id.raw) == [7])
    }

    @Test func `a market stop in quote for more than there is fails, though the book offers less`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop buy market 20000 quote when 110 -> 3; stop put 3 waiting
            ben sell 1@110 -> 4 notDealt left 1; put 4 left 1
            ben sell 1@111 -> 5 notDealt left 1; put 5 left 1
            ann buy 1@110  -> 6 done left 0 dealt 1 for 110; finish 4 left 0 dealt 1 for 110; finish 6 left 0 dealt 1 for 110; stop activate 3 failed
            ann firedstops -> 3 failed
            """)
    }

    @Test func `a stop shows the bits that its order will have; one that takes nothing leaves nothing`()
        throws
    {
        var exchange = try exchange()
        exchange.expect("ann stop buy 1@105 ioc hidden when 110 -> 3; stop put 3 waiting")
        let stop = try exchange.core.pendingStops(
            of: exchange.account("ann"), RowFilter(), PageRequest(limit: 1)
        ).rows.first
        #expect(stop?.options == [.feeInQuote, .noMinimum, .fromStop, .immediateOrCancel, .hidden])
        exchange.expect(
            """
            ben sell 1@110 -> 4 notDealt left 1; put 4 left 1
            ann buy 1@110  -> 5 done left 0 dealt 1 for 110; finish 4 left 0 dealt 1 for 110; finish 5 left 0 dealt 1 for 110; stop activate 3 active
            ann pending    ->
            """)
    }

    @Test func `the minimum is not enforced when a stop fires`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop buy market 0.5 quote when 110 -> 3; stop put 3 waiting
            ben sell 2@110    -> 4 notDealt left 2; put 4 left 2
            ann buy market 0.5 quote -> belowMinimum
            ann buy 1@110     -> 5 done left 0 dealt 1 for 110; update 4 left 1 dealt 1 for 110; finish 5 left 0 dealt 1 for 110; stop activate 3 active; update 4 left 0.996 dealt 1.004 for 110.44; finish 6 left 0.06 dealt 0.004 for 0.44 from 3
            """)
    }

    @Test func `one stop's deals trigger the next`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann buy 1@90                 -> 3 notDealt left 1; put 3 left 1
            ann buy 1@80                 -> 4 notDealt left 1; put 4 left 1
            ben stop sell market 1 when 95 -> 5; stop put 5 waiting
            ben stop sell market 1 when 85 -> 6; stop put 6 waiting
            ben stop sell 1@85 when 90   -> 7; stop put 7 waiting
            ann buy 1@95                 -> 8 notDealt left 1; put 8 left 1
            ben sell 1@95                -> 9 done left 0 dealt 1 for 95; finish 8 left 0 dealt 1 for 95; finish 9 left 0 dealt 1 for 95; stop activate 5 active; finish 3 left 0 dealt 1 for 90; finish 10 left 0 dealt 1 for 90 from 5; stop activate 7 active; put 11 left 1 from 7
            ann buy 1@85                 -> 12 done left 0 dealt 1 for 85; finish 11 left 0 dealt 1 for 85 from 7; finish 12 left 0 dealt 1 for 85; stop activate 6 active; finish 4 left 0 dealt 1 for 80; finish 13 left 0 dealt 1 for 80 from 6
            """)
    }

    @Test func `cancelled stops are not kept`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop sell 1@99 when 99 #a -> 3; stop put 3 waiting
            ann stop sell 1@98 when 98 #b -> 4; stop put 4 waiting
            ann stop sell 1@97 when 97    -> 5; stop put 5 waiting
            ben cancelstop 3              -> othersOrder
            ann cancelstop 3              -> waiting; stop cancel 3 cancelled
            ann cancelstop 3              -> orderNotFound
            ann cancel 4                  -> orderNotFound
            ann cancelstop all            -> 2; stop cancel 4 cancelled; stop cancel 5 cancelled
            ann stops                     ->
            ann firedstops                ->
            ann buy 1@99                  -> 6 notDealt left 1; put 6 left 1
            ben sell 1@99                 -> 7 done left 0 dealt 1 for 99; finish 6 left 0 dealt 1 for 99; finish 7 left 0 dealt 1 for 99
            """)
    }

    @Test func `a modified stop keeps its number and takes its side anew`() throws {
        var exchange = try exchange()
        exchange.expect(
            """
            ann stop sell 1@99 when 99          -> 3; stop put 3 waiting
            ann modifystop 3 2@105 when 105     -> 3 rising; stop modify 3 waiting
            ann modifystop 3 2@105 when 100     -> invalidStopPrice
            ann modifystop 3 0.001@105 when 106 -> belowMinimum
            ann modifystop 9 2@105 when 106     -> orderNotFound
            ben sell 1@105                      -> 4 notDealt left 1; put 4 left 1
            ben buy 1@105                       -> 5 done left 0 dealt 1 for 105; finish 4 left 0 dealt 1 for 105; finish 5 left 0 dealt 1 for 105; stop activate 3 active; put 6 left 2 from 3
            """)
    }
}
