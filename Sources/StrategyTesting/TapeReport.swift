/// How a tape was played: empty when all was as expected, else a text that shows the difference.
public struct TapeReport: CustomStringConvertible, Equatable, Sendable {
    public let description: String
    /// The tape with what happened in its last column, to be pasted into the test.
    public let happened: String
    /// What there is to know beyond the tape.
    public let outcome: TapeOutcome

    /// Whether all was as expected.
    public var isEmpty: Bool { description.isEmpty }

    init(_ text: TapeText, _ runner: TapeRunner, _ outcome: TapeOutcome, showsScript: Bool) {
        self.outcome = outcome
        let script = TapeScript(text, runner.moments)
        happened = script.text
        guard let first = runner.moments.first(where: { !$0.matches }) else {
            description = ""
            return
        }
        if text.expectsNothing {
            description =
                "the tape expects nothing; this is what happened, to paste or to correct:\n\n" + happened
            return
        }
        let place = first.row.map { "in line \(text.rows[$0.index].source.line)" } ?? "between the rows"
        var lines = ["what happened differs from the tape at \(first.at), \(place)", ""]
        lines += TapeDiff(script, playsVenue: text.playsVenue).lines
        if let picture = runner.picture {
            lines += ["", "at \(picture.at):"] + picture.lines.map { "  " + $0 }
        }
        if showsScript { lines += ["", "the tape as it was played:", "", happened] }
        description = lines.joined(separator: "\n")
    }
}
