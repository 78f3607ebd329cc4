import MarketModel
import Quantities
import StrategyKit

/// A ladder of limit orders: what is bought on one line is sold on the next one above, and bought again.
///
/// The lines divide the prices into cells (`GridCell`). An empty cell buys at its lower line, a full one
/// sells at its upper line, and one that was filled in part does both with its parts. It earns the distance
/// of two lines, less fees, each time that the market goes down and up through a cell, and loses when the
/// market leaves the grid downwards with all cells full.
///
/// Rules that hold at any moment:
/// 1. At most one order per cell and side lives. An order counts as living until the venue says that it
///    ended.
/// 2. No own buy stands at or above an own sell.
/// 3. Buys are placed below the market only: cells above it wait until it has come. Sells stand at their
///    line, or just above the best bid where the market is beyond it already.
/// 4. The grid is moved, ended or pulled by cancelling everything first; what is placed next waits for the
///    last end.
public struct Grid: Strategy {
    public static let name = "grid"
    public static let summary = "Buys on the lines of a ladder, and sells each on the next line above."

    @usableFromInline enum Phase: Equatable, Sendable {
        /// Cancels are under way, or orders of an earlier run: nothing is placed before all are over. Can
        /// transition to what comes next.
        case leaving(Next)
        /// Orders stand on the lines. Can transition to: `leaving`.
        case trading
        /// The position is brought to zero. Can transition to: `finished`.
        case closing
        /// A limit of profit or loss was reached. Final, but for `stopped`.
        case finished
        /// The session ends. Final.
        case stopped
    }

    /// What comes after all orders are over.
    @usableFromInline enum Next: Sendable {
        /// The same grid again, when the market can be read.
        case resume
        /// A grid around the market.
        case build
        case close
        case finish
    }

    /// What its alarms are for.
    enum AlarmTag: Int {
        case resume = 1
        /// Can the market still not be read?
        case unreadable = 2
    }

    let parameters: Parameters
    @usableFromInline let market: MarketID
    let base: AssetID
    let quoteAsset: AssetID
    let rules: MarketRules
    let lines: GridLines

    @usableFromInline var phase = Phase.leaving(.build)
    var cells: [GridCell] = []
    /// Whether the first grid stands, with what was held at the start.
    var hasStarted = false
    /// The market has to leave these bounds before a quote alone changes anything: best bid, best ask.
    @usableFromInline var quietBid = Price.zero..<Price.zero
    @usableFromInline var quietAsk = Price.zero..<Price.zero
    /// A bid above or an ask below means that the market has left the grid.
    var reach = Price.zero...Price.zero
    /// Whether profit has to be looked at.
    @usableFromInline let hasLimits: Bool
    /// Nothing is placed before.
    var resumeAt = Instant.distantPast
    var lastRefusal: Refusal?
    /// Since when the market cannot be read; `distantFuture` when it can.
    var unreadableSince = Instant.distantFuture

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market.id
        base = setup.market.base
        quoteAsset = setup.market.quote
        rules = setup.market.rules
        lines = GridLines(parameters)
        hasLimits = parameters.stopLoss.isPositive || parameters.takeProfit.isPositive
    }

    /// The least that the market trades.
    var least: Quantity { max(rules.minimumQuantity, rules.lot) }
}

// MARK: - The market

extension Grid {
    public mutating func onStart(_ desk: inout Desk) {
        // An order of an earlier run belongs to no cell.
        desk.cancelAll(in: market)
    }

    @inlinable
    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        guard quote.market == market else { return }
        if phase == .trading, !hasLimits, isQuiet(quote) { return }
        proceed(quote, &desk)
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {
        guard change.market == market else { return }
        switch change.state {
        case .live: unreadableSince = .distantFuture
        case .suspect:
            if unreadableSince == .distantFuture { unreadableSince = desk.now }
            desk.setAlarm(after: parameters.quoteTimeout, tag: AlarmTag.unreadable.rawValue)
        case .stale: pull(&desk)
        }
    }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) { proceedAgain(&desk) }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        switch AlarmTag(rawValue: alarm.tag) {
        case .resume:
            if case .leaving = phase { desk.cancelAll(in: market) }
            proceedAgain(&desk)
        case .unreadable:
            // Not when it was readable in between: then a later alarm is for the later time.
            if unreadableSince <= desk.now - parameters.quoteTimeout { pull(&desk) }
        case nil: break
        }
    }

    public mutating func onStop(_ desk: inout Desk) {
        phase = .stopped
        desk.cancelAll(in: market)
    }

    /// Takes the orders off a market that cannot be read.
    private mutating func pull(_ desk: inout Desk) {
        switch phase {
        case .trading: leave(.resume, &desk)
        case .leaving, .closing, .finished, .stopped: break
        }
    }
}

