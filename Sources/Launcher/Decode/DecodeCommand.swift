import CoinExVenue
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
        guard let venue = arguments.positional.first else { throw UsageError("of which venue? \(usage)") }
        guard venue == "coinex" else {
            throw UsageError.unknownCommand("decode \(venue)", among: ["decode coinex"])
        }
        guard arguments.positional.count > 1 else { throw UsageError("which text? \(usage)") }
        guard arguments.positional.count <= 3 else { throw UsageError("one text at a time: \(usage)") }
        let name = arguments.positional[1]
        guard let decoder = CoinExDecoders.named(name) else {
            throw UsageError.unknownText(name, among: CoinExDecoders.all.map(\.name))
        }
        let path = arguments.positional.count > 2 ? arguments.positional[2] : "/dev/stdin"
        return decode(Array(try TextFile.read(path).utf8), decoder)
    }

    private func decode(_ bytes: [UInt8], _ decoder: CoinExDecoder) -> ExitCode {
        do {
            let value = try bytes.withUnsafeBufferPointer { try decoder.decode($0) }
            terminal.result(ReflectedJSON.text(value))
            return .success
        } catch {
            terminal.error("\(decoder.name): \(error)")
            return .badInput
        }
    }
}
