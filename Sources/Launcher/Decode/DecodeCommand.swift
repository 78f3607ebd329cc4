import Configuration
import WireCodecs

/// `decode`: reads one text of a venue and shows the typed value that it stands for.
struct DecodeCommand {
    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    static let options: [Arguments.Option] = []

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let usage = "'\(program.name) decode coinex \"POST /order/limit\" [FILE]'"
        guard let name = arguments.positional.first else { throw UsageError("of which venue? \(usage)") }
        guard let venue = DecodableVenue(rawValue: name) else {
            throw UsageError.unknownCommand(
                "decode \(name)", among: DecodableVenue.allCases.map { "decode \($0.rawValue)" })
        }
        guard arguments.positional.count > 1 else {
            throw UsageError("which text? One of: \(venue.names.joined(separator: ", "))")
        }
        guard arguments.positional.count <= 3 else { throw UsageError("one text at a time: \(usage)") }
        let text = arguments.positional[1]
        guard let decode = try venue.decoder(named: text) else {
            throw UsageError.unknownText(text, among: venue.names)
        }
        let path = arguments.positional.count > 2 ? arguments.positional[2] : "/dev/stdin"
        let bytes = Array(try TextFile.read(path).utf8)
        do {
            terminal.result(ReflectedJSON.text(try bytes.withUnsafeBufferPointer { try decode($0) }))
            return .success
        } catch {
            terminal.error("\(text): \(error)")
            return .badInput
        }
    }
}
