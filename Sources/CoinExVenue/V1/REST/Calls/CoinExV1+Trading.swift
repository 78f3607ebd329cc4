import MarketModel
import Quantities

// MARK: - Placing and changing orders

extension CoinExV1 {
    /// ``CoinExPlaceOrder`` of kind `limit`: every option, hidden or not.
    public static let placeLimitEndpoint = CoinExEndpoint<CoinExOrder>(.post, "/order/limit", .place)
    /// ``CoinExPlaceOrder`` of kind `immediateOrCancel`.
    public static let placeIOCEndpoint = CoinExEndpoint<CoinExOrder>(.post, "/order/ioc", .place)
    /// ``CoinExPlaceOrder`` of kind `market`.
    public static let placeMarketEndpoint = CoinExEndpoint<CoinExOrder>(.post, "/order/market", .place)
    /// ``CoinExPlaceBatch``: up to 100 limit orders of one market.
    public static let placeBatchEndpoint = CoinExEndpoint<CoinExBatch>(.post, "/order/limit/batch", .batch)
    /// ``CoinExPlaceStop`` of kind `limit`.
    public static let placeStopLimitEndpoint = CoinExEndpoint<CoinExDone>(.post, "/order/stop/limit", .place)
    /// ``CoinExPlaceStop`` of kind `market`.
    public static let placeStopMarketEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/order/stop/market", .place)

    public static let modifyEndpoint = CoinExEndpoint<CoinExOrder>(.post, "/order/modify", .place)
    /// Gives a resting order another amount or price; the reply is an order with another number.
    public static func modify(
        _ order: VenueOrderID, in market: String, amount: Quantity? = nil, price: Price? = nil
    ) -> CoinExCall<CoinExOrder> {
        CoinExCall(
            modifyEndpoint,
            [
                "market": .text(market), "id": .id(order), "amount": .decimal(amount),
                "price": .decimal(price),
            ])
    }

    public static let modifyStopEndpoint = CoinExEndpoint<CoinExDone>(.post, "/order/stop/modify", .place)
    /// Gives a waiting stop order another amount or other prices.
    public static func modifyStop(
        _ order: VenueOrderID, in market: String, amount: Quantity? = nil, price: Price? = nil,
        stopPrice: Price? = nil
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            modifyStopEndpoint,
            [
                "market": .text(market), "id": .id(order), "amount": .decimal(amount),
                "price": .decimal(price), "stop_price": .decimal(stopPrice),
            ])
    }
}

// MARK: - Cancelling

extension CoinExV1 {
    /// ``CoinExCancelOrder`` with a number, ``cancelAll(_:account:)`` without: the venue has one address for both.
    public static let cancelEndpoint = CoinExEndpoint<CoinExOrder>(.delete, "/order/pending", .cancel)

    public static let cancelAllEndpoint = CoinExEndpoint<CoinExDone>(.delete, "/order/pending", .cancel)
    /// Cancels all orders of a market, those of other programs too.
    public static func cancelAll(_ market: String, account: Int64 = 0) -> CoinExCall<CoinExDone> {
        CoinExCall(cancelAllEndpoint, ["market": .text(market), "account_id": .number(account)])
    }

    public static let cancelBatchEndpoint = CoinExEndpoint<CoinExBatch>(
        .delete, "/order/pending/batch", .batch)
    /// Cancels up to 100 orders of one market.
    public static func cancelBatch(
        _ orders: [VenueOrderID], in market: String, account: Int64 = 0
    ) -> CoinExCall<CoinExBatch> {
        CoinExCall(
            cancelBatchEndpoint,
            ["market": .text(market), "batch_ids": .ids(orders), "account_id": .number(account)])
    }

    public static let cancelByClientIDEndpoint = CoinExEndpoint<CoinExBatch>(
        .delete, "/order/pending/by_client_id", .batch)
    /// Cancels all orders of a market that have the client id.
    public static func cancel(
        _ clientID: String, in market: String, account: Int64 = 0
    ) -> CoinExCall<CoinExBatch> {
        precondition(!clientID.isEmpty, "a cancel without a name could cancel anything")
        return CoinExCall(
            cancelByClientIDEndpoint,
            ["market": .text(market), "client_id": .text(clientID), "account_id": .number(account)])
    }

    public static let cancelStopEndpoint = CoinExEndpoint<CoinExDone>(
        .delete, "/order/stop/pending/{order_id}", .cancel)
    /// Cancels a waiting stop order.
    public static func cancelStop(
        _ order: VenueOrderID, in market: String, account: Int64 = 0
    ) -> CoinExCall<CoinExDone> {
        precondition(order != .unknown, "a cancel without a number would cancel all stop orders")
        return CoinExCall(
            cancelStopEndpoint, at: .number(order.raw),
            ["market": .text(market), "account_id": .number(account)])
    }

    public static let cancelAllStopsEndpoint = CoinExEndpoint<CoinExDone>(
        .delete, "/order/stop/pending", .batch)
    /// Cancels all waiting stop orders of a market, those of other programs too.
    public static func cancelAllStops(_ market: String, account: Int64 = 0) -> CoinExCall<CoinExDone> {
        CoinExCall(cancelAllStopsEndpoint, ["market": .text(market), "account_id": .number(account)])
    }

