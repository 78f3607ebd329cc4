import CoinExVenue
import Exchange
import MarketModel
import Quantities

extension WorldTruth {
    /// What the account holds of a market's base asset, less what it began with.
    func held(_ core: borrowing ExchangeCore, _ account: AccountID, _ market: MarketID) -> Amount {
        Self.total(core, account, core.base(of: market)) - stocks[Int(market.index)]
    }

    /// Where the venue's orders and deals and those of the bot differ, when the bot has none any more.
    func differences(
        _ core: borrowing ExchangeCore, _ account: AccountID
    ) -> [(rule: String, text: String)] {
        var found: [(rule: String, text: String)] = []
        let page = PageRequest(limit: 1_000_000)
        guard let orders = try? core.pendingOrders(of: account, RowFilter(), page).rows,
            let stops = try? core.pendingStops(of: account, RowFilter(), page).rows,
            let deals = try? core.deals(of: account, RowFilter(), page).rows
        else { return [("account", "the venue does not know it")] }
        for order in orders where !order.clientID.isEmpty {
            found.append(("I7", "\(order.clientID), number \(order.id.raw), still stands"))
        }
        for stop in stops { found.append(("I7", "\(stop.clientID), a stop order, still stands")) }
        for number in handOrders where !orders.contains(where: { $0.id == number }) {
            found.append(("P13", "the order \(number.raw), placed by hand, is gone"))
        }
        var happened: Set<DealKey> = []
        var charged: [FeeKey: Amount] = [:]
        for deal in deals {
            let key = DealKey(market: deal.market.index, deal: deal.id.raw, side: deal.side)
            happened.insert(key)
            guard let told = told[key] else {
                found.append(("I6", "deal \(key) of \(deal.clientID) was not told"))
                continue
            }
            if told.quantity != deal.quantity || told.notional != deal.money {
                found.append(
                    ("I6", "deal \(key) was \(deal.quantity) for \(deal.money), and told as \(told)"))
            }
            let placer = SimulatedMarkets.naming.order(named: "\(deal.clientID)")?.strategy
            if placer != told.strategy {
                found.append(("B11", "deal \(key) is of \(deal.clientID), and was told as \(told)"))
            }
            charged[FeeKey(deal.order, core.name(of: deal.feeAsset)), default: .zero] += deal.fee
            let asset = SimulatedMarkets.table.assets[Int(told.feeAsset.index)]
            charged[FeeKey(deal.order, asset), default: .zero] -= told.fee
        }
        for key in told.keys.filter({ !happened.contains($0) }).sorted() {
            found.append(("I6", "deal \(key) never happened"))
        }
        // The venue tells what an order has cost, and the parts of its deals are ours: their sum is exact.
        for (key, rest) in charged.filter({ !$0.value.isZero }).sorted(by: { $0.key < $1.key }) {
            found.append(("I4", "order \(key.order.raw) cost \(rest) \(key.asset) more than was told"))
        }
        return found
    }

    /// By how much all that was told has changed an asset.
    func change(of asset: AssetID) -> Amount {
        var sum = Amount.zero
        for (key, deal) in told {  // nondeterminism-ok: a sum
            let terms = SimulatedMarkets.table.terms(MarketID(Int(key.market)))
            let sign = key.side == .buy ? 1 : -1
            if terms.base == asset { sum += Amount(deal.quantity) * sign }
            if terms.quote == asset { sum -= Amount(deal.notional) * sign }
            if deal.feeAsset == asset { sum -= deal.fee }
        }
        return sum
    }
}

/// What the fees of one order are summed by.
private struct FeeKey: Hashable, Comparable {
    var order: VenueOrderID
    var asset: String

    init(_ order: VenueOrderID, _ asset: String) {
        self.order = order
        self.asset = asset
    }

    static func < (a: FeeKey, b: FeeKey) -> Bool { (a.order.raw, a.asset) < (b.order.raw, b.asset) }
}
