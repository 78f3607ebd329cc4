import Configuration
import Glibc
import Quantities
import Runtime
import StrategyKit
import Sweeps

/// `sweep`: many backtests of one configuration with other parameters, on all cores.
struct SweepCommand {
    static let options: [Arguments.Option] = [
        .init(
            name: "set", value: "NAME=RANGE...", isList: true,
            help: "a parameter and its values: fast=5s,10s or spread=1..5:0.5 or size=1..100:*2"),
        .init(
            name: "data", value: "FILE...", isList: true,
            help: "recordings to play instead of the configuration's data, in order"),
        .init(name: "search", value: "HOW", help: "grid (default), random, halving or tpe"),
        .init(name: "trials", value: "N", help: "how many combinations a search tries"),
        .init(name: "seed", value: "N", help: "the seed of the search"),
        .init(name: "seeds", value: "N..M", help: "run each combination once per seed of the session"),
        .init(
            name: "objective", value: "WHAT",
            help: "profit (default), sharpe, profit_per_drawdown or profit_per_turnover"),
        .init(
            name: "walk-forward", value: "K[:SHARE]",
            help: "choose and judge on K folds, the first 0.7 or SHARE of each to choose on"),
        .init(name: "duration", value: "TIME", help: "market time of each backtest, such as 30m"),
        .init(name: "jobs", value: "N", help: "threads; all cores by default"),
        .init(name: "folder", value: "PATH", help: "where results go; sweeps/CONFIG by default"),
        .init(name: "quiet", help: "only the result"),
    ]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard let path = arguments.positional.first else {
            throw UsageError("which configuration? '\(program.name) sweep CONFIG --set NAME=RANGE'")
        }
        if arguments.positional.count > 1 {
            throw UsageError("one configuration at a time: '\(arguments.positional[1])' is one too many")
        }
        let overrides = try overrides(arguments)
        let reading: SessionReading
        do throws(InvalidConfiguration) {
            reading = try SessionConfiguration.read(
                path: path, strategies: program.bindings.map(\.description), overrides: overrides)
        } catch {
            terminal.error("\(error)")
            return .badInput
        }
        for warning in reading.warnings { terminal.error("\(warning)") }
        var configuration = reading.configuration
        // The file's duration is that of the file's data.
        if arguments.has("data"), !arguments.has("duration") { configuration.duration = nil }
        let request = try request(configuration, path, arguments)
        do throws(SweepError) {
            return try run(request)
        } catch {
            switch error {
            case .request(let reason): throw UsageError(reason)
            case .nothingRuns, .run, .file, .inUse: throw error
            }
        }
    }

    private func run(_ request: SweepRequest) throws(SweepError) -> ExitCode {
        let watch = SweepWatch(request, terminal)
        let sweep = try Sweep(request, program.bindings)
        if sweep.damagedLines > 0 {
            terminal.error("\(sweep.folder): \(sweep.damagedLines) damaged results are computed again")
        }
        let outcome = try sweep.perform { progress in
            watch.follow(progress)
            return !Interruption.isRequested
        }
        guard let outcome else {
            terminal.result(watch.interrupted(sweep.folder))
            return .interrupted
        }
        let report = try outcome.write()
        for line in SweepText.lines(outcome, report: report, bold: terminal.bold) { terminal.result(line) }
        terminal.line(watch.effort(outcome))
        return .success
    }
}

// MARK: - Options

extension SweepCommand {
    private func overrides(_ arguments: Arguments) throws(UsageError) -> SessionOverrides {
        var overrides = SessionOverrides()
        overrides.mode = .backtest
        overrides.dataFiles = arguments.list("data")
        if let text = arguments.value("duration") { overrides.duration = try RunCommand.duration(text) }
        return overrides
    }

    private func request(
        _ configuration: SessionConfiguration, _ path: String, _ arguments: Arguments
    ) throws(UsageError) -> SweepRequest {
        let folder = arguments.value("folder") ?? "sweeps/\(Self.stem(path))"
        do throws(SweepError) {
            let space = try ParameterSpace(arguments.list("set"), configuration.strategies)
            var request = SweepRequest(configuration, space, folder: folder)
            request.method = try choice("search", arguments) ?? .grid
            request.objective = try choice("objective", arguments) ?? .profit
            request.trials = try number("trials", in: 1...SweepRequest.trialsMax, arguments)
            if let seed = try number("seed", in: SessionConfiguration.seeds, arguments) {
                request.searchSeed = UInt64(seed)
            }
            let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
            request.jobs =
                try number("jobs", in: 1...SweepRequest.jobsMax, arguments)
                ?? min(max(1, cores), SweepRequest.jobsMax)
            if let text = arguments.value("seeds") { request.seeds = try seeds(text) }
            if let text = arguments.value("walk-forward") { request.walkForward = try WalkForward(text) }
            return request
        } catch {
            throw UsageError("\(error)")
        }
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ arguments: Arguments
    ) throws(SweepError) -> Choice? where Choice.RawValue == String {
        guard let text = arguments.value(name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let hint = NearestName.of(text, among: known).map { "; did you mean '\($0)'?" } ?? ""
        throw .request("--\(name) \(text): one of \(known.joined(separator: ", "))\(hint)")
    }

    private func number(
        _ name: String, in range: ClosedRange<Int>, _ arguments: Arguments
    ) throws(SweepError) -> Int? {
        guard let text = arguments.value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .request(
                "--\(name) \(text): a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// `7`, `1,2,5` or `1..20`.
    private func seeds(_ text: String) throws(SweepError) -> [UInt64] {
        var seeds: [UInt64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: ".", omittingEmptySubsequences: false)
            let isRange = ends.count == 3 && ends[1].isEmpty
            guard let first = ends.first.flatMap({ Int($0) }), ends.count == 1 || isRange,
                let last = ends.last.flatMap({ Int($0) }), first >= 0, last >= first,
                last - first < SweepRequest.seedsMax
            else {
                throw .request(
                    "--seeds \(text): whole numbers, such as 1..20 or 1,2,5; at most \(SweepRequest.seedsMax)"
                )
            }
            seeds += (first...last).map { UInt64($0) }.filter { !seeds.contains($0) }
        }
        guard seeds.count <= SweepRequest.seedsMax else {
            throw .request("--seeds \(text): at most \(SweepRequest.seedsMax) seeds")
        }
        return seeds
    }

    /// `configs/grid.yaml` is `grid`.
    private static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? "sweep"
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
