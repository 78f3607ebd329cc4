import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Exchange

struct DayWindowTests {
    private struct Deal {
        var at: Instant
        var price: Price
        var quantity: Quantity
    }

    /// The same by going through all deals.
    private func figures(of deals: [Deal], at time: Instant) throws -> DayWindow.Figures? {
        let start = time - DayWindow.length
        let kept = deals.filter { CandleStore.start(of: .minute, at: $0.at) > start }
        guard let first = kept.first else { return nil }
        var figures = DayWindow.Figures(
            open: first.price, high: first.price, low: first.price, volume: .zero, value: .zero)
        for deal in kept {
            figures.high = max(figures.high, deal.price)
            figures.low = min(figures.low, deal.price)
            figures.volume += deal.quantity
            figures.value += try deal.quantity.times(deal.price, .down)
        }
        return figures
    }

    @Test func `it says what a walk over all deals says`() throws {
        let seed = FuzzSettings.seed(6)
        for stream in 0..<8 {
            var random = SeededRandom(seed: seed).stream(UInt64(stream))
            var window = DayWindow()
            var deals: [Deal] = []
            var time = Instant(milliseconds: 1_636_000_000_000)
            for step in 0..<300 {
                // Sometimes a rush, sometimes hours of silence.
                let pause = random.chance(0.05) ? random.below(30_000) : random.below(300)
                time = time + .seconds(Int64(pause))
                let price = Price(random.below(20) + 90)
                let quantity = Quantity(random.below(5) + 1)
                window.add(price, quantity, try quantity.times(price, .down), at: time)
                deals.append(Deal(at: time, price: price, quantity: quantity))
                for later in [0, 59, 3_600, 50_000, 90_000] {
                    let asked = time + .seconds(Int64(later))
                    let walked = try figures(of: deals, at: asked)
                    let found = window.figures(at: asked)
                    #expect(
                        found == walked,
                        "seed \(seed), stream \(stream), step \(step), \(later) s later")
                }
            }
        }
    }
}
