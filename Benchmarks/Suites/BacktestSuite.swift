import MarketModel
import StrategyKit

/// Backtests over mapped records, one core, with matching, risk and pacing.
struct BacktestSuite {
    static func run(_ report: inout Report) throws {
        try runQuotes(&report)
        try runLevels(&report)
    }

    private static func runQuotes(_ report: inout Report) throws {
        let names = ["bystander", "ema.1-in-10000", "ema.1-in-8", "two-sided"].map { "backtest." + $0 }
        guard names.contains(where: report.options.wants) else { return }
        var source = SyntheticRecords()
        let file = try RecordFile(count: report.options.events) { source.next() }
        let market = BacktestRun.market
        try run(names[0], Bystander(), file, aim: 100, &report)
        try run(
            names[1], RegularTaker(market, period: 10_000), file, aim: 100,
            expecting: BacktestOutcome(decisions: 400, chain: "92b50cd3338b6dde", fills: 355), &report)
        try run(
            names[2], RegularTaker(market, period: 8), file, aim: 65,
            expecting: BacktestOutcome(decisions: 499_985, chain: "9dada0a5843eb39b", fills: 442_359),
            &report)
        try run(names[3], TwoSidedQuoter(market, tick: RecordFile.market.tick), file, aim: 40, &report)
    }

    private static func runLevels(_ report: inout Report) throws {
        let name = "backtest.level-every-event"
        guard report.options.wants(name) else { return }
        var source = SyntheticLevels()
        let file = try RecordFile(count: report.options.events) { source.next() }
        try run(name, BookReader(BacktestRun.market), file, aim: 20, &report)
    }

    /// - Parameter aim: in millions of events per second.
    private static func run<S: StrategyCallbacks>(
        _ name: String, _ strategy: S, _ file: RecordFile, aim: Double,
        expecting expected: BacktestOutcome? = nil, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        var outcome: BacktestOutcome?
        let best = try Measurement.best(of: report.options.runs) {
            let (measurement, next) = try BacktestRun.measure(strategy, file)
            if let outcome, outcome != next { throw BenchError("\(name): two runs decided differently") }
            outcome = next
            return measurement
        }
        guard let outcome else { return }
        let count = Double(file.count)
        report.add(name + ".speed", count / best.nanoseconds * 1_000, "M events/s", .aimAtLeast(aim))
        report.add(name + ".time", best.nanoseconds / count, "ns/event")
        report.add(name + ".allocations", Double(best.allocations), "in half the events", .atMost(0))
        report.add(name + ".decisions", Double(outcome.decisions), "of \(outcome.chain)")
        report.add(name + ".fills", Double(outcome.fills), "deals")
        if let expected, file.count == Options.usualEvents {
            report.add(name + ".same-decisions", outcome == expected ? 1 : 0, "of 1", .atLeast(1))
        }
    }
}
