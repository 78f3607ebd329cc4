import MarketModel
import Quantities

/// A sum that buys whole lots, level by level, until what is left pays for no more.
package struct SpendingBudget: BitwiseCopyable, Equatable, Sendable {
    /// In the quote asset.
    package private(set) var left: Notional
    /// Whether a level had more than the rest of the sum pays for: then the rest is dust, not a lack of offers.
    package private(set) var isSpent = false
    private let lot: Quantity

    package init(_ sum: Notional, lot: Quantity) {
        left = sum
        self.lot = lot
    }

    /// What it can pay for of a level; at prices that only get worse, nothing more once it is spent.
    package func affordable(at price: Price) -> Quantity {
        if isSpent { return .zero }
        do throws(ArithmeticError) {
            return try left.divided(by: price, .down).rounded(to: lot, .down)
        } catch {
            // More than any level has.
            return Quantity(raw: .max).rounded(to: lot, .down)
        }
    }

    /// Takes off what was bought of a level that offered this much.
    package mutating func pay(for taken: Quantity, of offered: Quantity, at price: Price) {
        do throws(ArithmeticError) {
            // As deals are booked: what fits no digit is dropped.
            left -= try taken.times(price, .towardZero)
        } catch {
            preconditionFailure("what is affordable has a value")
        }
        isSpent = left.isZero || taken < offered
    }
}
