import Glibc

/// How often the setting that was best in one half of the time is no better than the middle in the other half.
///
/// Combinatorially symmetric cross-validation: Bailey, Borwein, López de Prado and Zhu, "The Probability of
/// Backtest Overfitting", 2015. The time is cut into an even number of groups; every choice of half of them is
/// once the past, in which the best Sharpe ratio is chosen, with the rest as the future.
package struct OverfitProbability: Equatable, Sendable {
    /// The share of the choices in which the chosen setting was in the worse half afterwards, 0 to 1.
    package let probability: Double
    /// The share of the choices in which it lost money afterwards, 0 to 1.
    package let lossProbability: Double
    /// The mean rank of the chosen setting afterwards: 0 is the worst of all, 1 the best.
    package let meanRank: Double
    /// Into how many groups the time was cut.
    package let groups: Int
    /// How many choices were looked at.
    package let combinations: Int

    /// Settings times choices that are looked at; with more settings the time is cut into fewer groups.
    static let workMax = 20_000_000
    static let groupsMax = 16

    /// - Parameter series: the gains of each setting, all of the same length, at least two settings.
    ///   nil when there are too few of them, or they are too short to be cut into four groups.
    package init?(_ series: [[Double]]) {
        guard series.count >= 2, let length = series.first?.count else { return nil }
        var groups = Self.groupsMax
        while groups > 4, Self.choices(groups) * series.count > Self.workMax { groups -= 2 }
        while groups > length { groups -= 2 }
        guard groups >= 4 else { return nil }
        let halves = GroupSums(series, groups: groups)
        var (worse, losses, ranks, count) = (0, 0, 0.0, 0)
        for mask in 0..<(1 << groups) where mask.nonzeroBitCount == groups / 2 {
            let future = halves.future(of: mask)
            count += 1
            ranks += future.rank
            if future.rank <= 0.5 { worse += 1 }
            if future.isLoss { losses += 1 }
        }
        self.groups = groups
        combinations = count
        probability = Double(worse) / Double(count)
        lossProbability = Double(losses) / Double(count)
        meanRank = ranks / Double(count)
    }

    /// How many ways there are to choose half of the groups.
    private static func choices(_ groups: Int) -> Int {
        (1...(groups / 2)).reduce(1) { $0 * (groups / 2 + $1) / $1 }
    }
}

/// Sums of gains and of their squares per setting and group, from which every half's Sharpe ratio follows.
private struct GroupSums {
    private let groups: Int
    private let settings: Int
    private let groupLength: Int
    /// By setting and group.
    private var sums: [Double]
    private var squares: [Double]

    /// What does not fill a group is left out at the end.
    init(_ series: [[Double]], groups: Int) {
        self.groups = groups
        settings = series.count
        groupLength = series[0].count / groups
        sums = Array(repeating: 0, count: settings * groups)
        squares = sums
        for (setting, gains) in series.enumerated() {
            for index in 0..<(groupLength * groups) {
                let place = setting * groups + index / groupLength
                sums[place] += gains[index]
                squares[place] += gains[index] * gains[index]
            }
        }
    }

    /// How the setting that is best in the groups of `mask` does in the others.
    func future(of mask: Int) -> (rank: Double, isLoss: Bool) {
        var best = 0
        var bestPast = -Double.infinity
        var futures = [Double](repeating: 0, count: settings)
        var bestSum = 0.0
        for setting in 0..<settings {
            var (past, pastSquares, future, futureSquares) = (0.0, 0.0, 0.0, 0.0)
            let place = setting * groups
            for group in 0..<groups {
                if mask & (1 << group) != 0 {
                    past += sums[place + group]
                    pastSquares += squares[place + group]
                } else {
                    future += sums[place + group]
                    futureSquares += squares[place + group]
                }
            }
            let score = sharpe(past, pastSquares)
            futures[setting] = sharpe(future, futureSquares)
            if score > bestPast {
                (best, bestPast, bestSum) = (setting, score, future)
            }
        }
        var (below, same) = (0, 0)
        for setting in 0..<settings where setting != best {
            if futures[setting] < futures[best] { below += 1 }
            if futures[setting] == futures[best] { same += 1 }
        }
        let rank = (Double(below) + Double(same) / 2 + 1) / Double(settings + 1)
        return (rank, bestSum < 0)
    }

    private func sharpe(_ sum: Double, _ squares: Double) -> Double {
        let count = Double(groupLength * groups / 2)
        let mean = sum / count
        let variance = squares / count - mean * mean
        return variance > mean * mean * 1e-12 ? mean / variance.squareRoot() : 0
    }
}
