import MarketModel
import Quantities
import StrategyKit

// MARK: - The grid

extension Grid {
    /// Lays the grid anew, with what is held in its cells; false when it cannot be laid: then the strategy
    /// stops.
    mutating func build(_ quote: Quote, _ desk: inout Desk) -> Bool {
        let mid = Double(quote.mid)
        guard let new = lines.cells(around: hasStarted ? mid : firstCentre(mid), tick: rules.tick),
            isTradable(parameters.orderSize, at: new[0].lower)
        else {
            desk.stop(
                because: "the lines of the grid are too close, or its orders too small, at \(quote.mid)")
            return false
        }
        let held = hasStarted ? cells.reduce(.zero) { $0 + $1.held } : startingStock(new, quote, desk)
        hasStarted = true
        let rest = fill(new, with: held, from: quote.mid)
        if rest.isPositive { desk.note("the grid has no room for \(rest) of what is held") }
        let (lowest, highest) = (cells[0], cells[cells.count - 1])
        // A step beyond the outermost lines.
        reach =
            max(lowest.lower - (lowest.upper - lowest.lower), .zero)...highest.upper
            + (highest.upper - highest.lower)
        return true
    }

    private func firstCentre(_ mid: Double) -> Double {
        if parameters.hasBounds { return GridLines.middle(parameters.lower, parameters.upper) }
        return parameters.centre.isPositive ? Double(parameters.centre) : mid
    }

    /// What the cells hold at the start.
    private func startingStock(_ new: [GridCell], _ quote: Quote, _ desk: borrowing Desk) -> Quantity {
        switch parameters.start {
        case .empty: return max(desk.position(market).quantity, .zero).rounded(to: rules.lot, .down)
        case .holdings:
            let above = new.count { $0.upper > quote.mid }
            let most = parameters.orderSize * above
            return min(Quantity(desk.balance(base).available).rounded(to: rules.lot, .down), most)
        }
    }

    /// Puts stock into the cells that sell above the market, the nearest first, then into those below;
    /// returns what found no room.
    private mutating func fill(_ new: [GridCell], with stock: Quantity, from mid: Price) -> Quantity {
        let first = new.firstIndex { $0.upper > mid } ?? new.count
        var left = stock
        cells = new
        for index in Array(first..<new.count) + (0..<first).reversed() {
            let part = min(left, parameters.orderSize)
            cells[index] = GridCell(lower: new[index].lower, upper: new[index].upper, held: part)
            left -= part
        }
        return left
    }

    /// Whether the market takes an order of this size.
    func isTradable(_ quantity: Quantity, at price: Price) -> Bool {
        guard quantity >= least else { return false }
        do throws(ArithmeticError) {
            return try quantity.times(price, .down) >= rules.minimumNotional
        } catch {
            return false
        }
    }
}

// MARK: - Placing and cancelling

extension Grid {
    /// Orders placed in one turn; the rest follows with the next news.
    private static let placementsMax = 40

    /// What a review may still use.
    private struct Room {
        var placements = Grid.placementsMax
        /// The account's free money and stock.
        var quote: Amount
        var base: Amount
        /// The best own prices that live.
        var highestBuy = Price.zero
        var lowestSell = Price(raw: .max)
    }

    /// Places what is missing, nearest to the market first, and renews orders that have become too small.
    mutating func review(_ quote: Quote, _ desk: inout Desk) {
        guard desk.now >= resumeAt else { return wake() }
        setQuiet(quote)
        var room = room(desk)
        let middle = cells.firstIndex { $0.upper > quote.mid } ?? cells.count
        for distance in 0...cells.count {
            for index in distance == 0 ? [middle] : [middle - distance, middle + distance]
            where cells.indices.contains(index) {
                review(index, .sell, quote, &room, &desk)
                review(index, .buy, quote, &room, &desk)
            }
        }
        // What found no place in this turn is looked at with the next quote.
        if room.placements == 0 { wake() }
    }

    private func room(_ desk: borrowing Desk) -> Room {
        var room = Room(quote: desk.balance(quoteAsset).total, base: desk.balance(base).total)
        for order in desk.openOrders(in: market) {
            switch order.side {
            case .buy:
                room.quote -= cost(order.remaining, at: order.price)
                room.highestBuy = max(room.highestBuy, order.price)
            case .sell:
                room.base -= Amount(order.remaining)
                room.lowestSell = min(room.lowestSell, order.price)
            }
        }
        return room
    }

    /// What a buy may cost; more than anybody has where that has no number.
    private func cost(_ quantity: Quantity, at price: Price) -> Amount {
        do throws(ArithmeticError) {
            return Amount(try quantity.times(price, .up))
        } catch {
            return Amount(raw: .max >> 1)
        }
    }

