import Quantities
import Runtime
import TradingCore

/// The summary at the end of a run, as lines for people.
enum SummaryText {
    /// - Parameter report: where the page about the run is; nil when there is none.
    static func lines(_ outcome: RunOutcome, report: String? = nil, bold: (String) -> String) -> [String] {
        var lines: [String] = [""]
        for line in outcome.lines { lines += text(line, bold) }
        if outcome.lines.count > 1, let quote = outcome.lines.first?.quote {
            lines.append(bold("together") + "  profit \(money(outcome.profit)) \(quote)")
        }
        let counters = outcome.counters
        lines.append(
            "orders      \(counters.placements) sent, \(counters.cancels) cancels, "
                + "fill ratio \(percent(counters.ordersTraded, of: counters.placements))")
        if counters.refusedByRisk + counters.refusedByVenue > 0 {
            lines.append(
                "refused     \(counters.refusedByRisk) by risk, \(counters.refusedByVenue) by the venue")
        }
        lines.append("drawdown    \(money(outcome.drawdownMax)) at most")
        for finished in outcome.finished {
            lines.append("finished    \(finished.strategy): \(finished.note)")
        }
        for stopped in outcome.stopped {
            let word = stopped.hasFailed ? "failed      " : "stopped     "
            lines.append(word + "\(stopped.strategy): \(stopped.reason)")
        }
        if let halt = outcome.halt { lines.append("halted      \(halt)") }
        lines.append(
            "time        \(seconds(outcome.marketTime)) of market in \(seconds(outcome.wallTime)), "
                + "\(outcome.events) events")
        switch outcome.ending {
        case .finished: break
        case .interrupted: lines.append("ended       on request, before the data did")
        case .failed(let error): lines.append("failed      \(error)")
        }
        if let folder = outcome.folder { lines.append("written to  \(folder)") }
        if let report { lines.append("report      \(report)") }
        lines.append("decisions \(outcome.decisions) hash \(outcome.hash)")
        return lines
    }

    private static func text(_ line: RunOutcome.Line, _ bold: (String) -> String) -> [String] {
        [
            bold("\(line.strategy) in \(line.market)"),
            "profit      \(money(line.profit)) \(line.quote) = spread \(money(line.spread)) "
                + "+ inventory \(money(line.inventory)) - fees \(money(line.fees))",
            "fills       \(line.fills) (\(percent(line.makerFills, of: line.fills)) as maker), "
                + "turnover \(money(line.turnover)) \(line.quote), position \(line.position)",
        ]
    }

    private static func money(_ value: Notional) -> String {
        value.rounded(to: Notional(raw: 10_000_000_000), .toNearestOrEven).text(decimals: 2)
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let tenths = part * 1_000 / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func seconds(_ interval: Interval) -> String {
        let tenths = Int64((interval.seconds * 10).rounded())
        if tenths < 1_200 { return "\(tenths / 10).\(tenths % 10) s" }
        let seconds = tenths / 10
        if seconds < 7_200 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }
}
