import CoinExVenue
import Quantities

/// S4: a bot that is killed at every write of its tape, in every way that a kill can fall.
///
/// One run without a kill tells where the writes are: from the start over the trading to the end of the stop. Each of
/// them is then a run of its own per moment, up to the same end and the same comparison of the books.
package struct KillPoints: Sendable {
    package struct Failure: Sendable, CustomStringConvertible {
        package var seed: UInt64
        package var api: CoinExAPI
        package var crash: SimulationPlan.Crash
        package var violation: SimulationViolation

        package var description: String {
            "martlet-sim \(seed) --api \(api) --kill \(crash.entry),\(crash.moment): \(violation)"
        }
    }

    /// The generation of the interface that bot and venue speak.
    private let api: CoinExAPI
    /// Writes, of all seeds.
    package private(set) var points = 0
    package private(set) var runs = 0
    package private(set) var restarts = 0
    package private(set) var failures: [Failure] = []

    package init(_ api: CoinExAPI) { self.api = api }

    /// A short session in fair weather.
    package static func plan(seed: UInt64, _ api: CoinExAPI) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: .seconds(6), without: .all)
        plan.api = api
        plan.calmTrading = .seconds(2)
        plan.killsUntilTheEnd = true
        return plan
    }

    /// Runs all kills of a seed.
    ///
    /// - Parameters:
    ///   - every: 1 is each write, 2 every other one, and so on.
    ///   - first: the first write that counts.
    package mutating func run(
        seed: UInt64, _ strategies: [SimulatedStrategy], every: Int = 1, first: Int = 0
    ) throws {
        let plain = try SimulationOutcome(Self.plan(seed: seed, api), strategies, linesMax: 0)
        if let violation = plain.violations.first {
            failures.append(
                Failure(seed: seed, api: api, crash: Self.crash(0, .beforeWriting), violation: violation))
            return
        }
        for index in stride(from: first, to: plain.writes.count, by: max(1, every)) {
            points += 1
            for moment in SimulationPlan.Crash.Moment.allCases {
                let crash = Self.crash(plain.writes[index], moment)
                let outcome = try SimulationOutcome(
                    Self.plan(seed: seed, api, crash), strategies, linesMax: 0)
                runs += 1
                restarts += outcome.counts.restarts
                if let violation = outcome.violations.first {
                    failures.append(Failure(seed: seed, api: api, crash: crash, violation: violation))
                }
            }
        }
    }

    /// A kill after which the bot is back soon.
    package static func crash(_ entry: Int, _ moment: SimulationPlan.Crash.Moment) -> SimulationPlan.Crash {
        SimulationPlan.Crash(entry: entry, moment: moment, pause: .milliseconds(300))
    }

    /// The same session with one kill.
    package static func plan(
        seed: UInt64, _ api: CoinExAPI, _ crash: SimulationPlan.Crash
    ) -> SimulationPlan {
        var plan = plan(seed: seed, api)
        plan.faults.insert(.crash)
        plan.crashes = [crash]
        return plan
    }
}
