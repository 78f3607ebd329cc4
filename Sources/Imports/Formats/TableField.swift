/// What a column of a table can hold; the raw values are the names in column maps.
package enum TableField: String, CaseIterable, Sendable {
    /// When the venue says that it happened; of a candle, when it begins.
    case time
    /// When it was received.
    case receivedAt = "received_at"
    case market
    case id
    /// `buy` or `sell`: of a trade the taker's; of a level also `bid` or `ask`.
    case side
    /// Whether the buyer was the maker: then the taker sold.
    case buyerIsMaker = "buyer_is_maker"
    case price
    case quantity
    case bid
    case bidSize = "bid_size"
    case ask
    case askSize = "ask_size"
    /// Whether a level belongs to a snapshot.
    case snapshot
    case open
    case high
    case low
    case close
    case volume
    case closeTime = "close_time"

    /// Its place in the order of all: for arrays with an element per field.
    var slot: Int {
        switch self {
        case .time: 0
        case .receivedAt: 1
        case .market: 2
        case .id: 3
        case .side: 4
        case .buyerIsMaker: 5
        case .price: 6
        case .quantity: 7
        case .bid: 8
        case .bidSize: 9
        case .ask: 10
        case .askSize: 11
        case .snapshot: 12
        case .open: 13
        case .high: 14
        case .low: 15
        case .close: 16
        case .volume: 17
        case .closeTime: 18
        }
    }

    /// What header lines call it, in lower case; the best name first.
    var headers: [String] {
        switch self {
        case .time:
            ["timestamp", "time", "transact_time", "transaction_time", "open_time", "opentime", "ts", "date"]
        case .receivedAt: ["local_timestamp", "event_time", "received_at"]
        case .market: ["symbol", "market"]
        case .id: ["id", "agg_trade_id", "trade_id", "tradeid", "update_id"]
        case .side: ["side"]
        case .buyerIsMaker: ["is_buyer_maker", "isbuyermaker", "buyer_is_maker"]
        case .price: ["price"]
        case .quantity: ["amount", "quantity", "qty", "size"]
        case .bid: ["bid_price", "best_bid_price", "bid"]
        case .bidSize: ["bid_amount", "best_bid_qty", "bid_size", "bid_qty"]
        case .ask: ["ask_price", "best_ask_price", "ask"]
        case .askSize: ["ask_amount", "best_ask_qty", "ask_size", "ask_qty"]
        case .snapshot: ["is_snapshot", "snapshot"]
        case .open: ["open"]
        case .high: ["high"]
        case .low: ["low"]
        case .close: ["close"]
        case .volume: ["volume"]
        case .closeTime: ["close_time", "closetime"]
        }
    }
}

/// What the rows of a table are.
package enum TableKind: String, CaseIterable, Sendable {
    case trades
    case quotes
    /// Changes of a book, level by level.
    case book
    case candles

    /// The columns that must be there.
    var required: [TableField] {
        switch self {
        case .trades: [.time, .price, .quantity]
        case .quotes: [.time, .bid, .bidSize, .ask, .askSize]
        case .book: [.time, .snapshot, .side, .price, .quantity]
        case .candles: [.time, .open, .high, .low, .close, .volume]
        }
    }

    /// The columns that are used where they are there.
    var optional: [TableField] {
        switch self {
        case .trades: [.receivedAt, .market, .id, .side, .buyerIsMaker]
        case .quotes: [.receivedAt, .market, .id]
        case .book: [.receivedAt, .market]
        case .candles: [.market, .closeTime]
        }
    }
}
