import Glibc
import LiveSimulation
import Quantities
import SimulatedBots

// The house's own bots against the local exchange, through seeded faults:
//
//     martlet-sim 17             one seed, with the newest of what happened when it fails
//     martlet-sim --seeds 1000   as many, from --from on; failing ones are named
//     martlet-sim --kill-points 5   so many seeds, each killed at every write of its tape in every way
//
// `--without push-lost,crash` leaves kinds of faults out, `--seconds 60` is how long faults go on and `--cut 30` ends
// them earlier, `--mutant NAME` makes a mistake, `--hashes` prints what two runs have in common, `--jobs 2` uses two
// cores, `--api v2` speaks the second generation. Exits with 1 when a seed fails, with 64 when it is called wrongly.
exit(await Simulator.main(Array(CommandLine.arguments.dropFirst())))
