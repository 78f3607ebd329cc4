import MarketModel
import Quantities

/// What is known for certain about the balance of one asset, as a join of facts.
///
/// The venue's newest word on the balance, and the deals that are younger than that word. So balances and
/// deals may arrive in any order and any number of times: the sum of both is the same.
///
/// Which of them came first, the venue's times say, and ours for a word that has none: these are wrong by minutes while
/// the venue's clock is not known. One thing needs no clock: a word does not contain deals of an order that was sent
/// after the word was heard.
package struct AccountEvidence: Sendable {
    /// What a deal did to the balance.
    private struct Change: BitwiseCopyable, Sendable {
        var amount: Amount
        var venueTime: Instant
        /// Which of the orders that were ever sent the deal is of; 0 when that is not known.
        var placement: Int
    }

    /// Deals that are remembered until the venue's word contains them; of more, the oldest are taken for
    /// contained.
    package static let changesMax = 64
    package static let doubtsMax = 12
    /// How far the times of a word and of a deal may be apart from what was: lists of deals tell whole seconds, the
    /// venue looks at its books some time after it was asked, and its clock is known within seconds only.
    package static let doubtful = Interval.seconds(10)

    private var word: Balance?
    /// How many orders had been sent when it was heard.
    private var placements = 0
    /// The venue's first word, and the deals since then that its newest one contains.
    private var first: Balance?
    private var firstPlacements = 0
    private var explained = Amount.zero
    /// Deals so near to the first word that it may contain them or not, whatever their times say: by how much the
    /// residue is wrong if it is the other way. At most `doubtsMax`; of more, the first are looked at.
    private var doubts: [Amount] = []
    private var newestChange = Instant.distantPast
    private var changes: [Change] = []
    private var oldest = 0

    package init() {}

    /// Takes the venue's word; the balance as it follows from all facts, or nil when the word is not new.
    ///
    /// - Parameter placements: how many orders have been sent.
    package mutating func join(_ balance: Balance, placements: Int = 0) -> Balance? {
        if let word, balance.venueTime < word.venueTime || balance == word { return nil }
        word = balance
        self.placements = placements
        if first == nil {
            first = balance
            firstPlacements = placements
        }
        beginAnew(with: balance)
        if changes.isEmpty { return balance }
        for change in changes where change.venueTime <= balance.venueTime { explain(change) }
        changes.removeAll { $0.venueTime <= balance.venueTime }
        oldest = 0
        var joined = balance
        for change in changes { joined.total += change.amount }
        return joined
    }

    /// Takes what a deal did; false when the venue's word contains it.
    ///
    /// - Parameter placement: which of the orders that were ever sent it is of, from 1 on; 0 when that is not known.
    package mutating func join(_ amount: Amount, at venueTime: Instant, placement: Int = 0) -> Bool {
        let change = Change(amount: amount, venueTime: venueTime, placement: placement)
        if let word, venueTime <= word.venueTime, placement <= placements {
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
        guard let first else { return }
        let isCertain = change.placement > firstPlacements
        let isSince = isCertain || change.venueTime > first.venueTime
        if isSince { explained += change.amount }
        newestChange = max(newestChange, change.venueTime)
        guard !isCertain, doubts.count < Self.doubtsMax, !change.amount.isZero else { return }
        if isSince {
            if change.venueTime <= first.venueTime + Self.doubtful { doubts.append(-change.amount) }
        } else if change.venueTime + Self.doubtful > first.venueTime {
            doubts.append(change.amount)
        }
    }

    /// A word that no deal is near is a better one to begin with than one that leaves doubts: unless it differs by what
    /// no doubt explains.
    private mutating func beginAnew(with balance: Balance) {
        guard !doubts.isEmpty, changes.isEmpty, balance.venueTime > newestChange + Self.doubtful else {
            return
        }
        if residue.isZero { acceptResidue() }
    }

    /// What the venue's newest word differs by from its first one and the deals since then: deposits, withdrawals, what
    /// others did in the account, or an error. Of a deal whose word came first it is too much for a moment. Zero too
    /// where it is made up of deals that the first word may or may not contain.
    package var residue: Amount {
        guard let word, let first else { return .zero }
        let residue = word.total - first.total - explained
        return residue.isZero || isDoubtful(residue) ? .zero : residue
    }

    /// What differs now is no difference any more.
    package mutating func acceptResidue() {
        first = word
        firstPlacements = placements
        explained = .zero
        doubts = []
    }

    /// Whether some of the doubts add up to it.
    private func isDoubtful(_ residue: Amount) -> Bool {
        for choice in 1..<max(1, 1 << doubts.count) {
            var sum = Amount.zero
            for index in doubts.indices where choice & 1 << index != 0 { sum += doubts[index] }
            if sum == residue { return true }
        }
        return false
    }
}
