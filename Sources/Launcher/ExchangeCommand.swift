import ExchangeServer
import Glibc

/// `exchange`: the local exchange that speaks CoinEx v1.
struct ExchangeCommand {
    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    static let options: [Arguments.Option] = [
        .init(name: "port", value: "N", help: "listen there instead; 0 lets the system choose"),
        .init(name: "plain", help: "without TLS: http and ws"),
        .init(name: "quiet", help: "only the address, the summary and errors"),
    ]

    @Sendable
    static func details(_ program: String) -> [String] {
        [
            "Speaks CoinEx v1, REST under /v1 and WebSocket at /, on 127.0.0.1 only. Without CONFIG it has the",
            "markets BTCUSDT, ETHUSDT and CETUSDT with a crowd of their own and two accounts, as in",
            "configs/exchange.yaml.",
            "",
            "TLS: at the first start it makes a certificate authority of its own, in the folder 'authority' of",
            "CONFIG or in $XDG_STATE_HOME/martlet/exchange (~/.local/state/martlet/exchange). It prints the",
            "authority's file, which clients trust: curl --cacert FILE https://127.0.0.1:8710/v1/market/list",
            "",
            "GET /control/audit tells what every account has and has done, and proves that nothing was created",
            "or destroyed; the proof is printed at the end too. SIGINT and SIGTERM end it.",
        ]
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count <= 1 else {
            throw UsageError("one configuration at most: '\(program.name) exchange [CONFIG]'")
        }
        let file = arguments.positional.first
        let configuration =
            try file.map { try ExchangeConfiguration.read(path: $0) }
            ?? ExchangeConfiguration.read(
                text: ExchangeConfiguration.embeddedText, name: EmbeddedConfiguration.name)
        var folder: String?
        if !arguments.has("plain") {
            folder = try authorityFolder(configuration, file)
        }
        let isWatched = terminal.isLive && !terminal.isQuiet
        let voice = ExchangeVoice(
            line: { [terminal] in terminal.result($0) },
            notable: isWatched ? { [terminal] in terminal.line($0) } : nil)
        try ExchangeProgram(
            configuration, port: try port(arguments), authorityFolder: folder, voice
        ).run()
        return .success
    }

    private func port(_ arguments: Arguments) throws -> UInt16? {
        guard let text = arguments.value("port") else { return nil }
        guard let port = UInt16(text) else { throw UsageError("'\(text)' is no port, 0 to 65535") }
        return port
    }

    /// What the configuration names, from where it lies; else the user's folder for state.
    private func authorityFolder(_ configuration: ExchangeConfiguration, _ file: String?) throws -> String {
        if let named = configuration.authority {
            guard !named.hasPrefix("/"), let file, let slash = file.lastIndex(of: "/") else { return named }
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
