import TestSupport
import Testing

@Suite struct BotTests {
    private let scratch = ScratchFolder()

    @Test(arguments: [
        (BuiltPrograms.marketMakerBot, "market-maker"), (BuiltPrograms.emaCrossBot, "ema-cross"),
        (BuiltPrograms.gridBot, "grid"),
        (BuiltPrograms.momentumBot, "momentum"),
        (BuiltPrograms.stopLossBot, "stop-loss"), (BuiltPrograms.dcaBot, "dca"),
    ])
    func `a bot without words trades on paper in a market of its own`(program: String, strategy: String) {
        let saying = Saying(["--duration", "3m", "--pace", "max"], program: program, in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(saying.errors == "")
        #expect(saying.output.hasPrefix("\(strategy) in BTCUSDT, paper, seed 1\n"))
        #expect(saying.output.contains("\nwritten to  runs/run-0001\n"))
        let replay = Saying(["replay", "runs/run-0001"], program: program, in: scratch)
        #expect(replay.ending == .exit(0))
        #expect(replay.decisions == saying.decisions)
    }

    @Test func `a bot takes a configuration as its first word`() {
        let path = scratch.write(Configurations.text(), "session.yaml")
        let bot = Saying([path, "--seed", "7"], program: BuiltPrograms.marketMakerBot, in: scratch)
        let tool = Saying(["run", path, "--seed", "7"], in: scratch)
        #expect(bot.ending == .exit(0))
        #expect(bot.decisions != nil)
        #expect(bot.decisions == tool.decisions)
    }

    @Test func `a bot does not know the strategies of others`() {
        let path = scratch.write(Configurations.text(strategy: "ema-cross"), "session.yaml")
        let saying = Saying([path], program: BuiltPrograms.marketMakerBot, in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(saying.errors.contains("'ema-cross'"))
    }

    @Test func `the help of a bot tells its parameters`() {
        let saying = Saying(["--help"], program: BuiltPrograms.emaCrossBot, in: scratch)
        #expect(saying.ending == .exit(0))
        for parameter in ["fast", "slow", "quantity", "threshold", "allow_short"] {
            #expect(saying.output.contains("\n  \(parameter): "))
        }
    }
}
