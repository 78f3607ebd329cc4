import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Section 5 of the protocol, and the order's life of section 14.
struct OrderEntryTests {
    @Test func `a limit order rests, trades as a maker and ends`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 3@101      -> 1 notDealt left 3; put 1 left 3
            book                ->  | 3@101
            ben buy 1@101       -> 2 done left 0 dealt 1 for 101; update 1 left 2 dealt 1 for 101; finish 2 left 0 dealt 1 for 101
            ben buy 2@105       -> 3 done left 0 dealt 2 for 202; finish 1 left 0 dealt 3 for 303; finish 3 left 0 dealt 2 for 202
            ann finished        -> 1
            ben finished        -> 3 2
            ann owns            -> BTC 97+0 USDT 10303+0 CET 0+0
            ben owns            -> BTC 103+0 USDT 9697+0 CET 0+0
            """)
    }

    @Test func `a taker that is not filled rests: one event, with what it has traded`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .balances])
        exchange.expect(
            """
            ann sell 1@100 -> 1 notDealt left 1; put 1 left 1; ann BTC 99+1
            ben buy 3@102  -> 2 partlyDealt left 2 dealt 1 for 100; finish 1 left 0 dealt 1 for 100; ann BTC 99+0; ann USDT 10100+0; put 2 left 2 dealt 1 for 100; ben BTC 101+0; ben USDT 9696+204
            book           -> 2@102 |
            """)
    }

    @Test func `immediate or cancel takes what is there; without a deal it leaves nothing behind`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .balances])
        exchange.expect(
            """
            ann sell 1@100     -> 1 notDealt left 1; put 1 left 1; ann BTC 99+1
            ben buy 3@100 ioc  -> 2 cancelled left 2 dealt 1 for 100; finish 1 left 0 dealt 1 for 100; ann BTC 99+0; ann USDT 10100+0; finish 2 left 2 dealt 1 for 100; ben BTC 101+0; ben USDT 9900+0
            ben buy 3@100 ioc  -> 3 cancelled left 3
            ben order 3        -> orderNotFound
            ben order 2        -> 2 cancelled left 2 dealt 1 for 100
            ben finished       -> 2
            book               ->  |
            """)
    }

    @Test func `fill or kill fills at once, or is refused and leaves no trace`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .balances, .deals])
        exchange.expect(
            """
            ann sell 1@100    -> 1 notDealt left 1; put 1 left 1; ann BTC 99+1
            ann sell 1@101    -> 2 notDealt left 1; put 2 left 1; ann BTC 98+2
            ben buy 2@100 fok -> notFillable
            ben buy 3@101 fok -> notFillable
            ben owns          -> BTC 100+0 USDT 10000+0 CET 0+0
            book              ->  | 1@100 1@101
            ben buy 1@99      -> 3 notDealt left 1; put 3 left 1; ben USDT 9901+99
            """)
        exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100    -> 1 notDealt left 1; put 1 left 1
            ann sell 1@101    -> 2 notDealt left 1; put 2 left 1
            ben buy 2@101 fok -> 3 done left 0 dealt 2 for 201; finish 1 left 0 dealt 1 for 100; finish 2 left 0 dealt 1 for 101; finish 3 left 0 dealt 2 for 201
            """)
    }

    @Test func `maker only is refused when it would take, at the price of a hidden order too`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100 hidden -> 1 notDealt left 1; put 1 left 1
            ben buy 1@100 maker   -> wouldTake
            ben buy 1@101 maker   -> wouldTake
            ben buy 1@99.99 maker -> 2 notDealt left 1; put 2 left 1
            ann sell 1@99.99 maker -> wouldTake
            book                  -> 1@99.99 |
            """)
    }

    @Test func `a hidden order shows nowhere and trades like any other`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100 hidden -> 1 notDealt left 1; put 1 left 1
            ann sell 2@100        -> 2 notDealt left 2; put 2 left 2
            ann pending           -> 2 1
            book                  ->  | 2@100
            ben buy 2@100         -> 3 done left 0 dealt 2 for 200; finish 1 left 0 dealt 1 for 100; update 2 left 1 dealt 1 for 100; finish 3 left 0 dealt 2 for 200
            book                  ->  | 1@100
            """)
    }

    @Test func `the better price is the taker's gain`() throws {
        var exchange = try ExchangeDialogue(show: [.balances])
        exchange.expect(
            """
            ann buy 1@105  -> 1 notDealt left 1; ann USDT 9895+105
            ben sell 1@90  -> 2 done left 0 dealt 1 for 105; ann BTC 101+0; ann USDT 9895+0; ben BTC 99+0; ben USDT 10105+0
            ann sell 1@90  -> 3 notDealt left 1; ann BTC 100+1
            ben buy 1@105  -> 4 done left 0 dealt 1 for 90; ann BTC 100+0; ann USDT 9985+0; ben BTC 100+0; ben USDT 10015+0
            """)
    }

    @Test func `own orders trade with each other`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .deals])
        exchange.expect(
            """
            ann sell 2@100 -> 1 notDealt left 2; put 1 left 2
            ann buy 2@100  -> 2 done left 0 dealt 2 for 200; deal 1 buy 2@100; ann sell 1 maker fee 0; ann buy 2 taker fee 0; finish 1 left 0 dealt 2 for 200; finish 2 left 0 dealt 2 for 200
            ann owns       -> BTC 100+0 USDT 10000+0 CET 0+0
            """)
    }

    @Test func `what an order must be like`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann buy 0.009@100     -> belowMinimum
            ann buy 0.01@100      -> 1 notDealt left 0.01; put 1 left 0.01
            ann buy 0.0105@100    -> badAmount
            ann buy 0@100         -> badAmount
            ann buy -1@100        -> badAmount
            ann buy 1@100.001     -> badPrice
            ann buy 1@0           -> badPrice
            ann buy 1@-100        -> badPrice
            ann buy 100@100.01    -> insufficientBalance
            ann buy 100@99.99     -> 2 notDealt left 100; put 2 left 100
            ann buy 0.01@1        -> insufficientBalance
            ann sell 100.001@100  -> insufficientBalance
            ann buy 1@100 quote   -> badAmount
            ann buy 900000000000000000@900000000000000000 -> badAmount
            """)
    }

    @Test func `absurd figures are refused on both sides, and large ones do not overflow`() throws {
        var exchange = try ExchangeDialogue { definition in
            definition.accounts[0].balances[0].amount = amount("900000000000000000")
            definition.accounts[1].balances[1].amount = amount("900000000000000000")
        }
        exchange.expect(
            """
            ann sell 900000000000000000@900000000000000000 -> badAmount
            ann sell 1000@100000000000000001 -> badAmount
            ann sell 1000@100000000000000000 -> 1 notDealt left 1000; put 1 left 1000
            ann sell 1000@100000000000000000 -> 2 notDealt left 1000; put 2 left 1000
            ben buy market 2000 -> insufficientBalance
            ben buy market 900000000000000000 quote -> 3 done left 0 dealt 9 for 900000000000000000; update 1 left 991 dealt 9 for 900000000000000000; finish 3 left 0 dealt 9 for 900000000000000000
            """)
    }

    @Test func `a price too far from the last one is refused where the market has a band`() throws {
        var exchange = try ExchangeDialogue { $0.markets[0].priceBand = rate("0.1") }
        exchange.expect(
            """
            ann sell 2@500 -> 1 notDealt left 2; put 1 left 2
            ben buy 1@500  -> 2 done left 0 dealt 1 for 500; update 1 left 1 dealt 1 for 500; finish 2 left 0 dealt 1 for 500
            ben buy 1@449.99 -> priceOutOfBand
            ben buy 1@450    -> 3 notDealt left 1; put 3 left 1
            ann sell 1@550.01 -> priceOutOfBand
            ann sell 1@550   -> 4 notDealt left 1; put 4 left 1
            """)
    }

    @Test func `an account holds a limited number of orders`() throws {
        var exchange = try ExchangeDialogue { $0.limits.openOrdersMax = 2 }
        exchange.expect(
            """
            ann buy 1@1     -> 1 notDealt left 1; put 1 left 1
            ann buy 1@1     -> 2 notDealt left 1; put 2 left 1
            ann buy 1@1     -> tooManyOrders
            ann buy 1@1 ioc -> 3 cancelled left 1
            ben buy 1@1     -> 4 notDealt left 1; put 4 left 1
            ann cancel 1    -> 1 notDealt left 1; finish 1 left 1
            ann buy 1@1     -> 5 notDealt left 1; put 5 left 1
            """)
    }

    @Test func `a barred account cancels but does not trade`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect("ann buy 1@1 -> 1 notDealt left 1; put 1 left 1")
        let ann = exchange.account("ann")
        try exchange.core.setBarred(true, ann)
        exchange.expect(
            """
            ann buy 1@1 -> accountBarred
            ann modify 1 2@1 -> accountBarred
            ann cancel 1 -> 1 notDealt left 1; finish 1 left 1
            """)
        #expect(try exchange.core.isBarred(ann))
    }
}
