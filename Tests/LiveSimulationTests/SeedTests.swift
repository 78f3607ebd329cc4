import LiveSimulation
import MarketModel
import Quantities
import Testing

@Suite struct SeedTests {
    @Test func `a churning bot survives one seed`() throws {
        let churn = SimulatedStrategy("churn", markets: ["BTCUSDT"], quotes: false) {
            Churn($0, size: Quantity(raw: 10_000_000_000))
        }
        let world = try SimulatedWorld(SimulationPlan(seed: 1), [churn])
        world.run()
        print(world.counts, world.hash)
        for line in world.lines { print(line) }
        #expect(world.violations == [])
    }
}
