import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// The engine by itself: events in memory, no venue, no orders.
enum EngineSuite {
    private static let count = 100_000

    static func run(_ report: inout Report) throws {
        try run("engine.bystander", Bystander(), &report)
        try run("engine.ema", RegularTaker(BacktestRun.market, period: .max), &report)
    }

    private static func run<S: StrategyCallbacks>(
        _ name: String, _ strategy: S, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        var source = SyntheticRecords()
        let events = (0..<count).compactMap { _ in source.next().event(SyntheticRecords.scale) }
        let table = try BacktestRun.table
        let best = Measurement.best(of: report.options.runs + 1) {
            let desk = Desk(table: table, strategies: 1, seed: 1)
            let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: BacktestRun.limits, desk)
            var engine = Engine(strategy: strategy, desk: desk, floor: floor)
            engine.start(at: SyntheticRecords.start)
            // The first event makes the market readable, and tells the strategies.
            engine.feed(events[0])
            return Measurement.of {
                for index in events.indices { engine.feed(events[index]) }
            }
        }
        report.add(name + ".time", best.nanoseconds / Double(events.count), "ns/event", .aimAtMost(12))
        report.add(name + ".allocations", Double(best.allocations), "in all events", .atMost(0))
    }
}
