import CoinExVenue
import Glibc
import LiveSimulation
import Quantities
import SimulatedBots

/// What the program was asked for.
struct SimulatorOptions {
    var seed: UInt64?
    var seeds: UInt64 = 0
    var from: UInt64 = 1
    var duration: Interval?
    var cut: Interval?
    var excluded = FaultSet()
    var mutant: SimulatedMutant?
    var showsAll = false
    /// Whether every seed has a line with its hashes.
    var showsHashes = false
    /// How many seeds are killed at every write of their tapes, and which of their writes.
    var killSeeds: UInt64 = 0
    var every = 1
    /// One kill in a short session: at which entry of the tape, and how.
    var kill: SimulationPlan.Crash?
    var jobs = 1
    var api = CoinExAPI.v1

    /// - Throws: what is wrong, in words.
    init(_ words: [String]) throws(SimulatorError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--seeds": seeds = try Self.number(word, rest.popFirst())
            case "--from": from = try Self.number(word, rest.popFirst())
            case "--seconds": duration = .seconds(Int64(clamping: try Self.number(word, rest.popFirst())))
            case "--cut": cut = .seconds(Int64(clamping: try Self.number(word, rest.popFirst())))
            case "--all": showsAll = true
            case "--hashes": showsHashes = true
            case "--kill-points": killSeeds = try Self.number(word, rest.popFirst())
            case "--every": every = Int(clamping: max(1, try Self.number(word, rest.popFirst())))
            case "--kill": kill = try Self.kill(rest.popFirst() ?? "")
            case "--jobs": jobs = Int(clamping: max(1, min(64, try Self.number(word, rest.popFirst()))))
            case "--api":
                guard let api = CoinExAPI(rawValue: rest.popFirst() ?? "") else {
                    throw SimulatorError("a generation is v1 or v2")
                }
                self.api = api
            case "--without":
                for name in (rest.popFirst() ?? "").split(separator: ",") {
                    guard let kind = FaultKind(rawValue: String(name)) else {
                        throw SimulatorError("no kind of fault is called \(name)")
                    }
                    excluded.insert(kind)
                }
            case "--mutant":
                guard let mutant = SimulatedMutant(rawValue: rest.popFirst() ?? "") else {
                    let names = SimulatedMutant.allCases.map(\.rawValue).joined(separator: " ")
                    throw SimulatorError("a mutant is one of: \(names)")
                }
                self.mutant = mutant
            default: seed = try Self.number("a seed", word)
            }
        }
        if seed == nil, seeds == 0, killSeeds == 0 {
            throw SimulatorError("give a seed, or --seeds and how many")
        }
    }

    /// `197,tornWriting`
    private static func kill(_ text: String) throws(SimulatorError) -> SimulationPlan.Crash {
        let parts = text.split(separator: ",")
        let moments = SimulationPlan.Crash.Moment.allCases
        guard parts.count == 2, let entry = Int(parts[0]),
            let moment = moments.first(where: { "\($0)" == parts[1] })
        else {
            throw SimulatorError("--kill wants an entry and one of \(moments), such as 197,tornWriting")
        }
        return KillPoints.crash(entry, moment)
    }

    private static func number(_ name: String, _ text: String?) throws(SimulatorError) -> UInt64 {
        guard let text, let number = UInt64(text) else {
            throw SimulatorError("\(name) wants a whole number")
        }
        return number
    }
}

struct SimulatorError: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

enum Simulator {
    static func main(_ words: [String]) async -> Int32 {
        do {
            let options = try SimulatorOptions(words)
            if let seed = options.seed { return try one(seed, options) }
            if options.killSeeds > 0 { return try await kills(options) }
            return try await many(options)
        } catch let error as SimulatorError {
            print("martlet-sim: \(error.text)")
        } catch {
            print("martlet-sim: \(error)")
        }
        return 64
    }

    private static func outcome(
        _ seed: UInt64, _ options: SimulatorOptions, linesMax: Int
    ) throws(SimulatorError) -> SimulationOutcome {
        var plan = SimulationPlan(seed: seed, duration: options.duration, without: options.excluded)
        if let cut = options.cut { plan.duration = min(plan.duration, cut) }
        plan.api = options.api
        do {
            return try SimulationOutcome(
                plan, SimulatedBots.crew(seed: seed), mutant: options.mutant, linesMax: linesMax)
        } catch {
            throw SimulatorError("seed \(seed): \(error)")
        }
    }

