import CoinExClient
import CoinExVenue
import Configuration
import Credentials
import Journal
import Quantities
import Runtime

/// `guardian`: watches over a bot's session from a process of its own.
struct GuardianCommand {
    static let options: [Arguments.Option] = [
        .init(name: "timeout", value: "TIME", help: "how long its lease may stand still; 5s unless told"),
        .init(
            name: "cancel", value: "COMMAND",
            help:
                "cancels the bot's own orders in place of the venue; $1 is the bot, exit code 0: none is left"
        ),
        .init(
            name: "alarm", value: "COMMAND",
            help: "is run once when the session hangs or dies; $1 bot, $2 why"),
        .init(
            name: "config", value: "FILE",
            help: "the bot's configuration: its orders are cancelled at the venue that it names"),
        .init(name: "journal", value: "FOLDER", help: "where its runs are, instead of runs"),
        .init(name: "quiet", help: "say nothing but errors"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "The session holds a lease where its configuration says so (journal: {lease: 5s}), and renews it while",
            "it lives. When it has stood still for the timeout, the guardian takes it, so that the session may not",
            "trade even if it wakes up, cancels the bot's orders until that has worked, and raises the alarm.",
            "Exit code 0: the session ended in good order. 70: the alarm was raised. 130: ended by a signal.",
            "",
            "\(program) guardian market-maker --timeout 5s --alarm 'logger \"$1: $2\"'",
            "\(program) guardian mm --config configs/market-maker.live.yaml",
        ]
    }

    static let timeoutDefault = Interval.seconds(5)

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count == 1 else {
            throw UsageError("which bot? '\(program.name) guardian market-maker'")
        }
        let bot = arguments.positional[0]
        guard !bot.isEmpty, !bot.contains("/"), bot != ".", bot != ".." else {
            throw UsageError("'\(bot)' is no name of a bot")
        }
        let configuration = try configuration(arguments, of: bot)
        let journal = arguments.value("journal") ?? configuration?.journal.folder
        let state = BotState(journal: journal ?? RunFolder.journalDefault, bot: bot)
        var guardian = Guardian(state, timeout: try timeout(arguments))
        terminal.line("watching over \(bot) in \(state.journal)")
        let alarm = arguments.value("alarm").map { ShellCommand(text: $0) }
        let canceller = try canceller(arguments, configuration)
        let ending = guardian.run(canceller: canceller) { news in
            tell(news, bot, alarm)
        } unless: {
            Interruption.isRequested
        }
        return tell(ending, bot)
    }

    /// The configuration of the bot, where one is named.
    private func configuration(
        _ arguments: Arguments, of bot: String
    ) throws -> SessionConfiguration? {
        guard let path = arguments.value("config") else { return nil }
        let strategies = program.bindings.map(\.description)
        let configuration = try SessionConfiguration.read(path: path, strategies: strategies).configuration
        guard configuration.botName == bot else {
            throw UsageError("\(path) is of '\(configuration.botName)', not of '\(bot)'")
        }
        return configuration
    }

    /// Who cancels: the command that is given, else the venue itself where the bot trades at one.
    private func canceller(
        _ arguments: Arguments, _ configuration: SessionConfiguration?
    ) throws -> any OrderCanceller {
        if let command = arguments.value("cancel") { return ShellCommand(text: command) }
        guard let configuration, configuration.mode == .live, configuration.data == .venue else {
            return NoVenue()
        }
        var environment = ProcessEnvironment()
        var settings = MarketTerms.settings(configuration.connection, environment: environment.variables)
        let key = try KeySearch("coinex", file: configuration.connection.keyFile).require(in: &environment)
        if let warning = key.source.warning { terminal.error(warning) }
        settings.credentials = CoinExCredentials(accessID: key.id, secret: key.secret)
        return VenueCanceller(settings) { terminal.line($0) }
    }

    private func timeout(_ arguments: Arguments) throws(UsageError) -> Interval {
        guard let text = arguments.value("timeout") else { return Self.timeoutDefault }
        do throws(Refusal) {
            let timeout = try IntervalText.parse(text)
            if GuardianWatch.timeouts.contains(timeout) { return timeout }
        } catch {
            throw UsageError("--timeout \(text): \(error.reason); write for instance 5s")
        }
        throw UsageError("--timeout \(text): from 100ms to 60m")
    }

    private func tell(_ news: Guardian.News, _ bot: String, _ alarm: ShellCommand?) {
        switch news {
        case .alarm(let reason):
            let text: String
            switch reason {
            case .silent(let time): text = "its session has not renewed its lease for \(time.seconds) s"
            case .absent(let time): text = "no session has held its lease for \(time.seconds) s"
            }
            terminal.error("ALARM: \(bot): \(text); it may not trade any more, its orders are cancelled")
            if let alarm, !alarm.run([bot, text]) { terminal.error("the alarm's command has failed") }
        case .cancelling(let attempt): terminal.line("cancelling the orders of \(bot), attempt \(attempt)")
        case .notTaken(let error): terminal.error("the lease cannot be taken: \(error)")
        }
    }

    private func tell(_ ending: GuardianWatch.Ending?, _ bot: String) -> ExitCode {
        switch ending {
        case nil: return .interrupted
        case .released:
            terminal.line("the session of \(bot) has ended in good order")
            return .success
        case .cancelled(let attempts):
            terminal.line("the orders of \(bot) are cancelled, attempt \(attempts)")
        case .notCancelled(let attempts):
            terminal.error(
                "the orders of \(bot) could NOT be cancelled in \(attempts) attempts: look after them")
        }
        return .failed
    }
}

/// Where orders end with their session, as on paper: there is nothing left to cancel.
private struct NoVenue: OrderCanceller {
    func cancelOwnOrders(of bot: String) -> Bool { true }
}
