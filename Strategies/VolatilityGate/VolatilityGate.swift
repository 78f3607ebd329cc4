import MarketModel
import Quantities
import StrategyKit

/// Quotes both sides around the mid price, as wide as options say that the price will move, and not at all when they
/// say too much or nothing.
///
/// The implied volatility is the median of those of the watched options that told one within `iv_timeout`. It does two
/// things: each quote stands `width` standard deviations of the move over `horizon` from the mid price, and a gate
/// opens, widens or shuts (`Gate`).
///
/// Rules that hold at any moment:
/// 1. At most one order per side lives (`QuotePair`), and it only adds liquidity.
/// 2. Without an implied volatility that is new enough there are no quotes. When the gate moves, the reason is told.
/// 3. Position and open orders together stay within `max_inventory`; what is held moves both quotes.
/// 4. Options are read only: no order goes there.
public struct VolatilityGate: Strategy {
    public static let name = "volatility-gate"
    public static let summary =
        "Quotes both sides as wide as the volatility that options imply, and stops when it is high or unknown."
    public static var needs: StrategyNeeds {
        StrategyNeeds(
            markets: 1...1, watched: 1...Self.optionsMax, ofTraded: [.quotes], ofWatched: [.optionMarks],
            orders: [.makerOnly])
    }

    /// Options whose volatilities are joined; more are refused.
    public static let optionsMax = 64

    enum AlarmTag: Int {
        /// Is the implied volatility still new enough?
        case watch = 1
    }

    let parameters: Parameters
    let market: Market
    let options: [Market]
    /// The maker fee as a fraction, where it is covered.
    let fee: Double
    var gate: Gate
    var pair: QuotePair
    var isStopped = false
    private var lastRefusal: Refusal?
    /// Whether it was told that no option has told anything.
    private var hasToldSilence = false

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market
        options = setup.watched
        fee = parameters.coverFees ? max(0, Double(setup.market.rules.makerFee)) : 0
        gate = Gate(
            widenAbove: parameters.widenAbove, stopAbove: parameters.stopAbove,
            hysteresis: parameters.hysteresis)
        pair = QuotePair(in: setup.market.id, pause: parameters.refusalPause)
    }
}

// MARK: - The markets

extension VolatilityGate {
    public mutating func onStart(_ desk: inout Desk) {
        // Orders of an earlier run are not at today's prices.
        desk.cancelAll(in: market.id)
        desk.setAlarm(after: parameters.ivTimeout, tag: AlarmTag.watch.rawValue)
    }

    public mutating func onOptionMark(_ mark: OptionMark, _ desk: inout Desk) { review(&desk) }

    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        if quote.market == market.id { review(&desk) }
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        if change.market == market.id { review(&desk) }
    }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) { review(&desk) }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        guard !isStopped else { return }
        review(&desk)
        if gate.position == .blind(.nothingHeard), !hasToldSilence {
            hasToldSilence = true
            desk.note("does not quote: no option has told a mark")
        }
        let ends = options.compactMap { desk.optionMark($0.id).map { $0.receivedAt + parameters.ivTimeout } }
        // The instant of the timeout itself is not yet too old.
        let next = ends.filter { $0 >= desk.now }.min().map { $0 + .nanoseconds(1) }
        desk.setAlarm(at: next ?? desk.now + parameters.ivTimeout, tag: AlarmTag.watch.rawValue)
    }

    public mutating func onStop(_ desk: inout Desk) {
        isStopped = true
        desk.cancelAll(in: market.id)
    }
}

// MARK: - Own orders

extension VolatilityGate {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) { review(&desk) }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        switch pair.take(order, desk) {
        case .nothing: return
        case .free: lastRefusal = nil
        case .refused(let side, let refusal):
            // Of rate limits the engine tells by itself.
            if refusal != lastRefusal, refusal != .venueRateLimited {
                desk.note("\(side == .buy ? "bid" : "ask") refused: \(refusal)")
            }
            lastRefusal = refusal
        }
        review(&desk)
    }
}
