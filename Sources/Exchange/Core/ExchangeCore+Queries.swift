import MarketModel
import Quantities

// What clients may ask about themselves. Lists are newest first.

extension ExchangeCore {
    /// What an account holds of each asset, by the number of the asset.
    package func balances(of account: AccountID) throws(ExchangeRefusal) -> [AssetBalance] {
        _ = try position(account)
        return assets.indices.map { index in
            let cell = ledger[account, AssetID(index)]
            return AssetBalance(asset: AssetID(index), available: cell.available, frozen: cell.frozen)
        }
    }

    package func balance(
        of account: AccountID, _ asset: AssetID
    ) throws(ExchangeRefusal) -> AssetBalance {
        _ = try position(account)
        guard Int(asset.index) < assets.count else { throw .unknownAsset }
        let cell = ledger[account, asset]
        return AssetBalance(asset: asset, available: cell.available, frozen: cell.frozen)
    }

    /// An order that rests, or that has ended after trading and is still kept.
    ///
    /// - Throws: `orderNotFound`, or `othersOrder`.
    package func order(
        _ id: VenueOrderID, of account: AccountID, in market: MarketID? = nil
    ) throws(ExchangeRefusal) -> ExchangeOrder {
        _ = try position(account)
        guard let order = order(id), market == nil || order.market == market else { throw .orderNotFound }
        if order.account != account { throw .othersOrder }
        return order
    }

    private func order(_ id: VenueOrderID) -> ExchangeOrder? {
        if let slot = orders.slot(of: id) { return orders[slot].order }
        guard let place = finished[id.raw] else { return nil }
        return accounts[clientPosition(place.account)].finishedOrders.row(numbered: place.row)
    }

    /// The resting orders.
    package func pendingOrders(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<ExchangeOrder> {
        var page = PageOf<ExchangeOrder>()
        var slot = accounts[try position(account)].lastOrder
        while slot != OrderStore.none {
            if filter.admits(orders[slot].order) { page.take(orders[slot].order, request) }
            slot = orders[slot].previous
        }
        return page
    }

    /// The orders that ended after trading; the times of the filter are those of their end.
    package func finishedOrders(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<ExchangeOrder> {
        accounts[try position(account)].finishedOrders.page(request) { order in
            filter.admits(order) && filter.admits(order.updatedAt)
        }
    }

    /// The stop orders that wait.
    package func pendingStops(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<ExchangeStop> {
        var page = PageOf<ExchangeStop>()
        for id in accounts[try position(account)].stops.reversed() {
            if let stop = stops[id], filter.admits(stop) { page.take(stop, request) }
        }
        return page
    }

    /// The stop orders that fired, whether their order was placed or refused.
    package func finishedStops(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<ExchangeStop> {
        accounts[try position(account)].finishedStops.page(request) { filter.admits($0) }
    }

    /// The own sides of deals; those of one order when the filter names it.
    package func deals(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<OwnDeal> {
        accounts[try position(account)].deals.page(request) { filter.admits($0) }
    }

    /// The changes of balances.
    package func balanceChanges(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<BalanceChange> {
        accounts[try position(account)].changes.page(request) { row in
            (filter.asset == nil || row.asset == filter.asset)
                && (filter.business == nil || row.business == filter.business) && filter.admits(row.at)
        }
    }

    package func deposits(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<Deposit> {
        accounts[try position(account)].deposits.page(request) { row in
            (filter.asset == nil || row.asset == filter.asset) && filter.admits(row.at)
        }
    }

    /// What went to and from other accounts.
    package func transfers(
        of account: AccountID, _ filter: RowFilter, _ request: PageRequest
    ) throws(ExchangeRefusal) -> PageOf<Transfer> {
        accounts[try position(account)].transfers.page(request) { row in
            (filter.asset == nil || row.asset == filter.asset) && filter.admits(row.at)
        }
    }
}

extension RowFilter {
    func admits(_ time: Instant) -> Bool {
        if let from, time < from { return false }
        if let to, time > to { return false }
        return true
    }

    func admits(_ row: ExchangeOrder) -> Bool {
        (market == nil || row.market == market) && (side == nil || row.side == side)
            && (clientID == nil || row.clientID == clientID) && (stop == nil || row.stop == stop)
    }

    func admits(_ row: ExchangeStop) -> Bool {
        (market == nil || row.market == market) && (side == nil || row.side == side)
            && (clientID == nil || row.clientID == clientID)
    }

    func admits(_ row: OwnDeal) -> Bool {
        (market == nil || row.market == market) && (side == nil || row.side == side)
            && (order == nil || row.order == order) && (clientID == nil || row.clientID == clientID)
            && admits(row.at)
    }
}
