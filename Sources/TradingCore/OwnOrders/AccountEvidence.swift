import MarketModel
import Quantities

/// What is known for certain about the balance of one asset, as a join of facts.
///
/// The venue's newest word on the balance, and the deals that are younger than that word. So balances and
/// deals may arrive in any order and any number of times: the sum of both is the same.
package struct AccountEvidence: Sendable {
    /// What a deal did to the balance.
    private struct Change: BitwiseCopyable, Sendable {
        var amount: Amount
        var venueTime: Instant
    }

    /// Deals that are remembered until the venue's word contains them; of more, the oldest are taken for
    /// contained.
    package static let changesMax = 64

    private var word: Balance?
    /// The venue's first word, and the deals since then that its newest one contains.
    private var first: Balance?
    private var explained = Amount.zero
    private var changes: [Change] = []
    private var oldest = 0

    package init() {}

    /// Takes the venue's word; the balance as it follows from all facts, or nil when the word is not new.
    package mutating func join(_ balance: Balance) -> Balance? {
        if let word, balance.venueTime < word.venueTime || balance == word { return nil }
        word = balance
        if first == nil { first = balance }
        if changes.isEmpty { return balance }
        for change in changes where change.venueTime <= balance.venueTime { explain(change) }
        changes.removeAll { $0.venueTime <= balance.venueTime }
        oldest = 0
        var joined = balance
        for change in changes { joined.total += change.amount }
        return joined
    }

    /// Takes what a deal did; false when the venue's word contains it.
    package mutating func join(_ amount: Amount, at venueTime: Instant) -> Bool {
        let change = Change(amount: amount, venueTime: venueTime)
        if let word, venueTime <= word.venueTime {
            explain(change)
            return false
        }
        if changes.count < Self.changesMax {
            changes.append(change)
        } else {
            explain(changes[oldest])
            changes[oldest] = change
            oldest = (oldest + 1) % Self.changesMax
        }
        return true
    }

    private mutating func explain(_ change: Change) {
        if let first, change.venueTime > first.venueTime { explained += change.amount }
    }

    /// What the venue's newest word differs by from its first one and the deals since then: deposits, withdrawals, what
    /// others did in the account, or an error. Of a deal whose word came first it is too much for a moment.
    package var residue: Amount {
        guard let word, let first else { return .zero }
        return word.total - first.total - explained
    }
}
