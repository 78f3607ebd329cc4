import Quantities
import WireCodecs

// Balances, indexes, candles and notices.

extension CoinExV1StreamDecoder {
    @inline(__always)
    mutating func assetUpdate(_ json: inout JSONCursor) throws(JSONError) {
        assets.removeAll(keepingCapacity: true)
        try json.beginArray()
        try coins(&json, account: 0)
        trail.enter(.account)
        // The account stands behind the coins, and older servers leave it out.
        if try json.v1HasNext() {
            let account = try json.int()
            for index in assets.indices { assets[index].account = account }
        }
        try json.endArray()
    }

    /// Appends the balances of one account, which are keyed by the coin.
    @inline(__always)
    mutating func coins(_ json: inout JSONCursor, account: Int64) throws(JSONError) {
        try json.object { json, coin throws(JSONError) in
            trail.enter(.coin)
            if coin.isEscaped { throw JSONError(.escapedText, offset: coin.offset) }
            guard assets.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
            var asset = CoinExV1Asset()
            asset.coin = coin.bytes
            asset.account = account
            trail.beginObject()
            try json.object { json, key throws(JSONError) in
                switch key {
                case "available":
                    trail.enter(.available)
                    asset.available = try json.v1Figure()
                case "frozen":
                    trail.enter(.frozen)
                    asset.frozen = try json.v1Figure()
                case "timestamp":
                    trail.enter(.timestamp)
                    asset.timestamp = try json.v1Seconds()
                default: trail.skipUnknown()
                }
            }
            try trail.require(CoinExV1Asset.required, json)
            assets.append(asset)
        }
    }

    mutating func indexUpdate(_ json: inout JSONCursor) throws(JSONError) {
        indexes.removeAll(keepingCapacity: true)
        var index = CoinExV1Index()
        try json.beginArray()
        trail.enter(.market)
        index.market = try json.plainText()
        trail.enter(.index)
        try json.nextElement()
        index.price = try json.v1Figure()
        try json.endArray()
        indexes.append(index)
    }

    mutating func klineUpdate(_ json: inout JSONCursor) throws(JSONError) {
        candles.removeAll(keepingCapacity: true)
        try json.array { json throws(JSONError) in try candle(&json) }
    }

    /// Appends one candle: `[start, open, close, high, low, volume, value, market?]`.
    mutating func candle(_ json: inout JSONCursor) throws(JSONError) {
        guard candles.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var candle = CoinExV1Candle()
        try json.beginArray()
        trail.enter(.time)
        candle.start = try json.v1Time()
        candle.open = try nextFigure(.open, &json)
        candle.close = try nextFigure(.close, &json)
        candle.high = try nextFigure(.high, &json)
        candle.low = try nextFigure(.low, &json)
        candle.volume = try nextFigure(.volume, &json)
        candle.value = try nextFigure(.value, &json)
        if try json.v1HasNext() {
            trail.enter(.market)
            candle.market = try json.plainText()
        }
        try json.endArray()
        candles.append(candle)
    }

    private mutating func nextFigure<Value: FixedPoint>(
        _ field: CoinExV1Field, _ json: inout JSONCursor
    ) throws(JSONError) -> Value {
        trail.enter(field)
        try json.nextElement()
        return try json.v1Figure()
    }

    mutating func noticeUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var notice = CoinExV1Notice()
        try json.beginArray()
        trail.enter(.event)
        notice.kind = try json.int()
        trail.enter(.params)
        try json.nextElement()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "started_at":
                trail.enter(.startedAt)
                notice.startedAt = try json.v1Time()
            case "ended_at":
                trail.enter(.endedAt)
                notice.endedAt = try json.v1Time()
            case "scope":
                trail.enter(.params)
                try json.array { json throws(JSONError) in
                    switch try json.text() {
                    case "SPOT": notice.touchesSpot = true
                    case "PERPETUAL": notice.touchesFutures = true
                    default: trail.skipUnknown()
                    }
                }
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1Notice.required, json)
        try json.endArray()
        self.notice = notice
    }
}
