import MarketModel
import Quantities
import Simulation
import Testing

/// What the venue's protocol promises, as dialogues with both implementations.
@Suite(.serialized)
struct MatchingScenarioTests {
    @Test(arguments: BookKind.allCases)
    func `orders rest on their side, the best price in the middle`(kind: BookKind) {
        kind.expect(
            """
            sell 1 5@102   -> rested 5; sell 102=5
            sell 2 1@101   -> rested 1; sell 101=1
            buy  3 4@99    -> rested 4; buy 99=4
            buy  4 2@100   -> rested 2; buy 100=2
            buy  5 3@99    -> rested 3; buy 99=7
            book
              | . | 102 | 5 |
              | . | 101 | 1 |
              | 2 | 100 | . |
              | 7 |  99 | . |
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `the taker gets the maker's price, the best one first`(kind: BookKind) {
        kind.expect(
            """
            sell 1 2@101   -> rested 2; sell 101=2
            sell 2 2@100   -> rested 2; sell 100=2
            sell 3 2@103   -> rested 2; sell 103=2
            buy  4 5@102   -> 2@100 with 2; 2@101 with 1; rested 1; sell 100=0; sell 101=0; buy 102=1
            book
              | . | 103 | 2 |
              | 1 | 102 | . |
            sell 5 4@90    -> 1@102 with 4; rested 3; buy 102=0; sell 90=3
            book
              | . | 103 | 2 |
              | . |  90 | 3 |
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `at one price the oldest trades first and a partly filled one keeps its place`(kind: BookKind) {
        kind.expect(
            """
            buy  1 3@100   -> rested 3; buy 100=3
            buy  2 3@100   -> rested 3; buy 100=6
            buy  3 3@100   -> rested 3; buy 100=9
            sell 4 2@100   -> 2@100 with 1; filled; buy 100=7
            cancel 2       -> cancelled 3; buy 100=4
            buy  5 1@100   -> rested 1; buy 100=5
            sell 6 5@100   -> 1@100 with 1; 3@100 with 3; 1@100 with 5; filled; buy 100=0
            book
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `immediate-or-cancel takes what it can and drops the rest`(kind: BookKind) {
        kind.expect(
            """
            sell 1 2@100      -> rested 2; sell 100=2
            sell 2 2@101      -> rested 2; sell 101=2
            buy  3 3@100 ioc  -> 2@100 with 1; cancelled 1; sell 100=0
            buy  4 3@100 ioc  -> cancelled 3
            buy  5 1@105 ioc  -> 1@101 with 2; filled; sell 101=1
            book
              | . | 101 | 1 |
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `fill-or-kill fills completely or leaves no trace`(kind: BookKind) {
        kind.expect(
            """
            sell 1 2@100      -> rested 2; sell 100=2
            sell 2 2@101      -> rested 2; sell 101=2
            buy  3 5@101 fok  -> refused: venue: fill-or-kill cannot be filled
            buy  3 3@100 fok  -> refused: venue: fill-or-kill cannot be filled
            buy  3 4@101 fok  -> 2@100 with 1; 2@101 with 2; filled; sell 100=0; sell 101=0
            sell 4 1@100 fok  -> refused: venue: fill-or-kill cannot be filled
            book
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `maker-only is refused where it would take, at the touch too`(kind: BookKind) {
        kind.expect(
            """
            buy  1 1@99 maker   -> rested 1; buy 99=1
            sell 2 1@101 maker  -> rested 1; sell 101=1
            buy  3 1@101 maker  -> refused: venue: maker-only order would take
            buy  3 1@102 maker  -> refused: venue: maker-only order would take
            sell 3 1@99 maker   -> refused: venue: maker-only order would take
            buy  3 1@100 maker  -> rested 1; buy 100=1
            book
              | . | 101 | 1 |
              | 1 | 100 | . |
              | 1 |  99 | . |
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `a market order takes at any price and never rests`(kind: BookKind) {
        kind.expect(
            """
            buy  1 1@market      -> refused: venue: nothing to trade with
            buy  2 2@50          -> rested 2; buy 50=2
            buy  3 1@10          -> rested 1; buy 10=1
            buy  4 1@market      -> refused: venue: nothing to trade with
            sell 5 1@market      -> 1@50 with 2; filled; buy 50=1
            sell 6 3@market fok  -> refused: venue: fill-or-kill cannot be filled
            sell 6 1@market maker -> refused: venue: bad parameter
            sell 6 3@market      -> 1@50 with 2; 1@10 with 3; cancelled 1; buy 50=0; buy 10=0
            sell 7 1@market      -> refused: venue: nothing to trade with
            book
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `a hidden order trades in its turn and never shows`(kind: BookKind) {
        kind.expect(
            """
            sell 1 2@100 hidden  -> rested 2
            sell 2 3@101         -> rested 3; sell 101=3
            sell 3 1@101 hidden  -> rested 1
            sell 4 1@101         -> rested 1; sell 101=4
            book
              | . | 101 | 4 |
            buy  5 1@100 maker   -> refused: venue: maker-only order would take
            buy  6 6@101 fok     -> 2@100 with 1; 3@101 with 2; 1@101 with 3; filled; sell 101=1
            sell 7 2@101 hidden  -> rested 2
            buy  8 1@101         -> 1@101 with 4; filled; sell 101=0
            book
            reduce 7 1           -> reduced
            buy  9 1@market      -> 1@101 with 7; filled
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `a cancel tells what remained, once`(kind: BookKind) {
        kind.expect(
            """
            cancel 1      -> no such order
            buy  1 3@100  -> rested 3; buy 100=3
            sell 2 1@100  -> 1@100 with 1; filled; buy 100=2
            cancel 2      -> no such order
            cancel 1      -> cancelled 2; buy 100=0
            cancel 1      -> no such order
            buy  1 1@100  -> rested 1; buy 100=1
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `a reduced order keeps its place in the queue`(kind: BookKind) {
        kind.expect(
            """
            buy  1 3@100  -> rested 3; buy 100=3
            buy  2 3@100  -> rested 3; buy 100=6
            reduce 1 1    -> reduced; buy 100=4
            reduce 1 1    -> refused: venue: bad parameter
            reduce 1 0    -> refused: venue: bad parameter
            reduce 9 1    -> refused: venue: no such order
            sell 3 2@100  -> 1@100 with 1; 1@100 with 2; filled; buy 100=2
            """)
    }

    @Test(arguments: BookKind.allCases)
    func `an order that makes no sense is refused and changes nothing`(kind: BookKind) {
        kind.expect(
            """
            buy  1 2@100                   -> rested 2; buy 100=2
            sell 2 0@100                   -> refused: quantity is not positive
            sell 2 -1@100                  -> refused: quantity is not positive
            sell 2 1@0                     -> refused: price is not positive
            sell 2 1@-5                    -> refused: price is not positive
            sell 1 1@100                   -> refused: venue: bad parameter
            sell 2 999999999999999999@101  -> rested 999999999999999999; sell 101=999999999999999999
            book
              | . | 101 | 999999999999999999 |
              | 2 | 100 | . |
            """)
    }

    @Test func `a quantity beyond the limit is refused by both`() {
        func answer(_ book: some MatchingBook) -> Submission {
            var book = book
            var matches: [Match] = []
            var depth: [DepthChange] = []
            let order = MatchOrder(
                id: 1, owner: 1, side: .buy, limit: Price(1), quantity: Quantity(raw: .max))
            return book.submit(order, matches: &matches, depth: &depth)
        }
        #expect(answer(NaiveMatchingBook()) == .refused(.overflow))
        #expect(answer(FastMatchingBook()) == .refused(.overflow))
    }

    @Test func `a full book refuses what could rest and still trades with what could not`() {
        var book = FastMatchingBook()
        var matches: [Match] = []
        var depth: [DepthChange] = []
        func order(_ id: Int, _ side: Side, _ duration: OrderDuration) -> MatchOrder {
            MatchOrder(
                id: UInt64(id), owner: 1, side: side, limit: Price(100 + (side == .sell ? id % 50 : 50)),
                quantity: Quantity(1), duration: duration)
        }
        let count = MatchingLimits.restingOrdersMax
        for id in 1...count {
            _ = book.submit(order(id, .sell, .makerOnly), matches: &matches, depth: &depth)
        }
        #expect(book.restingCount == count)
        let more = count + 1
        #expect(
            book.submit(order(more, .buy, .goodTillCancelled), matches: &matches, depth: &depth)
                == .refused(.queueFull))
        #expect(
            book.submit(order(more, .buy, .immediateOrCancel), matches: &matches, depth: &depth) == .filled)
        #expect(
            book.submit(order(more, .sell, .makerOnly), matches: &matches, depth: &depth)
                == .rested(remaining: Quantity(1)))
        #expect(book.restingCount == count)
    }
}
