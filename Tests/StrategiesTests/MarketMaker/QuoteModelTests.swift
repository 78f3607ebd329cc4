import MarketModel
import Quantities
import Testing

@testable import MarketMakerStrategy

struct QuoteModelTests {
    private let rules = MarketRules(
        tick: Price(raw: 10_000_000_000), lot: Quantity(1), minimumQuantity: Quantity(1))

    private func distances(
        risk: Double, volatility: Double, inventory: Double
    ) -> QuoteModel.Distances {
        var parameters = MarketMaker.Parameters()
        parameters.orderSize = Quantity(1)
        parameters.maxInventory = Quantity(4)
        parameters.riskAversion = risk
        parameters.horizon = .seconds(100)
        parameters.fillDepth = 8
        parameters.minSpread = 0
        // Basis points per root of a second: ten times that over the horizon.
        let variance = volatility * volatility * 1e-8
        return QuoteModel(parameters, rules).distances(variance: variance, inventory: inventory)
    }

    @Test func `without risk aversion both quotes stand at the fill depth`() {
        let distances = distances(risk: 0, volatility: 3, inventory: 1)
        #expect(abs(distances.bid - 8e-4) < 1e-15)
        #expect(abs(distances.ask - 8e-4) < 1e-15)
    }

    /// The formulas of the paper, in its own figures: a price of 20,000, an order as the unit of
    /// quantity.
    @Test(arguments: [-4.0, -1, 0, 2, 4])
    func `the distances are those of the paper`(orders: Double) {
        let (price, risk, volatility) = (20_000.0, 2.0, 1.5)
        let kappa = 1 / (8e-4 * price)
        let gamma = risk * kappa / 4
        let variance = (volatility * 1e-4 * price) * (volatility * 1e-4 * price) * 100
        let shift = orders * gamma * variance
        let half = gamma * variance / 2 + SignalMath.log(1 + gamma / kappa) / gamma
        let distances = distances(risk: risk, volatility: volatility, inventory: orders / 4)
        #expect(abs(distances.bid * price - (half + shift)) < 1e-9)
        #expect(abs(distances.ask * price - (half - shift)) < 1e-9)
    }

    @Test func `the two ways to compute the quiet spread meet`() {
        let below = distances(risk: 3.999e-4, volatility: 0, inventory: 0)
        let above = distances(risk: 4.001e-4, volatility: 0, inventory: 0)
        #expect(below.bid > above.bid)
        #expect(below.bid - above.bid < 1e-10)
    }
}

struct VolatilityEstimateTests {
    @Test func `a price that moves by a hundredth every second has that volatility`() {
        var estimate = VolatilityEstimate(window: .seconds(60), interval: .seconds(1))
        for second in 0..<300 {
            let price = second.isMultiple(of: 2) ? 100.0 : 101.0
            estimate.sample(price, at: Instant(milliseconds: Int64(second) * 1_000))
        }
        #expect(abs(estimate.variancePerSecond.squareRoot() - 0.00995) < 1e-5)
    }

    @Test func `irregular samples of the same movement agree`() {
        var regular = VolatilityEstimate(window: .seconds(100), interval: .seconds(1))
        var irregular = regular
        for second in 0...400 {
            // A staircase: one step up or down every four seconds.
            let price = (second / 4).isMultiple(of: 2) ? 100.0 : 100.5
            let now = Instant(milliseconds: Int64(second) * 1_000)
            regular.sample(price, at: now)
            if second.isMultiple(of: 4) { irregular.sample(price, at: now) }
        }
        let ratio = irregular.variancePerSecond / regular.variancePerSecond
        #expect(abs(ratio - 1) < 0.05)
    }

    @Test func `old movement fades`() {
        var estimate = VolatilityEstimate(window: .seconds(10), interval: .seconds(1))
        for second in 0..<100 {
            let price = second < 20 && !second.isMultiple(of: 2) ? 101.0 : 100.0
            estimate.sample(price, at: Instant(milliseconds: Int64(second) * 1_000))
        }
        #expect(estimate.variancePerSecond > 0)
        #expect(estimate.variancePerSecond < 1e-6)
    }

    @Test func `the first estimate waits for ten samples`() {
        var estimate = VolatilityEstimate(window: .seconds(10), interval: .seconds(1))
        for second in Int64(0)..<9 {
            estimate.sample(100, at: Instant(milliseconds: second * 1_000))
        }
        #expect(!estimate.isReady)
        estimate.sample(100, at: Instant(milliseconds: 9_000))
        #expect(estimate.isReady)
        #expect(estimate.nextSampleAt == Instant(milliseconds: 10_000))
    }
}
