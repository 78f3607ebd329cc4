import MarketModel
import Quantities
import WireCodecs

// Orders and stop orders.

extension CoinExV1StreamDecoder {
    @inline(__always)
    mutating func orderUpdate(_ json: inout JSONCursor) throws(JSONError) {
        try json.beginArray()
        trail.enter(.event)
        orderEvent = try known(&json)
        trail.enter(.params)
        try json.nextElement()
        orders.removeAll(keepingCapacity: true)
        // One order; printed in the venue's papers as a list of one.
        if try json.peek() == .array {
            try json.beginArray()
            try order(&json)
            try json.endArray()
        } else {
            try order(&json)
        }
        try json.endArray()
    }

    mutating func stopUpdate(_ json: inout JSONCursor) throws(JSONError) {
        try json.beginArray()
        trail.enter(.event)
        stopEvent = try known(&json)
        trail.enter(.params)
        try json.nextElement()
        stops.removeAll(keepingCapacity: true)
        try stopOrder(&json)
        try json.endArray()
    }

    /// A number that stands for something; one that stands for nothing known is an error.
    @inline(always)
    private mutating func known<Value: RawRepresentable<Int64>>(
        _ json: inout JSONCursor
    ) throws(JSONError) -> Value {
        _ = try json.peek()
        let start = json.offset
        guard let value = Value(rawValue: try json.int()) else { throw trail.unknownValue(at: start) }
        return value
    }

    private enum WireSide: Int64 {
        case sell = 1
        case buy = 2
    }

    private enum WireType: Int64 {
        case limit = 1
        case market = 2
    }

    @inline(always)
    private mutating func side(_ json: inout JSONCursor) throws(JSONError) -> Side {
        trail.enter(.side)
        let side: WireSide = try known(&json)
        return switch side {
        case .sell: .sell
        case .buy: .buy
        }
    }

    @inline(always)
    private mutating func isMarketOrder(_ json: inout JSONCursor) throws(JSONError) -> Bool {
        trail.enter(.type)
        let type: WireType = try known(&json)
        return switch type {
        case .limit: false
        case .market: true
        }
    }

    /// Appends one order.
    mutating func order(_ json: inout JSONCursor) throws(JSONError) {
        guard orders.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var order = CoinExV1Order()
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        trail.beginObject()
        var next = try cursor.firstKey()
        while let key = next {
            let start = cursor.offset
            if try !identity(of: &order, key, &cursor), try !figures(of: &order, key, &cursor),
                try !lastDeal(of: &order, key, &cursor)
            {
                trail.skipUnknown()
            }
            if cursor.offset == start { try cursor.skipValue() }
            next = try cursor.nextKey()
        }
        try trail.require(CoinExV1Order.required, cursor)
        json = cursor
        orders.append(order)
    }

    /// Reads a member that says which order it is; false when it is another.
    @inline(always)
    private mutating func identity(
        of order: inout CoinExV1Order, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "id":
            trail.enter(.id)
            order.id = try json.uint()
        case "type": order.isMarketOrder = try isMarketOrder(&json)
        case "side": order.side = try side(&json)
        case "account":
            trail.enter(.account)
            order.account = try json.int()
        case "option":
            trail.enter(.option)
            order.options = CoinExV1OrderOptions(rawValue: try json.int())
        case "ctime":
            trail.enter(.created)
            order.created = try json.v1Seconds()
        case "mtime":
            trail.enter(.changed)
            order.changed = try json.v1Seconds()
        case "market":
            trail.enter(.market)
            order.market = try json.plainText()
        case "client_id":
            trail.enter(.clientID)
            order.clientID = try json.v1OptionalText()
        case "stop_id":
            trail.enter(.stopID)
            order.stopID = try json.uint()
        case "user", "source", "fee_discount", "taker_fee", "maker_fee", "deal_fee": break
        default: return false
        }
        return true
    }

    /// Reads a member that says how far it has come; false when it is another.
    @inline(always)
    private mutating func figures(
        of order: inout CoinExV1Order, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "price":
            trail.enter(.price)
            order.price = try json.v1Exact()
        case "amount":
            trail.enter(.amount)
            order.amount = try json.v1Figure()
        case "left":
            trail.enter(.left)
            order.left = try json.v1Figure()
        case "deal_stock":
            trail.enter(.dealStock)
            order.dealStock = try json.v1Exact()
        case "deal_money":
            trail.enter(.dealMoney)
            order.dealMoney = try json.v1Figure()
        case "stock_fee":
            trail.enter(.stockFee)
            order.stockFee = try json.v1Fee()
        case "money_fee":
            trail.enter(.moneyFee)
            order.moneyFee = try json.v1Fee()
        case "asset_fee":
            trail.enter(.assetFee)
            order.assetFee = try json.v1Fee()
        case "fee_asset":
            trail.enter(.feeAsset)
            order.feeAsset = try json.v1OptionalText()
        case "amount_asset":
            trail.enter(.amountAsset)
            order.amountAsset = try json.v1OptionalText()
        default: return false
        }
        return true
    }

    /// Reads a member of the latest deal; false when it is another.
    @inline(always)
    private mutating func lastDeal(
        of order: inout CoinExV1Order, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "last_deal_amount":
            trail.enter(.lastDealAmount)
            order.lastDealAmount = try json.v1Exact()
        case "last_deal_price":
            trail.enter(.lastDealPrice)
            order.lastDealPrice = try json.v1Exact()
        case "last_deal_time":
            trail.enter(.lastDealTime)
            order.lastDealTime = try json.v1Seconds()
        case "last_deal_id":
            trail.enter(.lastDealID)
            order.lastDealID = try json.uint()
        case "last_role":
            trail.enter(.lastRole)
            order.lastRole = try known(&json)
        default: return false
        }
        return true
    }

    /// Appends one stop order.
    mutating func stopOrder(_ json: inout JSONCursor) throws(JSONError) {
        guard stops.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var stop = CoinExV1StopOrder()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "id":
                trail.enter(.id)
                stop.id = try json.uint()
            case "type": stop.isMarketOrder = try isMarketOrder(&json)
            case "side": stop.side = try side(&json)
            case "account":
                trail.enter(.account)
                stop.account = try json.int()
            case "option":
                trail.enter(.option)
                stop.options = CoinExV1OrderOptions(rawValue: try json.int())
            case "ctime":
                trail.enter(.created)
                stop.created = try json.v1Seconds()
            case "mtime":
                trail.enter(.changed)
                stop.changed = try json.v1Seconds()
            case "market":
                trail.enter(.market)
                stop.market = try json.plainText()
            case "client_id":
                trail.enter(.clientID)
                stop.clientID = try json.v1OptionalText()
            case "stop_price":
                trail.enter(.stopPrice)
                stop.stopPrice = try json.v1Exact()
            case "price":
                trail.enter(.price)
                stop.price = try json.v1Exact()
            case "amount":
                trail.enter(.amount)
                stop.amount = try json.v1Figure()
            case "direction", "state":
                trail.enter(.direction)
                stop.direction = try json.int()
            case "status":
                trail.enter(.status)
                stop.status = try known(&json)
            case "user", "source", "taker_fee", "maker_fee", "fee_discount", "fee_asset": break
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1StopOrder.required, json)
        stops.append(stop)
    }
}
