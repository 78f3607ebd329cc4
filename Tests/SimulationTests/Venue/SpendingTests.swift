import MarketModel
import Quantities
import Testing
import VenueKit

/// Market buys for a sum: whole lots as far as it goes, dust stays.
struct SpendingTests {
    private func check(
        _ script: String, _ pit: VenuePit = VenuePit(),
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let heard = try pit.play(script)
        #expect(heard == script, sourceLocation: location)
    }

    @Test func `P22: a sum buys whole lots and leaves dust`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy for 250     | #1 accepted v1, #1 took 2.4 @ 101, #1 filled 2.4
            money              | OAK 1002.4, PINE 99757.6
            ask #1             | #1 took 2.4 @ 101, #1 filled 2.4
            """)
    }

    @Test func `it walks the levels of a live book`() throws {
        try check(
            """
            book 99:5 98:5 / 101:3 102:2 104:9
            #1 buy for 600     | #1 accepted v1, #1 took 3 @ 101, #1 took 2 @ 102, #1 took 0.8 @ 104, #1 filled 5.8
            money              | OAK 1005.8, PINE 99409.8
            """)
    }

    @Test func `a rest that pays for no lot of the next level is dust`() throws {
        try check(
            """
            book 99:5 / 101:3 102:2
            #1 buy for 303     | #1 accepted v1, #1 took 3 @ 101, #1 filled 3
            book 99:5 / 101:4 102:2
            #2 buy for 405     | #2 accepted v2, #2 took 4 @ 101, #2 filled 4
            """)
    }

    @Test func `where the offers run out before the sum it ends with a remainder`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy for 304     | #1 accepted v1, #1 took 3 @ 101, #1 cancelled 3
            #2 buy for 304     | #2 refused: nothing to trade with
            money              | OAK 1003, PINE 99697
            """)
    }

    @Test func `without a price there is nothing to trade with`() throws {
        try check("#1 buy for 304     | #1 refused: nothing to trade with")
    }

    @Test func `a sum has to pay for the least quantity at the best price`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy for 10.09   | #1 refused: below the minimum
            #2 buy for 10.1    | #2 accepted v2, #2 took 0.1 @ 101, #2 filled 0.1
            """)
    }

    @Test func `the fee comes on top, and the account has to cover both`() throws {
        let pit = VenuePit(takerFee: FeeRate(raw: 1_000_000_000), quote: Amount(1_001))
        try check(
            """
            quote 99 5 / 100 30
            #1 buy for 1000.01 | #1 refused: balance does not cover it
            #2 buy for 1000    | #2 accepted v2, #2 took 10 @ 100, #2 filled 10
            money              | OAK 1010, PINE 0
            """, pit)
    }

    @Test func `nothing but a market buy can spend a sum`() throws {
        let pit = VenuePit()
        _ = try pit.play("quote 99 5 / 101 3")
        let base = OrderTicket.marketBuy(spending: Notional(300), atMost: Quantity(3), in: pit.market.id)
        let changes: [(inout OrderTicket) -> Void] = [
            { $0.side = .sell }, { $0.kind = .stopMarket }, { $0.spend = Notional(-300) },
            {
                $0.kind = .limit
                $0.price = Price(101)
            },
        ]
        for (index, change) in changes.enumerated() {
            var ticket = base
            change(&ticket)
            pit.pass(.milliseconds(1))
            let order = pit.order(UInt64(index + 1))
            pit.send(.place(Placement(order: order, strategy: StrategyID(0), ticket: ticket)))
            let refused = OrderRefused(order: order, reason: .venueBadParameter, venueTime: pit.now)
            #expect(pit.hear() == [.refused(refused)])
        }
    }
}
