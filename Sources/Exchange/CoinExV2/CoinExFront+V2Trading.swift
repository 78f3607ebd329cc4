import MarketModel
import Quantities
import WireCodecs

// Placing, changing and cancelling in the second generation.

extension CoinExFront {
    mutating func performTradingV2(
        _ endpoint: FrontEndpointV2, _ list: [UnsafeBufferPointer<UInt8>], _ account: AccountID,
        at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch endpoint {
        case .place: return orderReplyV2(try placeV2(account, at: now))
        case .placeStop: return stopNumberReply(try placeStopV2(account, at: now))
        case .placeBatch:
            return rowsV2(list) { front, part throws(FrontRefusal) in
                try front.parameters.read(body: UnsafeRawBufferPointer(part))
                return .placed(try front.placeV2(account, at: now))
            }
        case .placeStopBatch:
            return rowsV2(list) { front, part throws(FrontRefusal) in
                try front.parameters.read(body: UnsafeRawBufferPointer(part))
                return .stopNumber(try front.placeStopV2(account, at: now))
            }
        case .modify: return try modifyV2(account, at: now)
        case .modifyStop: return try modifyStopV2(account, at: now)
        case .cancel, .cancelStop, .cancelAll, .cancelByClientID, .cancelStopByClientID:
            return try cancelV2(endpoint, account, at: now)
        case .cancelBatch:
            let market = try requireMarket()
            return rowsV2(list) { front, part throws(FrontRefusal) in
                let id = try Self.number(part)
                return .order(
                    try front.inCore { core throws(ExchangeRefusal) in
                        try core.cancel(id, of: account, in: market, at: now)
                    })
            }
        case .cancelStopBatch:
            let market = try requireMarket()
            return rowsV2(list) { front, part throws(FrontRefusal) in
                let id = try Self.number(part)
                return .stop(
                    try front.inCore { core throws(ExchangeRefusal) in
                        try core.cancelStop(id, of: account, in: market, at: now)
                    })
            }
        default:  // open set: the endpoints of other groups
            throw .unspecified
        }
    }

    // MARK: Placing

    private mutating func placeV2(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> ExchangeOrder
    {
        let request = try orderRequestV2(account)
        // What is to be spent has to be there, whatever the book offers.
        if request.price == nil, request.side == .buy, request.unit == .quote,
            let quote = names.asset(names[request.market].quote)
        {
            let balance = try inCore { core throws(ExchangeRefusal) in try core.balance(of: account, quote) }
            guard balance.available >= request.amount else { throw .insufficientBalance }
        }
        return try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }
    }

