import MarketModel
import Quantities
import StrategyKit

/// Follows the trend: long while a fast moving average is above a slow one, out (or short) while
/// below.
///
/// The averages crossing by less than `threshold` changes nothing, so that a flat market does not
/// churn. The position is brought to what the signal asks for by orders that trade at once:
/// immediate-or-cancel with a bound on the price, or market orders. What one order leaves is tried
/// again, and one order lives at a time: while the fate of one is unknown, no other is placed.
public struct EmaCross: Strategy {
    public static let name = "ema-cross"
    public static let summary = "Follows the trend: holds while a fast moving average is above a slow one."

    /// The position that the signal asks for.
    @usableFromInline enum Stance: Sendable {
        case out
        case long
        case short
    }

    let parameters: Parameters
    @usableFromInline let market: MarketID
    @usableFromInline let source: Source
    /// How far the averages have to be apart, as a fraction of the slow one.
    @usableFromInline let threshold: Double
    /// The stance below the slow average.
    @usableFromInline let below: Stance
    let rules: MarketRules

    @usableFromInline var averages: AveragePair
    @usableFromInline var stance = Stance.out
    /// Whether the position is what the stance asks for, as far as the market's steps allow.
    @usableFromInline var isSettled = true
    /// No order before.
    var resumeAt = Instant.distantPast
    var isStopped = false
    var lastRefusal: Refusal?

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        rules = setup.market.rules
        source = parameters.source
        threshold = parameters.threshold / 10_000
        below = parameters.allowShort ? .short : .out
        averages = AveragePair(fast: parameters.fast, slow: parameters.slow)
    }
}

// MARK: - The market

extension EmaCross {
    public mutating func onStart(_ desk: inout Desk) {
        // An order of an earlier run would be counted neither as position nor as on its way.
        desk.cancelAll(in: market)
        let held = desk.position(market).quantity
        if held >= leastQuantity { stance = .long }
        if held <= -leastQuantity { stance = .short }
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard source == .mid, quote.market == market else { return }
        observe((Double(quote.bid) + Double(quote.ask)) * 0.5, &desk)
    }

    @inlinable
    public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {
        guard source == .trade, trade.market == market else { return }
        observe(Double(trade.price), &desk)
    }

    public mutating func onStop(_ desk: inout Desk) {
        isStopped = true
        desk.cancelAll(in: market)
    }

    @inlinable @inline(__always)
    mutating func observe(_ value: Double, _ desk: inout Desk) {
        averages.add(value, at: desk.now)
        let gap = averages.fast - averages.slow
        let margin = averages.slow * threshold
        var wanted = stance
        if gap > margin { wanted = .long }
        if gap < -margin { wanted = below }
        if wanted == stance, isSettled { return }
        follow(wanted, &desk)
    }
}

// MARK: - Orders

extension EmaCross {
    /// Brings the position one order closer to the stance, when one may be placed.
    @usableFromInline
    mutating func follow(_ wanted: Stance, _ desk: inout Desk) {
        guard desk.now >= averages.readyAt else { return }
        stance = wanted
        isSettled = false
        guard !isStopped, desk.now >= resumeAt, desk.openOrders(in: market).isEmpty,
            let quote = desk.quote(market)
        else { return }
        let missing = target - desk.position(market).quantity
        let side = missing.isNegative ? Side.sell : .buy
        let quantity = missing.magnitude.rounded(to: rules.lot, .down)
        guard let ticket = ticket(side, quantity, quote) else {
            // What is missing is less than the market trades.
            isSettled = true
            return
        }
        if desk.place(ticket) == nil { resumeAt = desk.now + parameters.refusalPause }
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market else { return }
        switch order.state {
        case .active: return
        case .closed(.filled): lastRefusal = nil
        case .closed(.cancelled), .closed(.triggerFailed):
            lastRefusal = nil
            resumeAt = desk.now + parameters.retryPause
        case .closed(.rejected(let refusal)):
            if refusal != lastRefusal {
                desk.note("\(order.side == .buy ? "buy" : "sell") refused: \(refusal)")
            }
            lastRefusal = refusal
            resumeAt = desk.now + parameters.refusalPause
        }
    }

    private var target: Quantity {
        switch stance {
        case .out: .zero
        case .long: parameters.quantity
        case .short: -parameters.quantity
        }
    }

    var leastQuantity: Quantity { max(rules.minimumQuantity, rules.lot) }

    /// The order for a quantity; nil when the market does not take so little.
    private func ticket(_ side: Side, _ quantity: Quantity, _ quote: Quote) -> OrderTicket? {
        let touch = side == .buy ? quote.ask : quote.bid
        guard quantity >= leastQuantity, isWorthTrading(quantity, at: touch) else { return nil }
        switch parameters.order {
        case .market: return .market(side, quantity, in: market)
        case .limit:
            // Only the slippage is a signal; rounded down to ticks, it never allows more than was
            // asked.
            let share = parameters.slippage / 10_000
            guard let slippage = Price(signal: Double(touch) * share, step: rules.tick, .down)
            else {
                return nil
            }
            let limit = side == .buy ? touch + slippage : max(touch - slippage, rules.tick)
            return .limit(side, quantity, at: limit, in: market, .immediateOrCancel)
        }
    }

    private func isWorthTrading(_ quantity: Quantity, at price: Price) -> Bool {
        do throws(ArithmeticError) {
            return try quantity.times(price, .down) >= rules.minimumNotional
        } catch {
            return false
        }
    }
}
