import MarketModel
import Quantities
import WireCodecs

// Books, trades and statistics.

extension CoinExV1StreamDecoder {
    @inline(__always)
    mutating func depthUpdate(_ json: inout JSONCursor) throws(JSONError) {
        try json.beginArray()
        trail.enter(.isFull)
        let isFull = try json.bool()
        try json.nextElement()
        try book(&json)
        depth.isFull = isFull
        trail.enter(.market)
        try json.nextElement()
        depth.market = try json.plainText()
        try json.endArray()
    }

    /// Reads a book into `depth` and `levels`.
    @inline(__always)
    mutating func book(_ json: inout JSONCursor) throws(JSONError) {
        levels.removeAll(keepingCapacity: true)
        depth.market = UnsafeBufferPointer(start: nil, count: 0)
        depth.isFull = true
        depth.asks = 0..<0
        depth.bids = 0..<0
        depth.last = nil
        depth.checksum = nil
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "asks":
                trail.enter(.asks)
                depth.asks = try side(&json)
            case "bids":
                trail.enter(.bids)
                depth.bids = try side(&json)
            case "last":
                trail.enter(.last)
                if try !json.takeNull() { depth.last = try json.v1Exact() }
            case "time":
                trail.enter(.time)
                depth.time = try json.v1Milliseconds()
            case "checksum":
                trail.enter(.checksum)
                depth.checksum = try json.v1Checksum()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1DepthFrame.required, json)
    }

    /// Appends the levels of one side and returns where they stand.
    private mutating func side(_ json: inout JSONCursor) throws(JSONError) -> Range<Int> {
        let start = levels.count
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        var goesOn = try cursor.beginList()
        while goesOn {
            guard levels.count < Self.levelsMax else { throw trail.tooManyRows(at: cursor.offset) }
            try cursor.beginArray()
            let price = try cursor.v1Decimal()
            try cursor.nextElement()
            let quantity = try cursor.v1Decimal()
            try cursor.endArray()
            levels.append(
                CoinExBookLevel(
                    price: Price(raw: price.raw), quantity: Quantity(raw: quantity.raw),
                    priceDecimals: price.decimals, quantityDecimals: quantity.decimals))
            goesOn = try cursor.nextOfList()
        }
        json = cursor
        return start..<levels.count
    }

    @inline(__always)
    mutating func dealsUpdate(_ json: inout JSONCursor, own: Bool) throws(JSONError) {
        try json.beginArray()
        trail.enter(.market)
        market = try json.plainText()
        trail.enter(.params)
        try json.nextElement()
        deals.removeAll(keepingCapacity: true)
        try dealRows(&json, own: own)
        try json.endArray()
    }

    /// Appends the deals of a list.
    mutating func dealRows(_ json: inout JSONCursor, own: Bool) throws(JSONError) {
        let required = own ? CoinExV1Deal.requiredOwn : CoinExV1Deal.required
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        var goesOn = try cursor.beginList()
        while goesOn {
            guard deals.count < Self.rowsMax else { throw trail.tooManyRows(at: cursor.offset) }
            var deal = CoinExV1Deal()
            try read(&deal, &cursor)
            try trail.require(required, cursor)
            deals.append(deal)
            goesOn = try cursor.nextOfList()
        }
        json = cursor
    }

    @inline(always)
    private mutating func read(
        _ deal: inout CoinExV1Deal, _ json: inout JSONCursor
    ) throws(JSONError) {
        trail.beginObject()
        var next = try json.firstKey()
        while let key = next {
            switch key {
            case "id":
                trail.enter(.id)
                deal.id = try json.uint()
            case "time":
                trail.enter(.time)
                deal.time = try json.v1Seconds()
            case "price":
                trail.enter(.price)
                deal.price = try json.v1Exact()
            case "amount":
                trail.enter(.amount)
                deal.amount = try json.v1Exact()
            case "type":
                trail.enter(.type)
                let type = try json.text()
                if "sell" ~= type {
                    deal.side = .sell
                } else if "buy" ~= type {
                    deal.side = .buy
                } else {
                    throw trail.unknownValue(at: type.offset)
                }
            case "order_id":
                trail.enter(.orderID)
                deal.orderID = try json.uint()
            case "client_id":
                trail.enter(.clientID)
                deal.clientID = try json.v1OptionalText()
            default:
                trail.skipUnknown()
                try json.skipValue()
            }
            next = try json.nextKey()
        }
    }

    mutating func stateUpdate(_ json: inout JSONCursor) throws(JSONError) {
        states.removeAll(keepingCapacity: true)
        try json.beginArray()
        try json.object { json, key throws(JSONError) in
            trail.enter(.market)
            if key.isEscaped { throw JSONError(.escapedText, offset: key.offset) }
            try state(&json, market: key.bytes)
        }
        try json.endArray()
    }

    /// Appends the statistics of one market.
    mutating func state(
        _ json: inout JSONCursor, market: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        guard states.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var state = CoinExV1State()
        state.market = market
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "last":
                trail.enter(.last)
                state.last = try json.v1Figure()
            case "open":
                trail.enter(.open)
                state.open = try json.v1Figure()
            case "high":
                trail.enter(.high)
                state.high = try json.v1Figure()
            case "low":
                trail.enter(.low)
                state.low = try json.v1Figure()
            case "volume":
                trail.enter(.volume)
                state.volume = try json.v1Figure()
            case "deal":
                trail.enter(.deal)
                state.deal = try json.v1Figure()
            case "sell_total":
                trail.enter(.sellTotal)
                state.sellTotal = try total(&json)
            case "buy_total":
                trail.enter(.buyTotal)
                state.buyTotal = try total(&json)
            case "period":
                trail.enter(.period)
                state.period = try json.int()
            case "close": break
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1State.required, json)
        states.append(state)
    }

    /// A figure that some servers leave empty.
    private func total(_ json: inout JSONCursor) throws(JSONError) -> Quantity? {
        try json.decimal { text throws(DecimalError) in
            text.isEmpty ? nil : try Quantity(truncating: text)
        }
    }
}
