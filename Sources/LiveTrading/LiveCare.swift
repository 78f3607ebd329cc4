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

    @usableFromInline
    init() {}

    @usableFromInline
    mutating func look<S: StrategyCallbacks>(
        at listing: OpenListing, _ engine: borrowing Engine<S>, at now: Instant
    ) {
        lookForStrays(listing, engine, now)
        if engine.holdsAllDeals { lookAtBalances(engine, now) }
    }

    private mutating func lookForStrays<S: StrategyCallbacks>(
        _ listing: OpenListing, _ engine: borrowing Engine<S>, _ now: Instant
    ) {
        let over = listing.orders.filter { order in
            guard let slot = engine.desk.orders.slot(of: order) else { return true }
            return !engine.desk.orders.slots[slot].isActive
        }
        // One that ended while the list was on its way is not in the next.
        for order in over where strays.contains(order) && !toldStrays.contains(order) {
            tell(.stray(order), now)
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
