import Glibc

/// What a Sharpe ratio is worth that is the best of many: Bailey and López de Prado, "The Deflated Sharpe
/// Ratio", 2014.
///
/// Who tries enough settings finds a good one, even if none of them has an edge. `expectedBest` is how good the
/// best of so many would look by luck alone; `probability` is how sure it is that the found one is better than
/// that, given its length, skew and tails.
package struct DeflatedSharpe: Equatable, Sendable {
    /// The best Sharpe ratio that luck alone is expected to show.
    package let expectedBest: Double
    /// From 0 to 1.
    package let probability: Double

    /// - Parameters:
    ///   - best: the gains of the setting that was chosen.
    ///   - trials: how many settings were tried, at least 2.
    ///   - variance: of the Sharpe ratios of all of them.
    package init(best: ReturnSample, trials: Double, variance: Double) {
        expectedBest = Self.expectedBest(trials: trials, variance: variance)
        probability = Self.probability(best, above: expectedBest)
    }

    /// The expected maximum of so many Sharpe ratios around zero with a variance; 0 below two trials.
    package static func expectedBest(trials: Double, variance: Double) -> Double {
        guard trials >= 2, variance > 0 else { return 0 }
        let euler = 0.577_215_664_901_532_9
        let first = NormalDistribution.quantile(1 - 1 / trials)
        let second = NormalDistribution.quantile(1 - 1 / (trials * exp(1)))
        return variance.squareRoot() * ((1 - euler) * first + euler * second)
    }

    /// The probabilistic Sharpe ratio: how sure it is that the true one is above a bound.
    package static func probability(_ sample: ReturnSample, above bound: Double) -> Double {
        guard sample.count >= 2, sample.deviation > 0 else { return 0 }
        let sharpe = sample.sharpe
        let shape = 1 - sample.skewness * sharpe + (sample.kurtosis - 1) / 4 * sharpe * sharpe
        guard shape > 0 else { return 0 }
        let score = (sharpe - bound) * Double(sample.count - 1).squareRoot() / shape.squareRoot()
        return NormalDistribution.cumulative(score)
    }

    /// How many independent trials so many correlated ones are worth: between 1, when all move together, and all.
    package static func independentTrials(_ series: [[Double]]) -> Double {
        let length = series.first?.count ?? 0
        var sums = [Double](repeating: 0, count: length)
        var moving = 0
        for gains in series {
            let sample = ReturnSample(gains)
            guard sample.deviation > 0 else { continue }
            moving += 1
            for index in 0..<length { sums[index] += (gains[index] - sample.mean) / sample.deviation }
        }
        guard moving >= 2, length >= 2 else { return Double(max(1, moving)) }
        // The sum of all correlations is that of the squared sums; those with themselves are left out.
        let all = sums.reduce(0) { $0 + $1 * $1 } / Double(length - 1)
        let count = Double(moving)
        let correlation = min(1, max(0, (all - count) / (count * (count - 1))))
        return correlation + (1 - correlation) * count
    }
}
