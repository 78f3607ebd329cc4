import CoinExClient
import CoinExVenue
import Configuration
import Credentials
import Quantities
import Runtime
import Transport

/// `doctor`: looks at everything that a session needs before it is started, and says what to do.
struct DoctorCommand {
    static let options: [Arguments.Option] = [
        .init(
            name: "withdrawals", value: "SENTENCE",
            help: "'\(WithdrawalPermission.sentence)': a key that may withdraw is no failure"),
        .init(name: "json", help: "one JSON document instead of lines"),
        .init(name: "quiet", help: "only what is wrong"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "Looks at the way to the venue (name, connection, certificate, requests, streams), the clock, the key",
            "and what it may do, balances, the terms of the markets, what is left of the limits, and the journal.",
            "A line each: ok, warn or fail, what was found, and behind '->' what to do. Nothing is traded or moved.",
            "The venue has no question for what a key may do: it is asked to cancel an order and a withdrawal",
            "that cannot be, and how it refuses tells. A key that may withdraw fails, unless the configuration says",
            "'withdrawals: \(WithdrawalPermission.sentence)' in its connection.",
            "",
            "Exit codes: 0 all is well, 1 the worst is a warning, 70 something fails, 65 the configuration is wrong.",
            "",
            "\(program) doctor configs/market-maker.live.yaml",
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
        guard arguments.positional.count == 1 else {
            throw UsageError("which configuration? '\(program.name) doctor CONFIG'")
        }
        let reading: SessionReading
        do throws(InvalidConfiguration) {
            reading = try SessionConfiguration.read(
                path: arguments.positional[0], strategies: program.bindings.map(\.description))
        } catch {
            terminal.error("\(error)")
            return .badInput
        }
        var configuration = reading.configuration
        if let sentence = arguments.value("withdrawals") {
            guard let policy = WithdrawalPolicy(rawValue: sentence) else {
                throw UsageError("--withdrawals is '\(WithdrawalPermission.sentence)', word for word")
            }
            configuration.connection.withdrawals = policy
        }
        let list = FindingList(terminal, isJSON: arguments.has("json"))
        for warning in reading.warnings {
            list.add(.warn("config", "\(warning)", do: "correct \(arguments.positional[0])"))
        }
        try examine(configuration, list)
        list.showJSON()
        switch list.worst {
        case .ok: return .success
        case .warn: return .different
        case .fail: return .failed
        }
    }

    private func examine(_ configuration: SessionConfiguration, _ list: FindingList) throws {
        if configuration.data == .venue {
            var environment = ProcessEnvironment()
            let variables = environment.variables
            // The key before all else: nothing of it stays in the environment.
            let key = Self.key(configuration, &environment, list)
            let loop = try EventLoop.start("doctor")
            defer { loop.stop() }
            let doctor = VenueDoctor(configuration, key, variables, on: loop, list)
            try Waiting.wait(on: loop) { await doctor.examine() }.get()
        } else {
            list.add(.ok("venue", "the session's market is \(configuration.data.word): no venue is asked"))
        }
        JournalDoctor(configuration, list).examine()
    }

    /// The key that a session would start with; nil where there is none, or it needs none.
    private static func key(
        _ configuration: SessionConfiguration, _ environment: inout ProcessEnvironment, _ list: FindingList
    ) -> CoinExCredentials? {
        guard configuration.mode == .live else {
            list.add(.ok("key", "orders are simulated: no key is needed"))
            return nil
        }
        do throws(KeyFault) {
            let search = KeySearch("coinex", file: configuration.connection.keyFile)
            let key = try search.require(in: &environment)
            if let warning = key.source.warning {
                list.add(.warn("key", warning, do: "put it into a file of mode 0600 and name it as key_file"))
            } else {
                list.add(.ok("key", "\(key.source), which nobody else can read"))
            }
            return CoinExCredentials(accessID: key.id, secret: key.secret)
        } catch {
            list.add(.fail("key", "\(error)", do: error.advice))
            return nil
        }
    }
}

extension DataSettings {
    /// Where a session's market comes from, in a word.
    fileprivate var word: String {
        switch self {
        case .synthetic: "the embedded one"
        case .recording: "a recording"
        case .venue: "the venue's"
        }
    }
}

extension KeyFault {
    /// What to do about it.
    fileprivate var advice: String {
        switch self {
        case .missing:
            "make a key at the venue that may trade and not withdraw, and name its file as key_file"
        case .unreadable, .noFile, .tooLarge: "name the right file as key_file in 'connection'"
        case .notPrivate: "chmod 600, and replace the key"
        case .foreign: "chown it to the user that runs the bot"
        case .malformed: "two lines: 'access_id = …' and 'secret_key = …'"
        case .half(let missing): "set \(missing) as well, or better use a file"
        }
    }
}
