import MarketModel
import Quantities

/// The trades of a span of time, of a number of trades or of a volume, summed up exactly.
@frozen public struct Candle: BitwiseCopyable, Equatable, Sendable {
    /// Of candles by time: the beginning of the interval. Of others: the time of the first trade.
    public var start: Instant
    /// Of candles by time: the first moment that is not part of it. Of others: the time of the latest trade.
    public var end: Instant
    public var open: Price
    public var high: Price
    public var low: Price
    public var close: Price
    /// In the base asset.
    public var volume: Quantity
    /// What of the volume buyers took.
    public var buyVolume: Quantity
    /// The value of the trades, each rounded down to a raw unit.
    public var turnover: Notional
    /// How many trades it is made of, or quotes. A trade that was split counts where its first part is.
    public var count: Int
    /// Nothing happened in the interval: all prices are the last close.
    public var isEmpty: Bool
    /// Trades of it may be missing: it is the first, or the data were interrupted.
    public var isPartial: Bool

    @inlinable
    public init(
        start: Instant, end: Instant, open: Price, high: Price, low: Price, close: Price,
        volume: Quantity = .zero, buyVolume: Quantity = .zero, turnover: Notional = .zero, count: Int = 0,
        isEmpty: Bool = false, isPartial: Bool = false
    ) {
        self.start = start
        self.end = end
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.buyVolume = buyVolume
        self.turnover = turnover
        self.count = count
        self.isEmpty = isEmpty
        self.isPartial = isPartial
    }

    /// What of the volume sellers took.
    @inlinable public var sellVolume: Quantity { volume - buyVolume }

    /// Whether it closed above its open.
    @inlinable public var isRising: Bool { close > open }

    /// The volume-weighted average price; nil without volume.
    public var averagePrice: Price? {
        guard volume.isPositive else { return nil }
        do throws(ArithmeticError) {
            return try turnover.divided(by: volume, .toNearestOrEven)
        } catch {
            return nil
        }
    }
}

extension Candle {
    /// What a trade, a quote or a part of a trade adds to a candle.
    @usableFromInline struct Part: BitwiseCopyable, Sendable {
        @usableFromInline var price: Price
        @usableFromInline var quantity: Quantity
        @usableFromInline var side: Side
        @usableFromInline var turnover: Notional
        @usableFromInline var count: Int
        @usableFromInline var time: Instant

        @inlinable
        init(
            price: Price, quantity: Quantity, side: Side, turnover: Notional, count: Int, time: Instant
        ) {
            self.price = price
            self.quantity = quantity
            self.side = side
            self.turnover = turnover
            self.count = count
            self.time = time
        }
    }

    /// A candle that begins with a part.
    @inlinable
    init(start: Instant, end: Instant, _ part: Part, isPartial: Bool) {
        self.init(
            start: start, end: end, open: part.price, high: part.price, low: part.price,
            close: part.price, volume: part.quantity, buyVolume: part.side == .buy ? part.quantity : .zero,
            turnover: part.turnover, count: part.count, isPartial: isPartial)
    }

    /// An interval in which nothing happened.
    @inlinable
    init(emptyFrom start: Instant, to end: Instant, at price: Price, isPartial: Bool) {
        self.init(
            start: start, end: end, open: price, high: price, low: price, close: price, isEmpty: true,
            isPartial: isPartial)
    }

    /// Adds a part; false, and nothing is changed, where a sum would overflow.
    @inlinable
    mutating func take(_ part: Part) -> Bool {
        let (volume, isVolumeTooLarge) = self.volume.raw.addingReportingOverflow(part.quantity.raw)
        let (turnover, isTurnoverTooLarge) = self.turnover.raw.addingReportingOverflow(part.turnover.raw)
        if isVolumeTooLarge || isTurnoverTooLarge { return false }
        self.volume.raw = volume
        self.turnover.raw = turnover
        switch part.side {
        case .buy: buyVolume += part.quantity
        case .sell: break
        }
        if part.price > high { high = part.price }
        if part.price < low { low = part.price }
        close = part.price
        count += part.count
        return true
    }
}
