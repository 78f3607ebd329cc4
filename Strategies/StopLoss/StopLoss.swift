import MarketModel
import Quantities
import StrategyKit

/// Protects one position with a stop order that is kept at the venue, in the right quantity and at the right
/// level, and sees to it that the position is closed when that level is reached.
///
/// What is protected is `held_quantity` of what the account held before the start, together with what this
/// strategy has bought and sold; of a long position never more than the account holds now. Rules that
/// hold at any moment:
/// 1. One order that closes lives at a time, and asks for no more than is held: two that fill together cannot
///    turn the position over. One whose fate is unknown counts as living.
/// 2. A stop is resized and moved by a modification, which leaves the old one standing until the venue has
///    the new one. Stop orders never rest after they fired (market, or limit with immediate-or-cancel), so a
///    modification that comes too late finds nothing, instead of a rest to which it would add.
/// 3. What no order protects is watched from here: when the level is reached the bot closes by itself. If
///    that lasts longer than `gap_notice`, it is told, and so is its end.
/// 4. Once the level was reached, the bot goes on until nothing is left that the market takes.
public struct StopLoss: Strategy {
    public static let name = "stop-loss"
    public static let summary = "Protects a position with a stop order that is kept at the venue."

    enum Phase: Equatable, Sendable {
        /// Nothing is asked for: news may come before the session is ready. Can transition to: `guarding`.
        case starting
        /// The position is kept protected. Can transition to: `closing` when the stop fired or its level was
        /// reached without it, `done` when nothing is held any more, `ended`.
        case guarding
        /// The position is sold, or bought back, until nothing is left. Can transition to: `done`, `ended`.
        case closing
        /// Nothing is held. Can transition to: `closing` when a late deal opens something, `ended`.
        case done
        /// The session ends. Final.
        case ended
    }

    /// The order that opens the position.
    enum Entry: Equatable, Sendable {
        /// To be placed. Can transition to: `placed`, `over`.
        case wanted
        /// Can transition to: `over` when it ended, `wanted` when it ended without a fill.
        case placed(OrderID)
        /// Nothing more is opened. Final.
        case over
    }

    let parameters: Parameters
    @usableFromInline let market: MarketID
    @usableFromInline let isLong: Bool
    let base: AssetID
    let rules: MarketRules
    /// The side of orders that close the position.
    let exitSide: Side

    var phase = Phase.starting
    var entry: Entry
    var level: StopLevel
    var gap = ProtectionGap()
    /// The mid price at the first quote: the reference of what was held before.
    var startPrice: Price?
    /// Whether anything was held since the start.
    var hasHeld = false
    /// Whether the take-profit order has the stop's place.
    var isTakingProfit = false
    /// The venue refused a modification: the next change is a cancel and a new order.
    var mustRenew = false
    /// Since when the market is beyond a stop that has not fired; never, while it is not.
    var reachedSince = Instant.distantFuture
    /// Since when the position is being closed.
    var closingSince = Instant.distantFuture
    /// No order that closes before.
    var resumeAt = Instant.distantPast
    /// No order that opens before.
    var enterAt = Instant.distantPast
    var lastRefusal: Refusal?
    /// The alarm that is pending; never, when none is.
    var wakeAt = Instant.distantFuture
    /// Touches between these leave things as they are; none does when they are in disorder.
    @usableFromInline var quietLow = Price(raw: .max)
    @usableFromInline var quietHigh = Price.zero

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        base = setup.market.base
        rules = setup.market.rules
        isLong = parameters.side == .long
        exitSide = isLong ? .sell : .buy
        entry = parameters.entryQuantity.isPositive ? .wanted : .over
        level = StopLevel(parameters, isLong: isLong, tick: rules.tick)
    }
}

// MARK: - The market

extension StopLoss {
    public mutating func onStart(_ desk: inout Desk) {
        phase = .guarding
        let own = desk.position(market).quantity
        if own.isPositive || own.isNegative { entry = .over }
        for order in desk.openOrders(in: market) {
            // Orders that the session found again: a stop goes on protecting, an entry is not doubled.
            if order.side != exitSide, entry == .wanted { entry = .placed(order.id) }
            if order.side == exitSide, parameters.onStop == .leave { desk.leaveAtVenue(order.id) }
        }
        let least = parameters.heldQuantity
        if isLong, least.isPositive, Quantity(desk.balance(base).total) < least {
            desk.note("the account holds \(desk.balance(base).total) of \(least): only that is protected")
        }
        review(&desk)
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market else { return }
        let touch = isLong ? quote.bid : quote.ask
        if touch > quietLow, touch < quietHigh { return }
        review(&desk)
    }

