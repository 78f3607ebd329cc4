import Quantities

/// How a trial went, all strategies together.
public struct TrialOutcome: Equatable, Sendable {
    /// After fees, open quantities valued at the mark.
    package var profit = Notional.zero
    /// The largest fall of a strategy's profit from its peak.
    package var drawdown = Notional.zero
    package var fees = Notional.zero
    package var turnover = Notional.zero
    package var fills = 0
    package var makerFills = 0
    /// Orders that were sent.
    package var orders = 0
    package var cancels = 0
    package var refusedByRisk = 0
    package var refusedByVenue = 0
    package var decisions = 0
    /// Of the decisions, 16 hexadecimal digits: a backtest of the same settings has the same.
    package var hash = ""
    package var events = 0
    /// Why the first strategy that did not reach the end stopped; empty when all did.
    package var stopped = ""
    /// The profit at the end of each block.
    package var equity: [Notional] = []

    package init() {}
}
