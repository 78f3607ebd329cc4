import Journal
import Quantities

/// A fill with what the market did after it.
package struct TrackedFill: Sendable {
    package var row: FillRow
    /// Mid prices by milliseconds after the fill; what is not there is unknown.
    package var mids: [Int64: Double] = [:]

    package var isBuy: Bool { row.side == "buy" }
    package var price: Double { Double(row.price) }
    package var quantity: Double { Double(row.quantity) }

    /// How much the fill had gained some time later, per unit of the base asset; nil when unknown.
    package func gain(after milliseconds: Int64) -> Double? {
        mids[milliseconds].map { ($0 - price) * (isBuy ? 1 : -1) }
    }

    /// The same in basis points of its price.
    package func basisPoints(after milliseconds: Int64) -> Double? {
        guard price > 0 else { return nil }
        return gain(after: milliseconds).map { $0 / price * 1e4 }
    }
}

/// What one strategy did in one market.
package struct PartData: Sendable {
    package var strategy: String
    package var market: String
    /// In the order of time.
    package var equity: [EquityRow] = []
    package var fills: [TrackedFill] = []
    package var orders: [OrderRow] = []

    package var name: String { "\(strategy) in \(market)" }
}

/// All that the ledger holds of a run, in the order of time.
package struct RunData: Sendable {
    package let name: String
    package let record: RunRecord
    package let markets: [MarketRow]
    /// By the names of strategy and market.
    package private(set) var parts: [PartData] = []
    /// In the order of `markets`.
    package private(set) var prices: [[PriceRow]] = []
    package private(set) var notes: [NoteRow] = []
    package private(set) var capital: [(asset: String, amount: Amount)] = []

    package init(_ place: RunPlace) throws(ReportError) {
        do throws(LedgerError) {
            try self.init(Ledger(reading: place.ledger), place)
        } catch {
            throw .ledger(error)
        }
    }

    private init(_ ledger: Ledger, _ place: RunPlace) throws(LedgerError) {
        guard let record = try ledger.run(place.id) else { throw .unknownRun(place.id) }
        self.record = record
        name = place.name
        var markets: [MarketRow] = []
        try ledger.forEach(MarketRow.self, of: place.id) { markets.append($0) }
        self.markets = markets
        var parts: [String: PartData] = [:]
        func with(_ strategy: String, _ market: String, _ change: (inout PartData) -> Void) {
            change(
                &parts["\(strategy)\u{0}\(market)", default: PartData(strategy: strategy, market: market)])
        }
        try ledger.forEach(EquityRow.self, of: place.id) { row in
            with(row.strategy, row.market) { $0.equity.append(row) }
        }
        try ledger.forEach(OrderRow.self, of: place.id) { row in
            with(row.strategy, row.market) { $0.orders.append(row) }
        }
        var mids: [String: [Int64: Double]] = [:]
        try ledger.forEach(FillMidRow.self, of: place.id) { row in
            mids["\(row.market)\u{0}\(row.dealID)", default: [:]][row.afterMilliseconds] = Double(row.mid)
        }
        try ledger.forEach(FillRow.self, of: place.id) { row in
            let fill = TrackedFill(row: row, mids: mids["\(row.market)\u{0}\(row.dealID)"] ?? [:])
            with(row.strategy, row.market) { $0.fills.append(fill) }
        }
        self.parts = parts.sorted { $0.key < $1.key }.map(\.value)
        for index in self.parts.indices {
            // The ledger orders by the names of deals and orders, as texts.
            self.parts[index].fills.sort {
                ($0.row.at, $0.row.dealID.utf8.count, $0.row.dealID)
                    < ($1.row.at, $1.row.dealID.utf8.count, $1.row.dealID)
            }
            self.parts[index].orders.sort {
                ($0.createdAt, $0.clientID.utf8.count, $0.clientID)
                    < ($1.createdAt, $1.clientID.utf8.count, $1.clientID)
            }
        }
        var prices: [String: [PriceRow]] = [:]
        try ledger.forEach(PriceRow.self, of: place.id) { prices[$0.market, default: []].append($0) }
        self.prices = markets.map { prices[$0.market] ?? [] }
        var notes: [NoteRow] = []
        try ledger.forEach(NoteRow.self, of: place.id) { notes.append($0) }
        self.notes = notes
        capital = try ledger.openingBalances(of: place.id)
    }
}

extension RunData {
    /// The asset that profit is counted in.
    package var quote: String { markets.first?.quote ?? "" }

    /// From the start to the end, or to the last thing that was written.
    package var times: ClosedRange<Instant> {
        let last = parts.compactMap { $0.equity.last?.at }.max() ?? record.startedAt
        return record.startedAt...max(record.startedAt, max(record.ending?.at ?? last, last))
    }

    package func market(_ name: String) -> MarketRow? { markets.first { $0.market == name } }

    /// Mid prices of a market; a gap is where there was none.
    package func mids(_ index: Int) -> [(at: Instant, mid: Double)] {
        prices[index].map { row in
            guard let bid = row.bid, let ask = row.ask else { return (row.at, .nan) }
            return (row.at, (Double(bid) + Double(ask)) / 2)
        }
    }

    /// What the money of the beginning was worth at the first prices; nil when that cannot be said.
    package var capitalValue: Double? {
        var sum = 0.0
        for (asset, amount) in capital {
            if asset == quote {
                sum += Double(amount)
            } else if let index = markets.firstIndex(where: { $0.base == asset && $0.quote == quote }),
                let price = mids(index).first(where: { $0.mid.isFinite })?.mid
            {
                sum += Double(amount) * price
            } else {
                return nil
            }
        }
        return sum > 0 ? sum : nil
    }
}
