import TestSupport
import Testing

@Suite struct SimCommandTests {
    private let scratch = ScratchFolder()

    private func configuration(_ strategy: String) -> String {
        scratch.write(Configurations.text(strategy: strategy), "\(strategy).yaml")
    }

    @Test func `seeds that come out good are counted, with what has struck`() {
        let words = ["sim", configuration("grid"), "--seeds", "3", "--duration", "15s", "--jobs", "2"]
        let saying = Saying(words, in: scratch)
        #expect(saying.ending == .exit(0), "\(saying.errors)")
        #expect(saying.errors == "")
        #expect(saying.outputLines.first?.hasPrefix("3 seeds, ") == true)
        #expect(saying.outputLines.last == "no violations")
    }

    @Test func `a seed that fails is named with the command that shows it, made small`() throws {
        // It trades when averages cross, and has no order most of the time.
        let words = ["sim", configuration("ema-cross"), "--quotes", "--seeds", "1", "--from", "4"]
        let saying = Saying(words + ["--duration", "15s", "--jobs", "1"], in: scratch)
        #expect(saying.ending == .exit(1))
        #expect(saying.outputLines.last == "violations in 1: [4]")
        let shown = try #require(saying.errors.split(separator: "\n").first { $0.contains("see it: ") })
        let command = try #require(shown.split(separator: ": ").last).split(separator: " ").map(String.init)
        #expect(command.first == "martlet")
        let again = Saying(Array(command.dropFirst()), in: scratch)
        #expect(again.ending == .exit(1))
        #expect(again.output.contains("does not quote"))
        #expect(again.outputLines.last?.hasPrefix("see it again: martlet sim ") == true)
    }

    @Test func `what cannot be understood is told with what is nearest`() {
        let path = configuration("grid")
        for (words, text) in [
            (["--without", "cash"], "--without cash: did you mean 'crash'?"),
            (["--seed", "1", "--jobs", "2"], "--seed is one seed: --jobs does not go with it"),
            (["--all"], "--all belongs to one seed"),
            (["--seeds", "0"], "--seeds 0: a whole number from 1 to 1000000"),
            (["--seed", "x"], "--seed x: a whole number from 0 to"),
        ] {
            let saying = Saying(["sim", path] + words, in: scratch)
            #expect(saying.ending == .exit(64))
            #expect(saying.errors.contains(text), "\(saying.errors)")
            #expect(saying.output == "")
        }
    }
}
