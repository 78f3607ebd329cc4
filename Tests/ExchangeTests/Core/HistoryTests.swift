import MarketModel
import Quantities
import Testing

@testable import Exchange

/// What is kept, for how long, and how it is found again.
struct HistoryTests {
    @Test func `a history keeps the newest rows under numbers that stay`() {
        var history = History<Int>(limit: 3)
        let dropped = (0..<5).map { history.append($0 * 10) }
        #expect(dropped == [nil, nil, nil, 0, 10])
        #expect(history.count == 3 && history.gone == 2 && history.next == 5)
        #expect((0..<6).map { history.row(numbered: $0) } == [nil, nil, 20, 30, 40, nil])
        let page = history.page(PageRequest(offset: 1, limit: 1)) { _ in true }
        #expect(page == PageOf(rows: [30], total: 3))
    }

    @Test func `pages are newest first, and the total counts all that fit`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann buy 1@10 #x  -> 1 notDealt left 1; put 1 left 1
            ann sell 1@90 #y -> 2 notDealt left 1; put 2 left 1
            ann buy 1@11 #x  -> 3 notDealt left 1; put 3 left 1
            ann buy 1@12     -> 4 notDealt left 1; put 4 left 1
            """)
        let ann = exchange.account("ann")
        func ids(_ filter: RowFilter, offset: Int, limit: Int) throws -> [UInt64] {
            let page = try exchange.core.pendingOrders(
                of: ann, filter, PageRequest(offset: offset, limit: limit))
            return [UInt64(page.total)] + page.rows.map(\.id.raw)
        }
        #expect(try ids(RowFilter(), offset: 0, limit: 2) == [4, 4, 3])
        #expect(try ids(RowFilter(), offset: 2, limit: 2) == [4, 2, 1])
        #expect(try ids(RowFilter(), offset: 4, limit: 2) == [4])
        #expect(try ids(RowFilter(side: .buy), offset: 0, limit: 9) == [3, 4, 3, 1])
        #expect(try ids(RowFilter(clientID: "x"), offset: 0, limit: 9) == [2, 3, 1])
        #expect(try ids(RowFilter(market: MarketID(1)), offset: 0, limit: 9) == [0])
        #expect(throws: ExchangeRefusal.unknownAccount) {
            try exchange.core.pendingOrders(of: .fees, RowFilter(), PageRequest(limit: 1))
        }
    }

    @Test func `deals are found by order, side and time, with role, fee and money`() throws {
        var exchange = try ExchangeDialogue { $0.markets[0].takerRate = rate("0.001") }
        exchange.expect(
            """
            ann sell 1@100 #a -> 1 notDealt left 1; put 1 left 1
            ann sell 1@101    -> 2 notDealt left 1; put 2 left 1
            ben buy 2@101 #b  -> 3 done left 0 dealt 2 for 201 fee 0.201; finish 1 left 0 dealt 1 for 100; finish 2 left 0 dealt 1 for 101; finish 3 left 0 dealt 2 for 201 fee 0.201
            ben sell 1@90     -> 4 notDealt left 1; put 4 left 1
            ann buy 1@90      -> 5 done left 0 dealt 1 for 90 fee 0.09; finish 4 left 0 dealt 1 for 90; finish 5 left 0 dealt 1 for 90 fee 0.09
            """)
        let ben = exchange.account("ben")
        let all = PageRequest(limit: 10)
        func rows(_ filter: RowFilter) throws -> [String] {
            try exchange.core.deals(of: ben, filter, all).rows.map { deal in
                "\(deal.id.raw) of \(deal.order.raw) \(deal.side) \(deal.role) \(deal.money) fee \(deal.fee)"
            }
        }
        #expect(
            try rows(RowFilter()) == [
                "3 of 4 sell maker 90 fee 0", "2 of 3 buy taker 101 fee 0.101",
                "1 of 3 buy taker 100 fee 0.1",
            ])
        var filter = RowFilter(side: .buy)
        filter.order = VenueOrderID(3)
        #expect(try rows(filter).count == 2)
        #expect(try rows(RowFilter(clientID: "b")).count == 2)
        filter = RowFilter()
        filter.from = second(5)
        #expect(try rows(filter) == ["3 of 4 sell maker 90 fee 0"])
        filter.from = nil
        filter.to = second(3)
        #expect(try rows(filter).count == 2)
    }

    @Test func `every change of a balance has a row with the balance after it`() throws {
        var exchange = try ExchangeDialogue { $0.markets[0].takerRate = rate("0.001") }
        exchange.expect(
            """
            ann sell 1@100 -> 1 notDealt left 1; put 1 left 1
            ben buy 1@100  -> 2 done left 0 dealt 1 for 100 fee 0.1; finish 1 left 0 dealt 1 for 100; finish 2 left 0 dealt 1 for 100 fee 0.1
            """)
        let rows = try exchange.core.balanceChanges(
            of: exchange.account("ben"), RowFilter(), PageRequest(limit: 10)
        ).rows.map { row in
            "\(row.business) \(row.reference) \(row.change) \(exchange.core.name(of: row.asset)) \(row.balance)"
        }
        #expect(
            rows == [
                "fee 2 -0.1 USDT 9899.9", "trade 2 -100 USDT 9900", "trade 2 1 BTC 101",
                "deposit 4 10000 USDT 10000", "deposit 3 100 BTC 100",
            ])
        var filter = RowFilter()
        filter.business = .fee
        let fees = try exchange.core.balanceChanges(
            of: exchange.account("ben"), filter, PageRequest(limit: 10))
        #expect(fees.rows.map(\.change) == [amount("-0.1")])
    }

    @Test func `what is kept is bounded: the oldest goes, and an order that went is not found`() throws {
        var exchange = try ExchangeDialogue(show: []) { definition in
            definition.limits.finishedOrdersMax = 3
            definition.limits.dealsMax = 4
            definition.limits.balanceRowsMax = 5
            definition.limits.publicDealsMax = 2
        }
        let accounts = [exchange.account("ann"), exchange.account("ben")]
        for index in 0..<10 {
            for (account, side) in zip(accounts, [Side.sell, .buy]) {
                _ = try exchange.core.place(
                    OrderRequest(
                        account: account, market: MarketID(0), side: side, price: price("100"),
                        amount: amount("1")), at: second(Double(index)))
            }
        }
        let all = PageRequest(limit: 100)
        for account in accounts {
            #expect(try exchange.core.finishedOrders(of: account, RowFilter(), all).total == 3)
            #expect(try exchange.core.deals(of: account, RowFilter(), all).total == 4)
            #expect(try exchange.core.balanceChanges(of: account, RowFilter(), all).total == 5)
        }
        #expect(try exchange.core.publicDeals(of: MarketID(0), limit: 10).map(\.id.raw) == [10, 9])
        #expect(exchange.core.finished.count == 6)
        exchange.expect(
            """
            ann finished -> 19 17 15
            ann order 13 -> orderNotFound
            ann order 15 -> 15 done left 0 dealt 1 for 100
            """)
    }
}
