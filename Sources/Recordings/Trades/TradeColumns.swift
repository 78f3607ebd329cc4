/// Which column of a table of trades holds what, by the names in its header line.
struct TradeColumns: Equatable {
    /// How the table tells the side of the taker.
    enum SideColumn: Equatable {
        /// `buy` or `sell`: the taker's side.
        case side(Int)
        /// Whether the buyer was the maker: then the taker sold.
        case buyerIsMaker(Int)
    }

    var time: Int
    /// Absent: trades are numbered from 1.
    var id: Int?
    var side: SideColumn
    var price: Int
    var amount: Int

    /// Reads a header line; nil when a column is not there.
    init?(header line: UnsafeBufferPointer<UInt8>) {
        var row = TableRow()
        row.split(line)
        let names = row.cells.map { String(decoding: $0, as: UTF8.self).lowercased() }
        func column(_ aliases: String...) -> Int? {
            for alias in aliases {
                if let index = names.firstIndex(of: alias) { return index }
            }
            return nil
        }
        guard let time = column("timestamp", "time", "ts", "transact_time"),
            let price = column("price"),
            let amount = column("amount", "quantity", "qty", "size")
        else { return nil }
        if let index = column("side") {
            side = .side(index)
        } else if let index = column("is_buyer_maker", "isbuyermaker") {
            side = .buyerIsMaker(index)
        } else {
            return nil
        }
        self.time = time
        self.price = price
        self.amount = amount
        id = column("id", "trade_id", "tradeid", "agg_trade_id")
    }
}
