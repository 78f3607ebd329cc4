import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

// Streams that are turned into events only where they are asked for.

extension BinanceFeed {
    /// Takes a frame of a kind that the fast decoder does not know.
    mutating func receiveOther(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) throws(BinanceFrameError) {
        if receiveUsual(bytes, at: now, into: &events) { return }
        let message: BinanceMessage
        do throws(WireError) {
            message = try BinanceMessage(decoding: bytes)
        } catch {
            guard let known = BinanceFrameError(error) else { return }
            throw known
        }
        switch message {
        case .event(let stream, let event): append(event, stream, at: now, into: &events)
        case .events(let stream, let list):
            for event in list { append(event, stream, at: now, into: &events) }
        case .reply: return
        }
    }

    /// Takes a frame of a busy stream as the venue writes it; false, with nothing done, for any other.
    private mutating func receiveUsual(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) -> Bool {
        guard let message = BinanceOpenedMessage(bytes) else { return false }
        do throws(WireError) {
            switch (message.kind, message.isList) {
            case (.aggregateTrade, false):
                let trade = try message.event(BinanceAggregateTrade.self)
                if extras.aggregateTrades { append(trade, at: now, into: &events) }
            case (.ticker, false):
                let ticker = try message.event(BinanceTicker.self)
                if extras.tickers { append(ticker.statistics, at: now, into: &events) }
            case (.miniTicker, false):
                let day = try message.event(BinanceMiniTicker.self)
                if extras.tickers { append(day, at: now, into: &events) }
            case (.miniTicker, true):
                let days = try message.miniTickers()
                if extras.tickers { for day in days { append(day, at: now, into: &events) } }
            case (.partialDepth, false):
                try message.event(into: &partialBook)
                if extras.partialBooks { append(partialBook, message.stream, at: now, into: &events) }
            default: return false  // open set: forms of messages that are read anyhow
            }
            return true
        } catch {
            return false
        }
    }

    private func append(
        _ event: BinanceEvent, _ stream: BinanceStreamName?, at now: Instant, into events: inout [MarketEvent]
    ) {
        switch event {
        case .aggregateTrade(let trade) where extras.aggregateTrades: append(trade, at: now, into: &events)
        case .ticker(let ticker) where extras.tickers: append(ticker.statistics, at: now, into: &events)
        case .miniTicker(let day) where extras.tickers: append(day, at: now, into: &events)
        case .partialDepth(let book) where extras.partialBooks: append(book, stream, at: now, into: &events)
        case .aggregateTrade, .trade, .blockTrade, .kline, .miniTicker, .ticker, .rollingTicker, .bookTicker,
            .partialDepth, .depth, .averagePrice, .referencePrice, .shutdown:
            return
        }
    }

    private func append(
        _ trade: BinanceAggregateTrade, at now: Instant, into events: inout [MarketEvent]
    ) {
        guard let market = market(trade.symbol), trade.price.isPositive, trade.quantity.isPositive else {
            return
        }
        events.append(
            .trade(
                Trade(
                    market: market, aggressor: trade.buyerIsMaker ? .sell : .buy, id: DealID(trade.id),
                    price: trade.price, quantity: trade.quantity, venueTime: trade.tradeTime,
                    receivedAt: now)))
    }

    private func append(_ day: BinanceStatistics, at now: Instant, into events: inout [MarketEvent]) {
        guard let market = market(day.symbol) else { return }
        events.append(
            .ticker(
                Ticker(
                    market: market, last: day.last, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: day.eventTime, receivedAt: now)))
    }

    private func append(_ day: BinanceMiniTicker, at now: Instant, into events: inout [MarketEvent]) {
        guard let market = market(day.symbol) else { return }
        events.append(
            .ticker(
                Ticker(
                    market: market, last: day.close, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: day.eventTime, receivedAt: now)))
    }

    /// The symbol stands in the stream's name only.
    private func append(
        _ book: BinancePartialDepth, _ stream: BinanceStreamName?, at now: Instant,
        into events: inout [MarketEvent]
    ) {
        guard let symbol = stream?.description.prefix(while: { $0 != "@" }),
            let market = market(BinanceName(symbol.uppercased()))
        else { return }
        let update = LevelUpdate(
            market: market, sequence: book.lastUpdate, venueTime: .distantPast, receivedAt: now)
        update.appendWhole(bids: book.bids, asks: book.asks, to: &events)
    }

    private func market(_ symbol: BinanceName?) -> MarketID? {
        symbol?.withBytes { symbols.number(of: $0) }.map { listings[$0].market }
    }
}
