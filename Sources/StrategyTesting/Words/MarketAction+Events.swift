import MarketModel
import Quantities

extension MarketAction {
    /// The events of several actions at one moment; changes of levels that follow each other are one update.
    static func events(_ actions: [MarketAction], at now: Instant) -> [MarketEvent] {
        actions.indices.flatMap { index in
            let next = index + 1 < actions.count ? actions[index + 1] : .silence
            return actions[index].events(before: next, at: now)
        }
    }

    private func events(before next: MarketAction, at now: Instant) -> [MarketEvent] {
        switch self {
        case .quote(let market, let bid, let ask):
            return [
                .quote(
                    Quote(
                        market: market, bid: bid.price, bidSize: bid.quantity, ask: ask.price,
                        askSize: ask.quantity, sequence: 0, venueTime: now, receivedAt: now))
            ]
        case .trade(let market, let side, let level):
            return [
                .trade(
                    Trade(
                        market: market, aggressor: side, id: DealID(1), price: level.price,
                        quantity: level.quantity, venueTime: now, receivedAt: now))
            ]
        case .level(let market, let side, let level):
            return [Self.change(market, side, level, isLast: next.levelMarket != market, now)]
        case .book(let market, let bids, let asks):
            let changes =
                bids.map { (Side.buy, $0) } + asks.map { (Side.sell, $0) }
            return [Self.reset(market, .snapshot, now)]
                + changes.enumerated().map { index, change in
                    Self.change(market, change.0, change.1, isLast: index == changes.count - 1, now)
                }
        case .ticker(let market, let price):
            return [
                .ticker(
                    Ticker(
                        market: market, last: price, open: price, high: price, low: price, volume: .zero,
                        venueTime: now, receivedAt: now))
            ]
        case .mark(let market, let price, let volatility):
            return [
                .optionMark(
                    OptionMark(
                        market: market, price: price, volatility: Float(Double(volatility)), venueTime: now,
                        receivedAt: now))
            ]
        case .gap(let market): return [Self.reset(market, .disconnected, now)]
        case .connection(let state):
            return [.connection(ConnectionChange(state: state, venueTime: now, receivedAt: now))]
        case .silence, .stop: return []
        }
    }

    private var levelMarket: MarketID? {
        switch self {
        case .level(let market, _, _): market
        case .quote, .trade, .book, .ticker, .mark, .gap, .connection, .silence, .stop: nil
        }
    }

    private static func reset(_ market: MarketID, _ reason: BookReset.Reason, _ now: Instant) -> MarketEvent {
        .reset(BookReset(market: market, reason: reason, sequence: 0, venueTime: now, receivedAt: now))
    }

    private static func change(
        _ market: MarketID, _ side: Side, _ level: Level, isLast: Bool, _ now: Instant
    ) -> MarketEvent {
        .level(
            LevelChange(
                market: market, side: side, isLast: isLast, price: level.price, quantity: level.quantity,
                sequence: 0, venueTime: now, receivedAt: now))
    }
}
