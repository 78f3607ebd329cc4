import MarketModel
import Quantities

/// Makes candles of trades, or of the mid prices of quotes: by time, by number or by volume.
///
/// ```swift
/// var candles = CandleBuilder(.time(.minutes(1)))
/// for candle in candles.add(trade) { average.add(candle.close) }        // in onTrade
/// for candle in candles.advance(to: desk.now) { ... }                   // in onAlarm, at candles.closesAt
/// ```
///
/// ## Time
///
/// Candles by time go by the **venue's** clock: they are a statement about the market, equal to the venue's own
/// charts and the same in every run, whatever our latency was. Intervals are aligned: those of one minute begin
/// with the minute. Where a trade has no venue time (`Instant.distantPast`) the time of its arrival counts.
///
/// 1. A trade belongs to the interval of its venue time; the end is not part of it. Within the interval the
///    order of arrival counts: the last that arrived is the close.
/// 2. A trade of a later interval closes the open candle. `advance(to:)` closes it when no trade comes: at the
///    end of the interval and a grace after it. The grace covers what trades need to reach us, and how far our
///    clock is ahead of the venue's; where it does not, trades are late.
/// 3. An interval without trades between two with trades is a candle marked `isEmpty` with the last close. At
///    most `emptyMax` come at once, the newest; more are left out and counted in `skippedCount`.
/// 4. A trade that is older than the open candle, or of an interval that is closed, is late: it is counted in
///    `lateCount` and changes nothing. Candles that were handed out never change.
/// 5. A trade whose venue time is more than an hour ahead of its arrival has a broken clock and is refused: it
///    would make all that follow late.
///
/// ## Number and volume
///
/// These go by arrival alone: no trade is late, and no time closes them. A candle closes with the trade that
/// completes it. Candles by volume have exactly that volume: a trade that is larger than what is missing is
/// split. It makes at most `rowMax` more candles; what is beyond that goes to the first, which is larger
/// then. The turnover of a split trade is rounded down for each part, and the first part takes what that leaves,
/// so that volume, turnover and count of the candles add up exactly to those of the trades.
///
/// ## Faults
///
/// Nothing that comes from outside traps. Trades without a positive price and quantity, at impossible times, or
/// with sums that overflow are counted in `refusedCount` and change nothing.
public struct CandleBuilder: Sendable {
    /// What closes a candle.
    public enum Kind: Equatable, Sendable {
        /// Intervals of this length, one of which begins at midnight UTC plus the offset.
        case time(Interval, offset: Interval = .zero)
        /// This many trades or quotes.
        case ticks(Int)
        /// This volume in the base asset; not for quotes, which have none.
        case volume(Quantity)
    }

    /// The most candles that one trade makes beside the one that it completes.
    public static let rowMax = 1_000
    /// How far the venue's clock may be ahead of ours.
    @inlinable public static var aheadMax: Interval { .minutes(60) }

    public let kind: Kind
    @usableFromInline let grid: TimeGrid
    @usableFromInline let emptyMax: Int
    @usableFromInline let grace: Interval

    @usableFromInline var open: Candle
    @usableFromInline var isOpen = false
    /// The end of the newest interval that was handed out or passed over.
    @usableFromInline var closedUntil = Instant.distantPast
    @usableFromInline var lastClose: Price?
    /// Trades may be missing before the next one.
    @usableFromInline var isInterrupted: Bool

    /// Trades that came when their candle was closed.
    public internal(set) var lateCount = 0
    /// Trades that no candle can hold.
    public internal(set) var refusedCount = 0
    /// Empty intervals that were left out because there were too many at once.
    public internal(set) var skippedCount = 0

    /// - Parameters:
    ///   - kind: what closes a candle; a length, number or volume that is not positive traps.
    ///   - grace: how long after the end of an interval `advance(to:)` waits for trades on their way.
    ///   - emptyMax: how many empty candles one step gives at most, 0 or more.
    public init(_ kind: Kind, grace: Interval = .milliseconds(250), emptyMax: Int = 1_000) {
        switch kind {
        case .time(let length, let offset):
            precondition(length > .zero, "an interval has a length")
            grid = TimeGrid(length: length, offset: offset)
            isInterrupted = true
        case .ticks(let count):
            precondition(count > 0, "a candle has a trade")
            grid = TimeGrid(length: .seconds(1), offset: .zero)
            isInterrupted = false
        case .volume(let volume):
            precondition(volume.isPositive, "a candle has a volume")
            grid = TimeGrid(length: .seconds(1), offset: .zero)
            isInterrupted = false
        }
        precondition(grace >= .zero && emptyMax >= 0, "a grace and a number are not negative")
        self.kind = kind
        self.grace = grace
        self.emptyMax = emptyMax
        open = Candle(
            start: .distantPast, end: .distantPast, open: .zero, high: .zero, low: .zero, close: .zero)
    }

