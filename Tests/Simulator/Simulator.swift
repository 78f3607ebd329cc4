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
    var excluded = FaultSet()
    var mutant: SimulatedMutant?
    var showsAll = false
    var api = CoinExAPI.v1

    /// - Throws: what is wrong, in words.
    init(_ words: [String]) throws(SimulatorError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--seeds": seeds = try Self.number(word, rest.popFirst())
            case "--from": from = try Self.number(word, rest.popFirst())
            case "--seconds": duration = .seconds(Int64(clamping: try Self.number(word, rest.popFirst())))
            case "--all": showsAll = true
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
        if seed == nil, seeds == 0 { throw SimulatorError("give a seed, or --seeds and how many") }
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
    static func main(_ words: [String]) -> Int32 {
        do throws(SimulatorError) {
            let options = try SimulatorOptions(words)
            if let seed = options.seed { return try one(seed, options) }
            return try many(options)
        } catch {
            print("martlet-sim: \(error.text)")
            return 64
        }
    }

    private static func outcome(
        _ seed: UInt64, _ options: SimulatorOptions
    ) throws(SimulatorError) -> SimulationOutcome {
        var plan = SimulationPlan(seed: seed, duration: options.duration, without: options.excluded)
        plan.api = options.api
        do {
            return try SimulationOutcome(
                plan, SimulatedBots.crew(seed: seed), mutant: options.mutant,
                linesMax: options.showsAll ? 1_000_000 : 400)
        } catch {
            throw SimulatorError("seed \(seed): \(error)")
        }
    }

    // MARK: - One seed

    private static func one(_ seed: UInt64, _ options: SimulatorOptions) throws(SimulatorError) -> Int32 {
        let outcome = try outcome(seed, options)
        print(line(outcome))
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
        print("shrunk: \(line(least))")
        print(
            "        make sim SEED=\(seed) WITHOUT=\(without(least.plan)) SECONDS=\(Int(least.plan.duration.seconds))"
        )
        return 1
    }

    /// The kinds that a plan does not have.
    private static func without(_ plan: SimulationPlan) -> String {
        FaultKind.allCases.filter { !plan.faults.contains($0) }.map(\.rawValue).joined(separator: ",")
    }

    private static func line(_ outcome: SimulationOutcome) -> String {
        let faults = outcome.plan.faults.kinds.map { "\($0.rawValue) \(outcome.faults[place($0)])" }
        let counts = outcome.counts
        return
            "seed \(outcome.plan.seed): \(Int(outcome.time.seconds)) s, \(counts.orders) orders, "
            + "\(counts.fills) fills, "
            + "\(counts.restarts) restarts, hash \(outcome.hash); \(faults.joined(separator: ", "))"
            + outcome.violations.map { "\n  \($0)" }.joined()
    }

    private static func place(_ kind: FaultKind) -> Int { FaultKind.allCases.firstIndex(of: kind) ?? 0 }

    // MARK: - Many seeds

    private static func many(_ options: SimulatorOptions) throws(SimulatorError) -> Int32 {
        var total = SimulationCounts()
        var faults = Array(repeating: 0, count: FaultKind.allCases.count)
        var failed: [UInt64] = []
        var seconds = 0.0
        for seed in options.from..<options.from + options.seeds {
            let outcome = try outcome(seed, options)
            if !outcome.isGood {
                failed.append(seed)
                print("FAILED \(line(outcome))")
            }
            seconds += outcome.time.seconds
            total.add(outcome.counts)
            for index in faults.indices { faults[index] += outcome.faults[index] }
            let done = seed - options.from + 1
            if done.isMultiple(of: 100) { print("\(done) seeds, \(failed.count) failed") }
        }
        let struck = FaultKind.allCases.map { "\($0.rawValue) \(faults[place($0)])" }.joined(separator: ", ")
        print(
            "\(options.seeds) seeds, \(Int(seconds / 360) / 10) simulated hours, \(total.orders) orders, "
                + "\(total.fills) fills, \(total.requests) requests, \(total.messages) messages, "
                + "\(total.restarts) restarts, \(total.residues) alerts of balances")
        print("faults: \(struck)")
        print(failed.isEmpty ? "no violations" : "violations in \(failed.count): \(failed)")
        return failed.isEmpty ? 0 : 1
    }
}

extension SimulationCounts {
    mutating func add(_ other: SimulationCounts) {
        steps += other.steps
        requests += other.requests
        messages += other.messages
        orders += other.orders
        fills += other.fills
        restarts += other.restarts
        residues += other.residues
    }
}
