import Journal
import Runtime

/// `halt`: throws a bot's switch.
struct HaltCommand {
    static let options: [Arguments.Option] = [
        .init(name: "flatten", help: "close its positions at market as well"),
        .init(name: "reason", value: "TEXT", help: "why; it is shown to whoever wants to start the bot"),
        .init(name: "journal", value: "FOLDER", help: "where its runs are, instead of runs"),
        .init(name: "quiet", help: "say nothing but errors"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "The orders of the bot are cancelled, and it sends none until '\(program) arm NAME'. A running session",
            "sees it within a second; one that is started is refused (exit code 77). NAME is that of the",
            "strategy, or of all of them as in grid+dca; the newest session of the bot will do as well.",
            "The switch is a file: where no program answers, 'touch runs/state/NAME/halt' does the same.",
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
            throw UsageError("which bot? '\(program.name) halt market-maker --reason \"...\"'")
        }
        let journal = arguments.value("journal") ?? RunFolder.journalDefault
        let bot = try BotChoice.find(arguments.positional[0], journal: journal)
        let latch = try bot.halt(
            HaltLatch(
                flattens: arguments.has("flatten"), at: BotChoice.now, by: BotChoice.account,
                reason: arguments.value("reason") ?? "no reason given"))
        terminal.line("\(bot.bot) is \(latch)")
        terminal.line("a running session sees it within a second; '\(program.name) arm \(bot.bot)' undoes it")
        return .success
    }
}

/// `arm`: lets a bot trade again.
struct ArmCommand {
    static let options: [Arguments.Option] = [
        .init(name: "journal", value: "FOLDER", help: "where its runs are, instead of runs"),
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
        guard arguments.positional.count == 1 else {
            throw UsageError("which bot? '\(program.name) arm market-maker'")
        }
        let journal = arguments.value("journal") ?? RunFolder.journalDefault
        let bot = try BotChoice.find(arguments.positional[0], journal: journal)
        let wasPaused = try bot.endPause()
        if wasPaused {
            terminal.line("\(bot.bot) goes on trading within a second: what differs at the venue is accepted")
        }
        guard let latch = try bot.arm(by: BotChoice.account, at: BotChoice.now) else {
            if !wasPaused { terminal.line("\(bot.bot) was not halted") }
            return .success
        }
        terminal.line("\(bot.bot) may trade again from its next start on; it was \(latch)")
        return .success
    }
}
