/// The tables that are known by name; the raw values are what a command line calls them.
package enum TableFormat: String, CaseIterable, Sendable {
    case binanceTrades = "binance-trades"
    case binanceAggregateTrades = "binance-agg-trades"
    case binanceKlines = "binance-klines"
    case binanceBookTicker = "binance-book-ticker"
    case tardisTrades = "tardis-trades"
    case tardisQuotes = "tardis-quotes"
    /// `incremental_book_L2`.
    case tardisBook = "tardis-book"
    /// A table of any other origin, whose columns the caller names.
    case columns

    /// What the rows are; nil where the caller says so.
    var kind: TableKind? {
        switch self {
        case .binanceTrades, .binanceAggregateTrades, .tardisTrades: .trades
        case .binanceKlines: .candles
        case .binanceBookTicker, .tardisQuotes: .quotes
        case .tardisBook: .book
        case .columns: nil
        }
    }

    /// The columns of a table without a header line, and how many it has; nil where there is always one.
    var layout: (fields: [TableField?], counts: ClosedRange<Int>)? {
        switch self {
        case .binanceTrades: ([.id, .price, .quantity, nil, .time, .buyerIsMaker], 6...7)
        case .binanceAggregateTrades: ([.id, .price, .quantity, nil, nil, .time, .buyerIsMaker], 7...8)
        case .binanceKlines: ([.time, .open, .high, .low, .close, .volume, .closeTime], 7...12)
        case .binanceBookTicker: ([.id, .bid, .bidSize, .ask, .askSize, .time, .receivedAt], 7...7)
        case .tardisTrades, .tardisQuotes, .tardisBook, .columns: nil
        }
    }

    /// Tells the format by a header line; nil when it is none that is known.
    init?(header names: [String]) {
        func has(_ wanted: String...) -> Bool { wanted.allSatisfy(names.contains) }
        if has("local_timestamp", "is_snapshot", "side", "price", "amount") {
            self = .tardisBook
        } else if has("local_timestamp", "ask_amount", "ask_price", "bid_price", "bid_amount") {
            self = .tardisQuotes
        } else if has("local_timestamp", "side", "price", "amount") {
            self = .tardisTrades
        } else if has("update_id", "best_bid_price", "best_ask_price") {
            self = .binanceBookTicker
        } else if has("agg_trade_id", "price", "quantity", "transact_time") {
            self = .binanceAggregateTrades
        } else if has("open_time", "open", "high", "low", "close", "volume", "close_time") {
            self = .binanceKlines
        } else if has("id", "price", "qty", "time", "is_buyer_maker") {
            self = .binanceTrades
        } else {
            return nil
        }
    }

    /// Tells the format by the name that Binance gives its files: `BTCUSDT-aggTrades-2025-01-01`.
    init?(binanceName name: BinanceFileName) {
        switch name.kind {
        case "trades": self = .binanceTrades
        case "aggTrades": self = .binanceAggregateTrades
        case "bookTicker": self = .binanceBookTicker
        default:  // open set: texts
            guard BinanceFileName.intervals.contains(name.kind) else { return nil }
            self = .binanceKlines
        }
    }
}

/// The name of a file of Binance's archives: market, kind, and a day or a month.
struct BinanceFileName: Equatable {
    static let intervals = [
        "1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1mo",
    ]

    var market: String
    /// `trades`, or the interval of candles.
    var kind: String

    /// From a path or the name of an entry; nil when it is no such name.
    init?(_ path: String) {
        let file = path.split(separator: "/").last ?? ""
        let parts = file.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let year = parts[2].wholeMatch(of: #/[0-9]{4}/#), year.0 >= "2010",
            parts[3].prefix(2).allSatisfy({ $0.isASCII && $0.isNumber }),
            !parts[0].isEmpty, parts[0].utf8.count <= 64,
            parts[0].utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F
            })
        else { return nil }
        market = String(parts[0])
        kind = String(parts[1])
    }
}
