import MarketModel
import Quantities
import Testing

@testable import Exchange

/// Section 5.10: per deal exactly one pot grows.
struct FeeTests {
    /// `ben` pays fees in CET where he has enough of it; a CET costs 2 USDT.
    private func exchange(cet: String, show: [ExchangeDialogue.Show] = [.orders]) throws -> ExchangeDialogue {
        try ExchangeDialogue(show: show) { definition in
            definition.markets[0].makerRate = rate("0.0016")
            definition.markets[0].takerRate = rate("0.0016")
            var market = MarketDefinition(
                name: "CETUSDT", base: "CET", quote: "USDT", amountDecimals: 8, priceDecimals: 6,
                minimumAmount: quantity("1"))
            market.openingPrice = price("2")
            definition.markets.append(market)
            definition.accounts[1].paysFeesAtDiscount = true
            definition.accounts[1].balances.append(AssetAmount("CET", amount(cet)))
        }
    }

    @Test func `the worked example: 560 at 0.0016 and seventy percent is 0.3136 CET at 2`() throws {
        var exchange = try exchange(cet: "1")
        exchange.expect(
            """
            ann sell 0.01@56000 -> 1 notDealt left 0.01; put 1 left 0.01
            ben buy 0.01@56000  -> 2 done left 0 dealt 0.01 for 560 fee 0.3136 CET; finish 1 left 0 dealt 0.01 for 560 fee 0.896; finish 2 left 0 dealt 0.01 for 560 fee 0.3136 CET
            ben owns            -> BTC 100.01+0 USDT 9440+0 CET 0.6864+0
            ann owns            -> BTC 99.99+0 USDT 10559.104+0 CET 0+0
            """)
        #expect(exchange.core.audit().fees == [.zero, amount("0.896"), amount("0.3136")])
        let ben = exchange.account("ben")
        let order = try exchange.core.order(VenueOrderID(2), of: ben)
        #expect(order.feeDiscount == rate("0.7") && order.paysFeesAtDiscount)
        #expect(order.takerRate == rate("0.0016"))
    }

    @Test func `when the CET run out the rest of the fee is paid in quote`() throws {
        var exchange = try exchange(cet: "0.32", show: [.deals])
        exchange.expect(
            """
            ann sell 0.01@56000 -> 1 notDealt left 0.01
            ann sell 0.01@56000 -> 2 notDealt left 0.01
            ben buy 0.02@56000  -> 3 done left 0 dealt 0.02 for 1120 fee 0.896 fee 0.3136 CET; deal 1 buy 0.01@56000; ann sell 1 maker fee 0.896; ben buy 3 taker fee 0.3136; deal 2 buy 0.01@56000; ann sell 2 maker fee 0.896; ben buy 3 taker fee 0.896
            ben owns            -> BTC 100.02+0 USDT 8879.104+0 CET 0.0064+0
            """)
    }

    @Test func `a buy holds its fee too: the larger one to enter, the maker's to rest`() throws {
        var exchange = try ExchangeDialogue(show: [.balances]) { definition in
            definition.markets[0].makerRate = rate("0.001")
            definition.markets[0].takerRate = rate("0.002")
        }
        exchange.expect(
            """
            ben buy 100@100     -> insufficientBalance
            ben buy 99.9@100    -> insufficientBalance
            ben buy 99.8@100    -> 1 notDealt left 99.8; ben USDT 10.02+9989.98
            ann sell 50@100     -> 2 done left 0 dealt 50 for 5000 fee 10; ben BTC 150+0; ben USDT 10.02+4984.98; ann BTC 50+0; ann USDT 14990+0
            """)
    }

    @Test func `a rate below zero is paid out, to the maker in quote`() throws {
        var exchange = try ExchangeDialogue { definition in
            definition.markets[0].makerRate = rate("-0.001")
            definition.markets[0].takerRate = rate("0.002")
        }
        exchange.expect(
            """
            ann sell 1@100 -> 1 notDealt left 1; put 1 left 1
            ben buy 1@100  -> 2 done left 0 dealt 1 for 100 fee 0.2; finish 1 left 0 dealt 1 for 100 fee -0.1; finish 2 left 0 dealt 1 for 100 fee 0.2
            ann owns       -> BTC 99+0 USDT 10100.1+0 CET 0+0
            """)
        #expect(exchange.core.audit().fees == [.zero, amount("0.1"), .zero])
    }

    @Test func `an account may have rates of its own`() throws {
        var exchange = try ExchangeDialogue { definition in
            definition.markets[0].takerRate = rate("0.002")
            definition.accounts[1].rates = FeeRates(maker: .zero, taker: rate("0.0005"))
        }
        exchange.expect(
            """
            ann sell 1@100 -> 1 notDealt left 1; put 1 left 1
            ben buy 1@100  -> 2 done left 0 dealt 1 for 100 fee 0.05; finish 1 left 0 dealt 1 for 100; finish 2 left 0 dealt 1 for 100 fee 0.05
            """)
    }

    private func discountPrice(_ asset: String, _ exchange: borrowing ExchangeDialogue) -> Price? {
        guard let id = exchange.core.asset(named: asset) else { return nil }
        return exchange.core.discountPrice(in: id)
    }

    @Test func `CET are valued across a third asset where no market sells them for the quote`() throws {
        let exchange = try ExchangeDialogue { definition in
            var cet = MarketDefinition(
                name: "CETUSDT", base: "CET", quote: "USDT", amountDecimals: 8, priceDecimals: 6,
                minimumAmount: quantity("1"))
            cet.openingPrice = price("0.05")
            definition.markets.append(cet)
            definition.markets[0].openingPrice = price("50000")
            definition.markets.append(
                MarketDefinition(
                    name: "ETHBTC", base: "ETH", quote: "BTC", amountDecimals: 8, priceDecimals: 6,
                    minimumAmount: quantity("1")))
        }
        #expect(discountPrice("USDT", exchange) == price("0.05"))
        #expect(discountPrice("BTC", exchange) == price("0.000001"))
        #expect(discountPrice("CET", exchange) == price("1"))
        #expect(discountPrice("ETH", exchange) == nil)
    }

    @Test func `the switch counts for orders that come after it`() throws {
        var exchange = try exchange(cet: "10")
        exchange.expect("ben sell 0.01@56000 -> 1 notDealt left 0.01; put 1 left 0.01")
        let ben = exchange.account("ben")
        try exchange.core.setFeesAtDiscount(false, ben)
        exchange.expect(
            """
            ben sell 0.01@56000 -> 2 notDealt left 0.01; put 2 left 0.01
            ann buy 0.02@56000  -> 3 done left 0 dealt 0.02 for 1120 fee 1.792; finish 1 left 0 dealt 0.01 for 560 fee 0.3136 CET; finish 2 left 0 dealt 0.01 for 560 fee 0.896; finish 3 left 0 dealt 0.02 for 1120 fee 1.792
            """)
    }
}
