import Glibc
import LiveSimulation
import Quantities
import SimulatedBots

let seed = UInt64(CommandLine.arguments[1])!
let world = try SimulatedWorld(SimulationPlan(seed: seed), SimulatedBots.crew(seed: seed))
world.run()
for line in world.lines { print(line) }
print(world.plan.faults.kinds.map(\.rawValue), world.plan.duration.seconds)
print(world.counts, world.hash, world.violations)
