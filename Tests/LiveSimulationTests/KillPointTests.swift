import CoinExVenue
import LiveSimulation
import SimulatedBots
import TestSupport
import Testing

/// S4: kills at every write of the tape; `make sim` does all of five seeds.
@Suite(.ownThread) struct KillPointTests {
    @Test(arguments: UInt64(1)...5, CoinExAPI.allCases)
    func `S4 P7 B14: killed at a write of its tape, before, within or after it, a bot loses nothing`(
        seed: UInt64, api: CoinExAPI
    ) throws {
        var kills = KillPoints(api)
        // Every tenth, and other ones for each seed.
        try kills.run(seed: seed, SimulatedBots.short, every: 10, first: Int(seed) - 1)
        #expect(kills.failures.isEmpty, "\(kills.failures.map(\.description).joined(separator: "\n"))")
        #expect(kills.points > 4)
        #expect(kills.restarts >= kills.runs, "every kill was one")
    }
}
