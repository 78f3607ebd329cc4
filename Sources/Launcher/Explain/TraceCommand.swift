import Explain
import Journal
import Runtime

/// `trace`: a run as a file that Perfetto and Chrome open.
struct TraceCommand {
    static let options: [Arguments.Option] = [
        .init(name: "out", value: "FILE", help: "where it goes, instead of trace.json in the run's folder"),
        .init(name: "quiet", help: "say nothing but errors"),
    ]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count <= 1 else { throw UsageError("one run at a time") }
        let tape = try TapePlace.find(arguments.positional.first)
        let session = try RecordedSession(tape: tape, program.bindings)
        var trace = TraceFile(session)
        let outcome = try session.follow { trace.note($0) }
        let folder = tape.lastIndex(of: "/").map { String(tape[..<$0]) } ?? "."
        let path = arguments.value("out") ?? folder + "/trace.json"
        try WholeFile.write(trace.text, to: path)
        terminal.line("trace: \(path), \(trace.eventCount) events; open it at ui.perfetto.dev")
        if trace.leftOut > 0 { terminal.line("\(trace.leftOut) events beyond that are left out") }
        return outcome.difference == nil ? .success : tellDifference(session, tape)
    }

    private func tellDifference(_ session: RecordedSession, _ tape: String) -> ExitCode {
        terminal.error("\(program.name): the replay of \(session.name) decides otherwise than \(tape)")
        return .different
    }
}

/// `latency`: how long the legs of a run's orders took.
struct LatencyCommand {
    static let options: [Arguments.Option] = [.init(name: "quiet", help: "say nothing but the table")]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count <= 1 else { throw UsageError("one run at a time") }
        let tape = try TapePlace.find(arguments.positional.first)
        let session = try RecordedSession(tape: tape, program.bindings)
        var legs = LatencyLegs()
        let outcome = try session.follow { legs.note($0) }
        for line in legs.lines { terminal.result(line) }
        if outcome.difference == nil { return .success }
        terminal.error("\(program.name): the replay of \(session.name) decides otherwise than \(tape)")
        return .different
    }
}
