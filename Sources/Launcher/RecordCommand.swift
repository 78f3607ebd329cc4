import Configuration
import Credentials
import Journal
import Quantities
import Runtime

/// `record`: writes down what venues send, until it is told to stop.
struct RecordCommand {
    static let options: [Arguments.Option] = [
        .init(
            name: "venue", value: "NAME", help: "binance, binance-options or jayx, instead of a configuration"
        ),
        .init(
            name: "streams", value: "NAME,...",
            help: "the venue's own names: btcusdt@trade,btcusdt@depth@100ms"),
        .init(name: "raw", help: "connections whose messages do not name their stream"),
        .init(name: "generation", value: "first|second", help: "of binance-options"),
        .init(name: "framing", value: "NAME", help: "of jayx"),
        .init(name: "socket", value: "URL", help: "the base of the venue's streams, instead of its own"),
        .init(name: "rest", value: "URL", help: "the base of its requests, instead of its own"),
        .init(name: "authority", value: "FILE", help: "certificates to trust instead of the system's"),
        .init(name: "duration", value: "TIME", help: "how long to record, such as 90s or 30m"),
        .init(name: "segment", value: "MB", help: "how large a file becomes, 1 to 4096 (256)"),
        .init(name: "quiet", help: "say nothing but the result"),
    ]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let inputs: [RecorderInput]
        let folder: String
        let environment = ProcessEnvironment().variables
        if let venue = arguments.value("venue") {
            guard arguments.positional.count == 1 else { throw UsageError("one folder: '\(usage)'") }
            folder = arguments.positional[0]
            let settings = try settings(venue, arguments)
            let streams = (arguments.value("streams") ?? "").split(separator: ",").map { String($0) }
            guard !streams.isEmpty else { throw UsageError("which streams? '\(usage)'") }
            inputs = [
                try RecorderInput.input(settings, streams: streams, environment: environment)
            ]
        } else {
            guard arguments.positional.count == 2 else {
                throw UsageError("which configuration, into which folder? '\(usage)'")
            }
            folder = arguments.positional[1]
            let reading: SessionReading
            do throws(InvalidConfiguration) {
                reading = try SessionConfiguration.read(
                    path: arguments.positional[0], strategies: program.bindings.map(\.description))
            } catch {
                terminal.error("\(error)")
                return .badInput
            }
            inputs = try RecorderInput.inputs(SessionParts(reading.configuration), environment: environment)
            guard !inputs.isEmpty else {
                terminal.error(
                    "\(arguments.positional[0]): no market is of a venue that is recorded; write "
                        + "'data: {source: venue}', 'venue: binance' at a market, or use --venue")
                return .badInput
            }
        }
        return try record(inputs, folder, arguments)
    }

    private var usage: String { "\(program.name) record CONFIG|--venue NAME --streams NAME,... OUT" }

    private func record(
        _ inputs: [RecorderInput], _ folder: String, _ arguments: Arguments
    ) throws -> ExitCode {
        var settings = SegmentSettings()
        if let text = arguments.value("segment") {
            guard let megabytes = Int(text), (1...4_096).contains(megabytes) else {
                throw UsageError("--segment \(text): megabytes from 1 to 4096")
            }
            settings.segmentBytes = megabytes << 20
        }
        let recorder = try Recorder(
            inputs, folder: folder, settings: settings,
            duration: try arguments.value("duration").map { try RunCommand.duration($0) }, console: terminal
        ) { Interruption.isRequested }
        let outcome = recorder.perform()
        for line in outcome.lines {
            terminal.result(
                "\(line.name): \(line.frames) frames, \(line.answers) answers, \(line.gaps) gaps, \(line.bytes) "
                    + "bytes in \(line.storedBytes), up to segment \(line.segment)")
        }
        if let failure = outcome.failure {
            terminal.error("\(program.name): \(failure)")
            return ExitCode(failure)
        }
        return outcome.isInterrupted ? .interrupted : .success
    }

    private func settings(_ name: String, _ arguments: Arguments) throws -> SourceSettings {
        guard let venue = SourceVenue(rawValue: name) else {
            throw UsageError.unknownVenue(name, among: SourceVenue.allCases.map(\.rawValue))
        }
        var generation = OptionsGeneration.second
        if let text = arguments.value("generation") {
            guard let wanted = OptionsGeneration(rawValue: text) else {
                throw UsageError("--generation \(text): first or second")
            }
            generation = wanted
        }
        var settings = SourceSettings(venue, generation: generation)
        if let text = arguments.value("framing") {
            guard let framing = SourceFraming(rawValue: text) else {
                throw UsageError.unknownFraming(text, among: SourceFraming.allCases.map(\.rawValue))
            }
            settings.framing = framing
        }
        if let socket = arguments.value("socket") { settings.socket = socket }
        if let rest = arguments.value("rest") { settings.rest = rest }
        settings.authority = arguments.value("authority")
        settings.isCombined = !arguments.has("raw")
        return settings
    }
}
