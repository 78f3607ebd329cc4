import Glibc
import TestSupport
import Testing

/// The switch as a person throws it, with sessions that are processes of their own.
@Suite struct HaltCommandTests {
    private let scratch = ScratchFolder()

    private func start(pace: String = "100") throws -> ChildProcess {
        let configuration = scratch.write(Configurations.text(duration: nil, pace: pace), "paper.yaml")
        let child = ChildProcess(BuiltPrograms.martlet, ["paper", configuration], in: scratch)
        let tape = scratch.file("runs/run-0001/session.tape")
        try #require(ChildProcess.wait { ScratchFolder.size(tape) > 20_000 || child.hasEnded })
        try #require(!child.hasEnded, "\(child.errors)")
        return child
    }

    @Test func `P15: a session is halted while it runs, its bot stays so after a kill, and arms again`()
        throws
    {
        let child = try start()
        let halt = Saying(["halt", "market-maker", "--reason", "odd fills"], in: scratch)
        #expect(halt.ending == .exit(0), "\(halt.errors)")
        #expect(halt.output.contains("market-maker is halted by "))
        #expect(ChildProcess.wait(seconds: 20) { child.output.contains("halted by its switch") })
        #expect(child.output.contains(": odd fills\n"))
        child.send(SIGKILL)
        #expect(child.wait() == .signal(SIGKILL))

        let again = Saying(["paper", "paper.yaml", "--duration", "10s", "--pace", "max"], in: scratch)
        #expect(again.ending == .exit(77))
        #expect(again.errors.contains("market-maker does not trade: halted by "))
        #expect(again.errors.contains("'martlet arm market-maker' lets it start"))
        #expect(Saying(["arm", "market-maker"], in: scratch).output.contains("may trade again"))
        #expect(Saying(["arm", "market-maker"], in: scratch).output == "market-maker was not halted\n")
        let armed = Saying(["paper", "paper.yaml", "--duration", "10s", "--pace", "max"], in: scratch)
        #expect(armed.ending == .exit(0), "\(armed.errors)")
        let replay = Saying(["replay", "run-0001"], in: scratch)
        #expect(replay.ending == .exit(0), "\(replay.output)")
    }

    @Test func `a halted session still ends in good order, and a session stands for its bot`() throws {
        let child = try start()
        #expect(Saying(["halt", "runs/run-0001", "--flatten"], in: scratch).ending == .exit(0))
        #expect(ChildProcess.wait(seconds: 20) { child.output.contains("and its position is closed") })
        child.send(SIGINT)
        #expect(child.wait(seconds: 20) == .exit(130))
        #expect(child.output.contains("\nhalted      halted and flattened by "))
        #expect(child.output.contains(" position 0\n"))
        #expect(Saying(["replay", "latest"], in: scratch).ending == .exit(0))
    }

    @Test func `a bot that is not there is told with what is`() throws {
        let nothing = Saying(["halt", "market-maker"], in: scratch)
        #expect(nothing.ending == .exit(65))
        #expect(nothing.errors.contains("no bot has traded in runs yet"))
        let configuration = scratch.write(Configurations.text(duration: "10s"), "paper.yaml")
        #expect(Saying(["paper", configuration], in: scratch).ending == .exit(0))
        let wrong = Saying(["halt", "market-marker"], in: scratch)
        #expect(wrong.ending == .exit(65))
        #expect(
            wrong.errors.contains("there is no bot 'market-marker' in runs; did you mean 'market-maker'?"))
        #expect(Saying(["halt"], in: scratch).ending == .exit(64))
        #expect(Saying(["arm", "latest"], in: scratch).output == "market-maker was not halted\n")
    }
}
