import Quantities
import StrategyTesting
import Testing

/// Mistakes in the text of a tape, and what is said about them.
struct TapeMistakeTests {
    private func mistake(_ tape: String) throws -> String {
        do {
            _ = try TapeTest(Greedy.self).report(on: tape)
            return "none"
        } catch let error as TapeError {
            return "\(error.line):\(error.column) \(error.message)"
        }
    }

    @Test func `the message shows the place under the line`() throws {
        let error = try #require(throws: TapeError.self) {
            try TapeTest(Greedy.self).report(on: "time | market\n250ms | trad sell 5 @ 100")
        }
        #expect(
            error.description == """
                the tape has a mistake in line 2, column 9: unknown word 'trad'; did you mean 'trade'?
                    250ms | trad sell 5 @ 100
                            ^
                """)
    }

    @Test(arguments: [
        ("time | markt", "1:8 unknown column 'markt'; did you mean 'market'?"),
        ("time | market | market", "1:17 there are two columns 'market'"),
        ("0s | 1 / 2 | a | b", "1:18 a row has at most 3 columns: time | market | expected"),
        ("| 1 / 2", "1:1 a row in which something happens has a time"),
        ("1q |", "1:1 '1q' is no time; write 250ms, 1.5s or 2m"),
        ("2s |\n1s |", "2:1 1s is before the row above, 2s"),
        ("0s..9s | 1 / 2", "1:1 several times are written '0s..9s by 1s'"),
        ("9s..0s by 1s | 1 / 2", "1:1 times run forward, by a positive step"),
        ("0s..1000s by 1ms | 1 / 2", "1:1 a row has at most 100000 moments, not 1000001"),
        ("0s | 100 101", "1:10 '/' has to stand here, not '101'"),
        ("0s | 1 / 2 / 3", "1:12 '/' is too much here; separate events by commas"),
        ("0s | trade sell", "1:16 a size is missing after 'sell'"),
        ("0s | trade sel 1 @ 2", "1:12 unknown side 'sel'; did you mean 'sell'?"),
        ("0s | trade sell 5x @ 2", "1:17 '5x' is no size: character 2 cannot stand in a number"),
        (
            "0s | bid 1.1234567890123 x 1",
            "1:10 '1.1234567890123' is no price: it has more than 12 digits after the point"
        ),
        ("0s | connection down", "1:17 unknown state 'down'; known are ready, lost, connecting"),
        ("0s | OAKPIN: gap", "1:6 unknown market 'OAKPIN'; did you mean 'OAKPINE'?"),
        ("0s | | #1 bye 1 @ 2", "1:11 unknown word 'bye'; did you mean 'by'?"),
        ("0s | | #1 buy 1 @ 2 makeronly", "1:21 unknown word 'makeronly'; did you mean 'maker-only'?"),
        ("0s | | #x buy", "1:8 '#x' is no order; write #1 for the first one"),
        ("0s | | note \"open", "1:13 the text has no closing quote"),
        (
            "time | venue\n0s | refuse #1 wuld-take",
            "2:16 unknown reason 'wuld-take'; did you mean 'would-take'?"
        ),
        ("time | venue\n0s | accept 1", "2:13 '1' is no order; write #1 for the first one"),
        ("time | venue\n0s | acept #1", "2:6 unknown word 'acept'; did you mean 'accept'?"),
        ("time | venue\n0s | accept #1", "2:13 no order #1 has been sent; there are none"),
        ("time | venue\n0s | balance OAC 1", "2:14 unknown asset 'OAC'; did you mean 'OAK'?"),
    ])
    func `every mistake has its place and says what would be right`(tape: String, message: String) throws {
        #expect(try mistake(tape) == message)
    }

    @Test func `what a strategy throws when it is made is passed on`() throws {
        #expect(throws: (any Error).self) {
            try TapeTest(Greedy.self) { $0.size = .zero }.run("0s |")
        }
    }
}
