import MarketModel
import Quantities
import VenueKit

/// Prices and volume of the last 24 hours, by minutes in which something traded, ready whenever they are asked for.
///
/// A deal takes constant time on average; a question that of a search among the minutes, at most 1,440 of them.
struct DayWindow: ~Copyable, Sendable {
    /// The minutes that began less than this before a time are in its window.
    static let length = Interval.seconds(86_400)

    struct Figures: Equatable {
        var open: Price
        var high: Price
        var low: Price
        var volume: Quantity
        var value: Notional
    }

    /// A minute with its first price, and all that was traded before it: sums that may wrap, differences do not.
    struct Minute: BitwiseCopyable, Sendable {
        var startsAt: Instant
        var open: Price
        var volumeBefore: Int128
        var valueBefore: Int128
    }

    /// A price that no later minute surpasses.
    struct Extreme: BitwiseCopyable, Sendable {
        var startsAt: Instant
        var price: Price
    }

    private var minutes = Fifo<Minute>()
    private var highs = ExtremeQueue()
    private var lows = ExtremeQueue()
    private var volume: Int128 = 0
    private var value: Int128 = 0

    /// Deals come in the order of their time.
    mutating func add(_ price: Price, _ quantity: Quantity, _ money: Notional, at time: Instant) {
        let start = CandleStore.start(of: .minute, at: time)
        if minutes.isEmpty || minutes[minutes.count - 1].startsAt < start {
            minutes.append(
                Minute(startsAt: start, open: price, volumeBefore: volume, valueBefore: value))
            let end = time - Self.length
            while let first = minutes.first, first.startsAt <= end { minutes.removeFirst() }
            highs.forget(until: end)
            lows.forget(until: end)
        }
        highs.add(price, start) { $0 >= $1 }
        lows.add(price, start) { $0 <= $1 }
        volume &+= quantity.raw
        value &+= money.raw
    }

    /// Nil when nothing has traded in the window that ends at a time.
    func figures(at time: Instant) -> Figures? {
        let end = time - Self.length
        // The first minute that began behind the window's start.
        var range = 0..<minutes.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                minutes[middle].startsAt <= end
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        guard range.lowerBound < minutes.count, let high = highs.first(after: end),
            let low = lows.first(after: end)
        else { return nil }
        let first = minutes[range.lowerBound]
        return Figures(
            open: first.open, high: high, low: low, volume: Quantity(raw: volume &- first.volumeBefore),
            value: Notional(raw: value &- first.valueBefore))
    }
}

/// The prices that are the highest, or the lowest, of a window that begins at any of its minutes: each is surpassed
/// by none that comes later.
private struct ExtremeQueue: ~Copyable, Sendable {
    /// Those before `head` are over.
    private var rows: [DayWindow.Extreme] = []
    private var head = 0

    mutating func add(_ price: Price, _ start: Instant, isSurpassed: (Price, Price) -> Bool) {
        while rows.count > head, let last = rows.last, isSurpassed(price, last.price) { rows.removeLast() }
        // A better one of the same minute stands for all of it.
        if rows.count > head, rows[rows.count - 1].startsAt == start { return }
        rows.append(DayWindow.Extreme(startsAt: start, price: price))
    }

    mutating func forget(until time: Instant) {
        while head < rows.count, rows[head].startsAt <= time { head += 1 }
        guard head > 0, head * 2 > rows.count else { return }
        rows.removeFirst(head)
        head = 0
    }

    func first(after time: Instant) -> Price? {
        var range = head..<rows.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                rows[middle].startsAt <= time ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound < rows.count ? rows[range.lowerBound].price : nil
    }
}
