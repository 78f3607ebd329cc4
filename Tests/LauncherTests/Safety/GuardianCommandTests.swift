import Glibc
import TestSupport
import Testing

/// A guardian and its session, both processes of their own: one of them is stopped, killed or ended.
@Suite struct GuardianCommandTests {
    private let scratch = ScratchFolder()

    private func configuration() -> String {
        let text = Configurations.text(duration: nil, pace: "100")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0 == "journal: {folder: runs}" ? "journal: {folder: runs, lease: 3s}" : $0 }
        return scratch.write(text.joined(separator: "\n"), "paper.yaml")
    }

    /// A session that trades, and its guardian.
    private func start() throws -> (session: ChildProcess, guardian: ChildProcess) {
        let session = ChildProcess(BuiltPrograms.martlet, ["paper", configuration()], in: scratch)
        let tape = scratch.file("runs/run-0001/session.tape")
        try #require(ChildProcess.wait { ScratchFolder.size(tape) > 20_000 || session.hasEnded })
        try #require(!session.hasEnded, "\(session.errors)")
        let guardian = ChildProcess(
            BuiltPrograms.martlet,
            [
                "guardian", "market-maker", "--timeout", "3s", "--cancel", "echo cancel $1 >> calls",
                "--alarm", "echo alarm $1 >> calls",
            ], in: scratch)
        try #require(ChildProcess.wait { guardian.output.contains("watching over market-maker in runs\n") })
        return (session, guardian)
    }

    @Test func `P14: a session that dies has its orders cancelled, and the alarm is raised`() throws {
        let (session, guardian) = try start()
        session.send(SIGKILL)
        #expect(session.wait() == .signal(SIGKILL))
        #expect(guardian.wait(seconds: 60) == .exit(70))
        #expect(guardian.errors.hasPrefix("ALARM: market-maker: its session has not renewed its lease for "))
        #expect(ScratchFolder.text(scratch.file("calls")) == "alarm market-maker\ncancel market-maker\n")
        // The lease ended with the process: the bot may start anew, with a higher token.
        let again = Saying(["paper", "paper.yaml", "--duration", "5s", "--pace", "max"], in: scratch)
        #expect(again.ending == .exit(0), "\(again.errors)")
        #expect(ScratchFolder.text(scratch.file("runs/state/market-maker/lease")).hasPrefix("token: 3\n"))
    }

    @Test func `P14: a session that hangs is fenced off, and ends when it wakes up`() throws {
        let (session, guardian) = try start()
        session.send(SIGSTOP)
        #expect(guardian.wait(seconds: 60) == .exit(70))
        #expect(ScratchFolder.text(scratch.file("calls")) == "alarm market-maker\ncancel market-maker\n")
        session.send(SIGCONT)
        #expect(session.wait(seconds: 30) == .exit(77))
        #expect(session.errors.contains("may not trade any more: its lease was taken while it stood still"))
        let replay = Saying(["replay", "run-0001"], in: scratch)
        #expect(replay.ending == .exit(0), "\(replay.output)")
    }

    @Test func `a session that ends in good order ends its guardian, without an alarm`() throws {
        let (session, guardian) = try start()
        let second = Saying(["paper", "paper.yaml"], in: scratch)
        #expect(second.ending == .exit(77))
        #expect(second.errors.contains("market-maker is running already"))
        #expect(ScratchFolder.text(scratch.file("runs/state/market-maker/run")) == "run-0001\n")
        session.send(SIGTERM)
        #expect(session.wait(seconds: 30) == .exit(130))
        #expect(guardian.wait(seconds: 30) == .exit(0))
        #expect(guardian.errors == "" && ScratchFolder.size(scratch.file("calls")) == 0)
    }

    @Test func `a command line that cannot be understood is told`() {
        for words in [["guardian"], ["guardian", "a/b"], ["guardian", "x", "--timeout", "1ms"]] {
            #expect(Saying(words, in: scratch).ending == .exit(64), "\(words)")
        }
    }
}
