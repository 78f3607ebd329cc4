import Journal
import MarketModel
import Quantities
import TradingCore

/// How a run went: what its summary shows.
public struct RunOutcome: Sendable {
    /// How a strategy did in a market.
    package struct Line: Equatable, Sendable {
        package var strategy: String
        package var market: String
        package var quote: String
        package var fills: Int
        package var makerFills: Int
        package var turnover: Notional
        package var spread: Notional
        package var inventory: Notional
        package var fees: Notional
        package var profit: Notional
        package var position: Quantity
    }

    /// Why it ended.
    package enum Ending: Equatable, Sendable {
        /// The data or the time was over, or every strategy had ended.
        case finished
        /// It was asked to stop.
        case interrupted
        /// It could not go on.
        case failed(RunError)
    }

    package var ending: Ending
    package var lines: [Line]
    /// Strategies whose work was done before the end, with what came of it.
    package var finished: [(strategy: String, note: String)]
    /// Strategies that stopped or failed before the end, with the reason.
    package var stopped: [(strategy: String, reason: String, hasFailed: Bool)]
    /// The switch, if it was thrown during the run.
    package var halt: HaltLatch?
    package var counters: Counters
    package var rateViolations: Int
    package var decisions: Int
    package var hash: String
    package var events: Int
    package var drawdownMax: Notional
    package var curve: EquityCurve
    package var marketTime: Interval
    package var wallTime: Interval
    /// Where tape and summary are; nil when nothing was written.
    package var folder: String?

    package var profit: Notional { lines.reduce(.zero) { $0 + $1.profit } }
}