    @inlinable
    public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {
        guard trade.market == market, trade.price <= quietLow || trade.price >= quietHigh else { return }
        review(&desk, traded: trade.price)
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        guard change.market == market else { return }
        review(&desk)
    }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) {
        guard balance.asset == base else { return }
        review(&desk)
    }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        if alarm.deadline >= wakeAt { wakeAt = .distantFuture }
        review(&desk)
    }

    public mutating func onStop(_ desk: inout Desk) {
        let sight = look(desk)
        phase = .ended
        var standing = Quantity.zero
        for order in desk.openOrders(in: market) {
            // A modification that is on its way needs the order that it replaces.
            if parameters.onStop == .leave, order.side == exitSide, order.ticket.kind.isStop,
                order.isProtecting
            {
                standing = max(standing, order.remaining)
            } else {
                desk.cancel(order.id)
            }
        }
        if standing.isPositive {
            desk.note("the stop order over \(standing) stays at the venue: nobody follows it up")
        }
        if sight.held > standing { desk.note("\(sight.held - standing) is unprotected from here") }
    }
}

// MARK: - Own orders

extension StopLoss {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        guard fill.market == market else { return }
        if fill.side == exitSide, desk.order(fill.order)?.ticket.kind.isStop == true {
            beginClosing("the stop fired at \(fill.price)", &desk)
        }
        review(&desk)
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market, phase != .ended else { return }
        switch order.state {
        case .active(.open): if order.side == exitSide { lastRefusal = nil }
        case .active(.created), .active(.submitting), .active(.unknown): break
        case .closed(let closing):
            if order.side == exitSide {
                takeExitEnd(order, closing, &desk)
            } else {
                takeEntryEnd(order, closing, &desk)
            }
        }
        review(&desk)
    }

    private mutating func takeEntryEnd(_ order: OwnOrder, _ closing: Closing, _ desk: inout Desk) {
        guard entry == .placed(order.id) else { return }
        guard order.filled.isZero else {
            entry = .over
            return
        }
        entry = .wanted
        switch closing {
        case .filled, .cancelled, .triggerFailed: enterAt = desk.now + parameters.retryPause
        case .rejected(let refusal):
            enterAt = desk.now + parameters.refusalPause
            if refusal != lastRefusal { desk.note("entry refused: \(refusal)") }
            lastRefusal = refusal
        }
    }

    private mutating func takeExitEnd(_ order: OwnOrder, _ closing: Closing, _ desk: inout Desk) {
        switch closing {
        case .filled:
            // The profit was taken, or the position closed: nothing more is opened.
            if !order.ticket.kind.isStop { entry = .over }
        case .cancelled:
            resumeAt = max(resumeAt, desk.now + (wasOurs(order, desk) ? .zero : parameters.retryPause))
            if order.ticket.kind.isStop, order.filled.isZero, !wasOurs(order, desk), phase == .guarding {
                desk.note("the stop order ended without a fill")
            }
        case .triggerFailed:
            resumeAt = desk.now + parameters.retryPause
            beginClosing("the stop fired and the venue could not carry it out", &desk)
        case .rejected(.withdrawn): break
        case .rejected(.neverSent):
            resumeAt = desk.now + parameters.retryPause
            // The venue may have no way to replace a stop order: then it is renewed.
            if order.replaces != .none { mustRenew = true }
        case .rejected(let refusal):
            resumeAt = desk.now + parameters.refusalPause
            if order.replaces != .none { mustRenew = true }
            // A modification that finds its order gone: what became of that is told by itself.
            if refusal != lastRefusal, refusal != .venueOrderNotFound {
                desk.note("\(order.ticket.kind.isStop ? "stop" : "exit") refused: \(refusal)")
            }
            lastRefusal = refusal
        }
    }

    /// Whether we asked for the end of an order, by a cancel or by what replaces it.
    private func wasOurs(_ order: OwnOrder, _ desk: borrowing Desk) -> Bool {
        order.isCancelRequested || desk.openOrders(in: market).contains { $0.replaces == order.id }
    }
}