    /// The candle that is not closed yet; nil before its first trade.
    @inlinable public var current: Candle? { isOpen ? open : nil }

    /// When `advance(to:)` closes the next candle; nil before the first trade, and for other kinds than time.
    public var closesAt: Instant? {
        switch kind {
        case .time:
            if isOpen { return open.end + grace }
            return lastClose == nil ? nil : closedUntil + grid.length + grace
        case .ticks, .volume: return nil
        }
    }

    /// Says that trades may have been missed: after a lost connection, or a gap in the data.
    ///
    /// The open candle, the one of the next trade and those between them are marked `isPartial`. The first
    /// candle by time is, too: what happened in its interval before the first trade is not known.
    public mutating func interrupt() {
        isInterrupted = true
        open.isPartial = true
    }
}

// MARK: - Trades and quotes

extension CandleBuilder {
    /// Adds a trade; returns the candles that this has closed.
    @inlinable @inline(__always) @discardableResult
    public mutating func add(_ trade: Trade) -> ClosedCandles {
        // Most trades close nothing: they have a way of their own, on which no candle is copied.
        join(trade) ? ClosedCandles() : enter(trade)
    }

    /// Adds a trade to the open candle where that closes nothing; false, and nothing is changed, where it may.
    @inlinable
    mutating func join(_ trade: Trade) -> Bool {
        guard isOpen, trade.price.isPositive, trade.quantity.isPositive, trade.venueTime != .distantPast,
            trade.venueTime <= trade.receivedAt + Self.aheadMax, leavesOpen(trade),
            let turnover = Self.turnover(trade.quantity, trade.price)
        else { return false }
        let part = Candle.Part(
            price: trade.price, quantity: trade.quantity, side: trade.aggressor, turnover: turnover, count: 1,
            time: trade.venueTime)
        guard open.take(part) else { return false }
        // Of a candle by time the end is not before it anyway.
        if trade.venueTime > open.end { open.end = trade.venueTime }
        isInterrupted = false
        return true
    }

    /// Whether the open candle has room for more behind this trade.
    @inlinable
    func leavesOpen(_ trade: Trade) -> Bool {
        switch kind {
        case .time: trade.venueTime >= open.start && trade.venueTime < open.end
        case .ticks(let count): open.count + 1 < count
        case .volume(let volume): trade.quantity < volume - open.volume
        }
    }

    /// Adds a trade that opens or closes a candle, or is none that any candle holds.
    @usableFromInline
    mutating func enter(_ trade: Trade) -> ClosedCandles {
        guard trade.price.isPositive, trade.quantity.isPositive,
            let turnover = Self.turnover(trade.quantity, trade.price)
        else { return refuse() }
        let part = Candle.Part(
            price: trade.price, quantity: trade.quantity, side: trade.aggressor, turnover: turnover, count: 1,
            time: trade.venueTime)
        return add(part, receivedAt: trade.receivedAt)
    }

    /// Adds the mid price of a quote, rounded down to a raw unit; volume and turnover are none.
    ///
    /// For candles of markets that seldom trade. A builder is fed with quotes or with trades, not with both.
    @discardableResult
    public mutating func add(_ quote: Quote) -> ClosedCandles {
        let (sum, isTooLarge) = quote.bid.raw.addingReportingOverflow(quote.ask.raw)
        guard quote.bid.isPositive, quote.ask.isPositive, !isTooLarge else { return refuse() }
        let part = Candle.Part(
            price: Price(raw: sum >> 1), quantity: .zero, side: .sell, turnover: .zero, count: 1,
            time: quote.venueTime)
        return add(part, receivedAt: quote.receivedAt)
    }

    mutating func add(_ part: Candle.Part, receivedAt: Instant) -> ClosedCandles {
        var part = part
        if part.time == .distantPast { part.time = receivedAt }
        guard part.time <= receivedAt + Self.aheadMax else { return refuse() }
        switch kind {
        case .time:
            if isOpen, part.time >= open.start, part.time < open.end {
                isInterrupted = false
                return open.take(part) ? ClosedCandles() : refuse()
            }
            return begin(part)
        case .ticks(let count): return add(part, toCandlesOf: count)
        case .volume(let volume): return add(part, toCandlesOf: volume)
        }
    }

    @inlinable
    static func turnover(_ quantity: Quantity, _ price: Price) -> Notional? {
        do throws(ArithmeticError) {
            return try quantity.times(price, .down)
        } catch {
            return nil
        }
    }

    @usableFromInline
    mutating func refuse() -> ClosedCandles {
        refusedCount += 1
        return ClosedCandles()
    }

    /// Takes the open candle away.
    @usableFromInline
    mutating func close() -> Candle {
        isOpen = false
        lastClose = open.close
        return open
    }
}
