import TestSupport
import Testing

@Suite struct CommandLineTests {
    private let scratch = ScratchFolder()

    @Test(arguments: [
        "run", "paper", "backtest", "replay", "sweep", "sim", "check", "data", "describe", "new",
    ])
    func `every command tells its options`(command: String) {
        for words in [[command, "--help"], [command, "-h"], ["help", command], ["--help", command]] {
            let saying = Saying(words, in: scratch)
            #expect(saying.ending == .exit(0))
            #expect(saying.output.hasPrefix("martlet \(command) "))
            #expect(saying.errors == "")
        }
        let text = Saying([command, "--help"], in: scratch).output
        for option in Self.options[command] ?? [] {
            #expect(text.contains("  --\(option) "), "\(command) does not tell of --\(option)")
        }
    }

    private static let options = [
        "run": ["data", "seed", "duration", "pace", "no-journal", "quiet", "view", "no-view"],
        "paper": ["data", "seed", "duration", "pace", "no-journal", "quiet", "view", "no-view"],
        "backtest": ["data", "seed", "duration", "pace", "no-journal", "quiet", "view", "no-view"],
        "replay": ["quiet"], "check": ["quiet"],
        "data": ["market", "clamp-times", "quiet"],
        "sweep": [
            "set", "data", "search", "trials", "seed", "seeds", "objective", "walk-forward", "duration",
            "jobs", "folder", "quiet",
        ],
        "sim": ["seeds", "from", "seed", "all", "duration", "cut", "without", "quotes", "jobs", "quiet"],
        "describe": ["yaml", "markdown", "json-schema", "update-docs", "quiet"],
        "new": ["martlet", "strategy", "quiet"],
    ]

    @Test func `a view cannot be wanted and not wanted`() {
        let saying = Saying(["run", "--view", "--no-view"], in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.output == "")
        let path = scratch.write(Configurations.text(), "paper.yaml")
        let both = Saying(["run", path, "--view", "--no-view"], in: scratch)
        #expect(both.ending == .exit(64))
        #expect(both.errors.contains("--view and --no-view: one of them"))
        #expect(both.output == "")
    }

    @Test func `the help lists commands and strategies`() {
        for words in [["--help"], ["-h"], ["help"]] {
            let saying = Saying(words, in: scratch)
            #expect(saying.ending == .exit(0))
            for command in Self.options.keys.sorted() {
                #expect(saying.output.contains("\n  martlet \(command) "))
            }
            #expect(saying.output.contains("\nStrategies:\n"))
            #expect(saying.output.contains("\n  market-maker          Quotes both sides "))
        }
    }

    @Test func `without words the tool tells how it is used, and that this was no command`() {
        let saying = Saying([], in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.output == Saying(["--help"], in: scratch).output)
    }

    @Test(arguments: [
        (["papr"], "martlet: there is no command 'papr'; did you mean 'paper'?"),
        (["replai", "x"], "martlet: there is no command 'replai'; did you mean 'replay'?"),
        (["zzzzzzzz"], "martlet: there is no command 'zzzzzzzz'"),
        (["paper", "--sed", "1"], "martlet: there is no option '--sed'; did you mean '--seed'?"),
        (["check", "--quit", "x"], "martlet: there is no option '--quit'; did you mean '--quiet'?"),
        (["paper", "-q"], "martlet: there is no option '-q'"),
        (["paper", "--seed"], "martlet: --seed needs a value: --seed N"),
        (["paper", "--quiet=yes"], "martlet: --quiet takes no value"),
        (["paper", "a.yaml", "b.yaml"], "martlet: one configuration at a time: 'b.yaml' is one too many"),
        (["paper", "--seed", "-1"], "martlet: --seed -1: a whole number from 0 to 9223372036854775807"),
        (
            ["paper", "--seed", "18446744073709551615"],
            "martlet: --seed 18446744073709551615: a whole number from 0 to 9223372036854775807"
        ),
        (
            ["paper", "--duration", "30"],
            "martlet: --duration 30: the unit is missing; write for instance 90s or 30m"
        ),
        (["paper", "--duration", "0s"], "martlet: --duration 0s: from 1ms to 366d"),
        (["paper", "--duration", "400d"], "martlet: --duration 400d: from 1ms to 366d"),
        (["paper", "--pace", "0"], "martlet: --pace 0: market seconds per second, or max"),
        (["check"], "martlet: which configuration? 'martlet check CONFIG'"),
        (["replay"], "martlet: which session? 'martlet replay runs/run-0001'"),
        (["data"], "martlet: what with the data? 'martlet data inspect|validate|convert|import|fetch ...'"),
        (["data", "inspct"], "martlet: there is no command 'data inspct'; did you mean 'data inspect'?"),
        (["data", "inspect"], "martlet: which files? 'martlet data inspect FILE...'"),
        (["data", "convert", "x"], "martlet: from what to what? 'martlet data convert FILE... TARGET'"),
    ])
    func `a command line that cannot be understood names what is wrong`(words: [String], message: String) {
        let saying = Saying(words, in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.errors == message + "\nTry 'martlet --help'.\n")
        #expect(saying.output == "")
    }
}
