import CoinExClient
import CoinExVenue
import Credentials
import Glibc
import MarketModel
import Quantities
import Transport

/// `coinex`: the venue from a command line.
struct CoinExCommand {
    /// One word behind `coinex`.
    struct Verb: Sendable {
        let name: String
        let arguments: String
        let help: String
        var options: [Arguments.Option] = []
        /// Whether it asks for the account, and so for a key.
        var isSigned = false
        var example: String
        let perform: @Sendable (CoinExDialogue, Arguments) async throws -> Void
    }

    static let common: [Arguments.Option] = [
        .init(name: "api", value: "v1|v2", help: "the generation that is spoken; usual is v1"),
        .init(name: "json", help: "one JSON document instead of a table"),
        .init(
            name: "url", value: "URL",
            help: "another address, such as http://127.0.0.1:8080/v1 of this machine"),
        .init(
            name: "socket", value: "URL",
            help: "the address of the streams; usual is that of --url, without path"),
        .init(name: "ca", value: "FILE", help: "certificates (PEM) to trust instead of the system's"),
        .init(name: "key", value: "FILE", help: "the file with the key; nobody else may read it"),
        .init(name: "timeout", value: "SECONDS", help: "how long an answer may take; usual are 10"),
    ]

    /// Of all verbs together, for whoever looks at documented command lines.
    static let options: [Arguments.Option] =
        verbs.flatMap(\.options).reduce(into: common) { all, option in
            if !all.contains(where: { $0.name == option.name }) { all.append(option) }
        }

    static let verbs: [Verb] = marketVerbs + accountVerbs + orderVerbs

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        guard let name = words.first, name != "--help", name != "-h", name != "help" else {
            terminal.result(CoinExHelp(program.name).overview)
            return words.isEmpty ? .usage : .success
        }
        guard let verb = Self.verbs.first(where: { $0.name == name }) else {
            throw UsageError.unknownVerb("coinex", name, among: Self.verbs.map(\.name))
        }
        let rest = Array(words.dropFirst())
        if rest.contains("--help") || rest.contains("-h") {
            terminal.result(CoinExHelp(program.name).text(verb))
            return .success
        }
        let arguments = try Arguments(rest, options: verb.options + Self.common)
        let settings = try settings(arguments, needsKey: verb.isSigned)
        do {
            try run(verb, arguments, settings)
            return Interruption.isRequested ? .interrupted : .success
        } catch let error as CoinExClientError {
            terminal.error("\(program.name) coinex \(name): \(error)")
            return ExitCode(client: error)
        } catch let error as CoinExStreamFault {
            terminal.error("\(program.name) coinex \(name): \(error)")
            return .unavailable
        }
    }

    private func run(_ verb: Verb, _ arguments: Arguments, _ settings: CoinExClientSettings) throws {
        let loop: EventLoop
        do throws(SystemError) {
            loop = try EventLoop.start("coinex")
        } catch {
            throw CoinExClientError.misconfigured("no thread for the client: \(error)")
        }
        defer { loop.stop() }
        let client = try CoinExClient(settings, on: loop)
        let dialogue = CoinExDialogue(
            client: client, settings: settings, loop: loop, terminal: terminal,
            isJSON: arguments.has("json"), program: program.name)
        let outcome = Waiting.wait(on: loop) {
            try await verb.perform(dialogue, arguments)
            if verb.isSigned { await dialogue.warnOfClock() }
        }
        client.close()
        try outcome.get()
    }

    private func settings(_ arguments: Arguments, needsKey: Bool) throws -> CoinExClientSettings {
        var environment = ProcessEnvironment()
        var settings = CoinExClientSettings(api: try api(arguments))
        // Nothing else of the environment goes any further: a key may be in it.
        settings.environment = environment.variables.filter { $0.key.lowercased().hasSuffix("_proxy") }
        settings.authorities = arguments.value("ca")
        if let url = arguments.value("url") {
            settings.url = url
            settings.socketURL = arguments.value("socket") ?? Self.socketURL(of: url, in: settings.api)
        } else if let socket = arguments.value("socket") {
            settings.socketURL = socket
        }
        if let text = arguments.value("timeout") {
            guard let seconds = Int64(text), (1...600).contains(seconds) else {
                throw UsageError("--timeout is 1 to 600 seconds, not '\(text)'")
            }
            settings.requestTimeout = .seconds(seconds)
        }
        let search = KeySearch("coinex", file: arguments.value("key"))
        guard needsKey else { return settings }
        let key = try search.require(in: &environment)
        if let warning = key.source.warning { terminal.error("\(program.name): \(warning)") }
        settings.credentials = CoinExCredentials(accessID: key.id, secret: key.secret)
        return settings
    }

    /// What `--api` says, or the path of `--url` does.
    private func api(_ arguments: Arguments) throws(UsageError) -> CoinExAPI {
        guard let word = arguments.value("api") else {
            return arguments.value("url")?.hasSuffix(CoinExAPI.v2.base) == true ? .v2 : .v1
        }
        guard let api = CoinExAPI(rawValue: word) else {
            throw UsageError("--api is v1 or v2, not '\(word)'")
        }
        return api
    }

    /// `http://127.0.0.1:8080/v1` has its streams at `ws://127.0.0.1:8080/`, and `…/v2` at `…/v2/spot`.
    private static func socketURL(of url: String, in api: CoinExAPI) -> String {
        guard let text = URLText(url) else { return url }
        let scheme = text.scheme == "http" ? "ws" : "wss"
        let host = text.host.contains(":") ? "[\(text.host)]" : text.host
        return "\(scheme)://\(host)\(text.port.map { ":\($0)" } ?? "")\(api.socketPath)"
    }
}

