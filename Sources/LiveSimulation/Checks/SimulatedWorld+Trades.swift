import Exchange
import MarketModel

// P10: what was traded in public, and what the bot was told of it.

extension SimulatedWorld {
    /// Kinds of faults by which a trade that was pushed may be missed without a trace, or cannot be asked for.
    private static let losesTrades: [FaultKind] = [
        .pushLost, .pushReordered, .messageGarbled, .requestRefused, .requestLost, .requestLate, .replyLost,
        .replyCut, .replyGarbled, .serverError, .rateLimited, .slowReplies, .maintenance, .clog,
    ]

    /// Each trade is told at most once and in its order; and while nothing is lost on its way, none is missed between
    /// the first and the last that a process was told, however often its connection broke: but for those of gaps that
    /// were too long for the venue's list, and told.
    func checkTrades() {
        var told: [[UInt64]] = Array(repeating: [], count: SimulatedMarkets.names.count)
        for entry in tape.entries {
            switch entry {
            case .event(.trade(let trade)): told[Int(trade.market.index)].append(trade.id.raw)
            // Of the time without a process nothing is told.
            case .resume:
                for market in told.indices { checkTrades(told[market], of: MarketID(market)) }
                told = told.map { _ in [] }
            case .start, .advance, .event, .fact, .adopt, .halt, .pause, .stop, .decision: continue
            }
        }
        for market in told.indices { checkTrades(told[market], of: MarketID(market)) }
        if counts.missedTrades > 0, Self.losesTrades.allSatisfy({ !plan.faults.contains($0) }) {
            violate("P10", "\(counts.missedTrades) of \(counts.trades) trades were missed")
        }
    }

    private func checkTrades(_ told: [UInt64], of market: MarketID) {
        guard let first = told.first, let last = told.last else { return }
        counts.trades += told.count
        if zip(told, told.dropFirst()).contains(where: { $0 >= $1 }) {
            return violate("P10", "trades of market \(market.index) were told twice or out of order")
        }
        guard !truth.hasToldGap[Int(market.index)] else { return }
        let happened = (try? front.core.publicDeals(of: market, after: max(first, 1) - 1, limit: .max)) ?? []
        let known = Set(told)
        counts.missedTrades += happened.count { $0.id.raw <= last && !known.contains($0.id.raw) }
    }
}
