import Quantities

extension CandleBuilder {
    /// Closes what has ended at a time of our clock, when no trade came to do it; for candles by time.
    ///
    /// Closes the open candle when its end and the grace have passed, and the empty intervals behind it. Does
    /// nothing before the first trade, and for other kinds of candles. An earlier time than before
    /// changes nothing.
    @discardableResult
    public mutating func advance(to now: Instant) -> ClosedCandles {
        var closed = ClosedCandles()
        switch kind {
        case .time: break
        case .ticks, .volume: return closed
        }
        guard let limit = grid.cell(of: now - grace)?.start else { return closed }
        if isOpen {
            guard open.end <= limit else { return closed }
            closedUntil = open.end
            closed.add(close())
        }
        fill(until: limit, &closed)
        return closed
    }

    /// Opens a candle with a trade that does not belong to the open one.
    @usableFromInline
    mutating func begin(_ part: Candle.Part) -> ClosedCandles {
        guard part.time >= (isOpen ? open.end : closedUntil) else {
            lateCount += 1
            return ClosedCandles()
        }
        guard let cell = grid.cell(of: part.time) else { return refuse() }
        var closed = ClosedCandles()
        if isOpen {
            closedUntil = open.end
            closed.add(close())
        }
        fill(until: cell.start, &closed)
        open = Candle(start: cell.start, end: cell.end, part, isPartial: isInterrupted)
        isOpen = true
        isInterrupted = false
        return closed
    }

    /// Adds the empty intervals up to a bound of the grid, and passes over those that are too many.
    private mutating func fill(until limit: Instant, _ closed: inout ClosedCandles) {
        guard let lastClose, limit > closedUntil else { return }
        let missed = grid.count(from: closedUntil, to: limit)
        let count = min(missed, emptyMax)
        skippedCount += missed - count
        closedUntil = limit
        guard count > 0 else { return }
        // At most `missed` cells before the limit: within the range of times.
        let start = limit - grid.length * count
        let empty = Candle(
            emptyFrom: start, to: start + grid.length, at: lastClose, isPartial: isInterrupted)
        closed.add(row: empty, count, step: grid.length)
    }
}
