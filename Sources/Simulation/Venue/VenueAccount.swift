import MarketModel
import Quantities

/// The balances of one client at a simulated venue.
///
/// Invariant: available is never negative; what resting orders may cost is frozen when they come in.
package struct VenueAccount: ~Copyable, Sendable {
    package private(set) var balances: Slab<Balance>
    /// The balances as they were told last.
    private var known: Slab<Balance>
    /// Assets whose balance was touched since the last news.
    private var changed = Slab<AssetID>()
    /// How many of them have been looked at.
    private var told = 0

    package init(assets: Int) {
        let empty = (0..<assets).map {
            Balance(asset: AssetID($0), total: .zero, frozen: .zero, venueTime: .distantPast)
        }
        balances = Slab(empty)
        known = Slab(empty)
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

    /// The next balance that is not what was told last; nil when all have been told.
    package mutating func nextChange(at now: Instant) -> Balance? {
        while told < changed.count {
            let index = Int(changed[told].index)
            told += 1
            if balances[index] == known[index] { continue }
            balances[index].venueTime = now
            known[index] = balances[index]
            return balances[index]
        }
        changed.removeAll()
        told = 0
        return nil
    }
}
