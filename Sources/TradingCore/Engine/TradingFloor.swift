import MarketModel
import Quantities
import StrategyKit
import VenueKit

/// What stands between the strategies and the venue: risk, pacing, own orders, accounts.
///
/// Everything in the engine that does not depend on the type of the strategy. It is a machine: intents and
/// facts go in with the desk, dispatches for the venue and deliveries for the strategies come out. It
/// reads no clock; `nextDue` says when `advance` has to be called.
///
/// Invariants:
/// 1. An order leaves only with a `RiskApproved`, within the venue's windows.
/// 2. An order closes only on evidence, and only when the deals that we hold are all that the venue counts.
/// 3. A deal is booked once: order, position, balances and the delivery to the strategy change together.
/// 4. Exposure counts every living order in full until it closes.
public struct TradingFloor: ~Copyable {
    /// What a strategy is to be told.
    public enum Delivery: BitwiseCopyable, Sendable {
        case order(OwnOrder)
        /// With the mid price of its market when we heard of it.
        case fill(Fill, mid: Price?)
        case balance(Balance)
        case bookState(BookStateChange)
    }

    public enum Phase: Sendable {
        /// Orders are refused: the strategies have not started.
        case starting
        case trading
        /// New orders are refused, cancels go on.
        case stopping
    }

    let anchor = Anchor()
    @usableFromInline package var phase = Phase.starting
    /// Strategies are not called: what is known of the venue is being joined first.
    @usableFromInline var isQuiet = false
    /// Whether new orders are refused while the link to the venue is not ready.
    @usableFromInline var heedsConnection = false
    @usableFromInline var isConnected = true
    /// Books and venue do not agree: new orders are refused.
    @usableFromInline package var isPaused = false
    package var risk: Slab<RiskRules>
    package var exposures: Exposures
    package var pacer: Pacer
    package var evidence = Slab<Evidence>()
    package var dealLog = DealLog()
    package var closed = ClosedOrders()
    /// Per asset.
    package var accounts: [AccountEvidence]
    /// Per market, since when it cannot be read; `distantFuture` while it can, and once its orders are cancelled.
    var unreadableSince: [Instant]
    package private(set) var chain = DecisionChain()
    @usableFromInline package var outbox = Slab<Dispatch>(capacity: 64)
    @usableFromInline package var deliveries = DeliveryQueue()
    package var alerts: [Alert] = []
    /// Whether what strategies are told is kept for a ledger, in `told`, until the driver takes it.
    @usableFromInline package var keepsTold = false
    @usableFromInline package var told: [Delivery] = []
    package var counters = Counters()
    /// Modifications of orders that the venue has not acknowledged yet: (order, replacement).
    package var waitingModifications: [(order: OrderID, replacement: RiskApproved)] = []

    var flattenAttempts: [Int]
    /// Strategies whose failure has been told.
    var failed: [Bool]
    let timing: EvidenceTiming
    var nextEvidenceCheck = Instant.distantFuture
    /// When the first readable market is to be found stale, if nothing is heard of it.
    var nextFreshnessCheck = Instant.distantFuture
    /// How often requests were taken in this turn.
    @usableFromInline var turnRounds = 0
    @usableFromInline var nextAssessment = Instant.distantPast

    /// Alerts that wait for the driver; more are counted and dropped.
    package static let alertsMax = 256
    /// Rounds of requests and answers in one turn; a strategy that asks for one more is stopped.
    package static let turnRoundsMax = 4_096

    package init(
        risk: [RiskRules], limits: VenueLimits, timing: EvidenceTiming = EvidenceTiming(),
        _ desk: borrowing Desk
    ) {
        precondition(risk.count == desk.statuses.count, "one set of risk rules per strategy")
        self.risk = Slab(risk)
        self.timing = timing
        flattenAttempts = Array(repeating: 0, count: risk.count)
        failed = Array(repeating: false, count: risk.count)
        exposures = Exposures(
            strategies: risk.count, markets: desk.table.markets.count, assets: desk.table.assets.count)
        pacer = Pacer(limits)
        unreadableSince = Array(repeating: .distantFuture, count: desk.table.markets.count)
        accounts = Array(repeating: AccountEvidence(), count: desk.table.assets.count)
    }

    /// When `advance` has something to do.
    @usableFromInline package var nextDue: Instant {
        min(pacer.nextRelease, min(nextEvidenceCheck, nextFreshnessCheck))
    }

    /// Releases what pacing lets go, asks for missing evidence, tells of markets that fell silent.
    @usableFromInline package mutating func advance(_ desk: inout Desk) {
        if nextFreshnessCheck <= desk.now { checkFreshness(&desk) }
        if pacer.nextRelease <= desk.now { release(&desk) }
        if nextEvidenceCheck <= desk.now { checkEvidence(&desk) }
    }

    @usableFromInline package mutating func alert(_ kind: Alert.Kind, _ strategy: StrategyID, at now: Instant)
    {
        if alerts.count < Self.alertsMax {
            alerts.append(Alert(kind: kind, strategy: strategy, at: now))
        } else {
            counters.alertsDropped += 1
        }
    }

    /// Lets go what may go, and notes on the evidence and on the decision chain what went.
    package mutating func release(_ desk: inout Desk) {
        let before = outbox.count
        pacer.release(at: desk.now, &desk.orders, into: &outbox)
        for index in before..<outbox.count {
            chain.add(outbox[index])
            switch outbox[index].command {
            case .place(let placement): noteSent(placement.order, &desk)
            case .modify(let modification):
                noteSent(modification.replacement.order, &desk)
                doubt(modification.order.slot, from: desk.now + timing.answerTimeout)
            case .cancel(let cancellation):
                counters.cancels += 1
                doubt(cancellation.order.slot, from: desk.now + timing.answerTimeout)
            case .query: counters.queries += 1
            }
        }
    }

    private mutating func noteSent(_ order: OrderID, _ desk: inout Desk) {
        counters.placements += 1
        let due = desk.now + timing.answerTimeout
        evidence[order.slot].sentAt = desk.now
        evidence[order.slot].placement = counters.placements
        if desk.orders.slots[order.slot].ticket.endsAtOnce { evidence[order.slot].doubtedFrom = due }
        nextEvidenceCheck = min(nextEvidenceCheck, due)
    }
}

/// How long evidence may take before it is asked for.
package struct EvidenceTiming: Sendable {
    /// A request without any answer is taken as lost, and asked for, after this time.
    package var answerTimeout = Interval.seconds(5)
    /// Deals that the venue counts and we do not hold are asked for after this time.
    package var dealGrace = Interval.milliseconds(500)
    /// The pause between two questions about the same order doubles from this up to `askPauseMax`.
    package var askPause = Interval.seconds(1)
    /// How long orders rest in a market that cannot be read, at a venue behind a link; then they are cancelled, but for
    /// stops that outlive the session.
    package var unreadablePatience = Interval.seconds(10)
    package var askPauseMax = Interval.seconds(10)

    package init() {}
}

/// What happened so far, for summaries and metrics.
public struct Counters: BitwiseCopyable, Equatable, Sendable {
    /// Orders that were sent, modifications included.
    public var placements = 0
    public var cancels = 0
    public var queries = 0
    public var refusedByRisk = 0
    public var refusedByVenue = 0
    public var withdrawn = 0
    public var fills = 0
    /// Orders that have ended and were filled at least in part.
    public var ordersTraded = 0
    /// Facts that told nothing new.
    public var repeatedFacts = 0
    /// Requests that found no room in their turn.
    public var requestsDropped = 0
    public var alertsDropped = 0

    public init() {}
}
