import MarketModel
import Quantities
import StrategyKit

/// Goes round three markets of one venue when their quotes do not fit together: three immediate-or-cancel orders, one
/// after the other.
///
/// A cycle begins when its plan (`CyclePlan`) gains at least `min_edge` of its cost after all fees. Each leg trades
/// what the leg before brought; what a leg did not fill is left over, and `leftovers` says what becomes of it.
///
/// Rules that hold at any moment:
/// 1. One cycle, and in it one order, is in flight at most. An order lives until the venue says that it ended.
/// 2. Legs have the prices of the plan as their limits, `slippage` worse for the second and third: none trades beyond.
/// 3. What a cycle leaves behind is known to the last unit, by the deals and fees of its orders, and is never more than
///    `hold_max` when the next one begins.
/// 4. After `losses_max` cycles that lost money, the strategy stops.
public struct TriangularArbitrage: Strategy {
    public static let name = "triangular-arbitrage"
    public static let summary =
        "Goes round three markets with immediate-or-cancel orders when their prices do not fit together."
    public static var needs: StrategyNeeds {
        StrategyNeeds(
            markets: 3...3, watched: 0...0, ofTraded: [.quotes], orders: [.immediateOrCancel])
    }

    /// Where a cycle is.
    enum Phase: Equatable, Sendable {
        /// Nothing is in flight. Can transition to: `leg` when a plan is good enough, `selling` when more is left over
        /// than may be held, `stopped`.
        case watching
        /// The order of a leg is to be placed as soon as the account has what it needs: the deals before it may be
        /// told before the balance. Can transition to: `leg`, `watching` when patience ends, `stopped`.
        case waiting(leg: Int, until: Instant)
        /// The order of a leg is out. Can transition to: `waiting` for the next one, `selling`, `watching`, `stopped`.
        case leg(Int, OrderID)
        /// What is left over is being sold at home. Can transition to: `watching`, `stopped`.
        case selling(OrderID)
        /// The session ends. Final.
        case stopped
    }

    enum AlarmTag: Int {
        /// A wait is over.
        case resume = 1
    }

    let parameters: Parameters
    let triangle: Triangle
    let edge: FeeRate
    var phase = Phase.watching
    var plan: CyclePlan?
    var stock: Stock
    /// What the cycle that is under way has brought and cost at home, in the end its profit.
    var flow = Amount.zero
    /// What was left over, valued at home, when the cycle began.
    var valueBefore = Amount.zero
    /// Nothing begins before.
    var pausedUntil = Instant.distantPast
    var tally = Tally()

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        self.parameters = parameters
        triangle = try parameters.triangle(setup)
        edge = parameters.minEdgeRate
        stock = Stock(triangle)
    }
}

// MARK: - The markets

extension TriangularArbitrage {
    public mutating func onStart(_ desk: inout Desk) {
        // Orders of an earlier run belong to no cycle.
        desk.cancelAll()
    }

    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) { proceed(&desk) }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) { proceed(&desk) }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) { proceed(&desk) }

    public mutating func onStop(_ desk: inout Desk) {
        phase = .stopped
        desk.cancelAll()
        desk.note(summary(desk))
    }
}

// MARK: - Own orders

extension TriangularArbitrage {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        let change = stock.take(fill, desk.table.terms(fill.market), home: triangle.home)
        flow = flow + change
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard case .closed(let closing) = order.state else { return }
        switch phase {
        case .leg(let leg, let id) where id == order.id: take(closing, order, ofLeg: leg, &desk)
        case .selling(let id) where id == order.id:
            phase = .watching
            if case .rejected(let refusal) = closing { rest(after: refusal, "the sale of leftovers", &desk) }
            if order.filled.isZero { pause(parameters.pause, &desk) }
            proceed(&desk)
        case .leg, .selling, .watching, .waiting, .stopped: return
        }
    }
}
