import Glibc
import TestSupport
import Testing

/// A package of one's own, with this checkout as its dependency, built by SwiftPM in a folder of its own below
/// `.build`: Martlet is compiled there once, and again only where it changed.
@Suite(.enabled(if: !Sanitizer.isOn, "a package is built without the sanitizer"))
struct PackageEndToEndTests {
    private let scratch = ScratchFolder()

    /// Below the checkout, so that the next run finds what this one has built.
    private static let build = Checkout.file(".build/new-package")

    private func shell(_ command: String) -> (ending: ChildProcess.Ending, output: String, errors: String) {
        let child = ChildProcess("sh", ["-c", command], in: scratch)
        let ending = child.wait(seconds: 900)
        return (ending, child.output, child.errors)
    }

    private func bot(_ name: String, _ words: [String]) -> Saying {
        let command = "cd my-bots && exec \(Self.build)/debug/\(name) \(words.joined(separator: " "))"
        return Saying(["-c", command], program: "sh", in: scratch)
    }

    /// One of them has the name of a strategy that is shipped.
    @Test func `a new package with two strategies builds, tests, runs and replays`() throws {
        let martlet = BuiltPrograms.martlet
        let made = shell(
            "\(martlet) new package my-bots && cd my-bots/configs && \(martlet) new strategy ema-cross")
        try #require(made.ending == .exit(0), "\(made.errors)")

        let tests = shell("cd my-bots && swift test --disable-xctest --scratch-path \(Self.build)")
        try #require(tests.ending == .exit(0), "\(tests.output)\n\(tests.errors)")
        #expect(!tests.output.contains("warning:") && !tests.errors.contains("warning:"), "\(tests.output)")
        for suite in ["FirstTests", "EmaCrossTests"] {
            #expect(tests.output.contains("Suite \(suite) passed"), "\(tests.output)")
        }

        for name in ["first", "ema-cross"] {
            let run = bot(name, ["configs/\(name).yaml", "--pace", "max", "--duration", "10m"])
            #expect(run.ending == .exit(0), "\(run.errors)")
            #expect(run.output.contains("\n\(name) in BTCUSDT\nprofit "), "\(run.output)")
            #expect(run.decisionCount.map { $0 > 4 } == true, "\(run.output)")
            let folder = run.outputLines.last { $0.hasPrefix("written to ") }?.dropFirst("written to ".count)
            let replay = bot(name, ["replay", String(try #require(folder))])
            #expect(replay.ending == .exit(0))
            #expect(replay.decisions == run.decisions)
        }

        let check = bot("my-bots", ["check", "configs/first.yaml", "configs/ema-cross.yaml"])
        #expect(check.output == "configs/first.yaml: good\nconfigs/ema-cross.yaml: good\n")
        let list = bot("my-bots", ["describe", "--quiet"])
        #expect(list.outputLines.map { $0.split(separator: " ").first } == ["ema-cross", "first"])
        expectExplained("first")
    }

    /// The configuration that was made says of each parameter what its schema says.
    private func expectExplained(_ name: String) {
        let block = bot(name, ["describe", "--yaml"]).output
        let indented = block.split(separator: "\n").map { "    \($0)\n" }.joined()
        let text = String(
            decoding: ScratchFolder.read(scratch.file("my-bots/configs/\(name).yaml")), as: UTF8.self)
        #expect(text.contains(indented), "\(block)")
    }
}
