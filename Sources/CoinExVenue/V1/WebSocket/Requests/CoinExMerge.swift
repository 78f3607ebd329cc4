import Quantities

/// How coarse the price steps of a book are: levels within a step are one level.
///
/// Asks are rounded up to a step and bids down, so the best prices of a merged book are not those that can be
/// traded at. The venue takes the step as text, and only those that it lists for the market (`depths`).
public struct CoinExMerge: Equatable, Sendable {
    /// The step as the venue wants it written: `0` for none, else a power of ten.
    public let text: String

    /// Levels as they stand in the book.
    public static let none = CoinExMerge(unchecked: "0")

    private init(unchecked text: String) { self.text = text }

    /// A step of 10^exponent, for exponents from -8 to 3; nil for others.
    public init?(exponent: Int) {
        guard (-8...3).contains(exponent) else { return nil }
        if exponent < 0 {
            text = "0." + String(repeating: "0", count: -exponent - 1) + "1"
        } else {
            text = "1" + String(repeating: "0", count: exponent)
        }
    }

    /// The step that older clients know as a number from 0 (`0.00000001`) to 7 (`0.1`), and 8 for none; nil
    /// for others.
    public init?(mergeDepth: Int) {
        switch mergeDepth {
        case 0...7: self.init(exponent: mergeDepth - 8)
        case 8: self = .none
        default: return nil
        }
    }

    public var isNone: Bool { self == .none }
}
