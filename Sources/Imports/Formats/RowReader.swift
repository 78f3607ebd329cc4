import MarketModel
import Quantities

/// Turns the rows of one table into events.
///
/// The events of trades and quotes carry the row's own number as far as it has one; candles become trades that are
/// numbered by their time. Both are only for order: what is written in the end is numbered anew where needed.
struct RowReader {
    private let kind: TableKind
    private let hasIDs: Bool
    private var cells: RowCells
    private let names: MarketNames
    /// The market of all rows; nil where a column tells it.
    private let market: MarketID?
    /// The only market that is taken, where a column tells it.
    private let wanted: (id: MarketID, name: [UInt8])?
    private var book = BookRows()
    private var candles: CandleRows
    private var takers = TakerSides()
    /// Rows of markets that were not asked for.
    private(set) var foreign = 0
    /// Quotes that lack a side.
    private(set) var oneSided = 0

    init(_ table: ProbedTable, _ names: MarketNames, wanted: String?, _ candles: CandleRows) {
        kind = table.kind
        hasIDs = table.hasIDs
        cells = RowCells(
            columns: table.columns, timeForm: table.timeForm, row: TableRow(separator: table.separator))
        self.names = names
        market = table.columns.index(of: .market) == nil ? table.market : nil
        self.wanted = wanted.flatMap { name in names.id(of: name).map { ($0, Array(name.utf8)) } }
        self.candles = candles
    }

    /// Trades whose side was guessed.
    var guessedSides: Int { takers.guessed }

    /// Candles that became one trade because their volume has too few lots.
    var shortCandles: Int { candles.short }

    /// Appends the events of a row; with an error nothing is appended.
    mutating func read(
        _ line: UnsafeBufferPointer<UInt8>, into events: inout [MarketEvent]
    ) throws(RowFault) {
        try cells.row.split(line)
        guard let market = try rowMarket() else {
            foreign += 1
            return
        }
        switch kind {
        case .trades: events.append(.trade(try trade(market)))
        case .quotes:
            if let quote = try quote(market) { events.append(.quote(quote)) } else { oneSided += 1 }
        case .book: try book.read(cells, market, into: &events)
        case .candles: try candles.read(cells, market, into: &events)
        }
    }

    /// Appends what was held back for the sake of rows that did not come.
    mutating func finish(into events: inout [MarketEvent]) { book.finish(into: &events) }

    private func rowMarket() throws(RowFault) -> MarketID? {
        if let market { return market }
        let name = try cells.text(.market)
        if let wanted { return wanted.name.elementsEqual(name) ? wanted.id : nil }
        guard let id = names.id(of: name) else { throw cells.fault(.market, .notAMarket) }
        return id
    }

    private mutating func trade(_ market: MarketID) throws(RowFault) -> Trade {
        let time = try cells.time(.time)
        let received = cells.has(.receivedAt) ? try cells.time(.receivedAt) : time
        let price: Price = try cells.positive(.price)
        let quantity: Quantity = try cells.positive(.quantity)
        let told: Side?
        if cells.has(.side) {
            told = try cells.side(.side)
        } else if cells.has(.buyerIsMaker) {
            told = try cells.boolean(.buyerIsMaker) ? .sell : .buy
        } else {
            told = nil
        }
        let id = hasIDs ? try cells.whole(.id) : 0
        return Trade(
            market: market, aggressor: takers.side(told, price, market), id: DealID(id), price: price,
            quantity: quantity, venueTime: time, receivedAt: received)
    }

    private func quote(_ market: MarketID) throws(RowFault) -> Quote? {
        let time = try cells.time(.time)
        let received = cells.has(.receivedAt) ? try cells.time(.receivedAt) : time
        if cells.isEmpty(.bid) || cells.isEmpty(.ask) { return nil }
        let bid: Price = try cells.notNegative(.bid)
        let bidSize: Quantity = try cells.notNegative(.bidSize)
        let ask: Price = try cells.notNegative(.ask)
        let askSize: Quantity = try cells.notNegative(.askSize)
        guard bid.isPositive, ask.isPositive, bidSize.isPositive, askSize.isPositive else { return nil }
        return Quote(
            market: market, bid: bid, bidSize: bidSize, ask: ask, askSize: askSize,
            sequence: hasIDs ? try cells.whole(.id) : 0, venueTime: time, receivedAt: received)
    }
}

/// The sides of takers, guessed where a table does not tell them: a trade above the last price was a buy, one below
/// it a sell, one at it like the last. The first is a buy.
struct TakerSides {
    private var last: [(price: Price, side: Side)?] = []
    private(set) var guessed = 0

    mutating func side(_ told: Side?, _ price: Price, _ market: MarketID) -> Side {
        let index = Int(market.index)
        while last.count <= index { last.append(nil) }
        let side: Side
        if let told {
            side = told
        } else {
            guessed += 1
            let before = last[index] ?? (price, .buy)
            side = price == before.price ? before.side : price > before.price ? .buy : .sell
        }
        last[index] = (price, side)
        return side
    }
}
