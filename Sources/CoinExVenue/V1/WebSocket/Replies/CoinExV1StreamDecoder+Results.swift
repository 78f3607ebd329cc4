import WireCodecs

extension CoinExV1StreamDecoder {
    /// Decodes the result of a call that succeeded, by the method that was called.
    ///
    /// Rows stand in the members afterwards. Offsets in errors are those within the result.
    /// - Precondition: `method` is one that is called.
    package mutating func decodeResult(
        _ reply: CoinExV1Reply, of method: CoinExV1Method
    ) throws(CoinExV1StreamError) -> CoinExV1Result {
        trail.begin()
        trail.enter(.result)
        var json = JSONCursor(reply.result)
        do throws(JSONError) {
            let result = try result(of: method, &json)
            try json.finish()
            return result
        } catch {
            throw trail.error(error, method)
        }
    }

    private mutating func result(
        of method: CoinExV1Method, _ json: inout JSONCursor
    ) throws(JSONError) -> CoinExV1Result {
        switch method {
        case .serverPing:
            try expect("pong", &json)
            return .done
        case .serverTime: return .time(try json.int())
        case .serverSign, .klineSubscribe, .klineUnsubscribe, .stateSubscribe, .stateUnsubscribe,
            .dealsSubscribe, .dealsUnsubscribe, .depthSubscribe, .depthSubscribeMulti, .depthUnsubscribe,
            .depthUnsubscribeMulti, .orderSubscribe, .orderUnsubscribe, .dealsOwnSubscribe,
            .dealsOwnUnsubscribe, .assetSubscribe, .assetUnsubscribe, .indexSubscribe, .indexUnsubscribe,
            .noticeSubscribe, .noticeUnsubscribe:
            try acknowledgement(&json)
            return .done
        case .klineQuery:
            try klineUpdate(&json)
            return .candles
        case .stateQuery:
            states.removeAll(keepingCapacity: true)
            try state(&json, market: UnsafeBufferPointer(start: nil, count: 0))
            return .state
        case .dealsQuery:
            deals.removeAll(keepingCapacity: true)
            try dealRows(&json, own: false)
            return .deals
        case .dealsQueryUser:
            try ownDeals(&json)
            return .ownDeals
        case .depthQuery:
            try book(&json)
            return .depth
        case .orderQuery, .orderAccountQuery:
            orders.removeAll(keepingCapacity: true)
            try rows(&json) { decoder, json throws(JSONError) in
                try json.array { json throws(JSONError) in try decoder.order(&json) }
            }
            return .orders
        case .orderQueryStop, .orderAccountQueryStop:
            stops.removeAll(keepingCapacity: true)
            try rows(&json) { decoder, json throws(JSONError) in
                try json.array { json throws(JSONError) in try decoder.stopOrder(&json) }
            }
            return .stopOrders
        case .assetQuery, .assetAccountQuery:
            assets.removeAll(keepingCapacity: true)
            try coins(&json, account: 0)
            return .assets
        case .assetAccountQueryAll:
            try accounts(&json)
            return .assets
        case .indexQuery:
            indexes.removeAll(keepingCapacity: true)
            try index(&json, market: UnsafeBufferPointer(start: nil, count: 0))
            return .indexes
        case .indexList:
            indexes.removeAll(keepingCapacity: true)
            try json.object { json, market throws(JSONError) in
                trail.enter(.market)
                if market.isEscaped { throw JSONError(.escapedText, offset: market.offset) }
                try index(&json, market: market.bytes)
            }
            return .indexes
        case .klineUpdate, .stateUpdate, .dealsUpdate, .depthUpdate, .orderUpdate, .orderUpdateStop,
            .dealsOwnUpdate, .assetUpdate, .indexUpdate, .noticeUpdate:
            preconditionFailure("pushes are not called")
        }
    }

    /// `"success"` or `{"status":"success"}`: servers have sent both.
    private mutating func acknowledgement(_ json: inout JSONCursor) throws(JSONError) {
        guard try json.peek() == .object else { return try expect("success", &json) }
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "status":
                trail.enter(.status)
                try expect("success", &json)
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1Field.set(.status), json)
    }

    private mutating func expect(_ word: StaticString, _ json: inout JSONCursor) throws(JSONError) {
        let text = try json.text()
        guard word ~= text else { throw trail.unknownValue(at: text.offset) }
    }

    /// Reads a page of rows, wherever its counts stand.
    private mutating func rows(
        _ json: inout JSONCursor,
        _ read: (inout Self, inout JSONCursor) throws(JSONError) -> Void
    ) throws(JSONError) {
        page = CoinExV1Page()
        var hasRecords = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "total":
                trail.enter(.total)
                page.total = try json.int()
            case "limit":
                trail.enter(.limit)
                page.limit = try json.int()
            case "offset":
                trail.enter(.offset)
                page.offset = try json.int()
            case "records":
                trail.enter(.records)
                hasRecords = true
                try read(&self, &json)
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if hasRecords { trail.enter(.records) }
        try trail.require(CoinExV1Field.set(.records), json)
    }

    /// A bare list as it is documented, or a page as the venue's relatives send it.
    private mutating func ownDeals(_ json: inout JSONCursor) throws(JSONError) {
        deals.removeAll(keepingCapacity: true)
        page = CoinExV1Page()
        guard try json.peek() == .object else { return try dealRows(&json, own: false) }
        try rows(&json) { decoder, json throws(JSONError) in try decoder.dealRows(&json, own: false) }
    }

    /// Balances by account, whose number is a key and so a text.
    private mutating func accounts(_ json: inout JSONCursor) throws(JSONError) {
        assets.removeAll(keepingCapacity: true)
        try json.object { json, key throws(JSONError) in
            trail.enter(.account)
            var number = JSONCursor(key.bytes)
            guard let account = try? number.int(), (try? number.finish()) != nil else {
                throw trail.unknownValue(at: key.offset)
            }
            try coins(&json, account: account)
        }
    }

    private mutating func index(
        _ json: inout JSONCursor, market: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        guard indexes.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var index = CoinExV1Index()
        index.market = market
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "name":
                trail.enter(.market)
                index.market = try json.plainText()
            case "time":
                trail.enter(.time)
                index.time = try json.v1Time()
            case "index":
                trail.enter(.index)
                index.price = try json.v1Figure()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1Index.required, json)
        indexes.append(index)
    }
}
