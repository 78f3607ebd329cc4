import MarketModel
import Quantities
import Testing
import VenueKit

/// Stop orders: what fires them, and what they become (protocols/coinex-v1.md section 5.5).
struct StopTests {
    private func check(
        _ script: String, _ pit: VenuePit = VenuePit(),
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let heard = try pit.play(script)
        #expect(heard == script, sourceLocation: location)
    }

    @Test func `a stop needs a last price, and another one than its own`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 1 market when 102  | #1 refused: invalid stop price
            trade buy 1 @ 101
            #2 buy 1 market when 101  | #2 refused: invalid stop price
            #3 buy 1 market when 101.01  | #3 accepted v3, #3 open 0
            """)
    }

    @Test func `its direction is fixed when it comes, whatever its side`() throws {
        try check(
            """
            quote 99 5 / 101 9
            trade buy 1 @ 100
            #1 buy 1 market when 102  | #1 accepted v1, #1 open 0
            #2 sell 1 market when 102  | #2 accepted v2, #2 open 0
            #3 buy 1 market when 98  | #3 accepted v3, #3 open 0
            #4 sell 1 market when 98  | #4 accepted v4, #4 open 0
            trade buy 1 @ 101.99
            trade sell 1 @ 98.01
            trade buy 1 @ 102  | #1 took 1 @ 101, #1 filled 1, #2 took 1 @ 99, #2 filled 1
            trade sell 1 @ 90  | #3 took 1 @ 101, #3 filled 1, #4 took 1 @ 99, #4 filled 1
            """)
    }

    @Test func `it holds nothing until it fires, and then what it may cost`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 2 @ 100 when 102  | #1 accepted v1, #1 open 0
            money              | OAK 1000, PINE 100000
            trade buy 1 @ 103  | #1 open 0
            money              | OAK 1000, PINE 100000 (200)
            trade sell 1 @ 99.5  | #1 made 2 @ 100, #1 filled 2
            money              | OAK 1002, PINE 99800
            """)
    }

    @Test func `the order that it becomes has a number of its own`() throws {
        let pit = VenuePit()
        _ = try pit.play(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 9 @ 101 when 102
            #2 buy 1 @ 90
            trade buy 1 @ 103
            """)
        let numbers = pit.facts.compactMap { fact -> UInt64? in
            guard case .progress(let progress) = fact, progress.order == pit.order(1) else { return nil }
            return progress.venueOrder.raw
        }
        #expect(numbers == [1, 3])
        #expect(pit.balances.last { $0.asset == pit.market.quote }?.frozen == Amount(6 * 101 + 90))
    }

    @Test func `one that the account cannot pay fails when it fires`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 20 @ 100 when 102  | #1 accepted v1, #1 open 0
            #2 buy 20 market when 102 | #2 accepted v2, #2 open 0
            #3 sell 20 @ 100 when 102 | #3 accepted v3, #3 open 0
            trade buy 1 @ 103  | #1 triggerFailed 0, #2 triggerFailed 0, #3 triggerFailed 0
            money              | OAK 10, PINE 1000
            ask #1             | #1 triggerFailed 0
            """, VenuePit(base: Amount(10), quote: Amount(1_000)))
    }

    @Test func `one that its duration forbids fails when it fires`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 9 @ 101 fok when 102  | #1 accepted v1, #1 open 0
            #2 buy 1 @ 101 maker when 102  | #2 accepted v2, #2 open 0
            #3 buy 1 @ 100 ioc when 102  | #3 accepted v3, #3 open 0
            #4 buy 4 @ 101 ioc when 102  | #4 accepted v4, #4 open 0
            trade buy 1 @ 103  | #1 triggerFailed 0, #2 triggerFailed 0, #3 cancelled 0, #4 took 3 @ 101, #4 cancelled 3
            money              | OAK 1003, PINE 99697
            """)
    }

    @Test func `the balance that a fired stop gives back is told at once`() throws {
        let pit = VenuePit()
        _ = try pit.play(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 4 @ 101 ioc when 102
            trade buy 1 @ 103
            """)
        #expect(pit.balances.last { $0.asset == pit.market.quote }?.frozen == .zero)
    }

    @Test func `a waiting stop can be cancelled and modified`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 1 market when 102  | #1 accepted v1, #1 open 0
            modify #1 #2 buy 1 market when 104  | #2 accepted v2, #1 cancelled 0, #2 open 0
            trade buy 1 @ 103
            cancel #2          | #2 cancelled 0
            trade buy 1 @ 105
            cancel #2          | #2 untouched: no such order
            """)
    }

    @Test func `what replaces a stop that has fired rests as a plain order`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 1 @ 98 when 102  | #1 accepted v1, #1 open 0
            trade buy 1 @ 103  | #1 open 0
            modify #1 #2 buy 1 @ 100 when 102  | #2 accepted v3, #1 cancelled 0, #2 open 0
            trade sell 1 @ 99.5  | #2 made 1 @ 100, #2 filled 1
            """)
    }

    @Test func `a stop that is at its price when it fires is limited by what was taken before it`() throws {
        try check(
            """
            quote 99 5 / 101 3
            trade buy 1 @ 100
            #1 buy 2 market when 102  | #1 accepted v1, #1 open 0
            #2 buy 2 market when 103  | #2 accepted v2, #2 open 0
            trade buy 1 @ 104  | #1 took 2 @ 101, #1 filled 2, #2 took 1 @ 101, #2 cancelled 1
            """)
    }
}
