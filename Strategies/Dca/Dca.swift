import MarketModel
import Quantities
import StrategyKit

/// Buys for a fixed amount in every interval, whatever the price, or only when it is low.
///
/// Rules that hold at any moment:
/// 1. An interval adds its amount once, a fill takes off what it cost once (`PurchasePlan`). So an interval is
///    bought once, however its orders fare: refused, cut short, cancelled, or of unknown fate.
/// 2. One order lives at a time. While the fate of one is unknown nothing else is placed, and the interval
///    is not settled before that is known.
/// 3. No order asks for more than what is owed, nor than the budget has left, at its own limit.
/// 4. What is too little for an order is carried to the next interval.
public struct Dca: Strategy {
    public static let name = "dca"
    public static let summary = "Buys for a fixed amount in every interval, or only when the price is low."

    let parameters: Parameters
    @usableFromInline let market: MarketID
    let base: AssetID
    let rules: MarketRules
    @usableFromInline let watchesDip: Bool

    @usableFromInline var average: DipAverage
    var plan: PurchasePlan?
    /// What is held has cost this much, fees not counted.
    var spent = Notional.zero
    /// In this interval, whether a readable quote was seen, and whether one allowed to buy.
    var hasSeenMarket = false
    var wasAllowed = false
    /// The best ask when quotes were looked at last; nil before the first.
    var lastAsk: Price?
    /// When the purchase of this interval stops waiting at the bid; never, before it is placed.
    var restUntil = Instant.distantFuture
    /// No order before.
    var resumeAt = Instant.distantPast
    /// The budget had no room for an order when that was last looked at.
    var isBudgetUsed = false
    var isStopped = false
    var lastRefusal: Refusal?
    /// The alarm that is pending; never, when none is.
    var wakeAt = Instant.distantFuture
    /// Whether quotes have to be looked at for a purchase.
    @usableFromInline var isBuying = false
    /// The bid from which on what is held is sold; beyond all prices when it is not.
    @usableFromInline var profitAt = Price(raw: .max)

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        base = setup.market.base
        rules = setup.market.rules
        watchesDip = parameters.dip > 0
        average = DipAverage(window: parameters.dipWindow)
    }
}

// MARK: - The market and the clock

extension Dca {
    public mutating func onStart(_ desk: inout Desk) {
        // An order of an earlier run would be counted neither as bought nor as on its way.
        desk.cancelAll(in: market)
        let position = desk.position(market)
        if position.quantity.isPositive { spent = position.openCost }
        let amount = parameters.spend.isPositive ? Amount(parameters.spend) : Amount(parameters.quantity)
        let catchUpMax: Int
        switch parameters.missed {
        case .skip: catchUpMax = 0
        case .catchUp: catchUpMax = parameters.catchUpMax
        }
        plan = PurchasePlan(
            amount: amount, interval: parameters.interval, catchUpMax: catchUpMax, startingAt: desk.now,
            isFirstNow: parameters.first == .now)
        findProfit(desk)
        review(&desk)
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market else { return }
        if watchesDip { average.add((Double(quote.bid) + Double(quote.ask)) * 0.5, at: desk.now) }
        guard isBuying || quote.bid >= profitAt else { return }
        review(&desk)
    }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        if alarm.deadline >= wakeAt { wakeAt = .distantFuture }
        review(&desk)
    }

    public mutating func onStop(_ desk: inout Desk) {
        isStopped = true
        desk.cancelAll(in: market)
    }

    /// Sees to it that a review happens at a time.
    func wakeTime(_ desk: borrowing Desk) -> Instant {
        var time = plan?.nextBoundary(after: desk.now) ?? .distantFuture
        if resumeAt > desk.now { time = min(time, resumeAt) }
        if restUntil > desk.now { time = min(time, restUntil) }
        return time
    }
}

// MARK: - Own orders

extension Dca {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        guard fill.market == market else { return }
        switch fill.side {
        case .buy:
            spent += fill.notional
            plan?.pay(parameters.spend.isPositive ? Amount(fill.notional) : Amount(fill.quantity))
        case .sell:
            // Sold but for what the market does not take: the budget is free again.
            let rest = desk.position(market).quantity
            if !isTradeable(rest.rounded(to: rules.lot, .down), at: fill.price) { spent = .zero }
        }
        isBudgetUsed = false
        findProfit(desk)
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market else { return }
        switch order.state {
        case .active: return
        case .closed(.filled): lastRefusal = nil
        case .closed(.cancelled), .closed(.triggerFailed):
            lastRefusal = nil
            if !order.isCancelRequested { resumeAt = desk.now + parameters.retryPause }
        case .closed(.rejected(.withdrawn)): break
        case .closed(.rejected(let refusal)):
            if refusal != lastRefusal {
                desk.note("\(order.side == .buy ? "buy" : "sell") refused: \(refusal)")
            }
            lastRefusal = refusal
            resumeAt = desk.now + parameters.refusalPause
        }
        review(&desk)
    }

    /// Where what is held is sold: its average price and the profit, never less.
    private mutating func findProfit(_ desk: borrowing Desk) {
        profitAt = Price(raw: .max)
        let position = desk.position(market)
        guard parameters.takeProfit > 0, position.quantity.isPositive, let average = position.averagePrice,
            let profit = Price(
                signal: Double(average) * parameters.takeProfit / 10_000, step: Price(raw: 1), .up)
        else { return }
        profitAt = (average + profit).rounded(to: rules.tick, .up)
    }
}
