import MarketModel
import Quantities
import Testing
import VenueKit

@testable import Simulation

/// Synthetic markets that follow others, and options on them.
struct SyntheticFollowingTests {
    private static let opening = Instant(milliseconds: 86_400_000)

    /// Lets markets run in one venue, and returns the mids of each at whole seconds, and the marks.
    private static func run(
        seconds: Int, seed: UInt64 = 3, _ change: (inout [SyntheticMarketConfiguration]) -> Void
    ) throws -> (mids: [[Double]], marks: [OptionMark]) {
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.0001"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.001"))
        for name in ["LEAD", "OVER", "LAG"] { table.add(name, base: name, quote: "PINE", rules: rules) }
        table.add("OPTION", base: "OPTION", quote: "PINE", rules: rules)
        var venue = SimulatedVenue(
            table: table, limits: VenuePit.plenty, latency: .none, queue: .pessimistic, seed: seed)
        var shapes = (0..<3).map { index in
            var shape = SyntheticMarketConfiguration(
                market: MarketID(index), startsAt: opening, startPrice: Price(100), tick: rules.tick,
                lot: rules.lot, typicalQuantity: Quantity(1))
            shape.annualVolatility = 5
            shape.eventsPerSecond = 50
            return shape
        }
        change(&shapes)
        for (index, shape) in shapes.enumerated() {
            venue.add(try SyntheticMarket(configuration: shape, seed: seed + UInt64(index)), at: opening)
        }
        venue.add(SyntheticOption(MarketID(3), on: MarketID(0), tick: rules.tick, startsAt: opening))
        var mids: [[Double]] = [[], [], []]
        var marks: [OptionMark] = []
        var now = [Double](repeating: 0, count: 3)
        var events: [MarketEvent] = []
        for second in 0..<seconds {
            while venue.nextMarketStep <= opening + .seconds(Int64(second)) {
                venue.stepMarket()
                venue.takePublicEvents(into: &events)
                for event in events {
                    switch event {
                    case .quote(let quote): now[Int(quote.market.index)] = Double(quote.mid)
                    case .optionMark(let mark): marks.append(mark)
                    case .trade, .level, .reset, .ticker, .connection: break
                    }
                }
            }
            for index in now.indices { mids[index].append(now[index]) }
        }
        return (mids, marks)
    }

    /// The correlation of the returns of two series, the second `lag` places later.
    private static func correlation(_ a: [Double], _ b: [Double], lag: Int) -> Double {
        let x = zip(a.dropFirst(2), a.dropFirst()).map { $0 / $1 - 1 }.dropLast(lag)
        let y = zip(b.dropFirst(2), b.dropFirst()).map { $0 / $1 - 1 }.dropFirst(lag)
        let sums = zip(x, y).reduce(into: (0.0, 0.0, 0.0)) { sums, pair in
            sums.0 += pair.0 * pair.1
            sums.1 += pair.0 * pair.0
            sums.2 += pair.1 * pair.1
        }
        return sums.0 / (sums.1 * sums.2).squareRoot()
    }

    @Test func `a market makes the moves of its leader, later`() throws {
        let (mids, _) = try Self.run(seconds: 300) { shapes in
            var following = SyntheticFollowing(MarketID(0))
            following.lag = .seconds(3)
            following.deviation = 0
            shapes[2].following = following
        }
        #expect(Self.correlation(mids[0], mids[2], lag: 3) > 0.8)
        #expect(Self.correlation(mids[0], mids[2], lag: 0).magnitude < 0.3)
        #expect(Self.correlation(mids[0], mids[1], lag: 0).magnitude < 0.3)
    }

    @Test func `a ratio of two markets stays near it, within how far it strays`() throws {
        let (mids, _) = try Self.run(seconds: 300) { shapes in
            var following = SyntheticFollowing(MarketID(0), over: MarketID(1))
            following.lag = .zero
            following.deviation = 0.0002
            following.halfLife = .seconds(5)
            shapes[2].following = following
        }
        let errors = mids[0].indices.dropFirst().map { mids[2][$0] / (mids[0][$0] / mids[1][$0] * 100) - 1 }
        #expect(errors.allSatisfy { $0.magnitude < 0.002 }, "\(errors.map(\.magnitude).max() ?? 0)")
        #expect(errors.contains { $0.magnitude > 0.0001 })
        #expect((mids[2].max() ?? 0) / (mids[2].min() ?? 1) > 1.002, "it moves")
    }

    @Test func `the same seeds give the same prices, and others the same to markets that follow nothing`()
        throws
    {
        let follow: (inout [SyntheticMarketConfiguration]) -> Void = {
            $0[2].following = SyntheticFollowing(MarketID(0))
        }
        let first = try Self.run(seconds: 30, follow)
        let second = try Self.run(seconds: 30, follow)
        #expect(first.mids == second.mids && first.marks == second.marks)
        let alone = try Self.run(seconds: 30) { _ in }
        #expect(alone.mids[0] == first.mids[0] && alone.mids[1] == first.mids[1])
        #expect(alone.mids[2] != first.mids[2])
    }

    @Test func `an option is marked once a second with about the volatility of its market`() throws {
        let (mids, marks) = try Self.run(seconds: 300) { $0[0].clustering = 0.5 }
        #expect(marks.count == 300)
        #expect(marks.allSatisfy { $0.market == MarketID(3) && $0.hasVolatility })
        #expect(zip(marks, marks.dropFirst()).allSatisfy { $1.receivedAt - $0.receivedAt == .seconds(1) })
        let mean = marks.map { Double($0.volatility) }.reduce(0, +) / 300
        #expect((1.5...12).contains(mean), "\(mean)")
        // 0.4 σ √T of the price.
        let expected = 0.3989 * Double(marks[299].volatility) * (30.0 / 365).squareRoot() * mids[0][299]
        #expect((Double(marks[299].price) / expected - 1).magnitude < 0.01)
        #expect(marks.allSatisfy { $0.gamma > 0 && $0.vega > 0 && $0.theta < 0 && $0.delta > 0.5 })
    }
}
