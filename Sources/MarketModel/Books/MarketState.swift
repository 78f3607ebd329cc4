import Quantities

/// What is known of a market at this moment: quote, last trade, ticker, book.
///
/// The strategies read it through their desk, the simulated venue matches against it: there is one state
/// per market, so both see the same.
@frozen public struct MarketState: Sendable {
    /// The newest best bid and ask, from the quote stream or, where there is none, from the book.
    public var quote: Quote?
    public var lastTrade: Trade?
    public var ticker: Ticker?
    /// The newest mark of an option, however old.
    public var optionMark: OptionMark?
    public var book = OrderBook()
    /// Whether the venue streams quotes of their own; then the book does not overwrite them.
    public var hasQuoteStream = false
    /// Bid and ask of the quote stream are crossed or empty: not readable until the next good one.
    public var isQuoteSuspect = false

    /// When the newest quote or book update reached us. Trades do not count: while a book is frozen they
    /// go on.
    public var updatedAt: Instant = .distantPast

    public init() {}

    /// The price that positions are valued at: the mid price, else the last trade, else nothing.
    @inlinable public var mark: Price? { mid ?? lastTrade?.price }

    /// Half-way between bid and ask; nil while there is no quote.
    @inlinable
    public var mid: Price? {
        guard let quote else { return nil }
        return quote.mid
    }

    /// The best price of a side with its size; nil while there is no quote.
    @inlinable
    public func touch(_ side: Side) -> Level? {
        guard let quote else { return nil }
        switch side {
        case .buy: return Level(price: quote.bid, quantity: quote.bidSize)
        case .sell: return Level(price: quote.ask, quantity: quote.askSize)
        }
    }
}

extension MarketState {
    /// Takes a quote over; false when it is crossed or one-sided and was dropped.
    @inlinable @inline(__always)
    package mutating func apply(_ new: Quote) -> Bool {
        hasQuoteStream = true
        updatedAt = new.receivedAt
        if new.bid >= new.ask || !new.bid.isPositive {
            isQuoteSuspect = true
            quote = nil
            return false
        }
        isQuoteSuspect = false
        quote = new
        return true
    }

    /// Takes a level change over; the quote follows the book where the venue streams no quotes.
    @inlinable @inline(__always)
    package mutating func apply(_ change: LevelChange) -> OrderBook.Outcome {
        updatedAt = change.receivedAt
        let outcome = book.apply(change)
        if !hasQuoteStream {
            switch outcome {
            case .updated: followBook(change)
            case .crossed: quote = nil
            case .partial, .ignored: break
            }
        }
        return outcome
    }

    @inlinable @inline(__always)
    package mutating func apply(_ trade: Trade) {
        lastTrade = trade
    }

    @inlinable
    package mutating func apply(_ reset: BookReset) {
        book.reset(reset)
        switch reset.reason {
        case .snapshot: break
        case .sequenceGap, .checksumMismatch:
            if !hasQuoteStream { quote = nil }
        case .disconnected, .recordingGap: quote = nil
        }
    }

    @usableFromInline
    package mutating func followBook(_ change: LevelChange) {
        guard let bid = book.bids.best, let ask = book.asks.best else {
            quote = nil
            return
        }
        quote = Quote(
            market: change.market, bid: bid.price, bidSize: bid.quantity, ask: ask.price,
            askSize: ask.quantity, sequence: change.sequence, venueTime: change.venueTime,
            receivedAt: change.receivedAt)
    }
}
