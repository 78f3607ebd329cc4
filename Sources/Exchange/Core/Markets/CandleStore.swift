import MarketModel
import Quantities

/// The candles of a market, all periods, built from its deals. Periods without a deal have none here.
struct CandleStore: ~Copyable, Sendable {
    /// The candles that are complete, by the position of their period.
    private var closed = Slab<History<PeriodCandle>>(capacity: CandlePeriod.allCases.count)
    private var current: [PeriodCandle?]

    init(limit: Int) {
        current = Array(repeating: nil, count: CandlePeriod.allCases.count)
        for _ in CandlePeriod.allCases { closed.append(History(limit: limit)) }
    }

    /// The beginning of the period that a time lies in: a multiple of its length since 1970.
    static func start(of period: CandlePeriod, at time: Instant) -> Instant {
        let length = period.length.nanoseconds
        let rest = time.nanoseconds % length
        return Instant(nanoseconds: time.nanoseconds - (rest < 0 ? rest + length : rest))
    }

    /// Deals come in the order of their time.
    mutating func add(_ price: Price, _ quantity: Quantity, _ money: Notional, at time: Instant) {
        for (index, period) in CandlePeriod.allCases.enumerated() {
            let start = Self.start(of: period, at: time)
            if let candle = current[index] {
                if candle.startsAt == start {
                    current[index]?.add(price, quantity, money)
                    continue
                }
                closed[index].append(candle)
            }
            current[index] = PeriodCandle(
                startsAt: start, open: price, close: price, high: price, low: price, volume: quantity,
                value: money)
        }
    }

    func count(_ period: Int) -> Int { closed[period].count + (current[period] == nil ? 0 : 1) }

    /// The candle at a distance from the oldest.
    func candle(_ period: Int, at offset: Int) -> PeriodCandle? {
        offset < closed[period].count ? closed[period][offset] : current[period]
    }
}

extension PeriodCandle {
    mutating func add(_ price: Price, _ quantity: Quantity, _ money: Notional) {
        close = price
        high = max(high, price)
        low = min(low, price)
        volume += quantity
        value += money
    }

    /// A period in which nothing traded: it stays where the one before ended.
    static func quiet(at start: Instant, price: Price) -> PeriodCandle {
        PeriodCandle(
            startsAt: start, open: price, close: price, high: price, low: price, volume: .zero, value: .zero)
    }
}