    public static let cancelStopByClientIDEndpoint = CoinExEndpoint<CoinExBatchCodes>(
        .delete, "/order/stop/pending/by_client_id", .batch)
    /// Cancels all waiting stop orders of a market that have the client id.
    public static func cancelStop(
        _ clientID: String, in market: String, account: Int64 = 0
    ) -> CoinExCall<CoinExBatchCodes> {
        precondition(!clientID.isEmpty, "a cancel without a name could cancel anything")
        return CoinExCall(
            cancelStopByClientIDEndpoint,
            ["market": .text(market), "client_id": .text(clientID), "account_id": .number(account)])
    }
}

// MARK: - Asking

extension CoinExV1 {
    public static let orderEndpoint = CoinExEndpoint<CoinExOrder>(.get, "/order/status", .query)
    /// One order; error 600 when the venue has none, such as one that was cancelled without a fill.
    public static func order(_ order: VenueOrderID, in market: String) -> CoinExCall<CoinExOrder> {
        CoinExCall(orderEndpoint, ["market": .text(market), "id": .id(order)])
    }

    public static let ordersEndpoint = CoinExEndpoint<CoinExBatch>(.get, "/order/status/batch", .query)
    /// Several orders of one market.
    public static func orders(_ orders: [VenueOrderID], in market: String) -> CoinExCall<CoinExBatch> {
        CoinExCall(ordersEndpoint, ["market": .text(market), "batch_ids": .ids(orders)])
    }

    public static let pendingOrdersEndpoint = CoinExEndpoint<CoinExPage<CoinExOrder>>(
        .get, "/order/pending", .query)
    /// Resting orders.
    public static func pendingOrders(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil, account: Int64? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExOrder>> {
        CoinExCall(
            pendingOrdersEndpoint,
            [
                "market": .text(market), "type": .text(side?.rawValue), "client_id": .text(clientID),
                "account_id": .number(account), "page": .number(page), "limit": .number(limit),
            ])
    }

    public static let finishedOrdersEndpoint = CoinExEndpoint<CoinExPage<CoinExOrder>>(
        .get, "/order/finished", .history)
    /// Orders that ended with at least one fill.
    public static func finishedOrders(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil,
        stopOrder: VenueOrderID? = nil, account: Int64? = nil, from: Instant? = nil, to: Instant? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExOrder>> {
        CoinExCall(
            finishedOrdersEndpoint,
            [
                "market": .text(market), "type": .text(side?.rawValue), "client_id": .text(clientID),
                "stop_order_id": stopOrder.map { .id($0) } ?? nil, "account_id": .number(account),
                "start_time": .seconds(from), "end_time": .seconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let orderDealsEndpoint = CoinExEndpoint<CoinExPage<CoinExOwnDeal>>(
        .get, "/order/deals", .history)
    /// Deals of one order.
    public static func orderDeals(
        _ order: VenueOrderID, account: Int64? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExOwnDeal>> {
        CoinExCall(
            orderDealsEndpoint,
            [
                "id": .id(order), "account_id": .number(account), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let ownDealsEndpoint = CoinExEndpoint<CoinExPage<CoinExOwnDeal>>(
        .get, "/order/user/deals", .history)
    /// Own deals of all orders.
    public static func ownDeals(
        _ market: String? = nil, _ side: CoinExSide? = nil, account: Int64? = nil, from: Instant? = nil,
        to: Instant? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExOwnDeal>> {
        CoinExCall(
            ownDealsEndpoint,
            [
                "market": .text(market), "type": .text(side?.rawValue), "account_id": .number(account),
                "start_time": .seconds(from), "end_time": .seconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let pendingStopsEndpoint = CoinExEndpoint<CoinExPage<CoinExStop>>(
        .get, "/order/stop/pending", .query)
    /// Stop orders that wait.
    public static func pendingStops(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil, account: Int64? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExStop>> {
        CoinExCall(
            pendingStopsEndpoint,
            [
                "market": .text(market), "type": .text(side?.rawValue), "client_id": .text(clientID),
                "account_id": .number(account), "page": .number(page), "limit": .number(limit),
            ])
    }

    public static let firedStopsEndpoint = CoinExEndpoint<CoinExPage<CoinExFiredStop>>(
        .get, "/order/stop/finished", .history)
    /// Stop orders that have fired; cancelled ones are not kept.
    public static func firedStops(
        _ market: String? = nil, account: Int64? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExFiredStop>> {
        CoinExCall(
            firedStopsEndpoint,
            [
                "market": .text(market), "account_id": .number(account), "page": .number(page),
                "limit": .number(limit),
            ])
    }
}

extension CoinExValue? {
    /// A number of the venue, which must be known.
    static func id(_ order: VenueOrderID) -> CoinExValue? {
        precondition(order != .unknown, "the venue's number is known")
        return .number(Int64(clamping: order.raw))
    }

    /// Up to 100 numbers, with commas between them.
    static func ids(_ orders: [VenueOrderID]) -> CoinExValue? {
        precondition((1...CoinExV1.batchMax).contains(orders.count), "a batch has 1 to 100 orders")
        precondition(!orders.contains(.unknown), "the venue's numbers are known")
        return .text(orders.map { String($0.raw) }.joined(separator: ","))
    }
}

extension CoinExV1 {
    /// The most orders of a batch.
    public static let batchMax = 100
}
