import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

/// Turns what the market streams of Binance Options bring into market events, in either generation.
///
/// Trades, quotes, day statistics and books have events, and mark prices with volatilities where they are asked
/// for; index prices, open interest, candles and new options have none: whoever wants them takes them from the
/// message. Books of the first generation and of partial streams are whole each time; changes of the second are joined
/// to a whole book by `pu`.
package struct BinanceOptionsFeed {
    package let listings: [VenueListing]
    private let symbols: NameIndex
    /// Whether marks are told: of the second generation those of its mark prices, of the first those of its tickers.
    private let tellsMarks: Bool
    private var syncs: [BinanceBookSync<BinanceDepthChange>]
    /// The latest of a stream of whole books; read into again and again.
    private var wholeBook = BinanceOptionDepth()
    /// Events of options that are not of the session.
    package private(set) var foreign = 0
    /// Times that changes were missing.
    package private(set) var gaps = 0

    /// The market whose last change had to be kept: a whole book of it is wanted.
    package private(set) var awaitsSnapshot: MarketID?

    package init(_ table: MarketTable) { self.init(table.listings) }

    /// Of some markets of a session, which may be called otherwise there.
    package init(_ listings: [VenueListing], tellsMarks: Bool = false) {
        self.listings = listings
        self.tellsMarks = tellsMarks
        symbols = NameIndex(listings.map(\.symbol))
        let last = listings.map { Int($0.market.index) }.max() ?? -1
        syncs = Array(repeating: BinanceBookSync(), count: last + 1)
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

    /// Whether the book of changes of a market is whole.
    package func isBookLive(_ market: MarketID) -> Bool { syncs[Int(market.index)].isLive }

    /// Takes what one message brought and appends the market events that it makes.
    ///
    /// - Parameter stream: its name where the connection tells; partial books of the second generation are told from
    ///   changes by nothing else.
    package mutating func receive(
        _ list: some Sequence<BinanceOptionsEvent>, stream: BinanceStreamName?, at now: Instant,
        into events: inout [MarketEvent]
    ) {
        awaitsSnapshot = nil
        for event in list { receive(event, stream, at: now, into: &events) }
    }

    private mutating func receive(
        _ event: BinanceOptionsEvent, _ stream: BinanceStreamName?, at now: Instant,
        into events: inout [MarketEvent]
    ) {
        switch event {
        case .index, .kline, .newSymbol, .openInterest, .shutdown: return
        case .markPrice(let mark): receive(mark, at: now, into: &events)
        case .trade(let trade): receive(trade, at: now, into: &events)
        case .bookTicker(let ticker): receive(ticker, at: now, into: &events)
        case .ticker(let day): receive(day, at: now, into: &events)
        case .statistics(let day): receive(day, at: now, into: &events)
        case .wholeDepth(let book): receive(book, at: now, into: &events)
        case .depth(let change): receive(change, stream, at: now, into: &events)
        }
    }

    /// Takes a message of a busy stream as the venue writes it; false, with nothing done, for any other.
    mutating func receiveUsual(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        do throws(WireError) {
            switch (message.kind, message.isList) {
            case (.valuation, true):
                let marks = try message.valuations()
                for mark in marks { receive(mark, at: now, into: &events) }
            case (.trade, false):
                receive(try message.event(BinanceOptionTrade.self), at: now, into: &events)
            case (.bookTicker, false):
                receive(try message.event(BinanceBookTicker.self), at: now, into: &events)
            case (.optionTicker, false):
                let day = try message.event(BinanceOptionTicker.self)
                receive(day, at: now, into: &events)
            case (.ticker, false):
                let day = try message.event(BinanceOptionStatistics.self)
                receive(day, at: now, into: &events)
            case (.wholeDepth, false):
                try message.event(into: &wholeBook)
                receive(wholeBook, at: now, into: &events)
            default: return false  // open set: forms of messages that are read anyhow
            }
            awaitsSnapshot = nil
            return true
        } catch {
            return false
        }
    }

    private mutating func receive(
        _ trade: BinanceOptionTrade, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(trade.symbol), trade.price.isPositive, trade.quantity.isPositive else {
            return
        }
        events.append(
            .trade(
                Trade(
                    market: market, aggressor: trade.aggressor, id: DealID(trade.id), price: trade.price,
                    quantity: trade.quantity, venueTime: trade.tradeTime, receivedAt: now)))
    }

    private mutating func receive(
        _ ticker: BinanceBookTicker, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(ticker.symbol) else { return }
        quote(
            Quote(
                market: market, bid: ticker.bid, bidSize: ticker.bidSize, ask: ticker.ask,
                askSize: ticker.askSize, sequence: ticker.update,
                venueTime: ticker.transactionTime ?? .distantPast, receivedAt: now), &events)
    }

    private mutating func receive(
        _ day: BinanceOptionStatistics, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(day.symbol) else { return }
        events.append(
            .ticker(
                Ticker(
                    market: market, last: day.last, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: day.eventTime, receivedAt: now)))
    }

    private mutating func receive(
        _ book: BinanceOptionDepth, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(book.symbol) else { return }
        LevelUpdate(
            market: market, sequence: book.last, venueTime: book.transactionTime, receivedAt: now
        ).appendWhole(bids: book.bids, asks: book.asks, to: &events)
    }

    private mutating func receive(
        _ day: BinanceOptionTicker, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(day.symbol) else { return }
        let time = day.transactionTime ?? day.eventTime
        events.append(
            .ticker(
                Ticker(
                    market: market, last: day.last, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: time, receivedAt: now)))
        if tellsMarks {
            tell(day.mark, day.volatilities, day.greeks, of: market, time, at: now, into: &events)
        }
        quote(
            Quote(
                market: market, bid: day.quote.bid, bidSize: day.quote.bidSize, ask: day.quote.ask,
                askSize: day.quote.askSize, sequence: 0, venueTime: time, receivedAt: now), &events)
    }

    /// Those of other options are not foreign: the venue tells of all that have the same underlying.
    private func receive(_ mark: BinanceMarkPrice, at now: Instant, into events: inout [MarketEvent]) {
        guard tellsMarks, let value = mark.valuation else { return }
        guard let number = mark.symbol.withBytes({ symbols.number(of: $0) }) else { return }
        tell(
            mark.price, value.volatilities, value.greeks, of: listings[number].market, mark.eventTime,
            at: now,
            into: &events)
    }

    /// Prices of marks are computed: they are rounded to eight digits, which records of any market can hold.
    private func tell(
        _ price: Price, _ volatilities: BinanceVolatilities, _ greeks: BinanceGreeks, of market: MarketID,
        _ time: Instant, at now: Instant, into events: inout [MarketEvent]
    ) {
        events.append(
            .optionMark(
                OptionMark(
                    market: market, price: price.rounded(to: Price(raw: 10_000), .toNearestOrEven),
                    volatility: Float(volatilities.mark.signal),
                    bidVolatility: volatilities.bid.map { Float($0.signal) } ?? 0,
                    askVolatility: volatilities.ask.map { Float($0.signal) } ?? 0,
                    delta: Float(greeks.delta.signal), gamma: Float(greeks.gamma.signal),
                    theta: Float(greeks.theta.signal), vega: Float(greeks.vega.signal), venueTime: time,
                    receivedAt: now)))
    }

    /// Appends a quote, unless a side of it is empty.
    private func quote(_ quote: Quote, _ events: inout [MarketEvent]) {
        guard quote.bid.isPositive, quote.ask.isPositive else { return }
        events.append(.quote(quote))
    }

    private mutating func market(_ symbol: BinanceName) -> MarketID? {
        guard let number = symbol.withBytes({ symbols.number(of: $0) }) else {
            foreign += 1
            return nil
        }
        return listings[number].market
    }
}

// MARK: - Books out of changes

extension BinanceOptionsFeed {
    private mutating func receive(
        _ change: BinanceDepthChange, _ stream: BinanceStreamName?, at now: Instant,
        into events: inout [MarketEvent]
    ) {
        guard let market = market(change.symbol) else { return }
        let update = Self.update(change, market, at: now)
        if let stream, Self.isPartial(stream) {
            update.appendWhole(bids: change.bids, asks: change.asks, to: &events)
            return
        }
        let range = BinanceUpdateRange(first: change.first, last: change.last, previous: change.previous)
        switch syncs[Int(market.index)].received(
            range, levelCount: change.bids.count + change.asks.count, payload: change)
        {
        case .apply: update.append(change, to: &events)
        case .ignore: return
        case .keep: awaitsSnapshot = market
        case .distrust(let lastGood):
            gaps += 1
            awaitsSnapshot = market
            events.append(
                .reset(
                    BookReset(
                        market: market, reason: .sequenceGap, sequence: lastGood,
                        venueTime: change.transactionTime ?? change.eventTime, receivedAt: now)))
        }
    }

    /// The whole book of a market came by REST; false when it is too old and another is needed.
    package mutating func receive(
        _ snapshot: BinanceOptionsSnapshot, of market: MarketID, at now: Instant,
        into events: inout [MarketEvent]
    ) -> Bool {
        switch syncs[Int(market.index)].received(snapshot: snapshot.lastUpdate) {
        case .askAgain: return false
        case .ignore: return true
        case .build(let kept):
            LevelUpdate(
                market: market, sequence: snapshot.lastUpdate, venueTime: snapshot.transactionTime,
                receivedAt: now
            ).appendWhole(bids: snapshot.bids, asks: snapshot.asks, to: &events)
            for waiting in kept {
                Self.update(waiting.payload, market, at: now).append(waiting.payload, to: &events)
            }
            return true
        }
    }

    /// `<symbol>@depth20@100ms`, as opposed to `<symbol>@depth@100ms`.
    private static func isPartial(_ stream: BinanceStreamName) -> Bool {
        stream.withBytes { name in
            guard let mark = name.firstIndex(of: UInt8(ascii: "@")) else { return false }
            let rest = name[(mark + 1)...]
            let kind = "depth"
            guard rest.starts(with: kind.utf8), rest.count > kind.utf8.count else { return false }
            return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(rest[rest.startIndex + kind.utf8.count])
        }
    }

    private static func update(
        _ change: BinanceDepthChange, _ market: MarketID, at now: Instant
    ) -> LevelUpdate {
        LevelUpdate(
            market: market, sequence: change.last, venueTime: change.transactionTime ?? change.eventTime,
            receivedAt: now)
    }
}

extension LevelUpdate {
    fileprivate func append(_ change: BinanceDepthChange, to events: inout [MarketEvent]) {
        append(bids: change.bids, asks: change.asks, to: &events)
    }
}
