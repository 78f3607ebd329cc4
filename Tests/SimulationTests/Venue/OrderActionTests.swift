import MarketModel
import Quantities
import Testing

/// Cancelling, modifying and asking (protocols/coinex-v1.md sections 5.7 and 5.9).
struct OrderActionTests {
    private func check(
        _ script: String, _ pit: VenuePit = VenuePit(),
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let heard = try pit.play(script)
        #expect(heard == script, sourceLocation: location)
    }

    /// The reply is heard first: pushes travel on another channel.
    @Test func `a modification is a cancel and a new order at the end of the queue`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 99      | #1 accepted v1, #1 open 0
            trade sell 6 @ 99  | #1 made 1 @ 99, #1 open 1
            modify #1 #2 buy 2 @ 99  | #2 accepted v2, #1 cancelled 1, #2 open 0
            trade sell 4 @ 99
            trade sell 3 @ 99  | #2 made 2 @ 99, #2 filled 2
            money              | OAK 1003, PINE 99703
            """)
    }

    @Test func `a modification can use what the old order held`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 10 @ 99     | #1 accepted v1, #1 open 0
            modify #1 #2 buy 10 @ 100  | #2 accepted v2, #1 cancelled 0, #2 open 0
            money              | OAK 1000, PINE 1000 (1000)
            """, VenuePit(quote: Amount(1_000)))
    }

    @Test func `a modification that the rules forbid leaves the order as it was`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            modify #1 #2 buy 4 @ 100.001  | #2 refused: bad parameter
            trade sell 1 @ 100 | #1 made 1 @ 100, #1 open 1
            """)
    }

    @Test func `a modification that cannot stand has ended the old order all the same`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            modify #1 #2 buy 4 @ 101 maker  | #2 refused: maker-only order would take, #1 cancelled 0
            money              | OAK 1000, PINE 100000
            """)
    }

    @Test func `orders that are not there cannot be modified or cancelled`() throws {
        try check(
            """
            quote 99 5 / 101 3
            cancel #7          | #7 untouched: no such order
            modify #7 #8 buy 1 @ 99  | #8 refused: no such order
            ask #8             | #8 absent
            """)
    }

    @Test func `a question is answered with all deals and the last state`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 101     | #1 accepted v1, #1 took 3 @ 101, #1 open 3
            ask #1             | #1 took 3 @ 101, #1 open 3
            quote 99 5 / 101 1 | #1 made 1 @ 101, #1 filled 4
            ask #1             | #1 took 3 @ 101, #1 made 1 @ 101, #1 filled 4
            #2 buy 1 @ 100     | #2 accepted v2, #2 open 0
            cancel #2          | #2 cancelled 0
            ask #2             | #2 cancelled 0
            ask #3             | #3 absent
            """)
    }

    @Test func `a deal that is told again has its number again`() throws {
        let pit = VenuePit()
        _ = try pit.play(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 101
            ask #1
            """)
        #expect(pit.deals.count == 2)
        #expect(pit.deals.first == pit.deals.last)
    }

    @Test func `an order that took the slot of an ended one is another order`() throws {
        let pit = VenuePit()
        _ = try pit.play("quote 99 5 / 101 3\n#1 buy 1 @ 99\ncancel #1\n#8193 buy 2 @ 98")
        #expect(pit.order(1).slot == pit.order(8_193).slot)
        try check(
            """
            cancel #1          | #1 untouched: no such order
            ask #1             | #1 cancelled 0
            ask #8193          | #8193 open 0
            """, pit)
    }
}