    // MARK: - One seed

    private static func one(_ seed: UInt64, _ options: SimulatorOptions) throws(SimulatorError) -> Int32 {
        if let kill = options.kill { return try one(seed, kill, options.api) }
        let outcome = try outcome(seed, options, linesMax: options.showsAll ? 1_000_000 : 400)
        print(outcome.summary)
        if outcome.isGood || options.showsAll {
            if options.showsAll { for line in outcome.lines { print(line) } }
            return outcome.isGood ? 0 : 1
        }
        let least: SimulationOutcome
        do {
            least = try Shrinking.shrink(outcome, SimulatedBots.crew(seed: seed), mutant: options.mutant)
        } catch {
            throw SimulatorError("seed \(seed): \(error)")
        }
        for line in least.lines { print(line) }
        print("shrunk: \(least.summary)")
        let seconds = Int(least.plan.duration.seconds)
        let missing = least.plan.missingFaults(drawn: SimulationPlan(seed: seed, duration: options.duration))
        let length = options.duration.map { " SECONDS=\(Int($0.seconds))" } ?? ""
        let api = options.api == .v1 ? "" : " API=\(options.api)"
        print("        make sim SEED=\(seed)\(api) WITHOUT=\(missing)\(length) CUT=\(seconds)")
        return 1
    }

    /// All that happened in a session with one kill.
    private static func one(
        _ seed: UInt64, _ kill: SimulationPlan.Crash, _ api: CoinExAPI
    ) throws(SimulatorError) -> Int32 {
        do {
            let plan =
                kill.entry > 0 ? KillPoints.plan(seed: seed, api, kill) : KillPoints.plan(seed: seed, api)
            let outcome = try SimulationOutcome(plan, SimulatedBots.short, linesMax: 1_000_000)
            for line in outcome.lines { print(line) }
            print(outcome.summary)
            return outcome.isGood ? 0 : 1
        } catch {
            throw SimulatorError("seed \(seed): \(error)")
        }
    }

    // MARK: - Many seeds

    private static func many(_ options: SimulatorOptions) async throws -> Int32 {
        let total = try await withThrowingTaskGroup(of: SimulationTotals.self) { group in
            for job in 0..<options.jobs { group.addTask { try some(options, job) } }
            var total = SimulationTotals()
            for try await part in group { total.add(part) }
            return total
        }
        for line in total.lines { print(line) }
        return total.failed.isEmpty ? 0 : 1
    }

    /// Those of one job: from its number on, by the number of jobs.
    private static func some(
        _ options: SimulatorOptions, _ job: Int
    ) throws(SimulatorError) -> SimulationTotals {
        var total = SimulationTotals()
        for offset in stride(from: UInt64(job), to: options.seeds, by: options.jobs) {
            let outcome = try outcome(options.from + offset, options, linesMax: 0)
            total.add(outcome)
            if !outcome.isGood { print("FAILED \(outcome.summary)") }
            if options.showsHashes {
                print("seed \(outcome.plan.seed) decisions \(outcome.hash) trace \(outcome.trace)")
            }
            if total.seeds.isMultiple(of: 100), options.jobs > 1 || options.seeds > 100 {
                print("job \(job): \(total.seeds) seeds, \(total.failed.count) failed")
                fflush(nil)
            }
        }
        return total
    }

    // MARK: - Kills at every write

    private static func kills(_ options: SimulatorOptions) async throws -> Int32 {
        let parts = try await withThrowingTaskGroup(of: KillPoints.self) { group in
            for job in 0..<options.jobs {
                group.addTask {
                    var kills = KillPoints(options.api)
                    for seed in options.from..<options.from + options.killSeeds {
                        try kills.run(
                            seed: seed, SimulatedBots.short, every: options.every * options.jobs,
                            first: options.every * job)
                    }
                    return kills
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let failures = parts.flatMap(\.failures)
        for failure in failures { print("FAILED \(failure)") }
        print(
            "\(options.killSeeds) seeds, \(parts.reduce(0) { $0 + $1.points }) writes, "
                + "\(parts.reduce(0) { $0 + $1.runs }) kills, \(parts.reduce(0) { $0 + $1.restarts }) restarts, "
                + "\(failures.count) failed")
        return failures.isEmpty ? 0 : 1
    }
}
