import TestSupport
import Testing

/// `why` as a person types it, in the folder where the runs are.
@Suite struct WhyCommandTests {
    @Test func `an order of the newest run, of a run, as lines and as JSON`() {
        let folder = ScratchFolder()
        let config = folder.write(Configurations.text(duration: "1m"), "bot.yaml")
        #expect(Saying(["backtest", config], in: folder).ending == .exit(0))
        let lines = Saying(["why", "3"], in: folder)
        #expect(lines.ending == .exit(0), "\(lines.errors)")
        #expect(lines.output.hasPrefix("order #3 of run-0001: "))
        #expect(lines.output.contains(" decision  market-maker: "))
        #expect(Saying(["why", "#3", "run-0001"], in: folder).output == lines.output)
        #expect(Saying(["why", "#3", "runs/run-0001/session.tape"], in: folder).output == lines.output)
        let json = Saying(["why", "3", "latest", "--json"], in: folder)
        #expect(json.output.hasPrefix("{\"session\":\"run-0001\",\"order\":3,"))
        #expect(json.outputLines.count == 1)

        let missing = Saying(["why", "99999"], in: folder)
        #expect(missing.ending == .exit(65))
        #expect(missing.errors.contains("there is no order '99999'"))
        #expect(Saying(["why"], in: folder).ending == .exit(64))
        #expect(Saying(["why", "3"], in: ScratchFolder()).ending == .exit(65))
    }
}
