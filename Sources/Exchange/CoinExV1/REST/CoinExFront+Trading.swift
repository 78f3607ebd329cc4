import MarketModel
import Quantities
import WireCodecs

// Placing, changing and cancelling.

extension CoinExFront {
    mutating func performTrading(
        _ caller: FrontCaller, _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        switch caller.endpoint {
        case .placeLimit: return try placeLimit(account, isImmediate: false, at: now)
        case .placeIOC: return try placeLimit(account, isImmediate: true, at: now)
        case .placeMarket: return try placeMarket(account, at: now)
        case .placeStopLimit:
            try placeStop(try limitRequest(account, isImmediate: false), at: now)
            return envelope { json, _ in json.success() }
        case .placeStopMarket:
            try placeStop(try marketRequest(account), at: now)
            return envelope { json, _ in json.null() }
        case .placeBatch: return try placeBatch(account, at: now)
        case .modify: return try modify(account, at: now)
        case .modifyStop: return try modifyStop(account, at: now)
        case .cancel: return try cancel(account, at: now)
        case .cancelBatch: return try cancelBatch(account, at: now)
        case .cancelByClientID: return try cancelByClientID(account, at: now)
        case .cancelStop: return try cancelStop(account, caller.part, at: now)
        case .cancelAllStops:
            try parameters.checkAccount()
            let market = try requireMarket()
            _ = try inCore { core throws(ExchangeRefusal) in
                try core.cancelStops(of: account, in: market, at: now)
            }
            return envelope { json, _ in json.object { _ in } }
        case .cancelStopByClientID: return try cancelStopsByClientID(account, at: now)
        default:  // open set: the endpoints of other groups
            throw .unspecified
        }
    }

    private mutating func orderReply(_ order: ExchangeOrder, _ place: FrontOrderPlace) -> [UInt8] {
        envelope { json, front in front.orderText.write(order, place, to: &json) }
    }

    // MARK: Placing

