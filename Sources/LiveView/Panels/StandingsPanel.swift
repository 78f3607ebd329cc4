import Quantities
import Runtime
import StrategyKit
import TradingCore

/// What every strategy holds and has earned, market by market.
struct StandingsPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }

    var title: [(text: String, role: Role)] { [("positions", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { table.height + 1 }

    func draw(_ screen: inout Screen, _ area: Area) { table.draw(&screen, area, picture.glyphs) }

    private var table: TextTable {
        var table = TextTable(columns: [
            .init(title: "strategy"), .init(title: "market", spared: 1),
            .init(title: "position", isRight: true), .init(title: "average", isRight: true, spared: 4),
            .init(title: "profit", isRight: true), .init(title: "fills", isRight: true, spared: 2),
            .init(title: "orders", isRight: true, spared: 3),
        ])
        for (index, standing) in session.standings.enumerated() {
            let strategy = session.strategies[standing.strategy]
            if table.chosen == nil, standing.strategy == picture.state.strategy { table.chosen = index }
            let position = Figure(
                standing.position, decimals: standing.quantityDecimals, isSigned: true)
            table.rows.append([
                .init(picture.glyphs.clean(strategy.label)),
                .init(picture.glyphs.clean(session.title.markets[standing.market]), .faint),
                standing.position.isZero
                    ? .init("flat", .faint)
                    : .init(position, standing.position.isNegative ? .ask : .bid),
                standing.averagePrice.map { .init(Figure($0, decimals: standing.priceDecimals)) }
                    ?? .init("-", .faint),
                .init(Figure(standing.profit, decimals: 2, isSigned: true), standing.profit.role),
                .init("\(standing.fills)"), .init("\(strategy.openOrders)"),
            ])
        }
        return table
    }
}

/// How far every strategy has gone up the drawdown ladder, and how far it is to the next step.
struct RiskPanel: Panel {
    let picture: SessionPicture

    private var session: SessionSnapshot { picture.session }

    var title: [(text: String, role: Role)] { [("risk", .title)] }
    var leastHeight: Int { 3 }
    var usableHeight: Int { table.height + 1 }

    func draw(_ screen: inout Screen, _ area: Area) { table.draw(&screen, area, picture.glyphs) }

    private static let gaugeColumns = 8

    private var table: TextTable {
        var table = TextTable(columns: [
            .init(title: "strategy"), .init(title: "state"),
            .init(title: "drawdown", isRight: true), .init(title: "most", isRight: true, spared: 3),
            .init(title: "next step", spared: 1), .init(title: "", spared: 2),
        ])
        for strategy in session.strategies {
            let state = Self.state(strategy)
            let next = Self.next(strategy)
            let share = next.map { Double(strategy.drawdown) / max(1e-12, Double($0.limit)) }
            table.rows.append([
                .init(picture.glyphs.clean(strategy.label)), .init(state.text, state.role),
                .init(Figure(strategy.drawdown, decimals: 2)),
                .init(Figure(strategy.drawdownMax, decimals: 2), .faint),
                next.map { .init("\($0.name) at \($0.limit)", .faint) } ?? .init("-", .faint),
                .init(
                    share.map { picture.glyphs.gauge($0, Self.gaugeColumns) } ?? "",
                    (share ?? 0) > 0.8 ? .loss : .faint),
            ])
        }
        table.chosen = picture.state.strategy
        return table
    }

    /// What the ladder, or the strategy itself, has come to.
    static func state(_ strategy: SessionSnapshot.Strategy) -> (text: String, role: Role) {
        switch strategy.status {
        case .failed: return ("failed", .alarm)
        case .stopped: return ("stopped", .warning)
        case .finished: return ("finished", .good)
        case .running: break
        }
        switch strategy.step {
        case .normal: return ("normal", .good)
        case .warned: return ("warned", .warning)
        case .reduceOnly: return ("reduce only", .warning)
        case .halted: return ("halted", .alarm)
        case .flattened: return ("flattened", .alarm)
        }
    }

    /// The next step that a limit is set for; none for a strategy that does nothing any more.
    static func next(_ strategy: SessionSnapshot.Strategy) -> (name: String, limit: Notional)? {
        guard strategy.status == .running else { return nil }
        let limits = strategy.limits
        let steps: [(LadderStep, String, Notional?)] = [
            (.warned, "warn", limits.warn), (.reduceOnly, "reduce", limits.reduceOnly),
            (.halted, "halt", limits.halt), (.flattened, "flatten", limits.flatten),
        ]
        for (step, name, limit) in steps where step > strategy.step {
            if let limit { return (name, limit) }
        }
        return nil
    }
}
