import MarketModel
import Quantities

@testable import Exchange

/// What somebody knows who hears all the news and asks nothing.
struct NewsMirror {
    /// By account and asset: what the newest news of it said.
    private(set) var balances: [[AssetID: AssetBalance]]
    /// By account and asset: what follows from deals, deposits and transfers.
    private(set) var owned: [[AssetID: Amount]]
    /// The resting orders as they were last told of.
    private(set) var open: [VenueOrderID: ExchangeOrder] = [:]
    private(set) var waiting: Set<VenueOrderID> = []
    private(set) var last: [MarketID: Price] = [:]
    private(set) var deals = 0
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    /// What contradicts itself.
    private(set) var faults: [String] = []

    init(_ core: borrowing ExchangeCore) {
        balances = Array(repeating: [:], count: core.accountCount)
        owned = balances.map { _ in [:] }
        for account in core.accountIDs {
            for balance in (try? core.balances(of: account)) ?? [] {
                balances[place(account)][balance.asset] = balance
                owned[place(account)][balance.asset] = balance.total
            }
        }
    }

    mutating func hear(_ news: [ExchangeNews], _ core: borrowing ExchangeCore) {
        for item in news {
            switch item {
            case .order(let event, let order): hear(event, order)
            case .stop(let event, let stop): hear(event, stop)
            case .ownDeal(let deal): hear(deal, core)
            case .balance(let account, let balance, _):
                balances[place(account)][balance.asset] = balance
                mix(UInt64(account.index), balance.available.raw, balance.frozen.raw)
            case .deal(let deal):
                last[deal.market] = deal.price
                mix(deal.id.raw, deal.price.raw, deal.quantity.raw)
            case .depth(let market): mix(UInt64(market.index))
            }
        }
    }

    /// Something that came from outside or from another account.
    mutating func note(_ change: Amount, _ asset: AssetID, _ account: AccountID) {
        owned[place(account)][asset, default: .zero] += change
    }

    mutating func mix(_ values: UInt64...) {
        for value in values { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
    }

    private mutating func mix(_ number: UInt64, _ first: Int128, _ second: Int128) {
        mix(number, UInt64(truncatingIfNeeded: first), UInt64(truncatingIfNeeded: second))
    }

    private mutating func hear(_ event: OrderEvent, _ order: ExchangeOrder) {
        mix(order.id.raw, order.left.raw, order.dealQuote.raw)
        mix(UInt64(event.rawValue))
        if let known = open[order.id], known.dealBase > order.dealBase || known.left < order.left {
            faults.append("order \(order.id.raw) went back")
        }
        switch event {
        case .put:
            if open.updateValue(order, forKey: order.id) != nil { faults.append("\(order.id.raw) put twice") }
        case .update:
            if open.updateValue(order, forKey: order.id) == nil { faults.append("\(order.id.raw) unknown") }
        case .finish:
            open[order.id] = nil
            if order.finishedAt == nil { faults.append("\(order.id.raw) ended without a time") }
        }
    }

    private mutating func hear(_ event: StopEvent, _ stop: ExchangeStop) {
        mix(stop.id.raw, stop.stopPrice.raw, stop.amount.raw)
        mix(UInt64(event.rawValue), UInt64(stop.status.rawValue))
        switch event {
        case .put:
            if !waiting.insert(stop.id).inserted { faults.append("stop \(stop.id.raw) put twice") }
        case .modify:
            if !waiting.contains(stop.id) { faults.append("stop \(stop.id.raw) unknown") }
        case .activate, .cancel:
            if waiting.remove(stop.id) == nil { faults.append("stop \(stop.id.raw) ended twice") }
        }
    }

    private mutating func hear(_ deal: OwnDeal, _ core: borrowing ExchangeCore) {
        deals += 1
        mix(deal.id.raw, deal.fee.raw, deal.money.raw)
        let sign = Int128(deal.side.sign)
        note(Amount(raw: sign * deal.quantity.raw), core.base(of: deal.market), deal.account)
        note(Amount(raw: -sign * deal.money.raw), core.quote(of: deal.market), deal.account)
        note(-deal.fee, deal.feeAsset, deal.account)
    }

    private func place(_ account: AccountID) -> Int {
        Int(account.index) - Int(AccountID.firstClient.index)
    }
}

extension NewsMirror {
    /// Where the exchange and the news of it disagree.
    func differences(_ core: borrowing ExchangeCore) -> [String] {
        var found = faults
        let all = PageRequest(limit: 100_000)
        var count = 0
        var stops = 0
        for account in core.accountIDs {
            for balance in (try? core.balances(of: account)) ?? [] {
                let known = balances[place(account)][balance.asset]
                if known != balance {
                    found.append(
                        "account \(account.index) asset \(balance.asset.index): \(balance), told \(known!)")
                }
                let sum = owned[place(account)][balance.asset, default: .zero]
                if sum != balance.total {
                    found.append("account \(account.index) owns \(balance.total), its deals say \(sum)")
                }
            }
            for order in (try? core.pendingOrders(of: account, RowFilter(), all))?.rows ?? [] {
                count += 1
                if open[order.id] != order { found.append("order \(order.id.raw) is not as told") }
            }
            stops += (try? core.pendingStops(of: account, RowFilter(), all))?.total ?? 0
        }
        if count != open.count { found.append("\(count) orders rest, \(open.count) are known") }
        if stops != waiting.count { found.append("\(stops) stops wait, \(waiting.count) are known") }
        return found
    }
}
