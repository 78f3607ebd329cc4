import Quantities

extension CandleBuilder {
    /// Adds to candles of a number of trades.
    @usableFromInline
    mutating func add(_ part: Candle.Part, toCandlesOf count: Int) -> ClosedCandles {
        guard join(part) else { return refuse() }
        var closed = ClosedCandles()
        if open.count >= count { closed.add(close()) }
        return closed
    }

    /// Adds to candles of a volume: completes the open one, makes whole ones, and opens one with the rest.
    @usableFromInline
    mutating func add(_ part: Candle.Part, toCandlesOf volume: Quantity) -> ClosedCandles {
        guard part.quantity.isPositive else { return refuse() }
        let missing = isOpen ? volume - open.volume : volume
        var closed = ClosedCandles()
        if part.quantity < missing {
            return join(part) ? closed : refuse()
        }
        // Whole candles beside the one that is completed, and what is left for the next.
        let beyond = part.quantity - missing
        let wholes = min(beyond.steps(of: volume), Self.rowMax)
        let rest = Quantity(raw: beyond.raw % volume.raw)
        guard let whole = Self.turnover(volume, part.price), let last = Self.turnover(rest, part.price) else {
            return refuse()
        }
        var head = part
        head.quantity = part.quantity - volume * wholes - rest
        head.turnover = part.turnover - whole * wholes - last
        guard join(head) else { return refuse() }
        closed.add(close())

        var following = part
        following.count = 0
        if wholes > 0 {
            following.quantity = volume
            following.turnover = whole
            let row = Candle(start: part.time, end: part.time, following, isPartial: false)
            closed.add(row: row, wholes, step: .zero)
        }
        if rest.isPositive {
            following.quantity = rest
            following.turnover = last
            open = Candle(start: part.time, end: part.time, following, isPartial: false)
            isOpen = true
        }
        return closed
    }

    /// Adds to the open candle, or opens one; false, and nothing is changed, where a sum would overflow.
    private mutating func join(_ part: Candle.Part) -> Bool {
        if isOpen {
            guard open.take(part) else { return false }
            open.end = max(open.end, part.time)
        } else {
            open = Candle(start: part.time, end: part.time, part, isPartial: isInterrupted)
            isOpen = true
        }
        isInterrupted = false
        return true
    }
}
