/// What fills that reduced a position earned against its average cost, each after its own fee.
///
/// Opening fills earn nothing here but pay their fee: it is shared out among the fills that close what they
/// opened, by quantity.
package struct RoundTrips: Equatable, Sendable {
    /// One for every fill that reduced a position, in order.
    package private(set) var gains: [Double] = []

    /// One fill: quantity above zero buys, below zero sells; the fee in the quote asset, negative for a rebate.
    package struct Trade: Equatable, Sendable {
        package var price: Double
        package var quantity: Double
        package var fee: Double

        package init(price: Double, quantity: Double, fee: Double) {
            self.price = price
            self.quantity = quantity
            self.fee = fee
        }
    }

    package init(_ trades: [Trade]) {
        var (held, cost, fees) = (0.0, 0.0, 0.0)
        for trade in trades where trade.quantity != 0 {
            // What is left of a position after sums of doubles, and is none.
            if held.magnitude < trade.quantity.magnitude * 1e-9 { (held, cost, fees) = (0, 0, 0) }
            if held == 0 || (held < 0) == (trade.quantity < 0) {
                held += trade.quantity
                cost += trade.quantity * trade.price
                fees += trade.fee
                continue
            }
            let closed = min(held.magnitude, trade.quantity.magnitude)
            let share = closed / held.magnitude
            let feeShare = closed / trade.quantity.magnitude
            let direction = held < 0 ? -1.0 : 1.0
            let gain = direction * closed * trade.price - cost * share
            gains.append(gain - fees * share - trade.fee * feeShare)
            let rest = trade.quantity.magnitude - closed
            held += direction * -closed
            cost -= cost * share
            fees -= fees * share
            if rest > trade.quantity.magnitude * 1e-9 {
                // Turned over: the rest opens a position on the other side.
                held = -direction * rest
                cost = held * trade.price
                fees = trade.fee * (1 - feeShare)
            }
        }
    }

    /// The share of them that gained; nil when nothing was closed.
    package var hitRate: Double? {
        gains.isEmpty ? nil : Double(gains.count { $0 > 0 }) / Double(gains.count)
    }

    /// What was won for every unit that was lost; nil when nothing was lost.
    package var profitFactor: Double? {
        let lost = gains.reduce(0) { $0 + min(0, $1) }
        return lost < 0 ? gains.reduce(0) { $0 + max(0, $1) } / -lost : nil
    }

    init(joining others: [RoundTrips]) { gains = others.flatMap(\.gains) }
}
