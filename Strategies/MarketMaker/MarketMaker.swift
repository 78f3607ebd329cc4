import MarketModel
import Quantities
import StrategyKit

/// Quotes one bid and one ask around the mid price, and leans against what it holds.
///
/// The prices are those of Avellaneda and Stoikov (`QuoteModel`): the spread grows with volatility,
/// and both quotes move away from the side of which there is too much. All quotes are maker-only,
/// never cross the quote of the market, and are rounded away from it.
///
/// Rules that hold at any moment:
/// 1. At most one order per side lives. An order counts as living until the venue says that it
///    ended, so one whose fate is unknown blocks its side and is never doubled.
/// 2. A quote moves by a cancel and, when that is confirmed, a new order. Replacing in place would
///    save the pause between the two, but venues differ in whether fills count against the new
///    quantity.
/// 3. Nothing is quoted while the market cannot be read, or was silent for `quote_timeout`.
/// 4. The sum of inventory and open quote stays within `max_inventory` on each side.
public struct MarketMaker: Strategy {
    public static let name = "market-maker"
    public static let summary = "Quotes both sides around the mid price, and leans against what it holds."

    /// Whether quotes are wanted.
    @usableFromInline enum Phase: Sendable {
        /// The market cannot be read, or volatility is not known yet. Can transition to: `quoting`
        /// at a quote with enough samples and no living order, `stopped`.
        case idle
        /// Can transition to: `idle` when the market becomes unreadable or silent, `stopped`.
        case quoting
        /// The session ends. Final.
        case stopped
    }

    /// What its alarms are for.
    enum AlarmTag: Int {
        /// Has the market been silent for too long?
        case watch = 1
        case resumeBids = 2
        case resumeAsks = 3
    }

    let parameters: Parameters
    @usableFromInline let market: MarketID
    let base: AssetID
    let quoteAsset: AssetID
    let rules: MarketRules
    let model: QuoteModel

    @usableFromInline var volatility: VolatilityEstimate
    @usableFromInline var phase = Phase.idle
    @usableFromInline var bid = QuoteSlot()
    @usableFromInline var ask = QuoteSlot()
    /// The quote that was looked at last; zero when the next one is to be looked at in any case.
    @usableFromInline var seenBid = Price.zero
    @usableFromInline var seenAsk = Price.zero
    @usableFromInline var heardAt = Instant.distantPast
    @usableFromInline let tick: Double
    /// What the target prices are of the mid price, at this inventory and volatility.
    @usableFromInline var distances = QuoteModel.Distances()
    /// What is held beyond the target.
    var inventory = Quantity.zero

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        base = setup.market.base
        quoteAsset = setup.market.quote
        rules = setup.market.rules
        tick = Double(setup.market.rules.tick)
        model = QuoteModel(parameters, setup.market.rules)
        volatility = VolatilityEstimate(
            window: parameters.volatilityWindow, interval: parameters.sampleInterval)
    }
}

// MARK: - The market

extension MarketMaker {
    public mutating func onStart(_ desk: inout Desk) {
        // Orders of an earlier run are not at today's prices.
        desk.cancelAll(in: market)
        takeStock(desk)
        desk.setAlarm(after: parameters.quoteTimeout, tag: AlarmTag.watch.rawValue)
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market else { return }
        heardAt = desk.now
        if quote.bid == seenBid, quote.ask == seenAsk, desk.now < volatility.nextSampleAt { return }
        seenBid = quote.bid
        seenAsk = quote.ask
        let bestBid = Double(quote.bid)
        let bestAsk = Double(quote.ask)
        let mid = (bestBid + bestAsk) * 0.5
        if desk.now >= volatility.nextSampleAt { sample(mid, at: desk.now) }
        if bid.isGood(min(mid * distances.bidFactor, bestAsk - tick)),
            ask.isGood(max(mid * distances.askFactor, bestBid + tick))
        {
            return
        }
        review(quote, &desk)
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        guard change.market == market else { return }
        switch change.state {
        case .live: break
        case .suspect, .stale: pull(&desk)
        }
    }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) {
        wake()
        reviewAgain(&desk)
    }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        switch AlarmTag(rawValue: alarm.tag) {
        case .watch: watch(&desk)
        case .resumeBids, .resumeAsks: reviewAgain(&desk)
        case nil: break
        }
    }

    public mutating func onStop(_ desk: inout Desk) {
        phase = .stopped
        desk.cancelAll(in: market)
    }

    @usableFromInline
    mutating func sample(_ mid: Double, at now: Instant) {
        volatility.sample(mid, at: now)
        updateDistances()
        wake()
    }

    /// Pulls the quotes when the market was silent for too long, and looks again later.
    private mutating func watch(_ desk: inout Desk) {
        var next = heardAt + parameters.quoteTimeout
        if next <= desk.now || heardAt == .distantPast {
            pull(&desk)
            next = desk.now + parameters.quoteTimeout
        }
        desk.setAlarm(at: next, tag: AlarmTag.watch.rawValue)
    }
}

// MARK: - Own orders

extension MarketMaker {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        guard fill.market == market else { return }
        takeStock(desk)
        wake()
        if self[fill.side].order == fill.order, let order = desk.order(fill.order) {
            self[fill.side].noteRemaining(order.remaining)
        }
        reviewAgain(&desk)
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market, self[order.side].order == order.id else { return }
        switch order.state {
        case .active(.created), .active(.submitting), .active(.open), .active(.unknown):
            // The news may be older than our cancel: what counts is how the order stands now.
            if self[order.side].isLeaving, desk.order(order.id)?.isCancelRequested == false {
                // The venue refused the cancel: the order stays, and is cancelled again after a
                // pause.
                self[order.side].stay()
                pause(order.side, &desk)
            }
        case .closed(let closing): takeEnd(order, closing, &desk)
        }
    }

    private mutating func takeEnd(_ order: OwnOrder, _ closing: Closing, _ desk: inout Desk) {
        let wasLeaving = self[order.side].isLeaving
        self[order.side].clear()
        switch closing {
        case .filled: self[order.side].lastRefusal = nil
        case .cancelled:
            self[order.side].lastRefusal = nil
            // Taken away by the venue: it has a reason that we do not know.
            if !wasLeaving { pause(order.side, &desk) }
        case .triggerFailed: pause(order.side, &desk)
        case .rejected(.withdrawn): break
        case .rejected(.venueWouldTake):
            // The market has moved and our feed has not shown it yet: the next quote decides.
            seenBid = .zero
            return
        case .rejected(let refusal): takeRefusal(refusal, order.side, &desk)
        }
        reviewAgain(&desk)
    }

    private mutating func takeRefusal(_ refusal: Refusal, _ side: Side, _ desk: inout Desk) {
        // Of rate limits the engine tells by itself.
        if self[side].lastRefusal != refusal, refusal != .venueRateLimited {
            desk.note("\(side == .buy ? "bid" : "ask") refused: \(refusal)")
        }
        self[side].lastRefusal = refusal
        pause(side, &desk)
    }
}
