import MarketModel
import Quantities

/// What the caller knows about a recording that its files do not say, and how strict reading is.
package struct RecordingOptions: Sendable {
    /// What to do with a line that was received before the one in front of it.
    package enum TimeOrder: Sendable {
        /// It is an error of that line.
        case refuse
        /// It counts as received with the one in front of it; the report tells how often.
        case clamp
    }

    /// Rules by market; for all others tick and lot are derived from the digits that occur.
    package var rules: [String: MarketRules] = [:]
    /// The market of a table of trades, which does not name it.
    package var marketName: String?
    /// Quote assets beyond the usual ones, to take names of markets apart.
    package var quoteAssets: [String] = []
    package var timeOrder = TimeOrder.refuse
    /// The shortest silence of a market that the report mentions.
    package var silenceMin = Interval.seconds(10)
    /// Whether books are rebuilt and compared with the tickers while reading.
    package var checksBooks = true

    /// Whether quotes are inferred where a recording has trades alone, see `InferredQuotes`.
    package var infersQuotes = true

    package init() {}
}
