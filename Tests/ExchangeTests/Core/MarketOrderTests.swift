import MarketModel
import Quantities
import Testing

@testable import Exchange

struct MarketOrderTests {
    @Test func `a buy in quote spends what it can and leaves dust`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .balances])
        exchange.expect(
            """
            ann sell 1@70    -> 1 notDealt left 1; put 1 left 1; ann BTC 99+1
            ann sell 1@71    -> 2 notDealt left 1; put 2 left 1; ann BTC 98+2
            ben buy market 100 quote -> 3 done left 0.038 dealt 1.422 for 99.962; finish 1 left 0 dealt 1 for 70; ann BTC 98+1; ann USDT 10070+0; update 2 left 0.578 dealt 0.422 for 29.962; ann BTC 98+0.578; ann USDT 10099.962+0; finish 3 left 0.038 dealt 1.422 for 99.962; ben BTC 101.422+0; ben USDT 9900.038+0
            """)
        let ben = exchange.account("ben")
        let order = try exchange.core.order(VenueOrderID(3), of: ben)
        #expect(order.price == nil && order.unit == .quote && order.amount == amount("100"))
        #expect(order.makerRate == .zero)
    }

    @Test func `the venue's own example of dust`() throws {
        // amount 1.5, deal_amount 10.55703267, deal_money 1.4999999985893646, left 0.0000000014106354: the
        // price of that deal has eight digits, and money beyond the twelfth digit is dropped here.
        var exchange = try ExchangeDialogue { definition in
            definition.markets[0].amountDecimals = 8
            definition.markets[0].priceDecimals = 8
        }
        exchange.expect(
            """
            ann sell 20@0.14208538 -> 1 notDealt left 20; put 1 left 20
            ben buy market 1.5 quote -> 2 done left 0.000000001411 dealt 10.55703267 for 1.499999998589; update 1 left 9.44296733 dealt 10.55703267 for 1.499999998589; finish 2 left 0.000000001411 dealt 10.55703267 for 1.499999998589
            """)
    }

    @Test func `a buy in quote must pay for the least amount at the best price`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@70               -> 1 notDealt left 1; put 1 left 1
            ben buy market 0.69 quote   -> belowMinimum
            ben buy market 0.7 quote    -> 2 done left 0 dealt 0.01 for 0.7; update 1 left 0.99 dealt 0.01 for 0.7; finish 2 left 0 dealt 0.01 for 0.7
            ben buy market 0.009        -> belowMinimum
            """)
    }

    @Test func `a market order finds nobody, or not enough`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ben buy market 1           -> noLiquidity
            ben sell market 1          -> noLiquidity
            ben buy market 100 quote   -> noLiquidity
            ann sell 1@100             -> 1 notDealt left 1; put 1 left 1
            ben buy market 3           -> 2 cancelled left 2 dealt 1 for 100; finish 1 left 0 dealt 1 for 100; finish 2 left 2 dealt 1 for 100
            ann sell 1@100             -> 3 notDealt left 1; put 3 left 1
            ben buy market 250 quote   -> 4 cancelled left 150 dealt 1 for 100; finish 3 left 0 dealt 1 for 100; finish 4 left 150 dealt 1 for 100
            ben owns                   -> BTC 102+0 USDT 9800+0 CET 0+0
            """)
    }

    @Test func `sells in base and in quote`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann buy 1@100            -> 1 notDealt left 1; put 1 left 1
            ann buy 5@90             -> 2 notDealt left 5; put 2 left 5
            ben sell market 2        -> 3 done left 0 dealt 2 for 190; finish 1 left 0 dealt 1 for 100; update 2 left 4 dealt 1 for 90; finish 3 left 0 dealt 2 for 190
            ben sell market 100 quote -> 4 done left 0.01 dealt 1.111 for 99.99; update 2 left 2.889 dealt 2.111 for 189.99; finish 4 left 0.01 dealt 1.111 for 99.99
            ben owns                 -> BTC 96.889+0 USDT 10289.99+0 CET 0+0
            """)
    }

    @Test func `a buy in quote needs all that it may spend, whatever the book offers`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100              -> 1 notDealt left 1; put 1 left 1
            ben buy market 10001 quote  -> insufficientBalance
            ben owns                    -> BTC 100+0 USDT 10000+0 CET 0+0
            ben buy market 10000 quote  -> 2 cancelled left 9900 dealt 1 for 100; finish 1 left 0 dealt 1 for 100; finish 2 left 9900 dealt 1 for 100
            """)
    }

    @Test func `a market order needs the balance for all that it would take`() throws {
        var exchange = try ExchangeDialogue { $0.markets[0].takerRate = rate("0.001") }
        exchange.expect(
            """
            ann sell 10@100 hidden     -> 1 notDealt left 10; put 1 left 10
            ann sell 90@100            -> 2 notDealt left 90; put 2 left 90
            ben buy market 100         -> insufficientBalance
            ben buy market 10000 quote -> insufficientBalance
            ben sell market 100.001    -> noLiquidity
            ben owns                   -> BTC 100+0 USDT 10000+0 CET 0+0
            ben buy market 9990 quote  -> 3 done left 0 dealt 99.9 for 9990 fee 9.99; finish 1 left 0 dealt 10 for 1000; update 2 left 0.1 dealt 89.9 for 8990; finish 3 left 0 dealt 99.9 for 9990 fee 9.99
            ben owns                   -> BTC 199.9+0 USDT 0.01+0 CET 0+0
            """)
    }
}