    private mutating func placeLimit(
        _ account: AccountID, isImmediate: Bool, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        let request = try limitRequest(account, isImmediate: isImmediate)
        return orderReply(
            try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }, .placement)
    }

    private mutating func placeMarket(
        _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        let request = try marketRequest(account)
        return orderReply(
            try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }, .placement)
    }

    private func limitRequest(
        _ account: AccountID, isImmediate: Bool
    ) throws(FrontRefusal) -> OrderRequest {
        try parameters.checkAccount()
        let market = try requireMarket()
        var request = OrderRequest(
            account: account, market: market, side: try parameters.requireSide(),
            price: try parameters.positive("price", as: Price.self),
            amount: try parameters.positive("amount", as: Amount.self))
        request.duration = isImmediate ? .immediateOrCancel : try Self.duration(parameters.text("option"))
        request.isHidden = try parameters.bool("hide") ?? false
        request.clientID = try parameters.clientID()
        request.sourceID = parameters.sourceID()
        return request
    }

    private static func duration(
        _ option: UnsafeBufferPointer<UInt8>?
    ) throws(FrontRefusal) -> OrderDuration {
        guard let option else { return .goodTillCancelled }
        switch String(decoding: option, as: UTF8.self) {
        case "NORMAL": return .goodTillCancelled
        case "IOC": return .immediateOrCancel
        case "FOK": return .fillOrKill
        case "MAKER_ONLY": return .makerOnly
        default: throw .badParameter("Invalid Parameter, option")
        }
    }

    /// Amounts are in the base asset for a sell and in the quote asset for a buy, unless `asset` says otherwise.
    private func marketRequest(_ account: AccountID) throws(FrontRefusal) -> OrderRequest {
        try parameters.checkAccount()
        let market = try requireMarket()
        let side = try parameters.requireSide()
        var unit: AmountUnit = side == .buy ? .quote : .base
        if let asset = parameters.string("asset") {
            switch asset {
            case names[market].base: unit = .base
            case names[market].quote: unit = .quote
            default: throw .badParameter("Invalid Parameter, asset is not of the market")
            }
        }
        var request = OrderRequest(
            account: account, market: market, side: side, price: nil,
            amount: try parameters.positive("amount", as: Amount.self), unit: unit)
        request.isHidden = try parameters.bool("hide") ?? false
        request.clientID = try parameters.clientID()
        request.sourceID = parameters.sourceID()
        return request
    }

    private mutating func placeStop(_ order: OrderRequest, at now: Instant) throws(FrontRefusal) {
        let request = StopRequest(order, stopPrice: try parameters.positive("stop_price", as: Price.self))
        _ = try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }
    }

    /// Every order of a batch has its own code; the envelope's is 0 whatever becomes of them.
    private mutating func placeBatch(
        _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        let text = UnsafeRawBufferPointer(try parameters.require("batch_orders"))
        let batch = try FrontBatch(text)
        var rows: [FrontBatchRow] = []
        for item in batch.orders {
            do throws(FrontRefusal) {
                let request = try item.request(account, market)
                rows.append(
                    .order(try inCore { core throws(ExchangeRefusal) in try core.place(request, at: now) }))
            } catch {
                rows.append(.refusal(error))
            }
        }
        return batchReply(rows, .placement)
    }

    private mutating func batchReply(
        _ rows: [FrontBatchRow], _ place: FrontOrderPlace, key: StaticString = "data"
    ) -> [UInt8] {
        envelope { json, front in
            json.array { json in
                for row in rows { row.write(place, key, front.orderText, to: &json) }
            }
        }
    }

    // MARK: Changing

    private mutating func modify(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let id = try requireOrder()
        let amount = try parameters.positiveOrNil("amount", as: Amount.self)
        let price = try parameters.positiveOrNil("price", as: Price.self)
        guard amount != nil || price != nil else {
            throw .badParameter("Invalid Parameter, neither amount nor price")
        }
        let order = try inCore { core throws(ExchangeRefusal) in
            try core.modify(id, of: account, in: market, amount: amount, price: price, at: now)
        }
        return orderReply(order, .placement)
    }

    private mutating func modifyStop(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        let market = try requireMarket()
        let id = try requireOrder()
        let amount = try parameters.positiveOrNil("amount", as: Amount.self)
        let price = try parameters.positiveOrNil("price", as: Price.self)
        let stopPrice = try parameters.positiveOrNil("stop_price", as: Price.self)
        guard amount != nil || price != nil || stopPrice != nil else {
            throw .badParameter("Invalid Parameter, nothing to change")
        }
        _ = try inCore { core throws(ExchangeRefusal) in
            try core.modifyStop(
                id, of: account, in: market, amount: amount, price: price, stopPrice: stopPrice, at: now)
        }
        return envelope { json, _ in json.success() }
    }

    func requireOrder(_ name: StaticString = "id") throws(FrontRefusal) -> VenueOrderID {
        guard let number = try parameters.int(name), number > 0 else {
            throw .badParameter("Invalid Parameter, id")
        }
        return VenueOrderID(UInt64(number))
    }

    // MARK: Cancelling

    /// With a number, that order; without one, every order of the market.
    private mutating func cancel(_ account: AccountID, at now: Instant) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        let side = try parameters.side()
        guard parameters.text("id") != nil else {
            _ = try inCore { core throws(ExchangeRefusal) in
                try core.cancelAll(of: account, in: market, side: side, at: now)
            }
            return envelope { json, _ in json.object { _ in } }
        }
        let id = try requireOrder()
        return orderReply(
            try inCore { core throws(ExchangeRefusal) in try core.cancel(id, of: account, in: market, at: now)
            }, .cancel)
    }

    private mutating func cancelBatch(
        _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        var rows: [FrontBatchRow] = []
        for id in try FrontBatch.ids(parameters.require("batch_ids")) {
            do throws(FrontRefusal) {
                rows.append(
                    .order(
                        try inCore { core throws(ExchangeRefusal) in
                            try core.cancel(id, of: account, in: market, at: now)
                        }))
            } catch {
                rows.append(.refusal(error))
            }
        }
        return batchReply(rows, .batchCancel)
    }

    private mutating func cancelByClientID(
        _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        _ = try parameters.require("client_id")
        let clientID = try parameters.clientID()
        let orders = try inCore { core throws(ExchangeRefusal) in
            try core.cancel(clientID: clientID, of: account, in: market, at: now)
        }
        return batchReply(orders.map { .order($0) }, .cancel, key: "order")
    }

    private mutating func cancelStop(
        _ account: AccountID, _ part: String, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        guard let number = UInt64(part) else { throw .badParameter("Invalid Parameter, order_id") }
        _ = try inCore { core throws(ExchangeRefusal) in
            try core.cancelStop(VenueOrderID(number), of: account, in: market, at: now)
        }
        return envelope { json, _ in json.object { _ in } }
    }

    private mutating func cancelStopsByClientID(
        _ account: AccountID, at now: Instant
    ) throws(FrontRefusal) -> [UInt8] {
        try parameters.checkAccount()
        let market = try requireMarket()
        _ = try parameters.require("client_id")
        let clientID = try parameters.clientID()
        let stops = try inCore { core throws(ExchangeRefusal) in
            try core.cancelStops(of: account, in: market, clientID: clientID, at: now)
        }
        return envelope { json, front in
            json.array { json in
                for stop in stops {
                    json.object { json in
                        json.key("code")
                        json.int(0)
                        json.key("order")
                        front.orderText.write(stop, isHistory: false, to: &json)
                        json.key("message")
                        json.string("" as StaticString)
                    }
                }
            }
        }
    }
}

extension JSONWriter {
    mutating func success() {
        object { json in
            json.key("status")
            json.string("success" as StaticString)
        }
    }
}
