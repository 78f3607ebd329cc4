import Quantities
import Testing

struct SignalTests {
    @Test(arguments: [
        (61837.63, Rounding.down, "61837.63"), (61837.63, .up, "61837.63"), (61837.639, .down, "61837.63"),
        (61837.631, .up, "61837.64"), (-0.005, .towardZero, "0"), (-0.005, .awayFromZero, "-0.01"),
        (-0.005, .down, "-0.01"), (-0.005, .up, "0"), (999_999_999.99, .down, "999999999.99"),
        (0.1 + 0.2, .up, "0.3"), (0.1 + 0.2, .down, "0.3"),
    ])
    func `a signal on a step stays there, another goes where it is told`(
        signal: Double, rounding: Rounding, expected: String
    ) throws {
        let price = Price(signal: signal, step: try Price("0.01"), rounding)
        #expect(price?.description == expected)
    }

    @Test func `every cent from 0 to a million survives the way to a signal and back`() throws {
        let cent = try Price("0.01")
        for cents in stride(from: 0, to: 100_000_000, by: 997) {
            let price = cent * cents
            #expect(Price(signal: Double(price), step: cent, .down) == price)
            #expect(Price(signal: Double(price), step: cent, .up) == price)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e18, -1e300])
    func `what is no amount gives none`(signal: Double) throws {
        #expect(Price(signal: signal, step: try Price("0.01"), .down) == nil)
    }
}
