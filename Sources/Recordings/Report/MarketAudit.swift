import MarketModel
import Quantities

/// What the auditor remembers of one market.
struct MarketAudit {
    /// Quotes that are remembered until the book reaches them.
    private static let quotesMax = 64

    var lastEventAt: Instant?
    var lastTrade: UInt64?
    private var book = OrderBook()
    /// A ring: the newest is in front of `next`.
    private var quotes: [Quote] = []
    private var next = 0

    /// How a quote compares with the book that has its update number.
    enum Sample {
        case equal
        case different
    }

    mutating func apply(_ reset: BookReset) {
        book.reset(reset)
    }

    /// Applies a change; the outcome tells of a crossed book, the sample of a quote that waited.
    mutating func apply(_ change: LevelChange) -> (OrderBook.Outcome, Sample?) {
        let outcome = book.apply(change)
        switch outcome {
        case .partial, .ignored, .crossed: return (outcome, nil)
        case .updated: break
        }
        // Tickers come at once and depths in batches, so the quote with the number of the book is
        // usually a few quotes ago.
        for age in 1...Self.quotesMax where age <= quotes.count {
            let index = (next - age + Self.quotesMax) % Self.quotesMax
            let quote = quotes[index]
            if quote.sequence < book.sequence { break }
            if quote.sequence == book.sequence { return (outcome, compare(quote)) }
        }
        return (outcome, nil)
    }

    /// Notes a quote; compares it at once when the book is there already.
    mutating func apply(_ quote: Quote) -> Sample? {
        if book.isLive, quote.sequence == book.sequence, quote.sequence != 0 {
            return compare(quote)
        }
        if quotes.count < Self.quotesMax {
            quotes.append(quote)
        } else {
            quotes[next] = quote
        }
        next = (next + 1) % Self.quotesMax
        return nil
    }

    private func compare(_ quote: Quote) -> Sample? {
        guard let bid = book.bids.best, let ask = book.asks.best else { return nil }
        let isEqual =
            bid == Level(price: quote.bid, quantity: quote.bidSize)
            && ask == Level(price: quote.ask, quantity: quote.askSize)
        return isEqual ? .equal : .different
    }
}
