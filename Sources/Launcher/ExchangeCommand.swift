import CoinExVenue
import ExchangeServer
import Glibc
import LiveView

/// `exchange`: the local exchange that speaks CoinEx.
struct ExchangeCommand {
    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    static let options: [Arguments.Option] = [
        .init(name: "port", value: "N", help: "listen there instead; 0 lets the system choose"),
        .init(name: "api", value: "v1|v2|both", help: "the generations that are spoken; both otherwise"),
        .init(name: "plain", help: "without TLS: http and ws"),
        .init(name: "quiet", help: "only the address, the summary and errors"),
        .init(name: "no-view", help: "lines in place of the live view on a terminal"),
        .init(name: "json", help: "of audit: as JSON"),
        .init(
            name: "set", value: "JSON", help: "of faults: '{\"kind\": \"reply-lost\", \"probability\": 0.1}'"),
        .init(name: "clear", help: "of faults: take all away"),
    ]

    @Sendable
    static func details(_ program: String) -> [String] {
        [
            "Speaks CoinEx on 127.0.0.1 only: v1 with REST under /v1 and WebSocket at /, and v2 with REST under",
            "/v2 and WebSocket at /v2/spot; clients of both trade with each other. Without CONFIG it has the",
            "markets BTCUSDT, ETHUSDT and CETUSDT with a crowd of their own and two accounts, as in",
            "configs/exchange.yaml.",
            "",
            "TLS: at the first start it makes a certificate authority of its own, in the folder 'authority' of",
            "CONFIG or in $XDG_STATE_HOME/martlet/exchange (~/.local/state/martlet/exchange). It prints the",
            "authority's file, which clients trust: curl --cacert FILE https://127.0.0.1:8710/v1/market/list",
            "",
            "It writes the key of every account into that folder: first.key, second.key (0600).",
            "",
            "\(program) exchange audit [CONFIG] asks a running one what every account has and has done, with the",
            "proof that nothing was created or destroyed: 0 when it holds, else 1. It is printed at the end too.",
            "\(program) exchange faults [CONFIG] lists what is made to go wrong; --set and --clear change it.",
            "Both find the exchange by CONFIG and --port; one without TLS by --plain, and its faults by the word",
            "that it printed, in $MARTLET_EXCHANGE_CONTROL. SIGINT and SIGTERM end the exchange.",
        ]
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        if let verb = arguments.positional.first, verb == "audit" || verb == "faults" {
            return try ask(verb, arguments)
        }
        for name in ["json", "set", "clear"] where arguments.has(name) {
            throw UsageError("--\(name) belongs to 'exchange audit' or 'exchange faults'")
        }
        guard arguments.positional.count <= 1 else {
            throw UsageError("one configuration at most: '\(program.name) exchange [CONFIG]'")
        }
        let file = arguments.positional.first
        var configuration = try Self.configuration(file)
        configuration.languages = try Self.languages(arguments.value("api"))
        var folder: String?
        if !arguments.has("plain") {
            folder = try authorityFolder(configuration, file)
        }
        let voice = ExchangeVoice(
            line: { [terminal] in terminal.result($0) }, notable: { [terminal] in terminal.line($0) },
            view: terminal.isQuiet || arguments.has("no-view") ? nil : { [terminal] in Self.view(terminal) })
        try ExchangeProgram(
            configuration, port: try port(arguments), authorityFolder: folder, voice
        ).run()
        return .success
    }

    /// Nil where there is no terminal that can show it.
    private static func view(_ terminal: Terminal) -> (any ExchangeViewer)? {
        guard let look = TerminalLook({ name in getenv(name).map { String(cString: $0) } }),
            TerminalLook.hasRoom(terminal.output)
        else { return nil }
        return ExchangeTerminalViewer(terminal: terminal.output, look)
    }

    private static func languages(_ word: String?) throws -> [CoinExAPI] {
        switch word {
        case nil, "both": CoinExAPI.allCases
        case "v1": [.v1]
        case "v2": [.v2]
        case let other?: throw UsageError("--api is v1, v2 or both, not '\(other)'")
        }
    }

    private static func configuration(_ file: String?) throws -> ExchangeConfiguration {
        try file.map { try ExchangeConfiguration.read(path: $0) }
            ?? ExchangeConfiguration.read(
                text: ExchangeConfiguration.embeddedText, name: EmbeddedConfiguration.name)
    }

    // MARK: A running exchange

    private func ask(_ verb: String, _ arguments: Arguments) throws -> ExitCode {
        guard arguments.positional.count <= 2 else {
            throw UsageError("one configuration at most: '\(program.name) exchange \(verb) [CONFIG]'")
        }
        let file = arguments.positional.dropFirst().first
        let configuration = try Self.configuration(file)
        let folder = arguments.has("plain") ? nil : try authorityFolder(configuration, file)
        let control = try ExchangeControl(
            ExchangeControl.Place(
                port: try port(arguments) ?? configuration.port, folder: folder,
                token: Self.variable("MARTLET_EXCHANGE_CONTROL")))
        return verb == "audit" ? try audit(control, arguments) : try faults(control, arguments)
    }

    private func audit(_ control: ExchangeControl, _ arguments: Arguments) throws -> ExitCode {
        let isJSON = arguments.has("json")
        let answer = try control.ask("GET", isJSON ? "/control/audit.json" : "/control/audit")
        terminal.result(answer.text.hasSuffix("\n") ? String(answer.text.dropLast()) : answer.text)
        guard answer.status == 200 else { return .different }
        let isSound =
            isJSON
            ? answer.text.hasPrefix(#"{"sound":true"#)
            : answer.text.split(separator: "\n").last?.hasPrefix("audit: sound; ") == true
        return isSound ? .success : .different
    }

    private func faults(_ control: ExchangeControl, _ arguments: Arguments) throws -> ExitCode {
        let answer: (status: Int, text: String)
        if let text = arguments.value("set") {
            // One fault, or a list of them.
            let list = text.hasPrefix("[") ? text : "[\(text)]"
            answer = try control.ask("POST", "/control/faults", body: #"{"faults": \#(list)}"#)
        } else {
            answer = try control.ask(arguments.has("clear") ? "DELETE" : "GET", "/control/faults")
        }
        let text = answer.text.hasSuffix("\n") ? String(answer.text.dropLast()) : answer.text
        if answer.status == 200 {
            terminal.result(text.isEmpty ? "no faults" : text)
            return .success
        }
        terminal.error("\(program.name): \(text)")
        return answer.status == 400 ? .badInput : .failed
    }

    private func port(_ arguments: Arguments) throws -> UInt16? {
        guard let text = arguments.value("port") else { return nil }
        guard let port = UInt16(text) else { throw UsageError("'\(text)' is no port, 0 to 65535") }
        return port
    }

    /// What the configuration names, from where it lies; else the user's folder for state.
    private func authorityFolder(_ configuration: ExchangeConfiguration, _ file: String?) throws -> String {
        // What stands in for a file lies nowhere: its path would lead anywhere.
        if let named = configuration.authority, let file {
            guard !named.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return named }
            return file[...slash] + named
        }
        if let state = Self.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/martlet/exchange"
        }
        guard let home = Self.variable("HOME"), home.hasPrefix("/") else {
            throw UsageError("there is no home folder: name a folder as 'authority' in the configuration")
        }
        return home + "/.local/state/martlet/exchange"
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
