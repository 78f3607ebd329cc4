import CoinExVenue
import Foundation
import LiveSimulation
import MarketModel
import Quantities
import SimulatedBots
import TestSupport
import Testing

@Suite(.ownThread) struct SeedTests {
    private func outcome(
        _ seed: UInt64, _ duration: Interval? = nil, api: CoinExAPI = .v1,
        without excluded: FaultSet = FaultSet()
    ) throws -> SimulationOutcome {
        var plan = SimulationPlan(seed: seed, duration: duration, without: excluded)
        plan.api = api
        return try SimulationOutcome(plan, SimulatedBots.crew(seed: seed))
    }

    /// Seeds that have failed once; they never leave this file.
    private func kept() throws -> [(seed: UInt64, api: CoinExAPI, excluded: FaultSet)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Seeds/seeds.txt"), encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            var words = line.prefix { $0 != ":" }.split(separator: " ")
            let seed = try #require(words.first.flatMap { UInt64($0) }, "\(line)")
            let api = words.contains("v2") ? CoinExAPI.v2 : .v1
            words.removeAll { $0 == "v2" }
            guard words.count == 3, words[1] == "without" else { return (seed, api, FaultSet()) }
            let kinds = try words[2].split(separator: ",").map {
                try #require(FaultKind(rawValue: String($0)))
            }
            return (seed, api, FaultSet(kinds))
        }
    }

    @Test func `seeds that once failed do not fail any more`() throws {
        let seeds = try kept()
        #expect(!seeds.isEmpty)
        for (seed, api, excluded) in seeds {
            let outcome = try outcome(seed, api: api, without: excluded)
            #expect(outcome.isGood, "make sim SEED=\(seed) API=\(api): \(outcome.violations)")
        }
    }

    @Test(arguments: UInt64(1)...8, CoinExAPI.allCases)
    func `S1 to S5: bots survive short seeds of all kinds`(seed: UInt64, api: CoinExAPI) throws {
        let outcome = try outcome(seed, .seconds(60), api: api)
        #expect(outcome.isGood, "make sim SEED=\(seed) SECONDS=60: \(outcome.violations)")
        #expect(outcome.counts.messages > 0)
    }

    @Test(arguments: [UInt64(3), 10], CoinExAPI.allCases)
    func `S6: the same seed gives the same world`(seed: UInt64, api: CoinExAPI) throws {
        let first = try outcome(seed, .seconds(60), api: api)
        let second = try outcome(seed, .seconds(60), api: api)
        #expect(first.hash == second.hash)
        #expect(first.counts == second.counts)
        #expect(first.faults == second.faults)
        #expect(first.lines == second.lines)
    }

    @Test func `other seeds give other worlds`() throws {
        #expect(try outcome(1, .seconds(30)).lines != outcome(7, .seconds(30)).lines)
    }
}
