import MarketModel
import Quantities
import WireCodecs

// Orders, stop orders, own deals and balances.

extension CoinExV2StreamDecoder {
    @inline(__always)
    mutating func orderUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var isRead = false
        var hasEvent = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "event":
                trail.enter(.event)
                orderEvent = try orderEvent(&json)
                hasEvent = true
            case "order":
                trail.enter(.order)
                try order(&json)
                isRead = true
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if isRead { trail.enter(.order) }
        if hasEvent { trail.enter(.event) }
        try trail.require(CoinExV2Field.set(.event, .order), json)
    }

    private mutating func orderEvent(_ json: inout JSONCursor) throws(JSONError) -> CoinExV2OrderEvent {
        let word = try json.text()
        switch word {
        case "put": return .put
        case "update": return .update
        case "modify": return .modify
        case "finish": return .finish
        default: throw trail.unknownValue(at: word.offset)
        }
    }

    private mutating func type(_ json: inout JSONCursor) throws(JSONError) -> CoinExV2OrderType {
        trail.enter(.type)
        let word = try json.text()
        switch word {
        case "limit": return .limit
        case "market": return .market
        case "maker_only": return .makerOnly
        case "ioc": return .immediateOrCancel
        case "fok": return .fillOrKill
        default: throw trail.unknownValue(at: word.offset)
        }
    }

    private mutating func order(_ json: inout JSONCursor) throws(JSONError) {
        var order = CoinExV2StreamOrder()
        var hasFilled = false
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        trail.beginObject()
        var next = try cursor.firstKey()
        while let key = next {
            let start = cursor.offset
            if try !identity(of: &order, key, &cursor),
                try !figures(of: &order, &hasFilled, key, &cursor), try !fees(of: &order, key, &cursor)
            {
                trail.skipUnknown()
            }
            if cursor.offset == start { try cursor.skipValue() }
            next = try cursor.nextKey()
        }
        try trail.require(CoinExV2StreamOrder.required, cursor)
        if !hasFilled {
            // Older servers tell only what is left, which says as much but for orders in units of the quote asset.
            guard order.type != .market, order.unfilled <= order.amount else {
                try trail.require(CoinExV2Field.set(.filled), cursor)
                return
            }
            order.filled = Quantity(order.amount - order.unfilled)
        }
        json = cursor
        self.order = order
    }

    /// Reads a member that says which order it is; false when it is another.
    @inline(__always)
    private mutating func identity(
        of order: inout CoinExV2StreamOrder, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "order_id":
            trail.enter(.orderID)
            order.id = try json.numberOrText()
        case "market":
            trail.enter(.market)
            order.market = try json.plainText()
        case "margin_market":
            trail.enter(.marginMarket)
            order.marginMarket = try json.v1OptionalText()
        case "type": order.type = try type(&json)
        case "side": order.side = try side(of: &json)
        case "client_id":
            trail.enter(.clientID)
            order.clientID = try json.v1OptionalText()
        case "created_at":
            trail.enter(.createdAt)
            order.created = try json.v1Milliseconds()
        case "updated_at":
            trail.enter(.updatedAt)
            order.changed = try json.v1Milliseconds()
        default: return false
        }
        return true
    }

    /// Reads a member that says how far it has come; false when it is another.
    @inline(__always)
    private mutating func figures(
        of order: inout CoinExV2StreamOrder, _ hasFilled: inout Bool, _ key: JSONText,
        _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "price":
            trail.enter(.price)
            order.price = try json.v1Exact()
        case "amount":
            trail.enter(.amount)
            order.amount = try json.v1Figure()
        case "unfilled_amount", "unfill_amount":
            trail.enter(.unfilled)
            order.unfilled = try json.v1Figure()
        case "filled_amount", "fill_amount":
            trail.enter(.filled)
            order.filled = try json.v1Exact()
            hasFilled = true
        case "filled_value", "fill_value":
            trail.enter(.filledValue)
            order.filledValue = try json.v1Figure()
        default: return false
        }
        return true
    }

    /// Reads a member of its fees or its last deal; false when it is another.
    @inline(__always)
    private mutating func fees(
        of order: inout CoinExV2StreamOrder, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "base_ccy_fee":
            trail.enter(.baseFee)
            order.baseFee = try json.v1Fee()
        case "quote_ccy_fee":
            trail.enter(.quoteFee)
            order.quoteFee = try json.v1Fee()
        case "discount_ccy_fee":
            trail.enter(.discountFee)
            order.discountFee = try json.v1Fee()
        case "last_filled_amount", "last_fill_amount":
            trail.enter(.lastFilledAmount)
            order.lastFilledAmount = try json.v1Exact()
        case "last_filled_price", "last_fill_price":
            trail.enter(.lastFilledPrice)
            order.lastFilledPrice = try json.v1Exact()
        case "taker_fee_rate", "maker_fee_rate": break
        default: return false
        }
        return true
    }

    // MARK: - Stop orders

    mutating func stopUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var isRead = false
        var hasEvent = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "event":
                trail.enter(.event)
                let word = try json.text()
                switch word {
                case "put": stopEvent = .put
                case "active": stopEvent = .active
                case "cancel": stopEvent = .cancel
                default: throw trail.unknownValue(at: word.offset)
                }
                hasEvent = true
            case "stop":
                trail.enter(.stop)
                try stopOrder(&json)
                isRead = true
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if isRead { trail.enter(.stop) }
        if hasEvent { trail.enter(.event) }
        try trail.require(CoinExV2Field.set(.event, .stop), json)
    }

    private mutating func stopOrder(_ json: inout JSONCursor) throws(JSONError) {
        var stop = CoinExV2StreamStop()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "stop_id":
                trail.enter(.stopID)
                stop.id = try json.numberOrText()
            case "market":
                trail.enter(.market)
                stop.market = try json.plainText()
            case "margin_market":
                trail.enter(.marginMarket)
                stop.marginMarket = try json.v1OptionalText()
            case "type": stop.type = try type(&json)
            case "side": stop.side = try side(of: &json)
            case "price":
                trail.enter(.price)
                stop.price = try json.v1Exact()
            case "amount":
                trail.enter(.amount)
                stop.amount = try json.v1Figure()
            case "trigger_price":
                trail.enter(.triggerPrice)
                stop.triggerPrice = try json.v1Exact()
            case "status":
                trail.enter(.status)
                stop.status = try json.v1OptionalText()
            case "client_id":
                trail.enter(.clientID)
                stop.clientID = try json.v1OptionalText()
            case "created_at":
                trail.enter(.createdAt)
                stop.created = try json.v1Milliseconds()
            case "updated_at":
                trail.enter(.updatedAt)
                stop.changed = try json.v1Milliseconds()
            case "trigger_direction", "trigger_price_type", "taker_fee_rate", "maker_fee_rate": break
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2StreamStop.required, json)
        self.stop = stop
    }

    // MARK: - Own deals and balances

    @inline(__always)
    mutating func userDealUpdate(_ json: inout JSONCursor) throws(JSONError) {
        var own = CoinExV2UserDeal()
        // A cursor that nobody else sees stays in registers.
        var cursor = json
        trail.beginObject()
        var next = try cursor.firstKey()
        while let key = next {
            if try !member(of: &own.deal, key, &cursor), try !ownMember(of: &own, key, &cursor) {
                trail.skipUnknown()
                try cursor.skipValue()
            }
            next = try cursor.nextKey()
        }
        try trail.require(CoinExV2UserDeal.required, cursor)
        json = cursor
        userDeal = own
    }

    /// Reads a member that only own deals have; false when it is another.
    @inline(__always)
    private mutating func ownMember(
        of own: inout CoinExV2UserDeal, _ key: JSONText, _ json: inout JSONCursor
    ) throws(JSONError) -> Bool {
        switch key {
        case "market":
            trail.enter(.market)
            own.market = try json.plainText()
        case "margin_market":
            trail.enter(.marginMarket)
            own.marginMarket = try json.v1OptionalText()
        case "order_id":
            trail.enter(.orderID)
            own.orderID = try json.numberOrText()
        case "client_id":
            trail.enter(.clientID)
            own.clientID = try json.v1OptionalText()
        case "role":
            trail.enter(.role)
            let word = try json.text()
            switch word {
            case "maker": own.liquidity = .maker
            case "taker": own.liquidity = .taker
            default: throw trail.unknownValue(at: word.offset)
            }
        case "fee":
            trail.enter(.fee)
            own.fee = try json.v1Fee()
        case "fee_ccy":
            trail.enter(.feeAsset)
            own.feeAsset = try json.plainText()
        default: return false
        }
        return true
    }

    mutating func balanceUpdate(_ json: inout JSONCursor) throws(JSONError) {
        balances.removeAll(keepingCapacity: true)
        var hasList = false
        try json.object { json, key throws(JSONError) in
            switch key {
            case "balance_list":
                trail.enter(.balanceList)
                hasList = true
                try json.array { json throws(JSONError) in try balance(&json) }
            default: trail.skipUnknown()
            }
        }
        trail.beginObject()
        if hasList { trail.enter(.balanceList) }
        try trail.require(CoinExV2Field.set(.balanceList), json)
    }

    private mutating func balance(_ json: inout JSONCursor) throws(JSONError) {
        guard balances.count < Self.rowsMax else { throw trail.tooManyRows(at: json.offset) }
        var balance = CoinExV2StreamBalance()
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "ccy":
                trail.enter(.coin)
                balance.coin = try json.plainText()
            case "margin_market":
                trail.enter(.marginMarket)
                balance.marginMarket = try json.v1OptionalText()
            case "available":
                trail.enter(.available)
                balance.available = try json.v1Figure()
            case "frozen":
                trail.enter(.frozen)
                balance.frozen = try json.v1Figure()
            case "updated_at":
                trail.enter(.updatedAt)
                balance.time = try json.v1Milliseconds()
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV2StreamBalance.required, json)
        balances.append(balance)
    }
}
