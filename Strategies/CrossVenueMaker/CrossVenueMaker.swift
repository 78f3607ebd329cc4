import MarketModel
import Quantities
import StrategyKit

/// Quotes one bid and one ask at a venue around the price that another venue leads with.
///
/// The fair price is the leader's, times one plus the slow average of how much more the own venue is paid (`Basis`).
/// Nothing is hedged: what is held moves both quotes against itself (`skew`), and ends at `max_inventory` on either
/// side.
///
/// Rules that hold at any moment:
/// 1. At most one order per side lives (`QuotePair`), and it only adds liquidity.
/// 2. Without a leader there are no quotes: when it cannot be read, was silent for `leader_timeout`, or is farther from
///    the own venue than `max_deviation` beyond the basis, they are withdrawn, and the reason is told.
/// 3. Position and open orders together stay within `max_inventory` of the target.
/// 4. The leader's market is read only: no order goes there.
public struct CrossVenueMaker: Strategy {
    public static let name = "cross-venue-maker"
    public static let summary =
        "Quotes both sides at one venue around the price that another venue leads with."
    public static var needs: StrategyNeeds {
        StrategyNeeds(
            markets: 1...1, watched: 1...1, ofTraded: [.quotes], ofWatched: [.quotes], orders: [.makerOnly])
    }

    /// Why there are no quotes.
    enum Silence: Equatable, Sendable {
        /// The leader or the own market has not been read yet, or the basis has too few samples.
        case beginning
        case leaderUnreadable
        case leaderSilent
        case marketUnreadable
        case venuesDisagree
    }

    /// Whether quotes are wanted.
    enum Phase: Equatable, Sendable {
        /// Can transition to: `quoting` when both venues can be read and agree, another reason, `stopped`.
        case silent(Silence)
        /// Can transition to: `silent` when one of the reasons appears, `stopped`.
        case quoting
        /// The session ends. Final.
        case stopped
    }

    enum AlarmTag: Int {
        /// Has the leader been silent for too long?
        case watch = 1
    }

    let parameters: Parameters
    let market: Market
    let leader: Market
    /// Half the spread, fees included, as a fraction of the price.
    let half: Double
    var basis: Basis
    var pair: QuotePair
    var phase = Phase.silent(.beginning)
    var heardAt = Instant.distantPast
    private var lastRefusal: Refusal?

    public init(_ parameters: Parameters, _ setup: StrategySetup) throws {
        try parameters.check(setup)
        self.parameters = parameters
        market = setup.market
        leader = setup.watched[0]
        let fee = parameters.coverFees ? Double(setup.market.rules.makerFee) : 0
        half = max(0, parameters.edge / 10_000 + fee)
        basis = Basis(window: parameters.basisWindow, interval: parameters.sampleInterval)
        pair = QuotePair(in: setup.market.id, pause: parameters.refusalPause)
    }
}

// MARK: - The markets

extension CrossVenueMaker {
    public mutating func onStart(_ desk: inout Desk) {
        // Orders of an earlier run are not at today's prices.
        desk.cancelAll(in: market.id)
    }

    public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        if quote.market == leader.id {
            if heardAt == .distantPast {
                desk.setAlarm(after: parameters.leaderTimeout, tag: AlarmTag.watch.rawValue)
            }
            heardAt = desk.now
        }
        review(&desk)
    }

    public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) { review(&desk) }

    public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) { review(&desk) }

    public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        guard phase != .stopped else { return }
        review(&desk)
        let next = heardAt + parameters.leaderTimeout
        // The instant of the timeout itself is not yet silence.
        desk.setAlarm(
            at: next >= desk.now ? next + .nanoseconds(1) : desk.now + parameters.leaderTimeout,
            tag: AlarmTag.watch.rawValue)
    }

    public mutating func onStop(_ desk: inout Desk) {
        phase = .stopped
        desk.cancelAll(in: market.id)
    }
}

// MARK: - Own orders

extension CrossVenueMaker {
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
