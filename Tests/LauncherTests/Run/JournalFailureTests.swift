import Glibc
import TestSupport
import Testing

@Suite struct JournalFailureTests {
    private let scratch = ScratchFolder()

    /// Runs with a limit on the size of files, in blocks of 512 or 1,024 bytes as the shell has it.
    private func runLimited(_ blocks: Int, _ configuration: String, verb: String = "paper") -> Saying {
        Saying(
            [
                "-c", "ulimit -f \(blocks); exec \"$0\" \"$@\"", BuiltPrograms.martlet, verb,
                configuration,
                "--quiet",
            ], program: "/bin/sh", in: scratch)
    }

    @Test(.enabled(if: !Sanitizer.isOn, "the thread sanitizer cannot start under a limit on files"))
    func `a tape that cannot grow ends the session with the reason, and nothing is sent after`() {
        let text = Configurations.text(duration: "30m", extra: "")
            .replacing("journal: {folder: runs}", with: "journal: {folder: runs, ledger: false}")
        let saying = runLimited(256, scratch.write(text, "paper.yaml"))
        #expect(saying.ending == .exit(74))
        #expect(
            saying.output.contains(
                "\nfailed      cannot write the tape: File too large (error 27); nothing is sent without a tape\n"
            ))
        // What was sent is on the tape: its decisions are those that the venue got.
        let replay = Saying(["replay", "runs/run-0001"], in: scratch)
        #expect(replay.ending == .exit(0))
        #expect(replay.output.contains("the session was cut short: its tape has no end\n"))
    }

    @Test(.enabled(if: !Sanitizer.isOn, "the thread sanitizer cannot start under a limit on files"))
    func `a tape that cannot grow ends a live session likewise, and the next start goes on with it`() throws {
        let exchange = try LocalExchange(in: scratch) { $0 }
        scratch.place("market-maker.live.yaml") {
            exchange.redirect($0) + "journal: {folder: runs, ledger: false}\n"
        }
        let saying = runLimited(64, "configs/market-maker.live.yaml", verb: "run")
        #expect(saying.ending == .exit(74), "\(saying.errors)")
        #expect(
            saying.output.contains(
                "\nfailed      cannot write the tape: File too large (error 27); nothing is sent without a tape\n"
            ))
        let next = ChildProcess(
            BuiltPrograms.martlet, ["run", "configs/market-maker.live.yaml"], in: scratch)
        #expect(ChildProcess.wait { next.output.contains(" trading\n") || next.hasEnded })
        next.send(SIGINT)
        #expect(next.wait(seconds: 60) == .exit(130), "\(next.output) \(next.errors)")
        #expect(next.output.contains("written to  runs/run-0001\n"))
        #expect(Saying(["replay", "runs/run-0001"], in: scratch).ending == .exit(0))
    }

    @Test(.enabled(if: !Sanitizer.isOn, "the thread sanitizer cannot start under a limit on files"))
    func `a ledger that cannot grow ends the session with the reason`() {
        let text = Configurations.text(duration: "30m")
            .replacing("journal: {folder: runs}", with: "journal: {folder: runs, tape: false}")
        let saying = runLimited(300, scratch.write(text, "paper.yaml"))
        #expect(saying.ending == .exit(74))
        #expect(saying.output.contains("\nfailed      the ledger failed: "))
    }

    @Test func `a folder for runs that cannot be made is named`() {
        _ = scratch.write("a file", "taken")
        for folder in ["taken/runs", "/proc/nobody/runs"] {
            let path = scratch.write(Configurations.text(folder: folder), "paper.yaml")
            let saying = Saying(["paper", path], in: scratch)
            #expect(saying.ending == .exit(74))
            #expect(
                saying.errors.hasPrefix(
                    "martlet: cannot create \(folder.split(separator: "/").count == 2 ? "taken" : "/proc/nobody")"
                ))
        }
    }

    @Test func `another program's file in the place of the ledger is left as it was`() {
        let path = scratch.write(Configurations.text(folder: scratch.path), "paper.yaml")
        _ = scratch.write("somebody's notes", "ledger.db")
        let saying = Saying(["paper", path], in: scratch)
        #expect(saying.ending == .exit(74))
        #expect(
            saying.errors
                == "martlet: \(scratch.file("ledger.db")) is not a ledger of Martlet; it was left as it is\n")
        #expect(ScratchFolder.read(scratch.file("ledger.db")) == Array("somebody's notes".utf8))
    }

    @Test func `without a journal nothing is written`() {
        let path = scratch.write(Configurations.text(), "paper.yaml")
        let saying = Saying(["paper", path, "--no-journal"], in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(!saying.output.contains("written to"))
        #expect(!ScratchFolder.names(in: scratch.path).contains("runs"))
    }
}
