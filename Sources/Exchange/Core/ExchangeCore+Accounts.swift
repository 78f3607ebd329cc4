import MarketModel
import Quantities

// Accounts, and what goes in and between them.

extension ExchangeCore {
    package func name(of account: AccountID) throws(ExchangeRefusal) -> String {
        accounts[try position(account)].name
    }

    /// The main account of a sub-account; nil for a main account.
    package func main(of account: AccountID) throws(ExchangeRefusal) -> AccountID? {
        accounts[try position(account)].main
    }

    /// The sub-accounts of a main account, in the order of their coming.
    package func subAccounts(of main: AccountID) -> [AccountID] {
        accountIDs.filter { accounts[clientPosition($0)].main == main }
    }

    package func isBarred(_ account: AccountID) throws(ExchangeRefusal) -> Bool {
        accounts[try position(account)].isBarred
    }

    /// Bars an account from placing orders, or lets it again. What rests stays.
    package mutating func setBarred(_ isBarred: Bool, _ account: AccountID) throws(ExchangeRefusal) {
        accounts[try position(account)].isBarred = isBarred
    }

    package func paysFeesAtDiscount(_ account: AccountID) throws(ExchangeRefusal) -> Bool {
        accounts[try position(account)].paysFeesAtDiscount
    }

    /// Has effect on orders that are placed from now on.
    package mutating func setFeesAtDiscount(
        _ isDiscounted: Bool, _ account: AccountID
    ) throws(ExchangeRefusal) {
        accounts[try position(account)].paysFeesAtDiscount = isDiscounted
    }

    /// The rates of an account in a market.
    package func rates(
        of account: AccountID, in market: MarketID
    ) throws(ExchangeRefusal) -> FeeRates {
        let own = accounts[try position(account)].rates
        let general = rooms[try position(market)].terms.rates
        return own ?? general
    }

    /// Opens an account without balances; a sub-account if a main account is named.
    package mutating func addAccount(
        named name: String, main: AccountID? = nil
    ) throws(ExchangeRefusal) -> AccountID {
        if name.isEmpty || accountNames[name] != nil { throw .nameTaken }
        if accounts.count >= ExchangeLimits.accountsMax { throw .tooManyAccounts }
        if let main, accounts[try position(main)].main != nil { throw .accountsUnrelated }
        return add(AccountDefinition(name: name), main: main)
    }

    mutating func add(_ definition: AccountDefinition, main: AccountID?) -> AccountID {
        let id = ledger.addAccount()
        accounts.append(ClientAccount(definition, main: main, limits: limits))
        accountNames[definition.name] = id
        return id
    }

    /// Lets an amount come in from outside. It is positive and at most 10^18.
    @discardableResult
    package mutating func deposit(
        _ amount: Amount, _ asset: AssetID, to account: AccountID, at time: Instant
    ) throws(ExchangeRefusal) -> Deposit {
        bring(to: time)
        _ = try position(account)
        guard Int(asset.index) < assets.count else { throw .unknownAsset }
        guard amount.isPositive, amount <= Amount(1_000_000_000_000_000_000) else { throw .badAmount }
        let deposit = book(deposit: amount, asset, to: account)
        tellBalances()
        return deposit
    }

    @discardableResult
    mutating func book(deposit amount: Amount, _ asset: AssetID, to account: AccountID) -> Deposit {
        let deposit = Deposit(id: nextMovement, at: now, account: account, asset: asset, amount: amount)
        nextMovement += 1
        ledger.post(amount, asset, from: .outside, to: account, .deposit)
        note(amount, asset, account, .deposit, reference: deposit.id)
        accounts[clientPosition(account)].deposits.append(deposit)
        return deposit
    }

    /// Moves what is available from one account to another of the same main account.
    @discardableResult
    package mutating func transfer(
        _ amount: Amount, _ asset: AssetID, from giver: AccountID, to taker: AccountID, at time: Instant
    ) throws(ExchangeRefusal) -> Transfer {
        bring(to: time)
        let source = try position(giver)
        let target = try position(taker)
        guard Int(asset.index) < assets.count else { throw .unknownAsset }
        let family = accounts[source].main ?? giver
        guard giver != taker, family == accounts[target].main ?? taker else {
            throw .accountsUnrelated
        }
        guard amount.isPositive else { throw .badAmount }
        guard ledger[giver, asset].available >= amount else { throw .insufficientBalance }
        let transfer = Transfer(
            id: nextMovement, at: now, from: giver, to: taker, asset: asset, amount: amount)
        nextMovement += 1
        ledger.post(amount, asset, from: giver, to: taker, .transfer)
        note(-amount, asset, giver, .transfer, reference: transfer.id)
        note(amount, asset, taker, .transfer, reference: transfer.id)
        accounts[source].transfers.append(transfer)
        accounts[target].transfers.append(transfer)
        tellBalances()
        return transfer
    }
}
