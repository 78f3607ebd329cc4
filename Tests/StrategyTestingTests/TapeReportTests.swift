import Quantities
import StrategyTesting
import Testing

/// What a person reads when a tape and a strategy disagree, as text.
struct TapeReportTests {
    private func report(_ tape: String, setup: TapeSetup = TapeSetup()) throws -> TapeReport {
        try TapeTest(Greedy.self, setup: setup).report(on: tape)
    }

    @Test func `a tape that comes true has an empty report`() throws {
        let report = try report(
            """
            time  | market                  | expected
            0ms   | 100.00 x 1 / 100.10 x 2 | #1 buy 0.010 @ 100 maker-only
            250ms | trade sell 5 @ 100.00   | #1 filled 0.01 @ 100.00
            """)
        #expect(report.isEmpty)
        #expect(report.description == "")
        #expect(report.outcome.position == Quantity(raw: 10_000_000_000))
        #expect(report.outcome.fills == 1)
        #expect(report.outcome.decisions == 1)
        #expect(report.outcome.openOrders == 0)
    }

    @Test func `a difference shows the whole tape, the book with own orders, and the account`() throws {
        let report = try report(
            """
            time  | market                                           | expected
            0ms   | book 99.90 x 3 100.00 x 1 / 100.10 x 2 101.5 x 4 | #1 buy 0.01 @ 99.90 maker-only
            250ms | trade sell 5 @ 100.00                            | #1 filled 0.01 @ 100.00, cancel #1
            1s    | silence                                          |
            """)
        #expect(
            report.description == """
                what happened differs from the tape at 0s, in line 2

                  time  | market                                           | expected                       | happened
                ≠ 0ms   | book 99.90 x 3 100.00 x 1 / 100.10 x 2 101.5 x 4 | #1 buy 0.01 @ 99.90 maker-only | #1 buy 0.01 @ 100.00 maker-only
                  250ms | trade sell 5 @ 100.00                            | #1 filled 0.01 @ 100.00        | =
                -       |                                                  | cancel #1                      |
                  1s    | silence                                          |                                |

                at 0s:
                  book of OAKPINE
                      101.50 x 4
                      100.10 x 2
                      ----------
                      100.00 x 1   #1 buy 0.01
                       99.90 x 3
                  open orders
                      #1 buy 0.01 @ 100.00 maker-only: open
                  position 0
                  account 1000 OAK, 1000000 PINE
                """)
    }

    @Test func `what happens between the rows is shown where it happened`() throws {
        let setup = TapeSetup {
            $0.orderLatency = .milliseconds(20)
            $0.answerLatency = .milliseconds(10)
        }
        let report = try report(
            """
            time | market            | expected
            0s   | 100.00 / 100.10   | #1 buy 0.01 @ 100.00 maker-only
            1s   | 100.00 / 100.10   |
            2s   | 99 / 99.10        |
            3s   | silence           |
            """, setup: setup)
        #expect(
            report.description == """
                what happened differs from the tape at 30ms, between the rows

                  time   | market          | expected                        | happened
                  0s     | 100.00 / 100.10 | #1 buy 0.01 @ 100.00 maker-only | =
                + 30ms   |                 |                                 | #1 open
                  1s     | 100.00 / 100.10 |                                 |
                  2s     | 99 / 99.10      |                                 |
                + 2010ms |                 |                                 | #1 filled 0.01 @ 100.00
                  3s     | silence         |                                 |

                at 30ms:
                  book of OAKPINE
                      100.10 x 10
                      -----------
                      100.00 x 10   #1 buy 0.01
                  open orders
                      #1 buy 0.01 @ 100.00 maker-only: open
                  position 0
                  account 1000 OAK, 1000000 PINE
                """)
    }

    @Test func `a tape that expects nothing is answered with one to paste`() throws {
        let tape = """
            time            | market
            // the market wakes up
            0ms             | 100.00 / 100.10
            1s..2s by 200ms | 100.00 / 100.10 then 99.00 / 99.10
            3s              | stop
            """
        let report = try report(tape)
        let filled = """
            time                  | market                             | expected
            // the market wakes up
            0ms                   | 100.00 / 100.10                    | #1 buy 0.01 @ 100.00 maker-only
            1s..1200ms by 200ms   | 100.00 / 100.10 then 99.00 / 99.10 | #1 filled 0.01 @ 100.00
            1400ms..2s by 200ms   | 100.00 / 100.10 then 99.00 / 99.10
            3s                    | stop
            """
        #expect(
            report.description
                == "the tape expects nothing; this is what happened, to paste or to correct:\n\n"
                + report.happened)
        let words = { (text: String) in text.split { $0 == " " || $0 == "\n" }.map(String.init) }
        #expect(words(report.happened) == words(filled))
        #expect(try self.report(report.happened).isEmpty)
    }

    @Test func `a tape that plays the venue shows its column, too`() throws {
        let report = try report(
            """
            time  | market          | venue                  | expected
            0ms   | 100.00 / 100.10 | refuse next would-take | #1 buy 0.01 @ 100.00 maker-only
            250ms | 99.00 / 99.10   | accept #2              | #2 buy 0.01 @ 99.00 maker-only
            1s    |                 | fill #2 0.004          |
            """)
        #expect(
            report.description == """
                what happened differs from the tape at 0s, in line 2

                  time  | market          | venue                  | expected                        | happened
                  0ms   | 100.00 / 100.10 | refuse next would-take | #1 buy 0.01 @ 100.00 maker-only | =
                +       |                 |                        |                                 | note "refused: venue: maker-only order would take"
                  250ms | 99.00 / 99.10   | accept #2              | #2 buy 0.01 @ 99.00 maker-only  | =
                  1s    |                 | fill #2 0.004          |                                 |

                at 0s:
                  book of OAKPINE
                      100.10 x 10
                      -----------
                      100.00 x 10
                  no open orders
                  position 0
                  account 1000 OAK, 1000000 PINE
                """)
    }

    @Test func `an issue is recorded at the place of the tape`() throws {
        try withKnownIssue("the tape is wrong on purpose") {
            try TapeTest(Greedy.self).run("0s | 100 / 101 | #1 sell 1 market")
        } matching: { issue in
            issue.sourceLocation?.line == #line - 2
                && issue.comments.contains { $0.rawValue.hasPrefix("what happened differs from the tape") }
        }
    }

    @Test func `a strategy that fails says so, and its orders are cancelled`() throws {
        try TapeTest(Touchy.self).run(
            """
            time | market           | expected
            0s   | 100 / 101        | #1 buy 1 @ 99.00
            1s   | trade sell 1 @ 98 | #1 filled 1 @ 99.00, #2 buy 1 @ 97.00
            2s   | ticker 100       | failed "no tickers, please", cancel #2
            """)
    }
}
