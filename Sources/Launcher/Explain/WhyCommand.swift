import Explain
import Runtime

/// `why`: the chain of an order, from the event that it answered to its end.
struct WhyCommand {
    static let options: [Arguments.Option] = [
        .init(name: "json", help: "one JSON document instead of lines"),
        .init(name: "quiet", help: "only the result"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "Event, decision, risk, request, replies, news, deals and end of an order, each with its time and",
            "how long after the step before. What is not on the tape, such as the verdict of risk, is found by",
            "replaying the session: its decisions are compared on the way, and a difference is told (exit code 1).",
            "",
            "ORDER is our number (12 or #12), the venue's (venue:345), a client id, or the beginning of one of",
            "these two that no other order has. Without RUN it is one of the newest run.",
            "",
            "\(program) why 12",
            "\(program) why 12 run-0003 --json",
        ]
    }

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard (1...2).contains(arguments.positional.count) else {
            throw UsageError("which order? '\(program.name) why 12', '\(program.name) why 12 run-0001'")
        }
        let tape = try TapePlace.find(arguments.positional.dropFirst().first)
        let session = try RecordedSession(tape: tape, program.bindings)
        let (story, isProven) = try session.story(of: arguments.positional[0])
        let page = StoryPage(session, story, isProven: isProven)
        if arguments.has("json") {
            terminal.result(page.json)
        } else {
            for line in page.lines { terminal.result(line) }
        }
        if isProven { return .success }
        terminal.error(
            "\(program.name): the replay of \(session.name) decides otherwise than its tape, see "
                + "'\(program.name) replay \(tape)': what follows the difference is not what happened")
        return .different
    }
}
