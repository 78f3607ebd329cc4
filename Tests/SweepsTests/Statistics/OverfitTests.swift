import Testing

@testable import Sweeps

/// The reference values come from `overfit_reference.py` beside this file, which computes them another way.
@Suite struct OverfitTests {
    /// Gains that the reference computes alike: a linear congruential generator, mapped to -0.5 ..< 0.5.
    static func series(_ trial: Int, _ length: Int) -> [Double] {
        var state = 12_345 + 7_919 * trial
        return (0..<length).map { _ in
            state = (state * 1_103_515_245 + 12_345) % (1 << 31)
            return Double(state) / Double(1 << 31) - 0.5 + 0.01 * Double(trial)
        }
    }

    private let trials = (0..<6).map { OverfitTests.series($0, 64) }

    private func isNear(_ value: Double, _ expected: Double) -> Bool {
        (value - expected).magnitude <= 1e-9 * max(1, expected.magnitude)
    }

    @Test(arguments: [
        (0.001, -3.090232306167813), (0.025, -1.9599639845400538), (0.5, 0), (0.9, 1.2815515655446008),
        (0.999, 3.090232306167813), (1e-9, -5.9978070150076865),
    ])
    func `quantiles of the normal distribution`(share: Double, expected: Double) {
        #expect(isNear(NormalDistribution.quantile(share), expected))
    }

    @Test(arguments: [
        (-3, 0.0013498980316301035), (-1, 0.15865525393145707), (0.5, 0.6914624612740131),
        (2, 0.9772498680518208),
    ])
    func `shares of the normal distribution`(x: Double, expected: Double) {
        #expect(isNear(NormalDistribution.cumulative(x), expected))
    }

    @Test func `the worked example of the paper on the deflated Sharpe ratio`() {
        let best = DeflatedSharpe.expectedBest(trials: 100, variance: 0.5 / 250)
        #expect(isNear(best, 0.11317200186513214))
        // Annual figures of the paper: 1.79 by luck alone, against 2.5 found.
        #expect((best * 250.0.squareRoot() * 100).rounded() == 179)
        let sample = ReturnSample(
            count: 1_250, mean: 2.5 / 250.0.squareRoot(), deviation: 1, skewness: -3, kurtosis: 10)
        #expect(isNear(DeflatedSharpe.probability(sample, above: best), 0.9003968344493904))
    }

    @Test func `shape and deflated Sharpe ratio of known gains`() {
        let sample = ReturnSample(trials[5])
        #expect(isNear(sample.sharpe, -0.013508292341125501))
        #expect(isNear(sample.skewness, 0.06697790161995605))
        #expect(isNear(sample.kurtosis, 1.85468706725686))
        let sharpes = ReturnSample(trials.map { ReturnSample($0).sharpe })
        let deflated = DeflatedSharpe(
            best: sample, trials: 6, variance: sharpes.deviation * sharpes.deviation)
        #expect(isNear(deflated.expectedBest, 0.12423320306740236))
        #expect(isNear(deflated.probability, 0.137246586468456))
    }

    @Test func `the probability of overfitting of known gains`() throws {
        let long = try #require(OverfitProbability(trials))
        #expect(long.groups == 16)
        #expect(long.combinations == 12_870)
        #expect(isNear(long.probability, 0.631002331002331))
        #expect(isNear(long.lossProbability, 0.31437451437451436))
        #expect(isNear(long.meanRank, 0.4240093240093122))
        let short = try #require(OverfitProbability(trials.map { Array($0.prefix(8)) }))
        #expect(short.groups == 8)
        #expect(isNear(short.probability, 0.3142857142857143))
        #expect(isNear(short.lossProbability, 0.22857142857142856))
        #expect(isNear(short.meanRank, 0.5489795918367346))
    }

    @Test func `a setting that is better all the time is not overfit`() throws {
        var series = trials
        series[2] = series[2].map { $0 + 2 }
        let overfit = try #require(OverfitProbability(series))
        #expect(overfit.probability == 0)
        #expect(overfit.lossProbability == 0)
        #expect(isNear(overfit.meanRank, 6.0 / 7))
    }

    @Test func `related trials count as fewer`() {
        #expect(DeflatedSharpe.independentTrials(trials) == 6)
        let common = Self.series(9, 64)
        let related = trials.map { gains in zip(common, gains).map { $0 + 0.5 * $1 } }
        #expect(isNear(DeflatedSharpe.independentTrials(related), 2.1179880178195956))
        #expect(isNear(DeflatedSharpe.independentTrials([common, common, common]), 1))
    }

    @Test func `gains that never move have no Sharpe ratio, and too few of anything no figures`() {
        #expect(ReturnSample([0, 0, 0]).sharpe == 0)
        #expect(ReturnSample([1.1, 1.1, 1.1]).sharpe == 0)
        #expect(ReturnSample([]).sharpe == 0)
        #expect(DeflatedSharpe.probability(ReturnSample([0, 0]), above: 0) == 0)
        #expect(DeflatedSharpe.expectedBest(trials: 1, variance: 1) == 0)
        #expect(OverfitProbability([[1, 2, 3, 4]]) == nil)
        #expect(OverfitProbability([[1, 2], [2, 1]]) == nil)
    }
}
