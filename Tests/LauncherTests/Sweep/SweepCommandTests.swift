import Glibc
import TestSupport
import Testing

@Suite struct SweepCommandTests {
    private let scratch = ScratchFolder()
    private static let ranges = ["--set", "min_spread=0..4:1", "fill_depth=1,2", "--seeds", "1..3"]

    private func configuration(duration: String = "20s") -> String {
        scratch.write(Configurations.text(duration: duration), "maker.yaml")
    }

    private func results(_ folder: String) -> String {
        String(decoding: ScratchFolder.read(scratch.file(folder + "/results.csv")), as: UTF8.self)
    }

    @Test func `a sweep ends with a table, a verdict and a report`() throws {
        let path = scratch.write(Configurations.text(strategy: "ema-cross", duration: "5m"), "cross.yaml")
        let words = ["sweep", path, "--set", "fast=2s,5s,10s", "slow=20s,40s", "threshold=0.1"]
        let saying = Saying(words, in: scratch)
        #expect(saying.ending == .exit(0))
        // Where it takes long, it says there how far it is.
        #expect(saying.errors.split(separator: "\n").allSatisfy { $0.contains("/6  ") }, "\(saying.errors)")
        let lines = saying.outputLines
        #expect(
            lines.first?.hasPrefix("rank  fast  slow  threshold  profit  drawdown  Sharpe  fills") == true)
        #expect(lines.count { $0.contains("With 6 combinations the best Sharpe ratio") } == 1)
        #expect(lines.contains("report      sweeps/cross/sweep.html"))
        #expect(lines.last?.hasPrefix("6 backtests in ") == true)
        #expect(results("sweeps/cross").split(separator: "\n").count == 7)
        let page = String(
            decoding: ScratchFolder.read(scratch.file("sweeps/cross/sweep.html")), as: UTF8.self)
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        #expect(page.contains("<h1>Sweep of ema-cross</h1>"))
        #expect(!page.contains("src=\"http"))
        let again = Saying(words + ["--quiet"], in: scratch)
        #expect(again.ending == .exit(0))
        #expect(Saying(words, in: scratch).outputLines.first == "6 of 6 done before")
    }

    @Test func `a sweep that is killed again and again loses nothing and finds the same`() throws {
        let words = ["sweep", configuration()] + Self.ranges + ["--quiet", "--folder"]
        #expect(Saying(words + ["whole", "--jobs", "1"], in: scratch).ending == .exit(0))
        let journal = scratch.file("cut/journal")
        for round in 1...4 {
            let before = ScratchFolder.size(journal)
            let child = ChildProcess(BuiltPrograms.martlet, words + ["cut", "--jobs", "2"], in: scratch)
            #expect(
                ChildProcess.wait { ScratchFolder.size(journal) > before + 400 * round || child.hasEnded })
            child.send(SIGKILL)
            child.wait()
            // Torn on top of that, in the middle of a line.
            truncate(journal, ScratchFolder.size(journal) - 17)
        }
        let kept = ScratchFolder.read(journal).count { $0 == UInt8(ascii: "\n") } - 1
        #expect(kept >= 4)
        let last = Saying(Array(words.filter { $0 != "--quiet" }) + ["cut"], in: scratch)
        #expect(last.ending == .exit(0), "\(last.errors)")
        #expect(last.outputLines.first == "\(kept) of 30 done before")
        #expect(last.output.contains("\n\(30 - kept) backtests in "))
        #expect(results("cut") == results("whole"))
        #expect(results("whole").split(separator: "\n").count == 11)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends it in good order and it says how to go on`(signal: Int32) throws {
        let words = ["sweep", configuration(duration: "60s")] + Self.ranges + ["--folder", "s"]
        let child = ChildProcess(BuiltPrograms.martlet, words, in: scratch)
        try #require(
            ChildProcess.wait { ScratchFolder.size(scratch.file("s/journal")) > 300 || child.hasEnded })
        child.send(signal)
        #expect(child.wait(seconds: 20) == .exit(130))
        #expect(child.errors.split(separator: "\n").allSatisfy { $0.contains("/30  ") }, "\(child.errors)")
        let line = try #require(child.output.split(separator: "\n").last)
        #expect(line.hasPrefix("interrupted: "))
        #expect(line.hasSuffix(" of 30 done, kept in s; the same command goes on from there"))
        #expect(results("s") == "")
    }

    @Test(arguments: [
        (
            ["--set", "min_spred=1"],
            "martlet: --set min_spred: 'market-maker' has no parameter 'min_spred'; "
                + "did you mean 'min_spread'?"
        ),
        (
            ["--set", "min_spread=1", "--search", "gird"],
            "martlet: --search gird: one of grid, random, "
                + "halving, tpe; did you mean 'grid'?"
        ),
        (
            ["--set", "min_spread=1", "--seeds", "3..1"],
            "martlet: --seeds 3..1: whole numbers, such as 1..20 or 1,2,5; at most 1000"
        ),
        (["--set", "min_spread=1", "--jobs", "0"], "martlet: --jobs 0: a whole number from 1 to 256"),
        (
            ["--set", "min_spread=0..900:0.1", "fill_depth=1..900:0.1"],
            "martlet: 80927991 combinations are too many: at most 200000 trials; use larger steps, or "
                + "--search random --trials N"
        ),
    ])
    func `a request that makes no sweep is a usage error`(words: [String], reason: String) {
        let saying = Saying(["sweep", configuration()] + words, in: scratch)
        #expect(saying.ending == .exit(64))
        #expect(saying.errors.split(separator: "\n").first.map(String.init) == reason)
        #expect(ScratchFolder.names(in: scratch.file("sweeps")).isEmpty)
    }

    @Test func `what cannot be read or run has its own exit code`() {
        let missing = Saying(["sweep", "none.yaml", "--set", "min_spread=1"], in: scratch)
        #expect(missing.ending == .exit(65))
        let refused = Saying(
            ["sweep", configuration(), "--set", "max_inventory=0.00001"], in: scratch)
        #expect(refused.ending == .exit(65))
        #expect(
            refused.errors
                == "martlet: no combination of parameters runs: max_inventory 0.00001 is below "
                + "order_size 0.01\n")
        let blocked = scratch.write("in the way", "blocked")
        let unwritable = Saying(
            ["sweep", configuration(), "--set", "min_spread=1", "--folder", blocked + "/x"], in: scratch)
        #expect(unwritable.ending == .exit(74))
    }
}
