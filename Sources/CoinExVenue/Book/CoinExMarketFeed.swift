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
/// **Trades.** What comes first after a subscription is history: it is not live flow and makes no events. Each
/// trade is told once, the oldest first.
package struct CoinExMarketFeed: Sendable {
    private struct MarketTrack: Sendable {
        var book: CoinExBook
        /// The newest trade that was told of, or that history had.
        var lastDeal: UInt64 = 0
        /// The next push of trades is history.
        var awaitsHistory = true
        /// Updates that are in the book.
        var updates: UInt64 = 0
    }

    package private(set) var counts = CoinExMarketCounts()
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

    /// A subscription of trades begins: what comes first is history.
    package mutating func expectHistory() {
        for index in tracks.indices { tracks[index].awaitsHistory = true }
    }

    /// Begins a push of trades; true when they are history, and are handed on all the same.
    package mutating func beginTrades(_ market: MarketID) -> Bool {
        let index = Int(market.index)
        let isHistory = tracks[index].awaitsHistory
        tracks[index].awaitsHistory = false
        return isHistory
    }

    /// Takes one trade, the oldest of a push first, and appends its event.
    package mutating func receive(_ trade: Trade, isHistory: Bool, into events: inout [MarketEvent]) {
        let index = Int(trade.market.index)
        guard trade.id.raw > tracks[index].lastDeal else {
            counts.repeatedTrades += 1
            return
        }
        tracks[index].lastDeal = trade.id.raw
        guard !isHistory else {
            counts.historicTrades += 1
            return
        }
        counts.trades += 1
        events.append(.trade(trade))
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

    package init() {}
}
