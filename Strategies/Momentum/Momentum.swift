import Indicators
import MarketModel
import Quantities
import StrategyKit

/// Follows break-outs: in when a candle closes beyond the highs or lows of those before it, out by a stop that
/// trails at a multiple of the average true range, or when a candle closes beyond a shorter channel the other way.
///
/// A close above everything of the last `entry_candles` says that whoever wanted to sell there has sold. Most
/// break-outs fail; the stop makes those cheap, and few long trends have to pay for them. See
/// docs/strategies/momentum.md for when they do not.
///
/// One order lives at a time. Entries and exits are immediate-or-cancel with a bound on the price. What an
/// entry got is what is held: the rest is not chased. The stop is a stop order at the venue, so that it
/// stands when we do not; to move it, it is cancelled and placed anew, and in between, as always, the level is
/// watched by the quotes: a market that stays beyond it is answered with an exit.
public struct Momentum: Strategy {
    public static let name = "momentum"
    public static let summary = "Follows break-outs of candles, and gets out by a stop that trails."

    /// The position that the signal asks for.
    enum Stance: Equatable, Sendable {
        case out
        /// Long after a break-out upward (buy), short after one downward (sell).
        case following(Side)
    }

    /// What the one living order is for.
    enum Errand: Equatable, Sendable {
        /// No order of ours. Can transition to: any other when an order is placed.
        case none
        /// Can transition to: `none` when it ended.
        case entry(OrderID)
        /// Can transition to: `none` when it ended.
        case exit(OrderID)
        /// Waits at the venue. Can transition to: `leaving` when it is cancelled, `none` when it ended.
        case stop(OrderID)
        /// Cancelled, not known to have ended. Can transition to: `none` when it ended, `stop` when the venue
        /// refused to cancel it.
        case leaving(OrderID)
    }

    let parameters: Parameters
    @usableFromInline let market: MarketID
    let rules: MarketRules

    @usableFromInline var candles: CandleBuilder
    var signal: TrendSignal
    @usableFromInline var stop: ProtectiveStop
    var stance = Stance.out
    /// A break-out has not been answered by a position, and is not too old for that.
    var isEntering = false
    var errand = Errand.none
    /// Since when the market has been beyond the stop; nil while it is not.
    var beyondSince: Instant?
    /// Nothing has to be done before the next candle, news of an order, or a quote beyond the stop.
    @usableFromInline var isSettled = false
    @usableFromInline var isAlarmSet = false
    /// No entry or exit before.
    var resumeAt = Instant.distantPast
    /// No stop order before; an exit waits for its own pause alone.
    var resumeStopAt = Instant.distantPast
    var isStopped = false
    var lastRefusal: Refusal?

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        rules = setup.market.rules
        candles = CandleBuilder(.time(parameters.candle), emptyMax: 0)
        signal = TrendSignal(
            entryCandles: parameters.entryCandles, exitCandles: parameters.exitCandles,
            rangeCandles: parameters.rangeCandles)
        stop = ProtectiveStop(tick: rules.tick)
    }
}

// MARK: - The market

extension Momentum {
    public mutating func onStart(_ desk: inout Desk) {
        // An order of an earlier run would be counted neither as position nor as on its way.
        desk.cancelAll(in: market)
        if let side = heldSide(desk) { stance = .following(side) }
    }

    @inlinable
    public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {
        guard trade.market == market else { return }
        for candle in candles.add(trade) { take(candle, &desk) }
        if !isAlarmSet { setAlarm(&desk) }
    }

    /// A candle that no trade has closed.
    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        isAlarmSet = false
        for candle in candles.advance(to: desk.now) { take(candle, &desk) }
        setAlarm(&desk)
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market,
            !isSettled || quote.bid <= stop.floor || quote.ask >= stop.ceiling
        else { return }
        act(&desk)
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        guard change.market == market else { return }
        isSettled = false
        switch change.state {
        // Silence alone loses no trade.
        case .live, .stale: break
        case .suspect: candles.interrupt()
        }
    }

    public mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) {
        switch change.state {
        case .connecting, .ready: break
        case .lost: candles.interrupt()
        }
    }

    public mutating func onStop(_ desk: inout Desk) {
        isStopped = true
        desk.cancelAll(in: market)
    }

    @usableFromInline
    mutating func setAlarm(_ desk: inout Desk) {
        guard let deadline = candles.closesAt else { return }
        isAlarmSet = desk.setAlarm(at: deadline) != nil
    }

    /// Decides on a closed candle.
    @usableFromInline
    mutating func take(_ candle: Candle, _ desk: inout Desk) {
        // An interval without trades says nothing; counted as a range of zero it would tighten the stop.
        guard !candle.isEmpty else { return }
        let reading = signal.take(candle)
        if let distance = stopDistance(at: Double(candle.close)), let range = signal.range {
            stop.trail(
                high: Double(candle.high), low: Double(candle.low), distance: distance,
                step: parameters.stopStep * range)
        }
        isSettled = false
        isEntering = false
        // A candle that may lack trades has no close that could be relied on.
        if !candle.isPartial { follow(reading, desk) }
        act(&desk)
    }

    private mutating func follow(_ reading: TrendSignal.Reading, _ desk: borrowing Desk) {
        let held = heldSide(desk)
        if reading.isBreakingUp {
            stance = .following(.buy)
            isEntering = held != .buy
        } else if reading.isBreakingDown {
            stance = parameters.allowShort ? .following(.sell) : .out
            isEntering = parameters.allowShort && held != .sell
        } else if stance == .following(.buy), reading.isBelowExit {
            stance = .out
        } else if stance == .following(.sell), reading.isAboveExit {
            stance = .out
        }
    }

    /// How far the stop has to be from a price; nil until the range is known.
    func stopDistance(at price: Double) -> Double? {
        signal.range.map { max(parameters.stopDistance * $0, parameters.minStop / 10_000 * price) }
    }
}

// MARK: - The position

extension Momentum {
    /// The least that can be traded; less is left where it is.
    var leastQuantity: Quantity { max(rules.minimumQuantity, rules.lot) }

    /// The side of the position; nil where there is none that could be closed.
    func heldSide(_ desk: borrowing Desk) -> Side? {
        let position = desk.position(market)
        let quantity = closingQuantity(desk)
        guard quantity >= leastQuantity, let price = position.averagePrice,
            isWorthTrading(quantity, at: price)
        else { return nil }
        return position.quantity.isNegative ? .sell : .buy
    }

    /// What an order that closes the position trades.
    func closingQuantity(_ desk: borrowing Desk) -> Quantity {
        desk.position(market).quantity.magnitude.rounded(to: rules.lot, .down)
    }

    /// Whether the market takes an order of this value.
    func isWorthTrading(_ quantity: Quantity, at price: Price) -> Bool {
        do throws(ArithmeticError) {
            return try quantity.times(price, .down) >= rules.minimumNotional
        } catch {
            return false
        }
    }
}
