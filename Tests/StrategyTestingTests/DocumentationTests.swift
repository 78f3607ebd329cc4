import Foundation
import Quantities
import StrategyTesting
import Testing

/// The page about tests: its tapes come true, and its report is what a reader gets.
struct DocumentationTests {
    private let page: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        page = try String(contentsOf: root.appending(path: "docs/testing-strategies.md"), encoding: .utf8)
    }

    /// The texts between three quotes in a piece of Swift, without their indentation.
    private var tapes: [String] {
        page.components(separatedBy: "\"\"\"").enumerated().filter { !$0.offset.isMultiple(of: 2) }.map {
            $0.element.components(separatedBy: "\n").dropFirst().dropLast()
                .map { String($0.drop { $0 == " " }) }.joined(separator: "\n")
        }
    }

    @Test func `every tape of the page comes true`() throws {
        #expect(tapes.count == 2)
        for tape in tapes { try TapeTest(Greedy.self) { $0.size = try Quantity("0.01") }.run(tape) }
    }

    @Test func `the report of the page is a real one`() throws {
        let wrong = """
            time  | market                  | expected
            0ms   | 100.00 x 1 / 100.10 x 2 | #1 buy 0.01 @ 100.10 maker-only
            250ms | trade sell 5 @ 100.00   | #1 filled 0.01 @ 100.00, #2 sell 0.01 @ 101.00
            """
        let report = try TapeTest(Greedy.self).report(on: wrong)
        #expect(page.contains("```\n\(report.description)\n```"))
    }

    @Test func `every word of the columns stands in the tables`() {
        let words = [
            "trade", "bid", "ask", "book", "ticker", "gap", "connection", "silence", "stop", "accept",
            "refuse", "fill", "count", "cancelled", "done", "trigger-failed", "keep", "lose", "unsent",
            "absent", "limited", "balance", "answers", "silent",
        ]
        for word in words { #expect(page.contains("`\(word)`") || page.contains("`\(word) "), "\(word)") }
    }

    @Test func `the examples of the page about determinism hold`() throws {
        try assertDeterministic(Greedy.self, over: .synthetic(duration: .minutes(5)))
        try assertDeterministic(Greedy.self, over: .tape("0s..60s by 1s | 100 / 101 then 99 / 100"))
    }
}
