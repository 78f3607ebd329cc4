import Quantities

/// What a tick and a lot of a market are: the venue sends prices and sizes as whole numbers of them.
///
/// The venue tells the steps nowhere in its streams; they are configuration, or come from its list of markets. What is
/// known of BTCUSDT is inferred from documented numbers: a tick of 0.01 and a lot of 0.000001.
package struct JayxScale: Equatable, Sendable {
    package let tick: Price
    package let lot: Quantity

    package init(tick: Price, lot: Quantity) {
        precondition(tick.isPositive && lot.isPositive, "tick and lot are positive")
        self.tick = tick
        self.lot = lot
    }

    /// What is known of BTCUSDT.
    package static let usual = JayxScale(tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 1_000_000))

    /// The price of so many ticks; exact, or an error when it is too large.
    package func price(_ ticks: Int64) throws(ArithmeticError) -> Price {
        Price(raw: try Self.product(tick.raw, ticks))
    }

    /// The quantity of so many lots.
    package func quantity(_ lots: Int64) throws(ArithmeticError) -> Quantity {
        Quantity(raw: try Self.product(lot.raw, lots))
    }

    /// The value of so many ticks times lots, as reserves and costs are sent; digits beyond the twelfth are dropped.
    package func value(_ ticksTimesLots: Int64) throws(ArithmeticError) -> Notional {
        let step = try tick.times(lot, .down)
        return Notional(raw: try Self.product(step.raw, ticksTimesLots))
    }

    private static func product(_ step: Int128, _ count: Int64) throws(ArithmeticError) -> Int128 {
        let (raw, overflow) = step.multipliedReportingOverflow(by: Int128(count))
        guard !overflow else { throw .overflow }
        return raw
    }
}
