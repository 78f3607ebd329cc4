import MarketModel
import Quantities

// What the public may ask about a market.

extension ExchangeCore {
    /// How often something about a market has changed.
    package func versions(of market: MarketID) throws(ExchangeRefusal) -> MarketVersions {
        rooms[try position(market)].versions
    }

    /// The price of the last deal; nil before the first.
    package func lastPrice(in market: MarketID) throws(ExchangeRefusal) -> Price? {
        rooms[try position(market)].lastPrice
    }

    /// The best levels of both sides, at most `limit` of each.
    ///
    /// With a step, prices of asks are rounded up and those of bids down to a multiple of it.
    /// - Throws: `badMerge` for a step that the market does not have.
    package func depth(
        of market: MarketID, limit: Int, mergedTo step: Price? = nil
    ) throws(ExchangeRefusal) -> DepthPicture {
        let index = try position(market)
        if let step, !rooms[index].definition.mergeSteps.contains(step) { throw .badMerge }
        var picture = DepthPicture(at: rooms[index].depthChangedAt)
        picture.last = rooms[index].lastPrice ?? .zero
        picture.asks = levels(index, .sell, limit, step)
        picture.bids = levels(index, .buy, limit, step)
        return picture
    }

    private func levels(_ market: Int, _ side: Side, _ limit: Int, _ step: Price?) -> [Level] {
        var levels: [Level] = []
        if limit <= 0 { return levels }
        rooms[market].forEachLevel(side) { level, visible in
            if visible.isZero { return true }
            var price = level.price
            if let step { price = price.rounded(to: step, side == .buy ? .down : .up) }
            if let last = levels.last, last.price == price {
                levels[levels.count - 1].quantity += visible
                return true
            }
            if levels.count == limit { return false }
            levels.append(Level(price: price, quantity: visible))
            return true
        }
        return levels
    }

    /// The last 24 hours: prices and volume by minutes that began in them, and the best prices as they stand.
    package func ticker(of market: MarketID) throws(ExchangeRefusal) -> MarketTicker {
        let index = try position(market)
        var ticker = MarketTicker()
        let none = Level(price: .zero, quantity: .zero)
        ticker.bid = rooms[index].publicBest(.buy) ?? none
        ticker.ask = rooms[index].publicBest(.sell) ?? none
        guard let last = rooms[index].lastPrice else { return ticker }
        (ticker.last, ticker.open, ticker.high, ticker.low) = (last, last, last, last)
        guard let day = rooms[index].day.figures(at: now) else { return ticker }
        (ticker.open, ticker.high, ticker.low) = (day.open, day.high, day.low)
        (ticker.volume, ticker.value) = (day.volume, day.value)
        return ticker
    }

    /// All that shows of a side of a book, in the base asset; it walks over every level.
    package func visibleTotal(of market: MarketID, _ side: Side) throws(ExchangeRefusal) -> Quantity {
        let index = try position(market)
        var total = Quantity.zero
        rooms[index].forEachLevel(side) { _, visible in
            total += visible
            return true
        }
        return total
    }

    /// The newest public deals with a number above `after`, newest first.
    package func publicDeals(
        of market: MarketID, after: UInt64 = 0, limit: Int
    ) throws(ExchangeRefusal) -> [PublicDeal] {
        let index = try position(market)
        var found: [PublicDeal] = []
        var offset = rooms[index].deals.count - 1
        while offset >= 0, found.count < limit {
            let deal = rooms[index].deals[offset]
            if deal.id.raw <= after { break }
            found.append(deal)
            offset -= 1
        }
        return found
    }

    /// The candles of the periods that `from` and `to` lie in and all between, oldest first, at most the
    /// newest `limit`. Quiet periods repeat the last close; there are none before the first deal nor after
    /// now.
    package func candles(
        of market: MarketID, _ period: CandlePeriod, from: Instant, to: Instant, limit: Int
    ) throws(ExchangeRefusal) -> [PeriodCandle] {
        let index = try position(market)
        guard limit > 0, let column = CandlePeriod.allCases.firstIndex(of: period) else { return [] }
        // Times before 1970 have no candles, and no more are asked for than are ever kept.
        let last = CandleStore.start(of: period, at: max(Instant(nanoseconds: 0), min(to, now)))
        let earliest = last - period.length * (min(limit, limits.candlesMax) - 1)
        var next = CandleStore.start(of: period, at: max(from, earliest))
        var found: [PeriodCandle] = []
        var price: Price?
        for offset in 0..<rooms[index].candles.count(column) {
            guard let candle = rooms[index].candles.candle(column, at: offset) else { continue }
            if candle.startsAt > last { break }
            while let quiet = price, next < candle.startsAt {
                found.append(.quiet(at: next, price: quiet))
                next = next + period.length
            }
            if candle.startsAt >= next {
                found.append(candle)
                next = candle.startsAt + period.length
            }
            price = candle.close
        }
        while let quiet = price, next <= last {
            found.append(.quiet(at: next, price: quiet))
            next = next + period.length
        }
        return found
    }

    /// What a unit of the base asset is worth: half-way between the best prices, else the last price, else
    /// what the definition says.
    package func indexPrice(of market: MarketID) throws(ExchangeRefusal) -> Price? {
        let index = try position(market)
        guard let bid = rooms[index].publicBest(.buy), let ask = rooms[index].publicBest(.sell) else {
            return rooms[index].worth
        }
        return Price(raw: (bid.price.raw + ask.price.raw) / 2)
    }
}
