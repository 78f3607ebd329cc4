import Quantities
import StrategyKit
import Testing
import TradingCore

/// Records an issue when a strategy does not decide the same about the same market.
///
/// Four runs are compared: two that are the same, one in which time passes in smaller steps, and one beside
/// another strategy. A strategy that keeps state outside of itself, reads a clock, draws random numbers other
/// than `desk.random`, or walks over a dictionary fails; the report shows the first decision that differs.
public func assertDeterministic<S: Strategy>(
    _ strategy: S.Type, over input: DeterminismInput = .synthetic(), setup: TapeSetup = TapeSetup(),
    parameters change: (inout S.Parameters) throws -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let report = try determinismReport(strategy, over: input, setup: setup, parameters: change)
    if !report.isEmpty { Issue.record(Comment(rawValue: report), sourceLocation: sourceLocation) }
}

/// What `assertDeterministic` would record; empty when the decisions are the same.
public func determinismReport<S: Strategy>(
    _ strategy: S.Type, over input: DeterminismInput = .synthetic(), setup: TapeSetup = TapeSetup(),
    parameters change: (inout S.Parameters) throws -> Void = { _ in }
) throws -> String {
    var parameters = S.Parameters()
    try change(&parameters)
    let first = try DeterminismRun(.first, parameters, strategy, setup, input)
    if first.chain.count == 0 {
        return "\(S.name) sent nothing in this market: that proves nothing; give it one in which it trades"
    }
    for manner in DeterminismRun.Manner.allCases.dropFirst() {
        let other = try DeterminismRun(manner, parameters, strategy, setup, input)
        if let difference = DecisionDifference(first, other, manner) {
            return "\(S.name) does not decide the same about the same market\n\n\(difference.text)"
        }
    }
    return ""
}

/// Where two runs part.
struct DecisionDifference {
    let text: String

    /// Lines that are shown before and after the first difference.
    static let contextLines = 3

    init?(_ first: DeterminismRun, _ other: DeterminismRun, _ manner: DeterminismRun.Manner) {
        let (a, b) = (first.entries, other.entries)
        let count = max(a.count, b.count)
        guard let index = (0..<count).first(where: { $0 >= a.count || $0 >= b.count || a[$0] != b[$0] })
        else {
            if first.chain == other.chain { return nil }
            text =
                "all requests read the same, their hashes differ: \(first.chain.text) in the first run, "
                + "\(other.chain.text) in '\(manner.name)'"
            return
        }
        var columns = TextColumns()
        columns.add(["  line", DeterminismRun.Manner.first.name, manner.name])
        let begin = max(0, index - Self.contextLines)
        for line in begin..<min(count, index + Self.contextLines + 1) {
            let left = line < a.count ? Self.line(a[line]) : ""
            let right = line < b.count ? Self.line(b[line]) : ""
            let mark = line == index ? "≠" : " "
            columns.add(["\(mark) \(line + 1)", left, left == right ? "=" : right])
        }
        text = columns.lines.joined(separator: "\n")
    }

    private static func line(_ entry: TapeLog.Entry) -> String {
        "\(TapeClock.offset(entry.at)) \(entry.text)"
    }
}
