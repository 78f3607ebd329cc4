import Glibc
import Quantities

/// Guesses where good combinations lie: tree-structured Parzen estimators on a lattice.
///
/// The results so far are split into the good quarter and the rest. Per axis, both give a density over its
/// values; points are drawn from that of the good ones, and of several draws the one with the best ratio of both
/// is tried. Axes are looked at one by one, so a search can settle on a value that is good only beside others:
/// some points of each round are therefore the best one with a single parameter drawn anew. Points come in rounds
/// of a fixed size, whatever the number of cores, so that a seed gives one search.
struct ParzenSearch {
    /// Points of one round.
    static let roundSize = 8
    /// Points that are drawn blindly before the first guess.
    static let blindCount = 16
    private static let drawsPerPoint = 24
    /// Points of a round that change one parameter of the best.
    private static let changedCount = 2

    private let space: ParameterSpace
    private var random: SeededRandom
    private var lottery: PointLottery
    private var tried: Set<Int> = []

    init(_ space: ParameterSpace, seed: UInt64) {
        self.space = space
        random = SeededRandom(seed: seed).stream(1)
        lottery = PointLottery(space.count, seed: seed)
    }

    /// The points of the next round, at most `wanted`; empty when all are tried.
    ///
    /// - Parameter results: what is known: points with their objectives, refused ones with none.
    mutating func next(_ wanted: Int, after results: [(point: Int, value: Double?)]) -> [Int] {
        if tried.count < Self.blindCount {
            return blind(min(wanted, Self.blindCount - tried.count))
        }
        let ranked = results.enumerated().sorted { a, b in
            let (left, right) = (a.element.value ?? -.infinity, b.element.value ?? -.infinity)
            return left != right ? left > right : a.offset < b.offset
        }
        let goodCount = max(1, (ranked.count + 3) / 4)
        let good = densities(ranked.prefix(goodCount).map { space.indices(of: $0.element.point) })
        let rest = densities(ranked.dropFirst(goodCount).map { space.indices(of: $0.element.point) })
        var points: [Int] = []
        for number in 0..<min(wanted, Self.roundSize) {
            let changed = number < Self.changedCount ? ranked.first.flatMap { change($0.element.point) } : nil
            guard let point = changed ?? draw(good, rest) else {
                points += blind(1)
                continue
            }
            tried.insert(point)
            points.append(point)
        }
        return points
    }

    private mutating func blind(_ wanted: Int) -> [Int] {
        var points: [Int] = []
        while points.count < wanted, let point = lottery.next() {
            if tried.insert(point).inserted { points.append(point) }
        }
        return points
    }

    /// The draw with the best ratio among those that were not tried; nil when there is none.
    private mutating func draw(_ good: [[Double]], _ rest: [[Double]]) -> Int? {
        var best: (point: Int, score: Double)?
        for _ in 0..<Self.drawsPerPoint {
            var indices: [Int] = []
            var score = 0.0
            for axis in good.indices {
                let index = pick(good[axis])
                indices.append(index)
                score += log(good[axis][index]) - log(rest[axis][index])
            }
            let point = space.point(indices)
            if !tried.contains(point), score > best?.score ?? -.infinity { best = (point, score) }
        }
        return best?.point
    }

    /// A point that differs in one parameter and was not tried; nil when none was found.
    private mutating func change(_ point: Int) -> Int? {
        for _ in 0..<Self.drawsPerPoint {
            var indices = space.indices(of: point)
            let axis = random.below(indices.count)
            indices[axis] = random.below(space.axes[axis].values.count)
            let changed = space.point(indices)
            if !tried.contains(changed) { return changed }
        }
        return nil
    }

    private mutating func pick(_ density: [Double]) -> Int {
        var left = random.uniform()
        for (index, share) in density.enumerated() {
            left -= share
            if left < 0 { return index }
        }
        return density.count - 1
    }

    /// Per axis the density over its values: an even floor, and a bell over each known point.
    private func densities(_ points: [[Int]]) -> [[Double]] {
        space.axes.enumerated().map { axis, description in
            let count = description.values.count
            let places = points.map { $0[axis] }
            let width = Self.width(places, count)
            var density = [Double](repeating: 1 / Double(count), count: count)
            for place in places {
                if description.positions == nil {
                    // Values without an order have no neighbours.
                    density[place] += 1
                } else {
                    Self.add(bellAt: place, width, to: &density)
                }
            }
            let sum = density.reduce(0, +)
            return density.map { $0 / sum }
        }
    }

    /// As wide as the known places are spread, narrower the more there are.
    private static func width(_ places: [Int], _ count: Int) -> Double {
        let spread = ReturnSample(places.map { Double($0) }).deviation
        return max(0.7, min(spread * pow(Double(max(1, places.count)), -0.2), Double(count) / 8))
    }

    /// Adds a bell of mass one.
    private static func add(bellAt place: Int, _ width: Double, to density: inout [Double]) {
        let bell = density.indices.map { index in
            let distance = Double(index - place) / width
            return exp(-0.5 * distance * distance)
        }
        let sum = bell.reduce(0, +)
        for index in density.indices { density[index] += bell[index] / sum }
    }
}
