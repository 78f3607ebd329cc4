import MarketModel
import Quantities

// What is told, and what is kept of changed balances.

extension ExchangeCore {
    /// How much news waits to be taken.
    package var newsCount: Int { news.count }

    /// News that somebody is owed: never dropped.
    mutating func tell(_ item: ExchangeNews) { news.append(item) }

    /// News that anybody can ask for again.
    mutating func tellPublic(_ item: ExchangeNews) {
        if news.count < limits.publicNewsMax {
            news.append(item)
        } else {
            droppedNews += 1
        }
    }

    /// Tells once that a market's depth has changed since the news was taken.
    mutating func noteDepth(_ market: Int) {
        guard rooms[market].takeDepthNews() else { return }
        toldDepths.append(market)
        tellPublic(.depth(MarketID(market)))
    }

    /// Notes a change of a balance that is to be told.
    mutating func touch(_ account: AccountID, _ asset: AssetID) {
        let entry = TouchedBalance(account: account, asset: asset)
        if !touched.contains(entry) { touched.append(entry) }
    }

    /// Keeps a row of a change that an order has made.
    mutating func note(
        _ change: Amount, _ asset: AssetID, _ order: ExchangeOrder, _ business: BalanceBusiness
    ) {
        note(change, asset, order.account, business, reference: order.id.raw)
    }

    mutating func note(
        _ change: Amount, _ asset: AssetID, _ account: AccountID, _ business: BalanceBusiness,
        reference: UInt64
    ) {
        touch(account, asset)
        accounts[clientPosition(account)].changes.append(
            BalanceChange(
                at: now, account: account, asset: asset, business: business, reference: reference,
                change: change, balance: ledger[account, asset].total))
    }

    /// Tells the balances that were touched, in that order.
    mutating func tellBalances() {
        for entry in touched { tell(.balance(entry.account, balance(entry), at: now)) }
        touched.removeAll(keepingCapacity: true)
    }

    /// Tells those of one account; the others wait.
    mutating func tellBalances(of account: AccountID) {
        for entry in touched where entry.account == account {
            tell(.balance(account, balance(entry), at: now))
        }
        touched.removeAll { $0.account == account }
    }

    private func balance(_ entry: TouchedBalance) -> AssetBalance {
        let cell = ledger[entry.account, entry.asset]
        return AssetBalance(asset: entry.asset, available: cell.available, frozen: cell.frozen)
    }
}
