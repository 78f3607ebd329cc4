import TestSupport
import Testing

@Suite struct DataCommandTests {
    private let scratch = ScratchFolder()

    @Test func `inspect counts what a recording holds, and names what is wrong in it`() {
        let file = scratch.compress(
            [
                Frames.line(0, Frames.ticker(1, "60000.00", "60001.00")),
                Frames.line(10, Frames.depth(99, 101, bids: #"[["59999.00","1.0"]]"#)),
                Frames.line(20, Frames.snapshot),
                Frames.line(30, Frames.depth(102, 103, bids: #"[["59998.00","1.0"]]"#)),
                Frames.line(40, Frames.depth(105, 106, bids: #"[["59997.00","1.0"]]"#)),
                Frames.line(50, Frames.ticker(2, "60002.00", "60001.00")),
                Frames.line(60, Frames.trade(1, "60000.50", at: 60)),
                Frames.line(70, Frames.trade(5, "60000.50", at: 70)),
                Frames.line(30_070, Frames.trade(6, "60000.50", at: 30_070)),
            ], "day.gz")
        let saying = Saying(["data", "inspect", file], in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(saying.errors == "")
        #expect(saying.output.contains(" events: 2 quotes, 3 trades"))
        #expect(saying.output.contains("9 lines: "))
        #expect(saying.output.contains("1 sequence gaps, 1 silences, 1 quotes crossed"))
        #expect(saying.output.contains("1 gaps in trade ids"))
        #expect(saying.output.contains("lacks updates after 103, at 2023-11-14T22:13:20.040"))
    }

    @Test func `a line that goes back in time is an error with its place, unless times may be moved`() {
        let file = scratch.compress(
            [
                Frames.line(100, Frames.ticker(1, "60000.00", "60001.00")),
                Frames.line(90, Frames.ticker(2, "60000.00", "60001.00")),
                Frames.line(200, Frames.ticker(3, "60000.00", "60001.00")),
            ], "back.gz")
        let strict = Saying(["data", "inspect", file], in: scratch)
        #expect(strict.ending == .exit(65))
        #expect(strict.output.contains("1 events: 1 quotes"))
        #expect(strict.errors == "\(file):2: received 10ms before the line in front of it\n")

        let moved = Saying(["data", "inspect", "--clamp-times", file], in: scratch)
        #expect(moved.ending == .exit(0))
        #expect(moved.output.contains("3 events: 3 quotes"))
        #expect(moved.output.contains("1 times moved"))
    }

    @Test func `convert writes a record file that inspects to the same events`() {
        let file = scratch.compress(Frames.walk(500), "walk.gz")
        let target = scratch.file("walk.rec")
        let converted = Saying(["data", "convert", file, target], in: scratch)
        #expect(converted.ending == .exit(0))
        #expect(converted.outputLines.last == "500 events written to \(target)")
        let inspected = Saying(["data", "inspect", target], in: scratch)
        #expect(inspected.output.contains("500 events: 500 quotes"))
        #expect(!ScratchFolder.names(in: scratch.path).contains { $0.contains("partial") })
    }

    @Test func `a conversion that fails leaves nothing behind, and an older file as it was`() {
        var bytes = ScratchFolder.read(scratch.compress(Frames.walk(5_000), "walk.gz"))
        bytes.removeLast(bytes.count / 3)
        let torn = scratch.write(bytes, "torn.gz")
        let target = scratch.file("walk.rec")
        let before = ScratchFolder.names(in: scratch.path)
        let failed = Saying(["data", "convert", torn, target], in: scratch)
        #expect(failed.ending == .exit(65))
        #expect(failed.errors.hasPrefix("martlet: \(torn): line "))
        #expect(failed.errors.hasSuffix(": the compressed data end too early\n"))
        let left = ScratchFolder.names(in: scratch.path).filter { !$0.hasPrefix("child-") }
        #expect(left == before)

        _ = scratch.write("an older file", "walk.rec")
        #expect(Saying(["data", "convert", torn, target], in: scratch).ending == .exit(65))
        #expect(ScratchFolder.read(target) == Array("an older file".utf8))
    }

    @Test func `files that are not there, not ours or not writable are named`() {
        let missing = Saying(["data", "inspect", "nowhere.gz"], in: scratch)
        #expect(missing.ending == .exit(65))
        #expect(missing.errors == "martlet: cannot open nowhere.gz: No such file or directory (error 2)\n")

        let foreign = scratch.write("what a day\n", "diary.txt")
        let unknown = Saying(["data", "inspect", foreign], in: scratch)
        #expect(unknown.ending == .exit(65))
        #expect(
            unknown.errors
                == "martlet: \(foreign): neither raw frames, nor a table of trades, nor a record file, nor a capture\n"
        )

        let file = scratch.compress(Frames.walk(5), "walk.gz")
        let blocked = Saying(["data", "convert", file, "\(foreign)/walk.rec"], in: scratch)
        #expect(blocked.ending == .exit(74))
        #expect(blocked.errors.hasPrefix("martlet: cannot create \(foreign)/walk.rec"))
    }

    @Test func `a table of trades has to be told its market`() {
        let table = scratch.write(
            "timestamp,price,amount,side,id\n1700000000000,60000.5,0.1,buy,1\n", "trades.csv")
        let unnamed = Saying(["data", "inspect", table], in: scratch)
        #expect(unnamed.ending == .exit(65))
        #expect(unnamed.errors == "martlet: \(table): which market is it? Give its name\n")
        let named = Saying(["data", "inspect", table, "--market", "BTCUSDT"], in: scratch)
        #expect(named.ending == .exit(0))
        #expect(named.output.contains("1 events: 0 quotes, 1 trades"))
    }
}
