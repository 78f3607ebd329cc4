import Quantities

/// What is wrong with a row.
package enum RowFault: Error, Equatable, Sendable {
    /// A cell, by its column from 1, the name of what it holds, and what stands in it.
    case cell(column: Int, name: String, found: String, fault: CellFault)
    case tooManyCells(limit: Int)
    /// A quoted cell does not end in its line.
    case openQuote(column: Int)
    /// Something stands between the quote that ends a cell and the separator.
    case textBehindQuote(column: Int)
    /// A candle whose high is below its low, or whose open or close lies outside.
    case impossibleCandle
    /// A candle closes before it opens.
    case impossiblePeriod
    /// A row has the number of one in front of it, at the same time, and says something else.
    case contradiction(id: UInt64)
    /// A change of a book was received before the one in front of it.
    case bookBackwards(by: Interval)
}

/// What is wrong with a cell.
package enum CellFault: Error, Equatable, Sendable {
    /// The line has fewer cells.
    case missing
    case notATime(TimeForm)
    case notANumber(DecimalError)
    case notPositive
    case negative
    case notASide
    case notABoolean
    case notAnID
    /// No name that a market can have.
    case notAMarket
}

extension RowFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cell(let column, let name, let found, let fault):
            fault == .missing
                ? "column \(column) (\(name)): \(fault)" : "column \(column) (\(name)): '\(found)' \(fault)"
        case .tooManyCells(let limit): "the line has more than \(limit) columns"
        case .openQuote(let column): "column \(column): the quoted text does not end in its line"
        case .textBehindQuote(let column): "column \(column): a separator is expected behind the quoted text"
        case .impossibleCandle: "the candle's low, open, close and high contradict each other"
        case .impossiblePeriod: "the candle closes before it opens"
        case .contradiction(let id): "number \(id) was there at the same time before, with other values"
        case .bookBackwards(let by): "received \(by) before the row in front of it, which a book cannot be"
        }
    }
}

extension CellFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "the line ends before it"
        case .notATime(let form): "is no time: expected \(form.expected)"
        case .notANumber(.lostDigits): "has more than 12 digits behind the point"
        case .notANumber(.overflow): "has more than 18 digits before the point"
        case .notANumber: "is no number: expected digits with at most one point, such as 61837.63"
        case .notPositive: "is not above zero"
        case .negative: "is below zero"
        case .notASide: "is no side: expected buy or sell"
        case .notABoolean: "is neither true nor false"
        case .notAnID: "is no whole number"
        case .notAMarket: "is no name of a market: expected 1 to 64 visible characters"
        }
    }
}
