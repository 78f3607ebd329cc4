import Configuration
import Quantities

/// What is to be swept, and how.
package struct SweepRequest: Sendable {
    /// The most trials of one sweep: combinations times seeds.
    package static let trialsMax = 200_000
    /// The most threads.
    package static let jobsMax = 256
    /// The most seeds of one combination.
    package static let seedsMax = 1_000
    /// The trials of searches that are not told how many.
    package static let trialsDefault = 200

    /// Of a backtest; what it sets is the base that the ranges vary.
    package var configuration: SessionConfiguration
    package var space: ParameterSpace
    /// At least one; each combination runs once per seed.
    package var seeds: [UInt64]
    package var method = SearchMethod.grid
    /// How many combinations a search tries; nil is all of them for halving, `trialsDefault` for the others.
    package var trials: Int?
    /// The seed of the search's own draws.
    package var searchSeed: UInt64 = 1
    package var objective = Objective.profit
    package var walkForward: WalkForward?
    package var jobs = 1
    /// Where everything goes, made where it is missing.
    package var folder: String
    /// The seed of the order in which trials are handed out; it changes no result.
    package var orderSeed: UInt64 = 1

    package init(_ configuration: SessionConfiguration, _ space: ParameterSpace, folder: String) {
        self.configuration = configuration
        self.space = space
        self.folder = folder
        seeds = [configuration.seed]
    }

    /// How many combinations are tried.
    var combinations: Int {
        switch method {
        case .grid: space.count
        case .random, .tpe: min(space.count, trials ?? Self.trialsDefault)
        case .halving: min(space.count, trials ?? space.count)
        }
    }

    /// Throws what makes no sense together.
    func check() throws(SweepError) {
        guard space.count < .max else {
            throw .request("the ranges have more combinations than can be counted; take fewer values")
        }
        let (trials, overflow) = combinations.multipliedReportingOverflow(by: seeds.count)
        guard !overflow, trials <= Self.trialsMax else {
            throw .request(
                "\(space.count) combinations"
                    + (seeds.count > 1 ? " with \(seeds.count) seeds" : "")
                    + " are too many: at most \(Self.trialsMax) trials; use larger steps, or --search random "
                    + "--trials N")
        }
        guard walkForward != nil else { return }
        switch method {
        case .grid, .random: break
        case .halving, .tpe:
            throw .request("--walk-forward goes with --search grid or random: it needs every combination")
        }
        switch configuration.data {
        case .recording, .venue: break
        case .synthetic:
            throw .request(
                "--walk-forward needs recorded data: a synthetic market has no time to be split; "
                    + "use --seeds to judge on other markets")
        }
    }
}
