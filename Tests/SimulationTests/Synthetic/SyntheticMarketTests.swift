import MarketModel
import Quantities
import Simulation
import Testing

/// What a synthetic market looks like, on fixed seeds.
struct SyntheticMarketTests {
    static func configuration() -> SyntheticMarketConfiguration {
        SyntheticMarketConfiguration(
            market: MarketID(0), startsAt: Instant(milliseconds: 1_700_000_000_000),
            startPrice: Price(60_000), tick: Price(1), lot: Quantity(raw: 100_000_000),
            typicalQuantity: Quantity(raw: 50_000_000_000))
    }

    /// The last digest changes only with the model; a machine that computes otherwise changes it too.
    @Test func `the same seed makes the same events and another seed others`() throws {
        let configuration = Self.configuration()
        let (first, fault) = try TapeStatistics.run(configuration, seed: 1, seconds: 60)
        let (again, _) = try TapeStatistics.run(configuration, seed: 1, seconds: 60)
        let (other, _) = try TapeStatistics.run(configuration, seed: 2, seconds: 60)
        #expect(fault == nil)
        #expect(first.digest == again.digest && first.events == again.events)
        #expect(first.digest != other.digest)
        #expect(first.digest == 14_175_339_867_025_605_985)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `it looks like a liquid market`(seed: UInt64) throws {
        var configuration = Self.configuration()
        configuration.eventsPerSecond = 50
        let (tape, fault) = try TapeStatistics.run(configuration, seed: seed, seconds: 1_200)
        #expect(fault == nil)
        #expect(tape.oneSided == 0)

        let steps = tape.spreads.reduce(0, +)
        let narrow = tape.spreads[1...3].reduce(0, +)
        #expect((40_000...90_000).contains(steps))
        #expect(tape.spreads[0] == 0)
        #expect(Double(narrow) > 0.8 * Double(steps))
        #expect((20 * steps...80 * steps).contains(tape.levelCounts.bids))
        #expect((20 * steps...80 * steps).contains(tape.levelCounts.asks))

        #expect((0.4...0.6).contains(Double(tape.buys) / Double(tape.trades)))
        #expect((0.4...0.6).contains(tape.buyVolume / (tape.buyVolume + tape.sellVolume)))

        let returns = tape.returns()
        let squares = returns.map { $0 * $0 }
        let annual = (TapeStatistics.variance(returns) * 31_536_000).squareRoot()
        #expect((0.3...1.2).contains(annual))
        #expect(TapeStatistics.kurtosis(returns) > 3.5)
        #expect(TapeStatistics.autocorrelation(squares, lag: 1) > 0.05)
        #expect(abs(TapeStatistics.autocorrelation(returns, lag: 1)) < 0.15)

        let perSecond = tape.tradesPerSecond.map(Double.init)
        #expect(TapeStatistics.variance(perSecond) > 2 * TapeStatistics.mean(perSecond))
        #expect(TapeStatistics.autocorrelation(perSecond, lag: 1) > 0.05)
    }

    @Test func `without clustering returns are near to normal and trades near to independent`() throws {
        var configuration = Self.configuration()
        configuration.eventsPerSecond = 50
        configuration.clustering = 0
        let (tape, fault) = try TapeStatistics.run(configuration, seed: 4, seconds: 1_200)
        #expect(fault == nil)
        let returns = tape.returns()
        let annual = (TapeStatistics.variance(returns) * 31_536_000).squareRoot()
        #expect((0.5...0.75).contains(annual))
        #expect(TapeStatistics.kurtosis(returns) < 3.5)
        let squares = returns.map { $0 * $0 }
        #expect(abs(TapeStatistics.autocorrelation(squares, lag: 1)) < 0.1)
    }

    @Test func `with a fine tick the quoter still holds the spread`() throws {
        var configuration = Self.configuration()
        configuration.tick = Price(raw: 10_000_000_000)
        let (tape, fault) = try TapeStatistics.run(configuration, seed: 5, seconds: 120)
        #expect(fault == nil)
        let narrow = tape.spreads[1...3].reduce(0, +)
        #expect(Double(narrow) > 0.8 * Double(tape.spreads.reduce(0, +)))
    }

    @Test func `the wildest allowed markets stay positive and two-sided`() throws {
        var configuration = Self.configuration()
        configuration.annualVolatility = 10
        configuration.clustering = 0.9
        configuration.startPrice = Price(100)
        configuration.spreadTicks = 10
        configuration.depthLevels = 200
        let (cheap, cheapFault) = try TapeStatistics.run(configuration, seed: 6, seconds: 120)
        #expect(cheapFault == nil)
        #expect(cheap.oneSided == 0)

        configuration.startPrice = Price(1_000_000_000_000)
        configuration.eventsPerSecond = 0.1
        configuration.depthLevels = 5
        let (dear, dearFault) = try TapeStatistics.run(configuration, seed: 7, seconds: 50_000)
        #expect(dearFault == nil)
        #expect(dear.oneSided == 0)
        #expect(dear.trades > 100)
    }

    @Test func `a market that stands still keeps its price`() throws {
        var configuration = Self.configuration()
        configuration.annualVolatility = 0
        let (tape, fault) = try TapeStatistics.run(configuration, seed: 8, seconds: 120)
        #expect(fault == nil)
        #expect(tape.mids.allSatisfy { abs($0 - 60_000) < 25 })
        #expect(tape.trades > 500)
    }

    @Test func `a field out of its range is named`() {
        func error(_ change: (inout SyntheticMarketConfiguration) -> Void) -> SyntheticMarketError? {
            var configuration = Self.configuration()
            change(&configuration)
            do throws(SyntheticMarketError) {
                _ = try SyntheticMarket(configuration: configuration, seed: 1)
                return nil
            } catch {
                return error
            }
        }
        #expect(error { _ in } == nil)
        #expect(error { $0.tick = .zero } == .tickOutOfRange)
        #expect(error { $0.lot = Quantity(-1) } == .lotOutOfRange)
        #expect(error { $0.startPrice = Price(99) } == .startPriceOutOfRange)
        #expect(error { $0.startPrice = Price(raw: .max) } == .startPriceOutOfRange)
        #expect(error { $0.typicalQuantity = .zero } == .typicalQuantityOutOfRange)
        #expect(error { $0.typicalQuantity = Quantity(raw: .max) } == .typicalQuantityOutOfRange)
        #expect(error { $0.spreadTicks = 0 } == .spreadOutOfRange)
        #expect(
            error {
                $0.startPrice = Price(100)
                $0.spreadTicks = 11
            } == .spreadOutOfRange)
        #expect(error { $0.depthLevels = 4 } == .depthOutOfRange)
        #expect(error { $0.eventsPerSecond = .nan } == .eventsPerSecondOutOfRange)
        #expect(error { $0.eventsPerSecond = 0 } == .eventsPerSecondOutOfRange)
        #expect(error { $0.annualVolatility = .infinity } == .volatilityOutOfRange)
        #expect(error { $0.clustering = 1 } == .clusteringOutOfRange)
    }
}
