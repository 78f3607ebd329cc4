import MarketModel
import Quantities
import WireCodecs

// Books, trades, best prices, statistics and indexes.

extension CoinExV2StreamDecoder {
    @inline(__always)
    mutating func depthUpdate(_ json: inout JSONCursor) throws(JSONError) {
        depth = CoinExV2DepthFrame()
        levels.removeAll(keepingCapacity: true)
        var hasBook = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market":
                trail.enter(.market)
                depth.market = try json.plainText()
            case "is_full":
                trail.enter(.isFull)
                depth.isFull = try json.bool()
            case "depth":
                trail.enter(.depth)
                try book(&json)
                hasBook = true
            default: trail.skipUnknown()
            }
        }
        // The members of the book have been counted by themselves.
        trail.beginObject()
        if hasBook { trail.enter(.depth) }
        if depth.market.count > 0 { trail.enter(.market) }
        try trail.require(CoinExV2Field.set(.depth, .market), json)
    }

    @inline(__always)
    private mutating func book(_ json: inout JSONCursor) throws(JSONError) {
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
            case "updated_at":
                trail.enter(.updatedAt)
                depth.time = try json.v1Milliseconds()
            case "checksum":
                trail.enter(.checksum)
                depth.checksum = try json.v1Checksum()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2DepthFrame.required, json)
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
    mutating func dealsUpdate(_ json: inout JSONCursor) throws(JSONError) {
        market = UnsafeBufferPointer(start: nil, count: 0)
        deals.removeAll(keepingCapacity: true)
        var hasList = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market":
                trail.enter(.market)
                market = try json.plainText()
            case "deal_list":
                trail.enter(.dealList)
                try dealRows(&json)
                hasList = true
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if hasList { trail.enter(.dealList) }
        if market.count > 0 { trail.enter(.market) }
        try trail.require(CoinExV2Field.set(.dealList, .market), json)
    }

    private mutating func dealRows(_ json: inout JSONCursor) throws(JSONError) {
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        var goesOn = try cursor.beginList()
        while goesOn {
            guard deals.count < Self.rowsMax else { throw trail.tooManyRows(at: cursor.offset) }
            var deal = CoinExV2Deal()
            trail.beginObject()
            var next = try cursor.firstKey()
            while let key = next {
                if try !member(of: &deal, key, &cursor) {
                    trail.skipUnknown()
                    try cursor.skipValue()
                }
                next = try cursor.nextKey()
            }
            try trail.require(CoinExV2Deal.required, cursor)
            deals.append(deal)
            goesOn = try cursor.nextOfList()
        }
        json = cursor
    }

    /// Reads a member that all deals have; false when it is another.
    @inline(__always)
    mutating func member(
        of deal: inout CoinExV2Deal, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "deal_id":
            trail.enter(.dealID)
            deal.id = try json.numberOrText()
        case "created_at":
            trail.enter(.createdAt)
            deal.time = try json.v1Milliseconds()
        case "side": deal.side = try side(of: &json)
        case "price":
            trail.enter(.price)
            deal.price = try json.v1Exact()
        case "amount":
            trail.enter(.amount)
            deal.amount = try json.v1Exact()
        default: return false
        }
        return true
    }

    @inline(__always)
    mutating func side(of json: inout JSONCursor) throws(JSONError) -> Side {
        trail.enter(.side)
        let word = try json.text()
        if "buy" ~= word { return .buy }
        if "sell" ~= word { return .sell }
        throw trail.unknownValue(at: word.offset)
    }

    mutating func bestPricesUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var best = CoinExV2BestPrices()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market":
                trail.enter(.market)
                best.market = try json.plainText()
            case "updated_at":
                trail.enter(.updatedAt)
                best.time = try json.v1Time()
            case "best_bid_price":
                trail.enter(.bestBidPrice)
                best.bid = try json.v1Exact()
            case "best_bid_size":
                trail.enter(.bestBidSize)
                best.bidSize = try json.v1Exact()
            case "best_ask_price":
                trail.enter(.bestAskPrice)
                best.ask = try json.v1Exact()
            case "best_ask_size":
                trail.enter(.bestAskSize)
                best.askSize = try json.v1Exact()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2BestPrices.required, json)
        bestPrices = best
    }

    mutating func stateUpdate(_ json: inout JSONCursor) throws(JSONError) {
        states.removeAll(keepingCapacity: true)
        var hasList = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "state_list":
                trail.enter(.stateList)
                hasList = true
                try json.array { json throws(JSONError) in try state(&json) }
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if hasList { trail.enter(.stateList) }
        try trail.require(CoinExV2Field.set(.stateList), json)
    }

    private mutating func state(_ json: inout JSONCursor) throws(JSONError) {
        guard states.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var state = CoinExV2State()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market":
                trail.enter(.market)
                state.market = try json.plainText()
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
            case "value":
                trail.enter(.value)
                state.value = try json.v1Figure()
            case "period":
                trail.enter(.period)
                state.period = try json.int()
            case "close", "volume_sell", "volume_buy": break
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2State.required, json)
        states.append(state)
    }

    mutating func indexUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var index = CoinExV2IndexPrice()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "market":
                trail.enter(.market)
                index.market = try json.plainText()
            case "index_price":
                trail.enter(.indexPrice)
                index.price = try json.v1Figure()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2IndexPrice.required, json)
        self.index = index
    }
}
