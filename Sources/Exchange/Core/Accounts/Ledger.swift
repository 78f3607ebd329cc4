import MarketModel
import Quantities

/// What an account holds of an asset, and by what business it came to that.
struct LedgerCell: BitwiseCopyable, Equatable, Sendable {
    var available = Amount.zero
    var frozen = Amount.zero
    private var deposits = Amount.zero
    private var transfers = Amount.zero
    private var trades = Amount.zero
    private var fees = Amount.zero

    var total: Amount { available + frozen }

    subscript(business: BalanceBusiness) -> Amount {
        get {
            switch business {
            case .deposit: deposits
            case .transfer: transfers
            case .trade: trades
            case .fee: fees
            }
        }
        set {
            switch business {
            case .deposit: deposits = newValue
            case .transfer: transfers = newValue
            case .trade: trades = newValue
            case .fee: fees = newValue
            }
        }
    }
}

/// The exchange's books: every change of what an account owns is taken from another account.
///
/// So the sum over all accounts is zero for every asset, and for every business. What the clients own
/// together is what the world outside owes, less what the exchange and the crowds hold.
struct Ledger: ~Copyable, Sendable {
    let assetCount: Int
    private(set) var accountCount = 0
    private var cells = Slab<LedgerCell>()

    init(assetCount: Int) { self.assetCount = assetCount }

    mutating func addAccount() -> AccountID {
        for _ in 0..<assetCount { cells.append(LedgerCell()) }
        accountCount += 1
        return AccountID(accountCount - 1)
    }

    subscript(account: AccountID, asset: AssetID) -> LedgerCell {
        cells[Int(account.index) * assetCount + Int(asset.index)]
    }

    /// Moves between available and frozen; a change below zero frees.
    mutating func freeze(_ change: Amount, _ account: AccountID, _ asset: AssetID) {
        let index = Int(account.index) * assetCount + Int(asset.index)
        cells[index].available -= change
        cells[index].frozen += change
    }

    /// Takes from what one account has available and gives it to another.
    mutating func post(
        _ amount: Amount, _ asset: AssetID, from giver: AccountID, to taker: AccountID,
        _ business: BalanceBusiness
    ) {
        let source = Int(giver.index) * assetCount + Int(asset.index)
        let target = Int(taker.index) * assetCount + Int(asset.index)
        cells[source].available -= amount
        cells[source][business] -= amount
        cells[target].available += amount
        cells[target][business] += amount
    }
}
