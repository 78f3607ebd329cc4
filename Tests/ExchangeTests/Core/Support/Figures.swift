import MarketModel
import Quantities

@testable import Exchange

// Numbers of tests, from text; a wrong text is a mistake in the test and traps.

func price(_ text: String) -> Price { figure(text) }
func quantity(_ text: String) -> Quantity { figure(text) }
func amount(_ text: String) -> Amount { figure(text) }
func rate(_ text: String) -> FeeRate { figure(text) }

private func figure<Figure: FixedPoint>(_ text: String) -> Figure {
    do {
        return try Figure(text)
    } catch {
        preconditionFailure("\(text) is no number: \(error)")
    }
}

/// Seconds after the opening of the exchanges of tests.
func second(_ number: Double) -> Instant {
    Instant(nanoseconds: 1_700_000_000_000_000_000 + Int64(number * 1e9))
}
