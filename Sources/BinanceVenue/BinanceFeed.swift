import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

/// Turns the market-data frames of Binance into market events; live and recorded alike.
///
/// Quotes carry the ticker's update number. Depth frames pass through one `BinanceBookSync` per market
/// and come out as level changes, whose last one is marked. A frame of a market that is not of the
/// session is counted and dropped.
package struct BinanceFeed {
    package private(set) var counts = BinanceFeedCounts()
    package let listings: [VenueListing]
    let symbols: NameIndex
    private let soleMarket: MarketID?
    /// The market whose last depth frame had to be kept: a snapshot of it is wanted.
    package private(set) var awaitsSnapshot: MarketID?
    private var syncs: [BinanceBookSync<KeptLevels>]
    private var decoder = BinanceFrameDecoder()
    /// The latest of a stream of whole books; read into again and again.
    var partialBook = BinancePartialDepth()

    /// The levels of a frame that waits for its snapshot.
    private struct KeptLevels {
        var venueTime: Instant
        var levels: [Level]
        var bids: Range<Int>
        var asks: Range<Int>
    }

    let extras: BinanceFeedExtras

    package init(_ table: MarketTable, _ extras: BinanceFeedExtras = BinanceFeedExtras()) {
        self.init(table.listings, extras)
    }

    /// Of some markets of a session, which may be called otherwise there.
    package init(_ listings: [VenueListing], _ extras: BinanceFeedExtras = BinanceFeedExtras()) {
        self.listings = listings
        self.extras = extras
        symbols = NameIndex(listings.map(\.symbol))
        soleMarket = listings.count == 1 ? listings[0].market : nil
        let last = listings.map { Int($0.market.index) }.max() ?? -1
        syncs = Array(repeating: BinanceBookSync(), count: last + 1)
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
        _ = try receiveKind(bytes, at: now, snapshotOf: market, into: &events)
    }

    /// The same, and says what it was: whoever has the connection reads `control` frames again.
    mutating func receiveKind(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, snapshotOf market: MarketID? = nil,
        into events: inout [MarketEvent]
    ) throws(BinanceFrameError) -> BinanceFrameKind {
        awaitsSnapshot = nil
        let kind = try decoder.decode(bytes)
        switch kind {
        case .bookTicker: receive(decoder.bookTicker, at: now, into: &events)
        case .trade: receive(decoder.trade, at: now, into: &events)
        case .depth: receive(decoder.depth, at: now, into: &events)
        case .snapshot:
            counts.snapshots += 1
            guard let market = market ?? soleMarket else {
                counts.foreign += 1
                break
            }
            receive(decoder.snapshot, of: market, at: now, into: &events)
        case .control: counts.other += 1
        case .other:
            counts.other += 1
            if extras.isAny { try receiveOther(bytes, at: now, into: &events) }
        }
        return kind
    }

    /// Something was missed: no book is whole any more.
    package mutating func disconnect(
        at now: Instant, reason: BookReset.Reason = .disconnected, into events: inout [MarketEvent]
    ) {
        for listing in listings {
            syncs[Int(listing.market.index)] = BinanceBookSync()
            events.append(
                .reset(
                    BookReset(
                        market: listing.market, reason: reason, sequence: 0, venueTime: now,
                        receivedAt: now)))
        }
    }

    /// The market of a symbol; nil when it is not of this session.
    private func market(_ symbol: UnsafeBufferPointer<UInt8>) -> MarketID? {
        symbols.number(of: symbol).map { listings[$0].market }
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
        case .keep:
            counts.keptDepths += 1
            awaitsSnapshot = market
        case .distrust(let lastGood):
            counts.keptDepths += 1
            awaitsSnapshot = market
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