// MARK: - Phases

extension Grid {
    /// Does what the phase asks for, with what the market shows.
    @usableFromInline
    mutating func proceed(_ quote: Quote, _ desk: inout Desk) {
        switch phase {
        case .finished, .stopped: return
        case .leaving(let next):
            if desk.openOrders(in: market).isEmpty { arrive(next, quote, &desk) }
        case .closing: close(quote, &desk)
        case .trading:
            if let ending = ending(quote, desk) {
                desk.note(ending)
                return leave(parameters.close ? .close : .finish, &desk)
            }
            if hasLeft(quote) {
                desk.note("the market has left the grid at \(quote.mid): it is built anew")
                return leave(.build, &desk)
            }
            if !isQuiet(quote) { review(quote, &desk) }
        }
    }

    /// Whether bid and ask stand between the same lines as at the last review.
    @inlinable
    func isQuiet(_ quote: Quote) -> Bool { quietBid.contains(quote.bid) && quietAsk.contains(quote.ask) }

    /// The next quote is looked at, wherever it stands.
    mutating func wake() { quietBid = .zero..<Price.zero }

    /// After something else than the market has changed.
    mutating func proceedAgain(_ desk: inout Desk) {
        wake()
        if let quote = desk.quote(market) { proceed(quote, &desk) }
    }

    private mutating func leave(_ next: Next, _ desk: inout Desk) {
        phase = .leaving(next)
        desk.cancelAll(in: market)
        proceedAgain(&desk)
    }

    private mutating func arrive(_ next: Next, _ quote: Quote, _ desk: inout Desk) {
        switch next {
        case .resume: phase = .trading
        case .build:
            guard build(quote, &desk) else { return }
            phase = .trading
        case .close: phase = .closing
        case .finish: phase = .finished
        }
        wake()
        proceed(quote, &desk)
    }

    /// Why the whole grid ends; nil while it does not.
    private func ending(_ quote: Quote, _ desk: borrowing Desk) -> String? {
        guard hasLimits else { return nil }
        do throws(ArithmeticError) {
            let profit = try desk.position(market).profit(at: quote.mid)
            if parameters.stopLoss.isPositive, profit <= -parameters.stopLoss {
                return "stop_loss reached: profit \(profit)"
            }
            if parameters.takeProfit.isPositive, profit >= parameters.takeProfit {
                return "take_profit reached: profit \(profit)"
            }
            return nil
        } catch {
            return "profit cannot be computed"
        }
    }

    private func hasLeft(_ quote: Quote) -> Bool {
        switch parameters.recentre {
        case .never: false
        case .up: quote.bid > reach.upperBound
        case .both: quote.bid > reach.upperBound || quote.ask < reach.lowerBound
        }
    }

    /// Brings the position to zero, one order at a time.
    private mutating func close(_ quote: Quote, _ desk: inout Desk) {
        guard desk.now >= resumeAt, desk.openOrders(in: market).isEmpty else { return }
        let position = desk.position(market).quantity
        let quantity = position.magnitude.rounded(to: rules.lot, .down)
        let side = position.isPositive ? Side.sell : .buy
        let touch = side == .buy ? quote.ask : quote.bid
        guard isTradable(quantity, at: touch) else {
            phase = .finished
            return
        }
        let share = Double(touch) * parameters.closeSlippage / 10_000
        let slippage = Price(signal: share, step: rules.tick, .down) ?? .zero
        let limit = side == .buy ? touch + slippage : max(touch - slippage, rules.tick)
        let ticket = OrderTicket.limit(side, quantity, at: limit, in: market, .immediateOrCancel)
        if desk.place(ticket) == nil { pause(&desk) }
    }
}
