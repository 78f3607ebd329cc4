import MarketModel
import Quantities
import WireCodecs

/// Turns the market-data frames of Binance into market events; live and recorded alike.
///
/// Quotes carry the ticker's update number. Depth frames pass through one `BinanceBookSync` per market
/// and come out as level changes, whose last one is marked. A frame of a market that is not of the
/// session is counted and dropped.
package struct BinanceFeed {
    package private(set) var counts = BinanceFeedCounts()
    private let symbols: NameIndex
    private let soleMarket: MarketID?
    private var syncs: [BinanceBookSync<KeptLevels>]
    private var decoder = BinanceFrameDecoder()

    /// The levels of a frame that waits for its snapshot.
    private struct KeptLevels {
        var venueTime: Instant
        var levels: [Level]
        var bids: Range<Int>
        var asks: Range<Int>
    }

    package init(_ table: MarketTable) {
        symbols = NameIndex(table.markets.map(\.name))
        soleMarket = table.markets.count == 1 ? table.markets[0].id : nil
        syncs = Array(repeating: BinanceBookSync(), count: table.markets.count)
    }

    /// Whether the book of a market is whole.
    package func isBookLive(_ market: MarketID) -> Bool { syncs[Int(market.index)].isLive }

    /// Takes one frame and appends the events that it makes.
    ///
    /// A naked snapshot belongs to `market`, or to the only market of the session; where neither is
    /// known it is counted and dropped. On error nothing has been appended and nothing has changed.
    package mutating func receive(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, snapshotOf market: MarketID? = nil,
        into events: inout [MarketEvent]
    ) throws(BinanceFrameError) {
        switch try decoder.decode(bytes) {
        case .bookTicker: receive(decoder.bookTicker, at: now, into: &events)
        case .trade: receive(decoder.trade, at: now, into: &events)
        case .depth: receive(decoder.depth, at: now, into: &events)
        case .snapshot:
            counts.snapshots += 1
            guard let market = market ?? soleMarket else {
                counts.foreign += 1
                return
            }
            receive(decoder.snapshot, of: market, at: now, into: &events)
        case .other: counts.other += 1
        }
    }

    /// The market of a symbol; nil when it is not of this session.
    private func market(_ symbol: UnsafeBufferPointer<UInt8>) -> MarketID? {
        symbols.number(of: symbol).map { MarketID($0) }
    }

    private mutating func receive(
        _ frame: BinanceBookTickerFrame, at now: Instant, into events: inout [MarketEvent]
    ) {
        counts.bookTickers += 1
        guard let market = market(frame.symbol) else {
            counts.foreign += 1
            return
        }
        events.append(
            .quote(
                Quote(
                    market: market, bid: frame.bid, bidSize: frame.bidSize, ask: frame.ask,
                    askSize: frame.askSize, sequence: frame.update,
                    venueTime: frame.transactionTime, receivedAt: now)))
    }

    private mutating func receive(
        _ frame: BinanceTradeFrame, at now: Instant, into events: inout [MarketEvent]
    ) {
        counts.trades += 1
        guard let market = market(frame.symbol) else {
            counts.foreign += 1
            return
        }
        guard frame.counts else {
            counts.skippedTrades += 1
            return
        }
        events.append(
            .trade(
                Trade(
                    market: market, aggressor: frame.buyerIsMaker ? .sell : .buy,
                    id: DealID(frame.id), price: frame.price, quantity: frame.quantity,
                    venueTime: frame.transactionTime, receivedAt: now)))
    }

    private mutating func receive(
        _ frame: BinanceDepthFrame, at now: Instant, into events: inout [MarketEvent]
    ) {
        counts.depths += 1
        guard let market = market(frame.symbol) else {
            counts.foreign += 1
            return
        }
        let action = syncs[Int(market.index)].received(
            frame.updates, levelCount: decoder.levels.count,
            payload: KeptLevels(
                venueTime: frame.venueTime, levels: decoder.levels, bids: frame.bids, asks: frame.asks))
        switch action {
        case .apply:
            let update = LevelUpdate(
                market: market, sequence: frame.updates.last, venueTime: frame.venueTime,
                receivedAt: now)
            update.append(decoder.levels, bids: frame.bids, asks: frame.asks, to: &events)
        case .ignore: counts.duplicateDepths += 1
        case .keep: counts.keptDepths += 1
        case .distrust(let lastGood):
            counts.keptDepths += 1
            counts.sequenceGaps += 1
            events.append(
                .reset(
                    BookReset(
                        market: market, reason: .sequenceGap, sequence: lastGood,
                        venueTime: frame.venueTime, receivedAt: now)))
        }
    }

    private mutating func receive(
        _ frame: BinanceSnapshotFrame, of market: MarketID, at now: Instant,
        into events: inout [MarketEvent]
    ) {
        switch syncs[Int(market.index)].received(snapshot: frame.lastUpdate) {
        case .askAgain, .ignore: counts.uselessSnapshots += 1
        case .build(let kept):
            let reset = BookReset(
                market: market, reason: .snapshot, sequence: frame.lastUpdate,
                venueTime: frame.venueTime, receivedAt: now)
            events.append(.reset(reset))
            let whole = LevelUpdate(
                market: market, sequence: frame.lastUpdate, venueTime: frame.venueTime,
                receivedAt: now)
            whole.append(decoder.levels, bids: frame.bids, asks: frame.asks, to: &events)
            for waiting in kept {
                // Its effect can be known only now: this is when it is received.
                let update = LevelUpdate(
                    market: market, sequence: waiting.updates.last,
                    venueTime: waiting.payload.venueTime, receivedAt: now)
                update.append(
                    waiting.payload.levels, bids: waiting.payload.bids, asks: waiting.payload.asks,
                    to: &events)
            }
            counts.appliedKeptDepths += kept.count
        }
    }
}

/// What the level changes of one update have in common.
private struct LevelUpdate {
    var market: MarketID
    var sequence: UInt64
    var venueTime: Instant
    var receivedAt: Instant

    /// Appends the changes, bids first; the last one is marked.
    func append(
        _ levels: [Level], bids: Range<Int>, asks: Range<Int>, to events: inout [MarketEvent]
    ) {
        for index in bids {
            append(levels[index], .buy, isLast: asks.isEmpty && index == bids.upperBound - 1, &events)
        }
        for index in asks {
            append(levels[index], .sell, isLast: index == asks.upperBound - 1, &events)
        }
    }

    private func append(
        _ level: Level, _ side: Side, isLast: Bool, _ events: inout [MarketEvent]
    ) {
        events.append(
            .level(
                LevelChange(
                    market: market, side: side, isLast: isLast, price: level.price,
                    quantity: level.quantity, sequence: sequence, venueTime: venueTime,
                    receivedAt: receivedAt)))
    }
}