    private mutating func placeStopV2(_ account: AccountID, at now: Instant) throws(FrontRefusal)
        -> ExchangeStop
    {
        let request = StopRequest(
            try orderRequestV2(account),
            stopPrice: try parameters.positive("trigger_price", as: Price.self))
        return try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }
    }

    private func orderRequestV2(_ account: AccountID) throws(FrontRefusal) -> OrderRequest {
        try checkMarketType()
        let market = try requireMarket()
        guard let side = try parameters.side("side") else {
            throw .badParameter("Invalid Parameter: side is missing")
        }
        let type = String(decoding: try parameters.require("type"), as: UTF8.self)
        let isMarket = type == "market"
        var request = OrderRequest(
            account: account, market: market, side: side,
            price: isMarket ? nil : try parameters.positive("price", as: Price.self),
            amount: try parameters.positive("amount", as: Amount.self))
        switch type {
        case "limit", "market": break
        case "maker_only": request.duration = .makerOnly
        case "ioc": request.duration = .immediateOrCancel
        case "fok": request.duration = .fillOrKill
        default: throw .badParameter("Invalid Parameter: type")
        }
        if isMarket { request.unit = try unitV2(of: side, in: market) }
        request.isHidden = try parameters.bool("is_hide") ?? false
        request.clientID = try parameters.clientID()
        return request
    }

    /// What the amount of a market order counts: where it is not said, what the order gives away.
    private func unitV2(of side: Side, in market: MarketID) throws(FrontRefusal) -> AmountUnit {
        switch parameters.string("ccy") {
        case nil: return side == .buy ? .quote : .base
        case names[market].base: return .base
        case names[market].quote: return .quote
        default: throw .badParameter("Invalid Parameter: ccy is not of the market")
        }
    }

    func checkMarketType() throws(FrontRefusal) {
        guard parameters.text("market_type")?.elementsEqual("SPOT".utf8) == true else {
            throw .badParameter("Invalid Parameter: market_type, there is only SPOT here")
        }
    }

    // MARK: Changing

    private mutating func modifyV2(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        try checkMarketType()
        let market = try requireMarket()
        let id = try requireOrder("order_id")
        let amount = try parameters.positiveOrNil("amount", as: Amount.self)
        let price = try parameters.positiveOrNil("price", as: Price.self)
        guard amount != nil || price != nil else {
            throw .badParameter("Invalid Parameter: neither amount nor price")
        }
        return orderReplyV2(
            try inCore { core throws(ExchangeRefusal) in
                try core.modify(id, of: account, in: market, amount: amount, price: price, at: now)
            })
    }

    private mutating func modifyStopV2(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8]
    {
        try checkMarketType()
        let market = try requireMarket()
        let id = try requireOrder("stop_id")
        let amount = try parameters.positiveOrNil("amount", as: Amount.self)
        let price = try parameters.positiveOrNil("price", as: Price.self)
        let stopPrice = try parameters.positiveOrNil("trigger_price", as: Price.self)
        guard amount != nil || price != nil || stopPrice != nil else {
            throw .badParameter("Invalid Parameter: nothing to change")
        }
        return stopNumberReply(
            try inCore { core throws(ExchangeRefusal) in
                try core.modifyStop(
                    id, of: account, in: market, amount: amount, price: price, stopPrice: stopPrice, at: now)
            })
    }

    // MARK: Cancelling

    private mutating func cancelV2(
        _ endpoint: FrontEndpointV2, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try checkMarketType()
        if endpoint == .cancelByClientID || endpoint == .cancelStopByClientID {
            return try cancelNamedV2(endpoint, account, at: now)
        }
        let market = try requireMarket()
        switch endpoint {
        case .cancel:
            let id = try requireOrder("order_id")
            return orderReplyV2(
                try inCore { core throws(ExchangeRefusal) in
                    try core.cancel(id, of: account, in: market, at: now)
                })
        case .cancelStop:
            let id = try requireOrder("stop_id")
            let stop = try inCore { core throws(ExchangeRefusal) in
                try core.cancelStop(id, of: account, in: market, at: now)
            }
            return envelopeV2 { json, front in front.textV2.write(stop, isPush: false, to: &json) }
        default:  // open set: all orders of a market are left
            let side = try parameters.side("side")
            _ = try inCore { core throws(ExchangeRefusal) in
                try core.cancelAll(of: account, in: market, side: side, at: now)
            }
            return envelopeV2 { json, _ in json.object { _ in } }
        }
    }

    /// By the client id, in the market that is named; in all where none is.
    private mutating func cancelNamedV2(
        _ endpoint: FrontEndpointV2, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        _ = try parameters.require("client_id")
        let clientID = try parameters.clientID()
        let named = try marketOrNil()
        var rows: [FrontRowV2] = []
        for market in named.map({ [$0] }) ?? names.markets.indices.map({ MarketID($0) }) {
            if endpoint == .cancelByClientID {
                let orders = try inCore { core throws(ExchangeRefusal) in
                    try core.cancel(clientID: clientID, of: account, in: market, at: now)
                }
                rows += orders.map { .order($0) }
            } else {
                let stops = try inCore { core throws(ExchangeRefusal) in
                    try core.cancelStops(of: account, in: market, clientID: clientID, at: now)
                }
                rows += stops.map { .stop($0) }
            }
        }
        return rowsV2(rows)
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) throws(FrontRefusal) -> VenueOrderID {
        // Some clients send numbers as texts.
        let digits =
            text.first == UInt8(ascii: "\"")
            ? UnsafeBufferPointer(rebasing: text.dropFirst().dropLast()) : text
        guard let number = FrontNumber.int(digits), number > 0 else {
            throw .badParameter("Invalid Parameter: not an id")
        }
        return VenueOrderID(UInt64(number))
    }

    // MARK: Replies

    private mutating func orderReplyV2(_ order: ExchangeOrder) -> [UInt8] {
        envelopeV2 { json, front in front.textV2.write(order, to: &json) }
    }

    private mutating func stopNumberReply(_ stop: ExchangeStop) -> [UInt8] {
        envelopeV2 { json, _ in json.stopNumber(stop) }
    }

    /// Every part of a request of several has its own code; the envelope's is 0 whatever becomes of them.
    private mutating func rowsV2(
        _ list: [UnsafeBufferPointer<UInt8>],
        _ body: (inout CoinExFront, UnsafeBufferPointer<UInt8>) throws(FrontRefusal) -> FrontRowV2
    ) -> [UInt8] {
        var rows: [FrontRowV2] = []
        for part in list {
            do throws(FrontRefusal) {
                rows.append(try body(&self, part))
            } catch {
                rows.append(.refusal(error))
            }
        }
        return rowsV2(rows)
    }

    mutating func rowsV2(_ rows: [FrontRowV2], hasStatus: Bool = false) -> [UInt8] {
        envelopeV2 { json, front in
            json.array { json in
                for row in rows { row.write(front.textV2, hasStatus: hasStatus, to: &json) }
            }
        }
    }
}

/// What became of one part of a request of several.
enum FrontRowV2 {
    case order(ExchangeOrder)
    /// An order that a batch has placed: within an envelope of its own, as the venue's pages have it, and beside it, as
    /// clients got it in 2024-04. Whichever a client reads, it finds.
    case placed(ExchangeOrder)
    case stop(ExchangeStop)
    case stopNumber(ExchangeStop)
    case refusal(FrontRefusal)

    func write(_ text: FrontTextV2, hasStatus: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.key("code")
            var message: StaticString = "OK"
            switch self {
            case .order(let order):
                json.int(0)
                json.key("data")
                text.write(order, hasStatus: hasStatus, to: &json)
            case .placed(let order):
                json.int(0)
                json.key("data")
                text.write(order, hasStatus: hasStatus, to: &json)
                text.writeMembers(order, to: &json)
            case .stop(let stop):
                json.int(0)
                json.key("data")
                text.write(stop, isPush: false, to: &json)
            case .stopNumber(let stop):
                json.int(0)
                json.key("data")
                json.stopNumber(stop)
            case .refusal(let refusal):
                json.int(Int64(refusal.codeV2))
                json.key("data")
                json.null()
                message = refusal.message
            }
            json.key("message")
            json.string(message)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func stopNumber(_ stop: ExchangeStop) {
        object { json in
            json.key("stop_id")
            json.uint(stop.id.raw)
        }
    }
}
