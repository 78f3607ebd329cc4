import MarketModel
import Quantities
import Simulation

/// Something that must never be: found by an audit.
package enum AuditFault: Equatable, Sendable {
    /// The sum over all accounts is not zero: something was created or destroyed.
    case unbalanced(AssetID, sum: Amount)
    /// What one account gained by a business is not what the others lost.
    case businessUnbalanced(AssetID, BalanceBusiness, sum: Amount)
    /// What an account owns is not what its businesses brought.
    case unexplained(AccountID, AssetID, owned: Amount, explained: Amount)
    case negative(AccountID, AssetID, available: Amount)
    /// What is frozen is not what the account's orders hold.
    case wrongFrozen(AccountID, AssetID, frozen: Amount, held: Amount)
    /// An order does not hold what it needs.
    case wrongHold(VenueOrderID, held: Amount, needed: Amount)
    /// An order and its book do not agree on what is left.
    case notInBook(VenueOrderID)
    /// The book holds orders of clients that nobody knows, or the other way round.
    case wrongCount(MarketID, resting: Int, known: Int)
}

/// The result of an audit.
package struct ExchangeAudit: Equatable, Sendable {
    package var faults: [AuditFault] = []
    /// By asset: what came in from outside.
    package var deposited: [Amount] = []
    /// By asset: what the clients own.
    package var owned: [Amount] = []
    /// By asset: what the exchange earned.
    package var fees: [Amount] = []
    /// By asset: what the crowds won, below zero for what they lost.
    package var crowds: [Amount] = []
    package var openOrders = 0
    package var waitingStops = 0

    package var isSound: Bool { faults.isEmpty }
}

extension ExchangeCore {
    /// Proves that nothing was created or destroyed, and that what is frozen is what open orders need.
    package func audit() -> ExchangeAudit {
        var audit = ExchangeAudit()
        for index in assets.indices { sum(AssetID(index), into: &audit) }
        var held = Array(repeating: Amount.zero, count: ledger.accountCount * assets.count)
        var known = Array(repeating: 0, count: rooms.count)
        for index in accounts.indices {
            var slot = accounts[index].firstOrder
            while slot != OrderStore.none {
                let order = orders[slot].order
                verify(order, &audit)
                let asset = rooms[Int(order.market.index)].terms.payingAsset(order.side)
                held[Int(order.account.index) * assets.count + Int(asset.index)] += order.frozen
                known[Int(order.market.index)] += 1
                audit.openOrders += 1
                slot = orders[slot].next
            }
            audit.waitingStops += accounts[index].stops.count
        }
        for index in rooms.indices {
            let resting = rooms[index].restingCount
            let isAlone = rooms[index].definition.flow == .clientsOnly
            let isWrong = isAlone ? resting != known[index] : resting < known[index]
            if isWrong {
                audit.faults.append(.wrongCount(MarketID(index), resting: resting, known: known[index]))
            }
        }
        verifyCells(held, &audit)
        return audit
    }

    /// The sums of an asset over all accounts.
    private func sum(_ asset: AssetID, into audit: inout ExchangeAudit) {
        var total = Amount.zero
        var clients = Amount.zero
        for row in 0..<ledger.accountCount {
            let owned = ledger[AccountID(row), asset].total
            total += owned
            if AccountID(row).isClient { clients += owned }
        }
        if !total.isZero { audit.faults.append(.unbalanced(asset, sum: total)) }
        for business in BalanceBusiness.allCases {
            var sum = Amount.zero
            for row in 0..<ledger.accountCount { sum += ledger[AccountID(row), asset][business] }
            if !sum.isZero { audit.faults.append(.businessUnbalanced(asset, business, sum: sum)) }
        }
        audit.owned.append(clients)
        audit.deposited.append(-ledger[.outside, asset].total)
        audit.fees.append(ledger[.fees, asset].total)
        audit.crowds.append(ledger[.flow, asset].total)
    }

    private func verify(_ order: ExchangeOrder, _ audit: inout ExchangeAudit) {
        guard let needed = try? order.needed(reserving: order.reserveRate), needed == order.frozen else {
            let needed = (try? order.needed(reserving: order.reserveRate)) ?? .zero
            return audit.faults.append(.wrongHold(order.id, held: order.frozen, needed: needed))
        }
        let resting = rooms[Int(order.market.index)].restingOrder(order.id)
        let isSame = resting.map { Amount($0.quantity) == order.left && $0.owner == order.account.index }
        if isSame != true { audit.faults.append(.notInBook(order.id)) }
    }

    private func verifyCells(_ held: [Amount], _ audit: inout ExchangeAudit) {
        for row in 0..<ledger.accountCount {
            let account = AccountID(row)
            for index in assets.indices {
                let asset = AssetID(index)
                let cell = ledger[account, asset]
                var explained = Amount.zero
                for business in BalanceBusiness.allCases { explained += cell[business] }
                if explained != cell.total {
                    audit.faults.append(
                        .unexplained(account, asset, owned: cell.total, explained: explained))
                }
                let orders = held[row * assets.count + index]
                if orders != cell.frozen {
                    audit.faults.append(.wrongFrozen(account, asset, frozen: cell.frozen, held: orders))
                }
                if account.isClient, cell.available.isNegative {
                    audit.faults.append(.negative(account, asset, available: cell.available))
                }
            }
        }
    }
}
