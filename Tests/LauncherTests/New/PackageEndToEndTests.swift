import Glibc
import TestSupport
import Testing

/// The walk-through of the README, command by command, with this checkout as Martlet. SwiftPM builds the package in a
/// folder of its own below `.build`: Martlet is compiled there once, and again only where it changed.
///
/// A second strategy goes with it, as it was made, so that there is one build for both.
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

    private func package(_ name: String, _ words: String) -> Saying {
        Saying(["-c", "cd my-bots && exec \(Self.build)/debug/\(name) \(words)"], program: "sh", in: scratch)
    }

    @Test func `what the README walks through comes true, and a strategy as it was made runs and replays`()
        throws
    {
        let page = ScratchFolder.text(Checkout.file("README.md"))
        let walk = WalkThrough(page: page, heading: "From an idea to a report")
        try #require(walk.steps.count > 6, "the README has its walk-through")
        var isBuilt = false
        for step in walk.steps {
            switch step {
            case .edit(let diff):
                #expect(WalkThrough.apply(diff, in: scratch.file("my-bots")) == [])
            case .command(let command, let shown):
                if !isBuilt, command.hasPrefix("swift "), !command.hasPrefix("swift run martlet ") {
                    try build()
                    isBuilt = true
                }
                let isMade = ScratchFolder.names(in: scratch.path).contains("my-bots")
                if command == "cd my-bots" { continue }
                let saying = shell((isMade ? "cd my-bots && " : "") + here(command))
                try #require(saying.ending == .exit(0), "\(command)\n\(saying.output)\n\(saying.errors)")
                expect(shown, in: saying.output, of: command)
            }
        }
        let report = ScratchFolder.text(scratch.file("my-bots/runs/run-0001/report.html"))
        #expect(report.contains("dip-buyer"))
        try expectSecondStrategy()
    }

    /// A command of the page, with the programs that are built here.
    private func here(_ command: String) -> String {
        let words = command.split(separator: " ").map(String.init)
        switch words.prefix(3) {
        case ["swift", "run", "martlet"]:
            return ([BuiltPrograms.martlet] + words.dropFirst(3)).joined(separator: " ")
        case let run where run.starts(with: ["swift", "run"]) && run.count == 3:
            return (["\(Self.build)/debug/\(run[2])"] + words.dropFirst(3)).joined(separator: " ")
        case let test where test.starts(with: ["swift", "test"]):
            return command + " --skip-build --scratch-path \(Self.build)"
        default: return command
        }
    }

    /// The lines that are shown, in their order; others may stand between them.
    private func expect(_ shown: [String], in output: String, of command: String) {
        var rest = output.split(separator: "\n").map(String.init)[...]
        for line in shown {
            guard let place = rest.firstIndex(of: line) else {
                Issue.record("'\(command)' does not say '\(line)' there:\n\(output)")
                return
            }
            rest = rest[(place + 1)...]
        }
    }

    /// Adds a strategy that has the name of one that is shipped, builds everything and tests it.
    private func build() throws {
        let made = shell("cd my-bots/configs && \(BuiltPrograms.martlet) new strategy ema-cross")
        try #require(made.ending == .exit(0), "\(made.errors)")
        let tests = shell("cd my-bots && swift test --disable-xctest --scratch-path \(Self.build)")
        try #require(tests.ending == .exit(0), "\(tests.output)\n\(tests.errors)")
        #expect(!tests.output.contains("warning:") && !tests.errors.contains("warning:"), "\(tests.output)")
        for suite in ["DipBuyerTests", "EmaCrossTests"] {
            #expect(tests.output.contains("Suite \(suite) passed"), "\(tests.output)")
        }
    }

    private func expectSecondStrategy() throws {
        let run = package("ema-cross", "configs/ema-cross.yaml --pace max --duration 10m")
        #expect(run.ending == .exit(0), "\(run.errors)")
        #expect(run.output.contains("\nema-cross in BTCUSDT\nprofit "), "\(run.output)")
        #expect(run.decisionCount.map { $0 > 4 } == true, "\(run.output)")
        let folder = run.outputLines.last { $0.hasPrefix("written to ") }?.dropFirst("written to ".count)
        let replay = package("ema-cross", "replay \(try #require(folder))")
        #expect(replay.ending == .exit(0))
        #expect(replay.decisions == run.decisions)

        let check = package("my-bots", "check configs/dip-buyer.yaml configs/ema-cross.yaml")
        #expect(check.output == "configs/dip-buyer.yaml: good\nconfigs/ema-cross.yaml: good\n")
        let list = package("my-bots", "describe --quiet")
        #expect(list.outputLines.map { $0.split(separator: " ").first } == ["dip-buyer", "ema-cross"])

        // The configuration that was made says of each parameter what its schema says.
        let block = package("ema-cross", "describe --yaml").output
        let indented = block.split(separator: "\n").map { "    \($0)\n" }.joined()
        #expect(
            ScratchFolder.text(scratch.file("my-bots/configs/ema-cross.yaml")).contains(indented), "\(block)")
    }
}
