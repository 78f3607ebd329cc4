import CoinExVenue
import Quantities

// What stands on a command line, as the venue's values.

extension Arguments {
    /// The market at a place; `otherwise` says what is missing.
    func market(at index: Int, _ usage: String) throws(UsageError) -> CoinExMarketName {
        guard positional.count > index else { throw UsageError("which market? \(usage)") }
        return try Self.market(positional[index])
    }

    /// The only word, which may be left out.
    func marketOrNil() throws(UsageError) -> CoinExMarketName? {
        try atMost(1)
        guard let first = positional.first else { return nil }
        return try Self.market(first)
    }

    static func market(_ text: String) throws(UsageError) -> CoinExMarketName {
        guard let market = CoinExMarketName(text.uppercased()) else {
            throw UsageError("'\(text)' is no market; they are called as BTCUSDT")
        }
        return market
    }

    func atMost(_ count: Int) throws(UsageError) {
        guard positional.count > count else { return }
        throw UsageError("'\(positional[count])' is one word too many")
    }

    func number(_ name: String, in range: ClosedRange<Int64>, otherwise: Int64) throws(UsageError) -> Int64 {
        guard let text = value(name) else { return otherwise }
        guard let number = Int64(text), range.contains(number) else {
            throw UsageError("--\(name) is \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// A positive decimal.
    static func positive<Value: FixedPoint>(_ text: String, _ what: String) throws(UsageError) -> Value {
        let value = try? Value(text)
        guard let value, value.raw > 0 else {
            throw UsageError("\(what) is a positive number, not '\(text)'")
        }
        return value
    }

    func positive<Value: FixedPoint>(_ name: String) throws(UsageError) -> Value? {
        guard let text = value(name) else { return nil }
        return try Self.positive(text, "--\(name)")
    }
}
