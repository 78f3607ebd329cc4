import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

// Streams that are turned into events only where they are asked for.

extension BinanceFeed {
    /// Takes a frame of a kind that the fast decoder does not know.
    func receiveOther(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) throws(BinanceFrameError) {
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

    private func append(
        _ event: BinanceEvent, _ stream: String?, at now: Instant, into events: inout [MarketEvent]
    ) {
        switch event {
        case .aggregateTrade(let trade) where extras.aggregateTrades:
            guard let market = market(trade.symbol), trade.price.isPositive, trade.quantity.isPositive else {
                return
            }
            events.append(
                .trade(
                    Trade(
                        market: market, aggressor: trade.buyerIsMaker ? .sell : .buy, id: DealID(trade.id),
                        price: trade.price, quantity: trade.quantity, venueTime: trade.tradeTime,
                        receivedAt: now)))
        case .ticker(let ticker) where extras.tickers:
            let day = ticker.statistics
            append(
                Ticker(
                    market: MarketID(0), last: day.last, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: day.eventTime, receivedAt: now), day.symbol, &events)
        case .miniTicker(let day) where extras.tickers:
            append(
                Ticker(
                    market: MarketID(0), last: day.close, open: day.open, high: day.high, low: day.low,
                    volume: day.volume, venueTime: day.eventTime, receivedAt: now), day.symbol, &events)
        case .partialDepth(let book) where extras.partialBooks:
            // The symbol stands in the stream's name only.
            guard let symbol = stream?.prefix(while: { $0 != "@" }), let market = market(symbol.uppercased())
            else { return }
            let update = LevelUpdate(
                market: market, sequence: book.lastUpdate, venueTime: .distantPast, receivedAt: now)
            update.appendWhole(bids: book.bids, asks: book.asks, to: &events)
        case .aggregateTrade, .trade, .blockTrade, .kline, .miniTicker, .ticker, .rollingTicker, .bookTicker,
            .partialDepth, .depth, .averagePrice, .referencePrice, .shutdown:
            return
        }
    }

    private func append(_ ticker: Ticker, _ symbol: String, _ events: inout [MarketEvent]) {
        guard let market = market(symbol) else { return }
        var ticker = ticker
        ticker.market = market
        events.append(.ticker(ticker))
    }

    private func market(_ symbol: String) -> MarketID? {
        var copy = symbol
        return copy.withUTF8 { symbols.number(of: $0) }.map { listings[$0].market }
    }
}
