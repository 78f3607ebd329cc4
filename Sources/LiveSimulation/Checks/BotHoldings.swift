import LiveTrading
import StrategyKit
import TradingCore

/// What a bot keeps in memory of what has been.
package struct BotHoldings: Equatable, Sendable {
    /// Orders that it has placed since its first start.
    package var placed = 0
    /// Orders of the engine, with those that have ended and still have their place.
    package var orders = 0
    /// Requests that wait for their turn.
    package var waiting = 0
    /// Numbers of the venue that its link remembers.
    package var numbers = 0
}

extension SimulatedWorld {
    /// What the bot holds now; nil while there is none.
    package var holdings: BotHoldings? {
        guard let bot else { return nil }
        return BotHoldings(
            placed: bot.session.engine.floor.counters.placements,
            orders: bot.session.engine.desk.orders.slots.count,
            waiting: bot.session.engine.floor.pacer.waitingCount, numbers: bot.session.link.rememberedCount)
    }
}
