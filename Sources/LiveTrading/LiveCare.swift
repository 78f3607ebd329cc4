import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// Something about the account that a comparison with the venue has found.
public struct LiveAlert: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum Kind: BitwiseCopyable, Equatable, Sendable {
        /// The balance is more by this than our deals explain, or less: a deposit or a withdrawal, somebody else in the
        /// account, or an error. Told once per difference.
        case residue(AssetID, Amount)
        /// The venue lists an order of ours that we hold to be over.
        case stray(OrderID)
        /// Trading is paused because of what was told, and own orders are cancelled.
        case paused
        /// Trading goes on: two comparisons in a row have found no difference.
        case lifted
    }

    public var kind: Kind
    public var at: Instant
}

/// Compares what the engine holds with what the venue lists, without a part in what is decided.
///
/// A balance and the deals behind it do not travel together: a difference counts when two comparisons in a row have
/// found the same, with no deals missing.
@usableFromInline
struct LiveCare: Sendable {
    /// Alerts that wait to be taken; of more, the newest are dropped.
    static let alertsMax = 256

    @usableFromInline var alerts: [LiveAlert] = []
    /// Per asset: the difference that was found last, and the one that was told.
    private var found: [Amount] = []
    private var told: [Amount] = []
    /// Strays of the listing before, and those that were told.
    private var strays: [OrderID] = []
    private var toldStrays: [OrderID] = []
    private var acceptedStrays: [OrderID] = []
    /// Whether the last look has found something that is certain and wrong.
    @usableFromInline var foundTrouble = false
    /// Looks in a row that found nothing wrong.
    @usableFromInline var cleanLooks = 0
    private var lookedAt = Instant.distantPast
    /// Looks that come sooner after the one before say nothing: what is being asked for is not known by then.
    @usableFromInline static var lookPause: Interval { .seconds(15) }
    /// As many lift a pause.
    @usableFromInline static var cleanLooksMin: Int { 2 }

    @usableFromInline
    init() {}

    @usableFromInline
    mutating func look<S: StrategyCallbacks>(
        at listing: OpenListing, _ engine: borrowing Engine<S>, at now: Instant
    ) {
        foundTrouble = false
        guard lookedAt == .distantPast || now - lookedAt >= Self.lookPause else { return }
        lookedAt = now
        lookForStrays(listing, engine, now)
        let holdsAllDeals = engine.holdsAllDeals
        if holdsAllDeals { lookAtBalances(engine, now) }
        let isClean =
            holdsAllDeals && strays.isEmpty && engine.floor.accounts.allSatisfy { $0.residue.isZero }
        cleanLooks = isClean ? cleanLooks + 1 : 0
    }

    /// What differs now is accepted by a person.
    @usableFromInline
    mutating func accept() {
        acceptedStrays = strays
        (strays, toldStrays, found, told) = ([], [], [], [])
        cleanLooks = 0
    }

    @usableFromInline
    mutating func tellPause(_ isBegun: Bool, at now: Instant) { tell(isBegun ? .paused : .lifted, now) }

    private mutating func lookForStrays<S: StrategyCallbacks>(
        _ listing: OpenListing, _ engine: borrowing Engine<S>, _ now: Instant
    ) {
        let over = listing.orders.filter { order in
            if acceptedStrays.contains(order) { return false }
            guard let slot = engine.desk.orders.slot(of: order) else { return true }
            return !engine.desk.orders.slots[slot].isActive
        }
        // One that ended while the list was on its way is not in the next.
        for order in over where strays.contains(order) && !toldStrays.contains(order) {
            tell(.stray(order), now)
            foundTrouble = true
        }
        toldStrays = over.filter { strays.contains($0) }
        strays = over
    }

    private mutating func lookAtBalances<S: StrategyCallbacks>(
        _ engine: borrowing Engine<S>, _ now: Instant
    ) {
        let residues = engine.floor.accounts.map(\.residue)
        if told.isEmpty { told = Array(repeating: .zero, count: residues.count) }
        for index in residues.indices where residues[index] != told[index] {
            guard index < found.count, found[index] == residues[index] else { continue }
            tell(.residue(AssetID(index), residues[index] - told[index]), now)
            told[index] = residues[index]
            if !residues[index].isZero { foundTrouble = true }
        }
        found = residues
    }

    private mutating func tell(_ kind: LiveAlert.Kind, _ now: Instant) {
        if alerts.count < Self.alertsMax { alerts.append(LiveAlert(kind: kind, at: now)) }
    }
}

extension Engine {
    /// Whether we hold all deals of living orders: those that the venue has counted, and of none it is open whether
    /// it stands.
    fileprivate var holdsAllDeals: Bool {
        for index in desk.orders.active.indices {
            let slot = Int(desk.orders.active[index])
            if floor.evidence[slot].isUncertain, !floor.evidence[slot].isAccepted { return false }
            if floor.evidence[slot].dealt < floor.evidence[slot].reported { return false }
        }
        return true
    }
}
