import MarketModel
import Quantities

/// What a person who watches the exchange sees of it at one moment.
package struct FrontOverview: Equatable, Sendable {
    package struct Market: Equatable, Sendable {
        package var name: String
        package var priceDecimals: Int
        package var amountDecimals: Int
        /// Nil before the first deal.
        package var last: Price?
        /// What shows of the best prices; nil where a side is empty.
        package var bid: Level?
        package var ask: Level?
        /// Since the start.
        package var deals: UInt64
    }

    package struct Account: Equatable, Sendable {
        package var name: String
        package var openOrders: Int
        package var waitingStops: Int
        /// WebSockets that have signed in as it.
        package var sockets: Int
        /// Without assets of which it has nothing.
        package var balances: [Balance]
    }

    package struct Balance: Equatable, Sendable {
        package var asset: String
        package var available: Amount
        package var frozen: Amount
    }

    package var markets: [Market] = []
    /// How many accounts there are; those that were asked for are in `accounts`.
    package var accountCount = 0
    package var accounts: [Account] = []
    package var counts = FrontCounts()
    /// Orders and stop orders that were taken.
    package var orders = 0
    package var deals = 0
    package var sessions = 0
    package var signedSessions = 0
    /// Faults that are set, with how often each has struck.
    package var faults: [Fault] = []

    package struct Fault: Equatable, Sendable {
        package var text: String
        package var strokes: Int
        /// Whether its time has come and is not over.
        package var isActive: Bool
    }

    package init() {}
}

extension CoinExFront {
    /// - Parameter range: the accounts to look at, in the order of their making.
    package func overview(accounts range: Range<Int>, at now: Instant) -> FrontOverview {
        var overview = FrontOverview()
        overview.markets = names.markets.indices.map { view(of: MarketID($0)) }
        overview.accountCount = people.rows.count
        for row in people.rows[range.clamped(to: people.rows.indices)] {
            overview.accounts.append(view(of: row))
        }
        overview.counts = counts
        overview.orders = core.acceptedOrders
        overview.deals = core.dealCount
        (overview.sessions, overview.signedSessions) = sessionCounts
        overview.faults = faults.overview(at: now)
        return overview
    }

    private func view(of market: MarketID) -> FrontOverview.Market {
        let names = names[market]
        let room = Int(market.index)
        return FrontOverview.Market(
            name: names.name, priceDecimals: names.priceDecimals, amountDecimals: names.amountDecimals,
            last: core.rooms[room].lastPrice, bid: core.rooms[room].publicBest(.buy),
            ask: core.rooms[room].publicBest(.sell), deals: core.rooms[room].versions.deals)
    }

    private func view(of row: FrontPeople.Row) -> FrontOverview.Account {
        let place = core.clientPosition(row.id)
        var balances: [FrontOverview.Balance] = []
        for index in core.assets.indices {
            let cell = core.ledger[row.id, AssetID(index)]
            if cell.total.isZero { continue }
            balances.append(
                FrontOverview.Balance(
                    asset: core.assets[index], available: cell.available, frozen: cell.frozen))
        }
        return FrontOverview.Account(
            name: row.name, openOrders: core.accounts[place].openCount,
            waitingStops: core.accounts[place].stops.count,
            sockets: sessions.count { $0.account == row.id }, balances: balances)
    }
}