    private mutating func review(
        _ index: Int, _ side: Side, _ quote: Quote, _ room: inout Room, _ desk: inout Desk
    ) {
        let cell = cells[index]
        let wanted = cell.wanted(side, size: parameters.orderSize)
        guard cell[side].isEmpty else { return renew(index, side, wanted, &desk) }
        guard room.placements > 0, let price = price(cell, side, quote), isTradable(wanted, at: price) else {
            return
        }
        switch side {
        case .buy:
            let cost = cost(wanted, at: price)
            guard price < room.lowestSell, cost <= room.quote else { return }
            room.quote -= cost
            room.highestBuy = max(room.highestBuy, price)
        case .sell:
            guard price > room.highestBuy, Amount(wanted) <= room.base else { return }
            room.base -= Amount(wanted)
            room.lowestSell = min(room.lowestSell, price)
        }
        room.placements -= 1
        let duration: OrderDuration = parameters.makerOnly ? .makerOnly : .goodTillCancelled
        guard let id = desk.place(.limit(side, wanted, at: price, in: market, duration)) else {
            room.placements = 0
            return pause(&desk)
        }
        cells[index].stand(side, id, at: price)
    }

    /// Where an order of a cell has to stand; nil while it has to wait.
    private func price(_ cell: GridCell, _ side: Side, _ quote: Quote) -> Price? {
        switch side {
        case .buy: cell.lower < quote.ask ? cell.lower : nil
        case .sell: max(cell.upper, (quote.bid + rules.tick).rounded(to: rules.tick, .up))
        }
    }

    /// An order that covers less than its cell has to offer by now is cancelled, once nothing more comes from
    /// the other side: a new one takes its place when it has ended.
    private mutating func renew(_ index: Int, _ side: Side, _ wanted: Quantity, _ desk: inout Desk) {
        let slot = cells[index][side]
        guard !slot.isLeaving, cells[index][side.opposite].isEmpty, let order = desk.order(slot.order),
            order.isActive, wanted - order.remaining >= least
        else { return }
        cells[index][side].isLeaving = true
        desk.cancel(slot.order)
    }

    /// Until bid or ask reach another line a quote changes nothing.
    private mutating func setQuiet(_ quote: Quote) {
        quietBid = between(quote.bid)
        quietAsk = between(quote.ask)
    }

    /// The prices between the same two lines as a price, the lines not counted; a line is a step of its own,
    /// because an ask that stands on it is not above it yet.
    private func between(_ price: Price) -> Range<Price> {
        let least = Price(raw: 1)
        var low = Price.zero
        var high = Price(raw: .max)
        for line in [reach.lowerBound] + cells.map(\.lower) + cells.suffix(1).map(\.upper) + [
            reach.upperBound
        ] {
            if line == price { return line..<line + least }
            if line < price { low = max(low, line + least) } else { high = min(high, line) }
        }
        return low..<high
    }

    /// Nothing is placed for `refusal_pause`.
    mutating func pause(_ desk: inout Desk) {
        resumeAt = desk.now + parameters.refusalPause
        desk.setAlarm(at: resumeAt, tag: AlarmTag.resume.rawValue)
    }
}

// MARK: - Fates

extension Grid {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        guard fill.market == market else { return }
        if let index = index(of: fill.order, fill.side) { cells[index].take(fill.side, fill.quantity) }
        proceedAgain(&desk)
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market else { return }
        switch order.state {
        case .active:
            // The news may be older than a cancel of ours: what counts is how the order stands now.
            guard desk.order(order.id)?.isCancelRequested == false else { return }
            takeStay(order, &desk)
        case .closed(let closing):
            var wasLeaving = false
            if let index = index(of: order.id, order.side) {
                wasLeaving = cells[index][order.side].isLeaving
                cells[index][order.side] = GridCell.Slot()
            }
            takeEnd(order, closing, wasLeaving, &desk)
            proceedAgain(&desk)
        }
    }

    /// An order that was to go stays: the venue refused to cancel it. It is cancelled again after a pause.
    private mutating func takeStay(_ order: OwnOrder, _ desk: inout Desk) {
        if let index = index(of: order.id, order.side), cells[index][order.side].isLeaving {
            cells[index][order.side].isLeaving = false
            return pause(&desk)
        }
        if case .leaving = phase { pause(&desk) }
    }

    private mutating func takeEnd(
        _ order: OwnOrder, _ closing: Closing, _ wasLeaving: Bool, _ desk: inout Desk
    ) {
        switch closing {
        case .filled: lastRefusal = nil
        case .cancelled:
            // Taken away by the venue, or a close that found too little: there is a reason to wait.
            if phase == .closing || phase == .trading && !wasLeaving { pause(&desk) }
        case .triggerFailed: pause(&desk)
        case .rejected(.withdrawn): break
        case .rejected(.venueWouldTake):
            // The market has moved and our feed has not shown it: the next quote decides.
            resumeAt = max(resumeAt, desk.now + Interval(nanoseconds: 1))
        case .rejected(let refusal):
            // Of rate limits the engine tells by itself.
            if refusal != lastRefusal, refusal != .venueRateLimited {
                desk.note("\(order.side == .buy ? "buy" : "sell") refused: \(refusal)")
            }
            lastRefusal = refusal
            pause(&desk)
        }
    }

    private func index(of order: OrderID, _ side: Side) -> Int? {
        cells.firstIndex { $0[side].order == order }
    }
}
