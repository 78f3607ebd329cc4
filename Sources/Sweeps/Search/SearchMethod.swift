import Quantities

/// How a sweep chooses the combinations that it runs.
package enum SearchMethod: String, CaseIterable, Sendable {
    /// All of them.
    case grid
    /// As many as asked for, drawn without repetition.
    case random
    /// Many over a short part of the time, the best third of them over three times as much, and so on.
    case halving
    /// Guided by the results so far: tree-structured Parzen estimators.
    case tpe
}

/// Draws points of a space without repetition; the same seed draws the same.
struct PointLottery {
    private let count: Int
    private var random: SeededRandom
    /// What a shuffled list of all points holds where it was touched: a full list may not fit memory.
    private var moved: [Int: Int] = [:]
    private var drawn = 0

    init(_ count: Int, seed: UInt64) {
        self.count = count
        random = SeededRandom(seed: seed)
    }

    /// The next point; nil when all are drawn.
    mutating func next() -> Int? {
        guard drawn < count else { return nil }
        let place = drawn + random.below(count - drawn)
        let point = moved[place] ?? place
        moved[place] = moved[drawn] ?? drawn
        drawn += 1
        return point
    }

    mutating func next(_ wanted: Int) -> [Int] {
        var points: [Int] = []
        while points.count < wanted, let point = next() { points.append(point) }
        return points
    }
}

/// The steps of successive halving: how many combinations run over which share of the time.
struct HalvingPlan: Equatable {
    struct Rung: Equatable {
        var count: Int
        /// The share is one over this.
        var divisor: Int
    }

    /// Each step keeps one in three and gives it three times the time.
    static let factor = 3
    /// At most four steps: the shortest share is 1/27.
    static let rungsMax = 4

    let rungs: [Rung]

    /// The last step runs over the whole time; the first one has all the combinations.
    init(_ count: Int) {
        var rungs: [Rung] = []
        var left = count
        repeat {
            rungs.append(Rung(count: left, divisor: 1))
            left = (left + Self.factor - 1) / Self.factor
        } while rungs.count < Self.rungsMax && rungs.last!.count > Self.factor
        for index in rungs.indices {
            for _ in index..<(rungs.count - 1) { rungs[index].divisor *= Self.factor }
        }
        self.rungs = rungs
    }
}
