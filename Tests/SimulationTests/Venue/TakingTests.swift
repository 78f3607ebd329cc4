import MarketModel
import Quantities
import Testing

/// Orders that trade on entry: what they get, and what the client hears, as CoinEx tells it.
struct TakingTests {
    private func check(
        _ script: String, _ pit: VenuePit = VenuePit(),
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let heard = try pit.play(script)
        #expect(heard == script, sourceLocation: location)
    }

    @Test func `a limit that crosses takes what the quote shows and rests with the remainder`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 101     | #1 accepted v1, #1 took 3 @ 101, #1 open 3
            money              | OAK 1003, PINE 99697 (101)
            """)
    }

    @Test func `a limit that does not cross rests and holds what it may cost`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            #2 sell 2 @ 102    | #2 accepted v2, #2 open 0
            money              | OAK 1000 (2), PINE 100000 (400)
            cancel #1          | #1 cancelled 0
            cancel #2          | #2 cancelled 0
            money              | OAK 1000, PINE 100000
            """)
    }

    @Test func `a limit beyond the market is filled at the market's price`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 2 @ 150     | #1 accepted v1, #1 took 2 @ 101, #1 filled 2
            #2 sell 2 @ 50     | #2 accepted v2, #2 took 2 @ 99, #2 filled 2
            money              | OAK 1000, PINE 99996
            """)
    }

    @Test func `P16: where the book is live an order walks its levels up to its limit`() throws {
        try check(
            """
            book 99:5 98:5 97:5 / 101:3 102:2 104:9
            #1 buy 9 @ 103     | #1 accepted v1, #1 took 3 @ 101, #1 took 2 @ 102, #1 open 5
            #2 sell 20 @ 98    | #2 accepted v2, #2 took 5 @ 99, #2 took 5 @ 98, #2 open 10
            money              | OAK 995 (10), PINE 100478 (412)
            """)
    }

    @Test func `a quote that is newer than the book hides the levels that it has passed`() throws {
        try check(
            """
            book 99:5 98:5 / 101:3 102:2
            quote 97 1 / 102 1
            #1 buy 4 @ 103     | #1 accepted v1, #1 took 1 @ 102, #1 open 1
            #2 sell 4 @ 96     | #2 accepted v2, #2 took 1 @ 97, #2 open 1
            """)
    }

    @Test func `P16: what was taken stays taken until the market shows another size there`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 2 @ 101 ioc | #1 accepted v1, #1 took 2 @ 101, #1 filled 2
            #2 buy 2 @ 101 ioc | #2 accepted v2, #2 took 1 @ 101, #2 cancelled 1
            #3 buy 2 @ 101 ioc | #3 cancelled 0
            quote 99 6 / 101 3
            #4 buy 2 @ 101 ioc | #4 cancelled 0
            quote 99 6 / 101 4
            #5 buy 2 @ 101 ioc | #5 accepted v5, #5 took 2 @ 101, #5 filled 2
            """)
    }

    @Test func `an immediate order drops its remainder, and unfilled it is told by its reply alone`() throws {
        let pit = VenuePit()
        let before = pit.facts.count
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100 ioc | #1 cancelled 0
            """, pit)
        #expect(pit.facts.count == before + 1)
        try check(
            """
            #2 buy 4 @ 101 ioc | #2 accepted v2, #2 took 3 @ 101, #2 cancelled 3
            money              | OAK 1003, PINE 99697
            """, pit)
    }

    @Test func `fill or kill takes all or is refused`() throws {
        try check(
            """
            book 99:5 / 101:3 102:2
            #1 buy 6 @ 102 fok | #1 refused: fill-or-kill cannot be filled
            #2 buy 5 @ 101 fok | #2 refused: fill-or-kill cannot be filled
            #3 buy 5 @ 102 fok | #3 accepted v3, #3 took 3 @ 101, #3 took 2 @ 102, #3 filled 5
            #4 buy 1 @ 102 fok | #4 refused: fill-or-kill cannot be filled
            money              | OAK 1005, PINE 99493
            """)
    }

    @Test func `a maker-only order that would take is refused`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 1 @ 101 maker  | #1 refused: maker-only order would take
            #2 sell 1 @ 99 maker  | #2 refused: maker-only order would take
            #3 buy 1 @ 100.99 maker  | #3 accepted v3, #3 open 0
            #4 sell 1 @ 99.01 maker  | #4 accepted v4, #4 open 0
            """)
    }

    @Test func `a market order walks the book and drops what finds no more`() throws {
        try check(
            """
            book 99:5 98:5 / 101:3 102:2
            #1 buy 4 market    | #1 accepted v1, #1 took 3 @ 101, #1 took 1 @ 102, #1 filled 4
            #2 sell 12 market  | #2 accepted v2, #2 took 5 @ 99, #2 took 5 @ 98, #2 cancelled 10
            #3 sell 1 market   | #3 refused: nothing to trade with
            #4 buy 9 market    | #4 accepted v4, #4 took 1 @ 102, #4 cancelled 1
            money              | OAK 995, PINE 100478
            """)
    }

    @Test func `a market order in a market without a quote is refused`() throws {
        try check(
            """
            #1 buy 1 market    | #1 refused: nothing to trade with
            #2 sell 1 market   | #2 refused: nothing to trade with
            """)
    }

    /// 1,005 pay for ten at 100.50: the level above is not taken.
    @Test func `a market buy goes up to the price that the account can pay for all of it`() throws {
        try check(
            """
            book 99:5 / 100:9 105:5
            #1 buy 10 market   | #1 accepted v1, #1 took 9 @ 100, #1 cancelled 9
            money              | OAK 1009, PINE 105
            """, VenuePit(quote: Amount(1_005)))
    }

    @Test func `a market buy that the account cannot begin to pay is refused, fee included`() throws {
        let fee = FeeRate(raw: 10_000_000_000)
        try check(
            """
            quote 99 5 / 100 50
            #1 buy 10 market   | #1 refused: balance does not cover it
            """, VenuePit(takerFee: fee, quote: Amount(1_009)))
        try check(
            """
            quote 99 5 / 100 50
            #1 buy 10 market   | #1 accepted v1, #1 took 10 @ 100, #1 filled 10
            money              | OAK 1010, PINE 0
            """, VenuePit(takerFee: fee, quote: Amount(1_010)))
    }

    @Test func `an order that the account does not cover is refused and holds nothing`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 10 @ 100    | #1 accepted v1, #1 open 0
            #2 buy 1 @ 100     | #2 refused: balance does not cover it
            #3 sell 11 @ 102   | #3 refused: balance does not cover it
            #4 sell 11 market  | #4 refused: balance does not cover it
            money              | OAK 10, PINE 1000 (1000)
            """, VenuePit(base: Amount(10), quote: Amount(1_000)))
    }

    @Test func `a limit order holds the larger fee, and gets back what it did not need`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 102     | #1 accepted v1, #1 took 3 @ 101, #1 open 3
            money              | OAK 1003, PINE 99693.97 (103.02)
            cancel #1          | #1 cancelled 3
            money              | OAK 1003, PINE 99693.97
            """, VenuePit(takerFee: FeeRate(raw: 10_000_000_000)))
    }

    @Test func `what the market's rules forbid is refused`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 0.4 @ 100   | #1 refused: below the minimum
            #2 buy 1.05 @ 100  | #2 refused: bad parameter
            #3 buy 1 @ 100.001 | #3 refused: bad parameter
            #4 buy 0 @ 100     | #4 refused: bad parameter
            #5 buy 1 @ 0       | #5 refused: bad parameter
            #6 buy -1 @ 100    | #6 refused: bad parameter
            #7 buy 0.4 market  | #7 refused: below the minimum
            """, VenuePit(least: Quantity(raw: 500_000_000_000)))
    }

    @Test func `an order whose value fits no number is refused`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 900000000000000000 @ 900000000000000000  | #1 refused: balance does not cover it
            #2 buy 17000000000000 @ 10000000000000  | #2 refused: balance does not cover it
            #3 buy 900000000000000000 market  | #3 refused: balance does not cover it
            """, VenuePit(takerFee: FeeRate(raw: 10_000_000_000)))
    }
}
