import MarketModel
import Quantities

/// Learns how many digits after the point the numbers of a market have.
package struct DigitTally {
    package private(set) var priceDecimals = 0
    package private(set) var quantityDecimals = 0

    package init() {}

    /// 10^(12 - decimals) for both: what every number so far is a multiple of.
    private var priceStep = Int64(FixedPointScale.unit)
    private var quantityStep = Int64(FixedPointScale.unit)

    package mutating func note(_ price: Price) {
        while !Self.isMultiple(price.raw, priceStep) {
            priceStep /= 10
            priceDecimals += 1
        }
    }

    package mutating func note(_ quantity: Quantity) {
        while !Self.isMultiple(quantity.raw, quantityStep) {
            quantityStep /= 10
            quantityDecimals += 1
        }
    }

    package mutating func note(_ level: Level) {
        note(level.price)
        note(level.quantity)
    }

    /// Takes over what another tally has learnt.
    package mutating func merge(_ other: DigitTally) {
        priceDecimals = max(priceDecimals, other.priceDecimals)
        priceStep = min(priceStep, other.priceStep)
        quantityDecimals = max(quantityDecimals, other.quantityDecimals)
        quantityStep = min(quantityStep, other.quantityStep)
    }

    /// The smallest price step that the digits allow.
    package var tick: Price { Price(raw: Int128(priceStep)) }

    /// The smallest quantity step that the digits allow.
    package var lot: Quantity { Quantity(raw: Int128(quantityStep)) }

    private static func isMultiple(_ raw: Int128, _ step: Int64) -> Bool {
        // Ends at the latest with a step of one raw unit.
        if let small = Int64(exactly: raw) { return small % step == 0 }
        return raw % Int128(step) == 0
    }
}
