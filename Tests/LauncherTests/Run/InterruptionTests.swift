import Glibc
import TestSupport
import Testing

@Suite struct InterruptionTests {
    private let scratch = ScratchFolder()

    /// Starts a session that goes on for long, and waits until its tape grows.
    private func start(_ words: [String] = []) throws -> ChildProcess {
        let configuration = scratch.write(Configurations.text(duration: nil, pace: "100"), "paper.yaml")
        let child = ChildProcess(BuiltPrograms.martlet, ["paper", configuration] + words, in: scratch)
        let tape = scratch.file("runs/run-0001/session.tape")
        try #require(ChildProcess.wait { ScratchFolder.size(tape) > 20_000 || child.hasEnded })
        try #require(!child.hasEnded, "\(child.errors)")
        return child
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends the session in good order, with its summary`(signal: Int32) throws {
        let child = try start()
        child.send(signal)
        #expect(child.wait(seconds: 20) == .exit(130))
        #expect(child.errors == "")
        #expect(child.output.contains("\nended       on request, before the data did\n"))
        #expect(child.output.contains("\nwritten to  runs/run-0001\n"))
        let replay = Saying(["replay", "runs/run-0001"], in: scratch)
        #expect(replay.ending == .exit(0))
        #expect(!replay.output.contains("cut short"))
        #expect(child.output.hasSuffix(try #require(replay.decisions) + "\n"))
    }

    @Test func `a quiet session says its summary alone`() throws {
        let child = try start(["--quiet"])
        child.send(SIGINT)
        #expect(child.wait(seconds: 20) == .exit(130))
        #expect(child.output.hasPrefix("\nmarket-maker in BTCUSDT\nprofit "))
    }

    /// The tape is what a killed session leaves: everything that it sent is on it, and replays.
    @Test func `a session that is killed at any moment leaves a tape that replays`() throws {
        for round in 0..<10 {
            let scratch = ScratchFolder()
            let configuration = scratch.write(Configurations.text(duration: nil, pace: "max"), "paper.yaml")
            let child = ChildProcess(BuiltPrograms.martlet, ["paper", configuration, "--quiet"], in: scratch)
            let tape = scratch.file("runs/run-0001/session.tape")
            try #require(ChildProcess.wait { ScratchFolder.size(tape) > 2_000 })
            // A real process is let run for longer from round to round: there is no event to wait for.
            usleep(UInt32(round) * 15_000)
            child.send(SIGKILL)
            #expect(child.wait() == .signal(SIGKILL))
            let replay = Saying(["replay", "runs/run-0001"], in: scratch)
            #expect(replay.ending == .exit(0), "round \(round): \(replay.output) \(replay.errors)")
            #expect(replay.output.contains("the session was cut short: its tape has no end\n"))
            #expect(replay.decisionCount != nil)
        }
    }
}
