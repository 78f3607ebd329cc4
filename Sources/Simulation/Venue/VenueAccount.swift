import MarketModel
import Quantities

/// The balances of one client at a simulated venue.
///
/// Invariant: available is never negative; what resting orders may cost is frozen when they come in.
package struct VenueAccount: ~Copyable, Sendable {
    package private(set) var balances: Slab<Balance>
    /// Assets whose balance changed since the last news.
    private var changed = Slab<AssetID>()
    /// How many of them have been told.
    private var told = 0

    package init(assets: Int) {
        balances = Slab(
            (0..<assets).map {
                Balance(asset: AssetID($0), total: .zero, frozen: .zero, venueTime: .distantPast)
            })
    }

    package mutating func deposit(_ amount: Amount, _ asset: AssetID) { add(amount, asset) }

    package func available(_ asset: AssetID) -> Amount { balances[Int(asset.index)].available }

    package mutating func add(_ change: Amount, _ asset: AssetID) {
        if change.isZero { return }
        balances[Int(asset.index)].total += change
        note(asset)
    }

    package mutating func freeze(_ change: Amount, _ asset: AssetID) {
        if change.isZero { return }
        balances[Int(asset.index)].frozen += change
        note(asset)
    }

    private mutating func note(_ asset: AssetID) {
        for index in changed.indices where changed[index] == asset { return }
        changed.append(asset)
    }

    /// The next balance that changed since it was told last; nil when all have been told.
    package mutating func nextChange(at now: Instant) -> Balance? {
        guard told < changed.count else {
            changed.removeAll()
            told = 0
            return nil
        }
        let index = Int(changed[told].index)
        told += 1
        balances[index].venueTime = now
        return balances[index]
    }
}
