import MarketModel
import Quantities

/// An update of a book, whatever the generation of the protocol; its levels are handed on beside it.
package struct CoinExDepthNews: Equatable, Sendable {
    package var market: MarketID
    package var isFull: Bool
    package var bids: Range<Int>
    package var asks: Range<Int>
    package var time: Instant
    package var checksum: UInt32?
}

/// Makes market events of what the public streams say.
///
/// **Books.** An update comes out as level changes only when the book that it leads to has the venue's checksum: no
/// strategy sees a damaged book. Otherwise the book is reset, and the caller is told to ask for it anew.
/// **Trades.** Each is told once, the oldest first. What comes first after a subscription is history. Of the first one
/// it is not live flow, and makes no events. Of a later one, after a gap in the connection, it is what was missed: it
/// is told when it reaches back to the last trade that is known; else it waits, with all that comes after it, until
/// the trades in between have been asked for (`gaps`).
package struct CoinExMarketFeed: Sendable {
    private struct MarketTrack: Sendable {
        var book: CoinExBook
        /// The newest trade that was told of, or that history had.
        var lastDeal: UInt64 = 0
        /// The next push of trades is history.
        var awaitsHistory = true
        /// The gap that trades wait for; nil when there is none.
        var gap: CoinExTradeGap?
        /// Those that wait, the oldest first.
        var held: [Trade] = []
        /// Updates that are in the book.
        var updates: UInt64 = 0
    }

    /// Trades of a market that wait for a gap to be filled; of more, the oldest are dropped.
    package static let heldMax = 1_024

    package private(set) var counts = CoinExMarketCounts()
    /// Whether trades of a gap in the connection are told.
    package var tellsMissed = false
    /// Gaps that are to be filled; at most one of each market.
    package private(set) var gaps: [CoinExTradeGap] = []
    private var tracks: [MarketTrack]
    private var checksum = CoinExChecksum()

    /// - Parameter limit: the levels per side that books are subscribed with.
    package init(markets: Int, limit: Int) {
        tracks = Array(repeating: MarketTrack(book: CoinExBook(limit: limit)), count: markets)
    }

    package func book(of market: MarketID) -> CoinExBook { tracks[Int(market.index)].book }

    // MARK: - Books

    /// Takes an update of a book and appends the events that it makes.
    package mutating func receive(
        _ news: CoinExDepthNews, _ levels: [CoinExBookLevel], at now: Instant,
        into events: inout [MarketEvent]
    ) -> CoinExBook.Outcome {
        let index = Int(news.market.index)
        counts.depths += 1
        let wasLive = tracks[index].book.state == .live
        let outcome = tracks[index].book.apply(
            isFull: news.isFull, bids: levels[news.bids], asks: levels[news.asks], time: news.time,
            checksum: news.checksum, &checksum)
        switch outcome {
        case .replaced:
            tracks[index].updates += 1
            events.append(reset(news.market, .snapshot, news.time, now))
            append(levels, news, now, &events)
        case .changed:
            tracks[index].updates += 1
            append(levels, news, now, &events)
        case .old, .waiting: counts.droppedDepths += 1
        case .damaged:
            counts.checksumMismatches += 1
            if wasLive { events.append(reset(news.market, .checksumMismatch, news.time, now)) }
        }
        return outcome
    }

    /// The books are not kept up any more: because the connection is lost, or the subscription is replaced.
    package mutating func distrustBooks(at now: Instant, into events: inout [MarketEvent]) {
        for index in tracks.indices { distrustBook(MarketID(index), at: now, into: &events) }
    }

    /// The book of one market is not kept up any more.
    package mutating func distrustBook(
        _ market: MarketID, at now: Instant, into events: inout [MarketEvent]
    ) {
        let index = Int(market.index)
        guard tracks[index].book.distrust() else { return }
        events.append(reset(market, .disconnected, tracks[index].book.time, now))
    }

    private func reset(
        _ market: MarketID, _ reason: BookReset.Reason, _ time: Instant, _ now: Instant
    ) -> MarketEvent {
        .reset(
            BookReset(
                market: market, reason: reason, sequence: tracks[Int(market.index)].updates,
                venueTime: time, receivedAt: now))
    }

    /// Appends the changes of an update, the last one marked.
    private func append(
        _ levels: [CoinExBookLevel], _ news: CoinExDepthNews, _ now: Instant,
        _ events: inout [MarketEvent]
    ) {
        var change = LevelChange(
            market: news.market, side: .buy, isLast: false, price: .zero, quantity: .zero,
            sequence: tracks[Int(news.market.index)].updates, venueTime: news.time, receivedAt: now)
        guard !news.bids.isEmpty || !news.asks.isEmpty else {
            // Nothing changed, or the book is empty: the removal of no level says that it is whole.
            change.isLast = true
            events.append(.level(change))
            return
        }
        for index in news.bids {
            change.isLast = news.asks.isEmpty && index == news.bids.upperBound - 1
            change.price = levels[index].price
            change.quantity = levels[index].quantity
            events.append(.level(change))
        }
        change.side = .sell
        for index in news.asks {
            change.isLast = index == news.asks.upperBound - 1
            change.price = levels[index].price
            change.quantity = levels[index].quantity
            events.append(.level(change))
        }
    }

    // MARK: - Trades

    /// What is done with the trades of a push.
    package enum TradeFlow {
        case told
        /// They are of the time before the session.
        case history
        /// Trades before them are missing.
        case held
    }

    /// A subscription of trades begins: what comes first is history.
    package mutating func expectHistory() {
        gaps.removeAll()
        for index in tracks.indices {
            tracks[index].awaitsHistory = true
            tracks[index].gap = nil
            // What waited comes again.
            tracks[index].held.removeAll()
        }
    }

    /// Begins a push of trades.
    ///
    /// - Parameter oldest: the number of its oldest trade; nil when it has none.
    package mutating func beginTrades(_ market: MarketID, oldest: UInt64?) -> TradeFlow {
        let index = Int(market.index)
        guard tracks[index].awaitsHistory else { return tracks[index].gap == nil ? .told : .held }
        guard tellsMissed, tracks[index].lastDeal > 0 else {
            tracks[index].awaitsHistory = false
            return .history
        }
        guard let oldest else { return .told }
        tracks[index].awaitsHistory = false
        if oldest <= tracks[index].lastDeal { return .told }
        let gap = CoinExTradeGap(
            market: market, after: DealID(tracks[index].lastDeal), before: DealID(oldest))
        tracks[index].gap = gap
        gaps.append(gap)
        return .held
    }

    /// Takes one trade, the oldest of a push first, and appends its event.
    package mutating func receive(_ trade: Trade, _ flow: TradeFlow, into events: inout [MarketEvent]) {
        let index = Int(trade.market.index)
        guard trade.id.raw > tracks[index].lastDeal else {
            counts.repeatedTrades += 1
            return
        }
        switch flow {
        case .told:
            tracks[index].lastDeal = trade.id.raw
            counts.trades += 1
            events.append(.trade(trade))
        case .history:
            tracks[index].lastDeal = trade.id.raw
            counts.historicTrades += 1
        case .held:
            if tracks[index].held.count == Self.heldMax {
                tracks[index].held.removeFirst()
                counts.droppedTrades += 1
            }
            tracks[index].held.append(trade)
        }
    }

    /// Hands over the gaps that are to be filled.
    package mutating func takeGaps() -> [CoinExTradeGap] {
        defer { gaps.removeAll(keepingCapacity: true) }
        return gaps
    }

    /// Takes the trades of a gap, the oldest first, and tells them and all that waited for them.
    package mutating func fill(
        _ gap: CoinExTradeGap, with trades: [Trade], at now: Instant, into events: inout [MarketEvent]
    ) {
        let index = Int(gap.market.index)
        guard tracks[index].gap == gap else { return }
        tracks[index].gap = nil
        for trade in trades { receive(trade, .told, into: &events) }
        for var trade in tracks[index].held {
            trade.receivedAt = now
            receive(trade, .told, into: &events)
        }
        tracks[index].held.removeAll()
    }
}

/// Trades of a market that a subscription after a gap in the connection did not reach back to.
package struct CoinExTradeGap: BitwiseCopyable, Equatable, Sendable {
    package var market: MarketID
    /// The last that is known.
    package var after: DealID
    /// The first that came again.
    package var before: DealID

    package init(market: MarketID, after: DealID, before: DealID) {
        self.market = market
        self.after = after
        self.before = before
    }
}

/// What the public streams have brought.
package struct CoinExMarketCounts: BitwiseCopyable, Equatable, Sendable {
    package var depths = 0
    /// Updates that were older than the book, or came before it.
    package var droppedDepths = 0
    /// Books that were not the venue's.
    package var checksumMismatches = 0
    package var trades = 0
    package var historicTrades = 0
    package var repeatedTrades = 0
    /// Trades that waited for a gap to be filled, and were too many.
    package var droppedTrades = 0

    package init() {}
}
