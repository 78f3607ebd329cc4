import MarketModel
import Quantities
import WireValues

/// Turns what the streams of one market bring into market events.
///
/// Every message has the whole book and the latest trades, some of which earlier messages had. Trades have no number,
/// so they are told apart by time, price, size and side: as many equal ones as earlier messages had are repetitions.
/// Equal trades of one millisecond in different messages cannot be told apart; one of them is lost then.
package struct JayxFeed: Sendable {
    package let market: MarketID
    package let scale: JayxScale
    /// The latest trades, oldest first.
    private var recent: [JayxOrderBook.Trade] = []
    private var awaitsHistory = true
    private var lastDeal: UInt64 = 0
    package private(set) var repeatedTrades = 0
    /// The latest book; read into again and again.
    private var book = JayxOrderBook()

    /// The most trades that are remembered; the oldest go first. What is older than all of a full memory is taken for
    /// known.
    package static var recentMax: Int { 512 }

    package init(_ market: MarketID, _ scale: JayxScale) {
        self.market = market
        self.scale = scale
    }

    /// The connection is new: the trades of its first message are history, known or missed.
    package mutating func expectHistory() { awaitsHistory = true }

    /// Takes an event and appends the market events that it makes; candles, balances and orders make none.
    ///
    /// On error, which is a number too large for us, nothing has been appended.
    package mutating func receive(
        _ event: JayxEvent, at now: Instant, into events: inout [MarketEvent]
    ) throws(ArithmeticError) {
        guard case .orderBook(let book) = event else { return }
        try receive(book, at: now, into: &events)
    }

    /// Takes a message with a book that is written as usual; false, with nothing done, for any other.
    package mutating func receiveUsual(
        _ bytes: UnsafeBufferPointer<UInt8>, _ codec: any JayxCodec, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(ArithmeticError) -> Bool {
        guard let message = codec.opened(bytes), message.stream == .orderBook else { return false }
        do throws(WireError) {
            try message.event(into: &book)
        } catch {
            return false
        }
        try receive(book, at: now, into: &events)
        return true
    }

    private mutating func receive(
        _ book: JayxOrderBook, at now: Instant, into events: inout [MarketEvent]
    ) throws(ArithmeticError) {
        let start = events.count
        do throws(ArithmeticError) {
            try append(book, at: now, into: &events)
        } catch {
            events.removeSubrange(start...)
            throw error
        }
    }

    private mutating func append(
        _ book: JayxOrderBook, at now: Instant, into events: inout [MarketEvent]
    ) throws(ArithmeticError) {
        events.append(
            .reset(
                BookReset(
                    market: market, reason: .snapshot, sequence: 0, venueTime: .distantPast, receivedAt: now))
        )
        for level in book.bids { try append(level, .buy, at: now, into: &events) }
        for level in book.asks { try append(level, .sell, at: now, into: &events) }
        if case .level(var last)? = events.last {
            last.isLast = true
            events[events.count - 1] = .level(last)
        }
        try append(book.trades, at: now, into: &events)
    }

    private func append(
        _ level: JayxOrderBook.Level, _ side: Side, at now: Instant, into events: inout [MarketEvent]
    ) throws(ArithmeticError) {
        events.append(
            .level(
                LevelChange(
                    market: market, side: side, isLast: false, price: try scale.price(level.ticks),
                    quantity: try scale.quantity(level.lots), sequence: 0, venueTime: .distantPast,
                    receivedAt: now)))
    }

    /// Appends the trades that are new; the venue sends the newest first.
    private mutating func append(
        _ trades: [JayxOrderBook.Trade], at now: Instant, into events: inout [MarketEvent]
    ) throws(ArithmeticError) {
        let known = recent
        var seen: [JayxOrderBook.Trade] = []
        for trade in trades.reversed() {
            let count = seen.count { $0 == trade }
            seen.append(trade)
            if count < known.count(where: { $0 == trade }) || isBeforeMemory(trade, known) {
                repeatedTrades += 1
                continue
            }
            let price = try scale.price(trade.ticks)
            let quantity = try scale.quantity(trade.lots)
            recent.append(trade)
            if awaitsHistory { continue }
            lastDeal += 1
            events.append(
                .trade(
                    Trade(
                        market: market, aggressor: trade.side.side, id: DealID(lastDeal), price: price,
                        quantity: quantity, venueTime: trade.time, receivedAt: now)))
        }
        awaitsHistory = false
        recent.removeFirst(max(0, recent.count - Self.recentMax))
    }

    private func isBeforeMemory(_ trade: JayxOrderBook.Trade, _ known: [JayxOrderBook.Trade]) -> Bool {
        guard known.count == Self.recentMax, let oldest = known.first else { return false }
        return trade.time < oldest.time
    }
}
