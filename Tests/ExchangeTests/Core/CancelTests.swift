import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Sections 5.6, 5.7 and 5.9.
struct CancelTests {
    @Test func `the answer to a cancel is the order before it; one that never traded is gone`() throws {
        var exchange = try ExchangeDialogue(show: [.orders, .balances])
        exchange.expect(
            """
            ann sell 3@101 -> 1 notDealt left 3; put 1 left 3; ann BTC 97+3
            ben cancel 1   -> othersOrder
            ann cancel 1   -> 1 notDealt left 3; finish 1 left 3; ann BTC 100+0
            ann cancel 1   -> orderNotFound
            ann order 1    -> orderNotFound
            ann finished   ->
            ann cancel 99  -> orderNotFound
            book           ->  |
            """)
    }

    @Test func `a cancelled order that has traded is kept`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 3@101 -> 1 notDealt left 3; put 1 left 3
            ben buy 1@101  -> 2 done left 0 dealt 1 for 101; update 1 left 2 dealt 1 for 101; finish 2 left 0 dealt 1 for 101
            ann cancel 1   -> 1 partlyDealt left 2 dealt 1 for 101; finish 1 left 2 dealt 1 for 101
            ann order 1    -> 1 cancelled left 2 dealt 1 for 101
            ben order 1    -> othersOrder
            ann cancel 1   -> orderNotFound
            ann finished   -> 1
            """)
    }

    @Test func `all orders of a market, and all that share a client id`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann buy 1@10 #x  -> 1 notDealt left 1; put 1 left 1
            ann buy 1@11 #y  -> 2 notDealt left 1; put 2 left 1
            ann buy 1@12 #x  -> 3 notDealt left 1; put 3 left 1
            ben buy 1@13 #x  -> 4 notDealt left 1; put 4 left 1
            ann cancel #z    ->
            ann cancel #x    -> 1 notDealt left 1, 3 notDealt left 1; finish 1 left 1; finish 3 left 1
            ann buy 1@14     -> 5 notDealt left 1; put 5 left 1
            ann cancel all   -> 2; finish 2 left 1; finish 5 left 1
            ann cancel all   -> 0
            book             -> 1@13 |
            """)
    }

    @Test func `a modified order has a new number, its old client id, and stands behind the others`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 3@101 #m -> 1 notDealt left 3; put 1 left 3
            ben sell 3@101    -> 2 notDealt left 3; put 2 left 3
            ann modify 1 2    -> 3 notDealt left 2; finish 1 left 3; put 3 left 2
            ann cancel 1      -> orderNotFound
            ann buy 4@101     -> 4 done left 0 dealt 4 for 404; finish 2 left 0 dealt 3 for 303; update 3 left 1 dealt 1 for 101; finish 4 left 0 dealt 4 for 404
            ann modify 3 @102 -> 5 notDealt left 1; finish 3 left 1 dealt 1 for 101; put 5 left 1
            ann order 3       -> 3 cancelled left 1 dealt 1 for 101
            ann modify 5 4@99 -> 6 notDealt left 4; finish 5 left 1; put 6 left 4
            ann cancel #m     -> 6 notDealt left 4; finish 6 left 4
            """)
        #expect(exchange.core.audit().openOrders == 0)
    }

    @Test func `a modified order may trade at once`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@101    -> 1 notDealt left 1; put 1 left 1
            ben buy 1@99      -> 2 notDealt left 1; put 2 left 1
            ben modify 2 @101 -> 3 done left 0 dealt 1 for 101; finish 2 left 1; finish 1 left 0 dealt 1 for 101; finish 3 left 0 dealt 1 for 101
            ben owns          -> BTC 101+0 USDT 9899+0 CET 0+0
            """)
    }

    @Test func `a modification that is refused leaves the order as it was`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@101         -> 1 notDealt left 1; put 1 left 1
            ben buy 50@100 maker   -> 2 notDealt left 50; put 2 left 50
            ben modify 2 @101      -> wouldTake
            ben modify 2 101       -> insufficientBalance
            ben modify 2 0.001     -> belowMinimum
            ben modify 2 @100.001  -> badPrice
            ann modify 2 @99       -> othersOrder
            ben modify 9 @99       -> orderNotFound
            ben pending            -> 2
            ben modify 2 100       -> 3 notDealt left 100; finish 2 left 50; put 3 left 100
            ben owns               -> BTC 100+0 USDT 0+10000 CET 0+0
            """)
    }
}
