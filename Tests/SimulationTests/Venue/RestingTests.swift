import MarketModel
import Quantities
import Simulation
import Testing

/// Orders that wait in the queue of a recorded market.
struct RestingTests {
    private func check(
        _ script: String, _ pit: VenuePit = VenuePit(),
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let heard = try pit.play(script)
        #expect(heard == script, sourceLocation: location)
    }

    @Test func `P16: an order waits behind what was shown at its price when it came`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 99      | #1 accepted v1, #1 open 0
            trade sell 3 @ 99
            trade sell 4 @ 99  | #1 made 2 @ 99, #1 open 2
            trade sell 1 @ 99  | #1 made 1 @ 99, #1 open 3
            trade buy 9 @ 99
            trade sell 9 @ 99  | #1 made 1 @ 99, #1 filled 4
            money              | OAK 1004, PINE 99604
            """)
    }

    @Test func `who came after it stands behind it`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 sell 2 @ 101    | #1 accepted v1, #1 open 0
            quote 99 5 / 101 30
            trade buy 4 @ 101  | #1 made 1 @ 101, #1 open 1
            trade buy 1 @ 101  | #1 made 1 @ 101, #1 filled 2
            """)
    }

    @Test func `a better price than the market's waits behind nobody`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            trade sell 3 @ 100 | #1 made 3 @ 100, #1 open 3
            """)
    }

    @Test func `a trade beyond its price fills an order whole`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 99      | #1 accepted v1, #1 open 0
            #2 sell 4 @ 101    | #2 accepted v2, #2 open 0
            trade sell 0.1 @ 98.99  | #1 made 4 @ 99, #1 filled 4
            trade buy 0.1 @ 101.01  | #2 made 4 @ 101, #2 filled 4
            """)
    }

    @Test func `P16: own orders at one price share a trade in the order in which they came`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 2 @ 99      | #1 accepted v1, #1 open 0
            #2 buy 2 @ 99      | #2 accepted v2, #2 open 0
            #3 buy 2 @ 99      | #3 accepted v3, #3 open 0
            trade sell 8 @ 99  | #1 made 2 @ 99, #1 filled 2, #2 made 1 @ 99, #2 open 1
            trade sell 2 @ 99  | #2 made 1 @ 99, #2 filled 2, #3 made 1 @ 99, #3 open 1
            """)
    }

    /// Two stand before #1, it, and three more before #2. The first trade takes the two and two of #1; so
    /// the three still stand before #2.
    @Test func `what an earlier own order got does not shorten the queue of others`() throws {
        try check(
            """
            quote 99 2 / 101 3
            #1 buy 5 @ 99      | #1 accepted v1, #1 open 0
            quote 99 5 / 101 3
            #2 buy 5 @ 99      | #2 accepted v2, #2 open 0
            trade sell 4 @ 99  | #1 made 2 @ 99, #1 open 2
            trade sell 3 @ 99  | #1 made 3 @ 99, #1 filled 5
            trade sell 3 @ 99
            trade sell 1 @ 99  | #2 made 1 @ 99, #2 open 1
            """)
    }

    @Test func `the better of two own prices is filled first when the market comes to both`() throws {
        try check(
            """
            quote 99 2 / 103 3
            #1 buy 2 @ 100     | #1 accepted v1, #1 open 0
            #2 buy 2 @ 101     | #2 accepted v2, #2 open 0
            quote 98 1 / 100 1 | #2 made 1 @ 101, #2 open 1
            quote 98 1 / 100 3 | #2 made 1 @ 101, #2 filled 2, #1 made 2 @ 100, #1 filled 2
            """)
    }

    @Test(
        arguments: [
            (.pessimistic, 4), (.proportional, 2), (.optimistic, 0),
        ] as [(QueueModel, Int)])
    func `cancels move an order up as its queue model says`(queue: QueueModel, ahead: Int) throws {
        // Four stand before the order and four behind it; four of the eight leave.
        try check(
            """
            quote 99 4 / 101 3
            #1 buy 9 @ 99      | #1 accepted v1, #1 open 0
            quote 99 8 / 101 3
            quote 99 4 / 101 3
            trade sell \(ahead + 1) @ 99 | #1 made 1 @ 99, #1 open 1
            """, VenuePit(queue: queue))
    }

    @Test func `a trade that shrank the level is not taken for a cancel as well`() throws {
        try check(
            """
            quote 99 9 / 101 3
            #1 buy 2 @ 99      | #1 accepted v1, #1 open 0
            trade sell 4 @ 99
            quote 99 5 / 101 3
            trade sell 4 @ 99
            quote 99 1 / 101 3
            trade sell 2 @ 99  | #1 made 1 @ 99, #1 open 1
            """, VenuePit(queue: .optimistic))
    }

    /// Ten before it, ten behind. A trade leaves five of fifteen before it: of the three who leave then, one
    /// stood there.
    @Test func `in proportion counts only who was left after the trades`() throws {
        try check(
            """
            quote 99 10 / 101 3
            #1 buy 2 @ 99      | #1 accepted v1, #1 open 0
            quote 99 20 / 101 3
            trade sell 5 @ 99
            quote 99 12 / 101 3
            trade sell 4.1 @ 99  | #1 made 0.1 @ 99, #1 open 0.1
            """, VenuePit(queue: .proportional))
    }

    @Test func `behind the best quote all that is shown later counts as standing before it`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 2 @ 98      | #1 accepted v1, #1 open 0
            trade sell 9 @ 98
            quote 98 4 / 101 3
            trade sell 4 @ 98
            trade sell 1 @ 98  | #1 made 1 @ 98, #1 open 1
            """)
    }

    @Test func `when the best bid falls behind an order nobody stands before it any more`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 2 @ 98      | #1 accepted v1, #1 open 0
            #2 buy 2 @ 99      | #2 accepted v2, #2 open 0
            quote 97 4 / 101 3
            trade sell 3 @ 99  | #2 made 2 @ 99, #2 filled 2
            trade sell 1 @ 98  | #1 made 1 @ 98, #1 open 1
            """)
    }

    @Test func `in a live book the queue behind the best is known from the start`() throws {
        try check(
            """
            book 99:5 98:3 / 101:3 102:2
            #1 buy 2 @ 98      | #1 accepted v1, #1 open 0
            trade sell 4 @ 98  | #1 made 1 @ 98, #1 open 1
            level buy 98 0
            trade sell 1 @ 98  | #1 made 1 @ 98, #1 filled 2
            """)
    }

    @Test func `levels that leave a live book let an order move up`() throws {
        try check(
            """
            book 99:5 98:3 / 101:3 102:2
            #1 buy 2 @ 98      | #1 accepted v1, #1 open 0
            level buy 98 1
            trade sell 2 @ 98  | #1 made 1 @ 98, #1 open 1
            """)
    }

    @Test func `a market that comes to an order fills it at its own price with what is offered`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            quote 99 5 / 99.5 3  | #1 made 3 @ 100, #1 open 3
            quote 99 5 / 99.5 3
            #2 buy 1 @ 99.5 ioc  | #2 cancelled 0
            quote 98 5 / 99 2  | #1 made 1 @ 100, #1 filled 4
            #3 buy 2 @ 99 ioc  | #3 accepted v3, #3 took 1 @ 99, #3 cancelled 1
            """)
    }

    @Test func `a cancelled order trades no more`() throws {
        try check(
            """
            quote 99 5 / 101 3
            #1 buy 4 @ 100     | #1 accepted v1, #1 open 0
            trade sell 1 @ 100 | #1 made 1 @ 100, #1 open 1
            cancel #1          | #1 cancelled 1
            trade sell 9 @ 98
            quote 97 1 / 98 9
            cancel #1          | #1 untouched: no such order
            money              | OAK 1001, PINE 99900
            """)
    }

    @Test func `a market that is full refuses before anything trades`() throws {
        let pit = VenuePit()
        _ = try pit.play("quote 99 5 / 101 3")
        for number in 1...UInt64(RecordedExecution.restingMax) {
            _ = try pit.play("#\(number) buy 0.1 @ 1")
        }
        // More orders than the tests name slots for: what matters is the last one.
        let held = pit.money
        let answer = try pit.play("#5000 buy 5 @ 101 ")
        #expect(answer.hasSuffix("| #5000 refused: refused"))
        #expect(pit.money == held)
        #expect(try pit.play("#5001 buy 3 @ 101 ioc ").hasSuffix("#5001 took 3 @ 101, #5001 filled 3"))
    }
}
