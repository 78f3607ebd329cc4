import Configuration
import Glibc
import LiveSimulation
import Quantities
import Runtime
import StrategyKit

/// `sim`: strategies at a simulated venue that fails, over many seeds.
struct SimCommand {
    static let seedsDefault: UInt64 = 100
    static let seedsMax: UInt64 = 1_000_000
    static let options: [Arguments.Option] = [
        .init(name: "seeds", value: "N", help: "how many; \(seedsDefault) by default"),
        .init(name: "from", value: "N", help: "the first of them; 1 by default"),
        .init(name: "seed", value: "N", help: "this one alone, with what happened when it fails, made small"),
        .init(name: "all", help: "of one seed: all that happened, failed or not"),
        .init(
            name: "duration", value: "TIME", help: "how long faults go on; 2 to 10 minutes as the seed wants"),
        .init(name: "cut", value: "TIME", help: "when faults stop, whatever was drawn for later"),
        .init(name: "without", value: "KIND...", isList: true, help: "kinds of faults to leave out"),
        .init(name: "quotes", help: "the strategies are to have orders a minute after the last fault"),
        .init(name: "jobs", value: "N", help: "threads; all cores by default"),
        .init(name: "quiet", help: "only what failed, and the result"),
    ]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count <= 1 else {
            throw UsageError("one configuration at most: '\(program.name) sim [CONFIG]'")
        }
        if arguments.has("seed") {
            for name in ["seeds", "from", "jobs"] where arguments.has(name) {
                throw UsageError("--seed is one seed: --\(name) does not go with it")
            }
        } else if arguments.has("all") {
            throw UsageError("--all belongs to one seed: --seed N --all")
        }
        let series = try series(arguments)
        if let seed = try number("seed", in: 0...UInt64.max, arguments) {
            return try one(seed, series, showsAll: arguments.has("all"))
        }
        let first = try number("from", in: 0...UInt64.max / 2, arguments) ?? 1
        let count = try number("seeds", in: 1...Self.seedsMax, arguments) ?? Self.seedsDefault
        let cores = UInt64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let jobs = try number("jobs", in: 1...256, arguments) ?? min(cores, 256)
        return try many(first..<first + count, series, jobs: Int(jobs))
    }

    // MARK: - What is run

    private func series(_ arguments: Arguments) throws -> SimulatedSeries {
        let path = arguments.positional.first
        let descriptions = program.bindings.map(\.description)
        let reading =
            try path.map { try SessionConfiguration.read(path: $0, strategies: descriptions) }
            ?? SessionConfiguration.read(
                text: EmbeddedConfiguration.text(strategy: program.embeddedStrategy),
                name: EmbeddedConfiguration.name, strategies: descriptions)
        for warning in reading.warnings { terminal.error("\(warning)") }
        var excluded = FaultSet()
        for name in arguments.list("without").flatMap({ $0.split(separator: ",").map(String.init) }) {
            guard let kind = FaultKind(rawValue: name) else {
                let names = FaultKind.allCases.map(\.rawValue)
                let hint = NearestName.of(name, among: names).map { "did you mean '\($0)'?" }
                throw UsageError(
                    "--without \(name): \(hint ?? "one of \(names.joined(separator: ", "))")")
            }
            excluded.insert(kind)
        }
        let strategies = try SimulatedSelection(reading.configuration, program.bindings)
            .strategies(quotes: arguments.has("quotes"))
        return SimulatedSeries(
            strategies: strategies, duration: try arguments.value("duration").map(RunCommand.duration),
            cut: try arguments.value("cut").map(RunCommand.duration),
            excluded: excluded,
            command: "\(program.name) sim" + (path.map { " \($0)" } ?? "")
                + (arguments.has("quotes") ? " --quotes" : ""))
    }

    private func number(
        _ name: String, in range: ClosedRange<UInt64>, _ arguments: Arguments
    ) throws(UsageError) -> UInt64? {
        guard let text = arguments.value(name) else { return nil }
        guard let number = UInt64(text), range.contains(number) else {
            throw UsageError(
                "--\(name) \(text): a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    // MARK: - Running

    private func many(
        _ seeds: Range<UInt64>, _ series: SimulatedSeries, jobs: Int
    ) throws -> ExitCode {
        let work = SeedWork(seeds, series)
        // It is told of one seed at a time, whichever thread that is of.
        nonisolated(unsafe) let terminal = terminal
        let total = work.perform(jobs: jobs) { outcome, total in
            if !outcome.isGood {
                terminal.error("FAILED \(outcome.summary)")
                terminal.error("       see it: \(series.command(outcome.plan))")
            }
            terminal.status("\(total.seeds) of \(seeds.count) seeds, \(total.failed.count) failed")
            return !Interruption.isRequested
        }
        if let failure = work.failure { throw failure }
        for line in total.lines { terminal.result(line) }
        if total.seeds < seeds.count { return .interrupted }
        return total.failed.isEmpty ? .success : .different
    }

    private func one(_ seed: UInt64, _ series: SimulatedSeries, showsAll: Bool) throws -> ExitCode {
        let outcome = try series.outcome(seed, linesMax: showsAll ? 1_000_000 : 400)
        if showsAll { for line in outcome.lines { terminal.result(line) } }
        terminal.result(outcome.summary)
        if outcome.isGood { return .success }
        if !showsAll {
            let least = try Shrinking.shrink(outcome, series.strategies)
            for line in least.lines { terminal.result(line) }
            terminal.result("made small: \(least.summary)")
            terminal.result("see it again: \(series.command(least.plan))")
        }
        return .different
    }
}

extension SimCommand {
    @Sendable static func details(_ program: String) -> [String] {
        [
            "Your strategies trade as they do live, bytes and all, at a venue of three markets in the same process,",
            "and everything between the two fails: pushes and replies are lost, repeated and late, servers answer",
            "5xx, sockets break, books freeze, somebody else cancels orders, and the bot is killed and started",
            "again. A seed decides what fails, when and how often; the same seed gives the same run.",
            "",
            "After every step, and when all has come to rest, the bot's books are held against the venue's:",
            "  I1   no order is placed twice",
            "  I2   no limit of risk is exceeded, orders of unknown fate counted as filled",
            "  I3   the venue never finds that we ask too often",
            "  I4   deals and fees explain every balance, to the last unit",
            "  I5   positions and balances are those of the venue",
            "  I6   every deal is told once; B11: and to the strategy whose order it was",
            "  I7   no order stands that the bot does not know of",
            "  I8   the tape leads to the same decisions",
            "  I9   a second start finds nothing to do",
            "  S7   a minute after the last fault all is joined again; with --quotes, every strategy has orders",
            "  P12  told to stop it stops, and places nothing more",
            "A violation that your strategy can cause by itself is rare: it is ours to mend. What you find here is",
            "how your strategy bears orders of unknown fate, fills that come late, and a start in the middle.",
            "",
            "The markets of CONFIG stand for BTCUSDT at 30000, ETHUSDT at 2000 and LTCUSDT at 80, in their order,",
            "with a tick of 0.01 and a least quantity of 0.001; at most 10 of each may be held.",
            "",
            "  \(program) sim --seeds 1000               a thousand seeds on all cores; failing ones are named",
            "  \(program) sim --seed 17                  one of them, with what happened, made as small as it goes",
            "  \(program) sim --seed 17 --all            all that happened in it, to look at your strategy",
            "  \(program) sim --without crash,by-hand    fewer kinds of faults",
            "",
            "Kinds of faults: " + FaultKind.allCases.prefix(9).map(\.rawValue).joined(separator: ", ") + ",",
            FaultKind.allCases.dropFirst(9).prefix(9).map(\.rawValue).joined(separator: ", ") + ",",
            FaultKind.allCases.dropFirst(18).map(\.rawValue).joined(separator: ", ") + ".",
            "Exit code: 0 when nothing was violated, 1 when something was.",
        ]
    }
}