/// What a verb speaks with: the venue on one side, whoever runs the program on the other.
struct CoinExDialogue: Sendable {
    let client: CoinExClient
    let settings: CoinExClientSettings
    let loop: EventLoop
    /// Used on one thread at a time: the caller waits while a verb is carried out.
    nonisolated(unsafe) let terminal: Terminal
    let isJSON: Bool
    let program: String

    /// The client's questions in the words of no generation.
    var counter: CoinExCounter { CoinExCounter(client) }

    func show(_ table: VenueTable) {
        terminal.result(isJSON ? table.json : table.text(hasColours: terminal.hasColours))
    }

    /// Says that this machine's clock is off, where the answers have told so.
    func warnOfClock() async {
        let clock = await client.clock
        let ahead = Interval.zero - clock.offset
        let distance = ahead < .zero ? Interval.zero - ahead : ahead
        guard let uncertainty = clock.uncertainty, distance > uncertainty + .seconds(20) else { return }
        terminal.error(
            "\(program): this machine's clock is \(ClockText.text(ahead: ahead)) the venue's; "
                + "signatures carry the venue's time, but the clock should be set")
    }

    /// Whether whoever sits at the terminal agrees; in a pipe only `--yes` does.
    func confirm(_ question: String, _ arguments: Arguments) throws {
        if arguments.has("yes") { return }
        guard isatty(STDIN_FILENO) == 1, terminal.isLive else {
            throw UsageError("this changes something at the venue: without a terminal it needs --yes")
        }
        terminal.error("\(question) [y/N] ")
        guard let answer = readLine(strippingNewline: true), ["y", "yes"].contains(answer.lowercased()) else {
            throw UsageError("not done")
        }
    }
}

extension ExitCode {
    /// By what is known of the request.
    init(client error: CoinExClientError) {
        self =
            switch error {
            case .refused, .clockIsOff: .refused
            case .retryLater: .retryLater
            case .outcomeUnknown: .outcomeUnknown
            case .notSent(.noKey): .notPermitted
            case .notSent: .unavailable
            case .malformed: .malformed
            case .misconfigured: .usage
            }
    }
}
