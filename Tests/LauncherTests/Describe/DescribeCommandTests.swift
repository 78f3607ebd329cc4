import TestSupport
import Testing

@Suite struct DescribeCommandTests {
    private let scratch = ScratchFolder()

    @Test func `the tool lists its strategies, a bot describes its own`() {
        let tool = Saying(["describe", "--quiet"], in: scratch)
        #expect(tool.ending == .exit(0))
        #expect(tool.outputLines.allSatisfy { $0.hasSuffix(".") }, "every strategy has a summary")
        #expect(
            tool.outputLines.contains(
                "  market-maker          Quotes both sides around the mid price, and leans against what it holds."
            ))
        let bot = Saying(["describe"], program: BuiltPrograms.emaCrossBot, in: scratch)
        #expect(bot.ending == .exit(0))
        #expect(bot.output == Saying(["describe", "ema-cross"], in: scratch).output)
        #expect(bot.outputLines.first?.hasPrefix("ema-cross: Follows the trend") == true)
    }

    @Test func `the help of a bot and its description tell of the same parameters`() {
        let description = Saying(["describe"], program: BuiltPrograms.emaCrossBot, in: scratch)
        let help = Saying(["--help"], program: BuiltPrograms.emaCrossBot, in: scratch)
        let parameters = description.outputLines.dropFirst().joined(separator: "\n")
        #expect(parameters.contains("threshold: 2"))
        #expect(help.outputLines.joined(separator: "\n").contains(parameters))
    }

    @Test func `the block of YAML is a configuration that changes nothing`() {
        let block = Saying(["describe", "--yaml"], program: BuiltPrograms.emaCrossBot, in: scratch).output
        #expect(block.hasPrefix("parameters:\n  # How much is held while the trend is up.\n"))
        #expect(block.contains("\n  # 0 to 1000 (basis points); default 2\n  threshold: 2\n"))
        let indented = block.split(separator: "\n").map { "    \($0)\n" }.joined()
        let head = """
            duration: 2m
            mode: backtest
            markets: [{name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001}]
            strategies:
              - strategy: ema-cross

            """
        let plain = scratch.write(head, "plain.yaml")
        let full = scratch.write(head + indented, "full.yaml")
        let words = ["--no-journal"]
        let runs = [plain, full].map {
            Saying([$0] + words, program: BuiltPrograms.emaCrossBot, in: scratch)
        }
        #expect(runs.map(\.ending) == [.exit(0), .exit(0)])
        #expect(runs[0].decisions != nil)
        #expect(runs[0].decisions == runs[1].decisions)
    }

    @Test func `the table has a row for each parameter`() {
        let saying = Saying(["describe", "ema-cross", "--markdown"], in: scratch)
        #expect(
            saying.outputLines.prefix(2) == [
                "| parameter | default | range | what it does |", "|---|---|---|---|",
            ])
        #expect(
            saying.outputLines.contains(
                "| `slippage` | 5 | 0 to 1000 (basis points) | "
                    + "How much worse than the best price a limit order may trade. |"))
    }

    @Test(arguments: [
        (["describe", "emacross"], "martlet: there is no strategy 'emacross'; did you mean 'ema-cross'?"),
        (["describe", "--yaml"], "martlet: which strategy? 'martlet describe NAME --yaml'"),
        (["describe", "--yaml", "--markdown"], "martlet: one form at a time: --yaml or --markdown"),
        (["describe", "a", "b"], "martlet: one strategy at a time: 'b' is one too many"),
        (["describe", "--update-docs"], "martlet: --update-docs needs a value: --update-docs FILE..."),
    ])
    func `what cannot be described is a mistake of the command line`(words: [String], message: String) {
        let saying = Saying(words, in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.errors == message + "\nTry 'martlet --help'.\n")
    }
}
