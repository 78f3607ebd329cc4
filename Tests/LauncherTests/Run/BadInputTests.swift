import TestSupport
import Testing

@Suite struct BadInputTests {
    private let scratch = ScratchFolder()

    @Test func `check says good, and ends with 0`() {
        let path = scratch.write(Configurations.text(), "good.yaml")
        let saying = Saying(["check", path], in: scratch)
        #expect(saying.ending == .exit(0))
        #expect(saying.output == "\(path): good\n")
        #expect(saying.errors == "")
        #expect(Saying(["check", "--quiet", path], in: scratch).output == "")
    }

    @Test func `check names every error at its line and column, and ends with 65`() {
        let text = Configurations.text()
            .replacing("pace: max", with: "pase: max")
            .replacing("tick: 0.01", with: "tick: abc")
            .replacing("lot: 0.00001", with: "lot: -1")
            .replacing("market-maker", with: "market-taker")
        let path = scratch.write(text, "bad.yaml")
        let good = scratch.write(Configurations.text(), "good.yaml")
        let saying = Saying(["check", path, good, "nowhere.yaml"], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(saying.output == "\(good): good\n")
        let list = Saying(["describe", "--quiet"], in: scratch).outputLines
        let names = list.compactMap { $0.split(separator: " ").first.map { "'\($0)'" } }
        let choices = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        let heads = saying.errors.split(separator: "\n").filter { !$0.hasPrefix("  ") }
        let expected: [String] = [
            "\(path):3:1: unknown key 'pase' at the top level; did you mean 'pace'?",
            "\(path):6:51: 'markets[0].tick' is 'abc': it is not a number; expected a price from "
                + "0.000000000001 to 1000000000",
            "\(path):6:61: 'markets[0].lot' is '-1': it is too small; expected a quantity from "
                + "0.000000000001 to 1000000000",
            "\(path):9:16: 'strategies[0].strategy' is 'market-taker': it is none of the "
                + "choices; expected \(choices); did you mean 'market-maker'?",
            "nowhere.yaml: cannot be opened: No such file or directory (error 2)",
        ]
        #expect(heads.map(String.init) == expected)
    }

    @Test func `a run with a configuration that is wrong does not begin`() {
        let path = scratch.write(Configurations.text().replacing("pace:", with: "pase:"), "bad.yaml")
        for command in ["run", "paper", "backtest"] {
            let saying = Saying([command, path], in: scratch)
            #expect(saying.ending == .exit(65))
            #expect(saying.output == "")
            #expect(saying.errors.hasPrefix("\(path):3:1: unknown key 'pase'"))
        }
        let missing = Saying(["paper", "nowhere.yaml"], in: scratch)
        #expect(missing.ending == .exit(65))
        #expect(missing.errors == "nowhere.yaml: cannot be opened: No such file or directory (error 2)\n")
        #expect(!ScratchFolder.names(in: scratch.path).contains("runs"))
    }

    @Test func `data that cannot be played are named, and the run does not begin`() {
        let path = scratch.write(Configurations.text(duration: nil), "session.yaml")
        let missing = Saying(["backtest", path, "--data", "nowhere.gz"], in: scratch)
        #expect(missing.ending == .exit(65))
        #expect(missing.errors == "martlet: cannot open nowhere.gz: No such file or directory (error 2)\n")

        let other = scratch.compress(
            [Frames.line(0, Frames.ticker(1, "2500.00", "2501.00")).replacing("BTCUSDT", with: "ETHUSDT")],
            "other.gz")
        let foreign = Saying(["backtest", path, "--data", other], in: scratch)
        #expect(foreign.ending == .exit(65))
        #expect(foreign.errors == "martlet: the recording has no market 'BTCUSDT'; it has ETHUSDT\n")

        let frames = scratch.compress(Frames.walk(10), "walk.gz")
        let mixed = Saying(["backtest", path, "--data", frames, path], in: scratch)
        #expect(mixed.ending == .exit(65))
        #expect(mixed.errors.hasPrefix("martlet: \(path): "))

        let damaged = scratch.write(Array("MARTLETR and then nothing".utf8), "damaged.rec")
        let broken = Saying(["backtest", path, "--data", damaged], in: scratch)
        #expect(broken.ending == .exit(65))
        #expect(broken.errors.hasPrefix("martlet: \(damaged): "))
        #expect(!ScratchFolder.names(in: scratch.path).contains("runs"))
    }

    @Test func `a run over data that go back in time fails at the line`() {
        let path = scratch.write(Configurations.text(duration: nil), "session.yaml")
        let lines = Frames.walk(20) + [Frames.line(500, Frames.ticker(99, "60000.00", "60001.00"))]
        let data = scratch.compress(lines, "back.gz")
        let saying = Saying(["backtest", path, "--data", data], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(
            saying.output.contains(
                "\nfailed      \(data):21: received 1400ms before the line in front of it\n"))
        #expect(saying.errors == "martlet: \(data):21: received 1400ms before the line in front of it\n")
        #expect(saying.output.contains(", 20 events\n"))
    }

    @Test func `a tape that is damaged or none at all is told, and ends with 65`() {
        let path = scratch.write(Configurations.text(duration: "1m"), "session.yaml")
        #expect(Saying(["paper", path], in: scratch).ending == .exit(0))
        var bytes = ScratchFolder.read(scratch.file("runs/run-0001/session.tape"))
        bytes[bytes.count / 2] ^= 1
        let damaged = scratch.write(bytes, "damaged.tape")
        let saying = Saying(["replay", damaged], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(saying.output == "")
        #expect(saying.errors.hasPrefix("martlet: \(damaged) is damaged at byte "))

        let none = Saying(["replay", "runs/run-0007"], in: scratch)
        #expect(none.ending == .exit(65))
        #expect(
            none.errors
                == "martlet: cannot open runs/run-0007/session.tape: No such file or directory (error 2)\n")
        let foreign = scratch.write("no tape", "foreign.tape")
        #expect(Saying(["replay", foreign], in: scratch).errors == "martlet: \(foreign) is not a tape\n")
    }
}
