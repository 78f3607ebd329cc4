import MarketModel
import Quantities

// MARK: - Placing and changing orders

extension CoinExV2 {
    /// ``CoinExV2PlaceOrder``: of every type.
    public static let placeEndpoint = CoinExEndpoint<CoinExV2Order>(.post, "/spot/order", .place, in: .v2)
    /// ``CoinExV2PlaceStop``.
    public static let placeStopEndpoint = CoinExEndpoint<CoinExV2StopNumber>(
        .post, "/spot/stop-order", .place, in: .v2)
    /// ``CoinExV2PlaceBatch``: charged for every order in it.
    public static let placeBatchEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Order>>(
        .post, "/spot/batch-order", .place, in: .v2)
    /// ``CoinExV2PlaceStopBatch``: charged for every order in it.
    public static let placeStopBatchEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2StopNumber>>(
        .post, "/spot/batch-stop-order", .place, in: .v2)

    public static let modifyEndpoint = CoinExEndpoint<CoinExV2Order>(
        .post, "/spot/modify-order", .place, in: .v2)
    /// Gives a resting order another amount or price; the reply is an order with another number.
    public static func modify(
        _ order: VenueOrderID, in market: String, amount: Quantity? = nil, price: Price? = nil
    ) -> CoinExCall<CoinExV2Order> {
        CoinExCall(
            modifyEndpoint,
            [
                "market": .text(market), "market_type": .text("SPOT"), "order_id": .id(order),
                "amount": .decimal(amount), "price": .decimal(price),
            ])
    }

    public static let modifyStopEndpoint = CoinExEndpoint<CoinExV2StopNumber>(
        .post, "/spot/modify-stop-order", .place, in: .v2)
    /// Gives a waiting stop order another amount or other prices; the reply is another number.
    public static func modifyStop(
        _ order: VenueOrderID, in market: String, amount: Quantity? = nil, price: Price? = nil,
        triggerPrice: Price? = nil
    ) -> CoinExCall<CoinExV2StopNumber> {
        CoinExCall(
            modifyStopEndpoint,
            [
                "market": .text(market), "market_type": .text("SPOT"), "stop_id": .id(order),
                "amount": .decimal(amount), "price": .decimal(price),
                "trigger_price": .decimal(triggerPrice),
            ])
    }
}

// MARK: - Cancelling

extension CoinExV2 {
    public static let cancelEndpoint = CoinExEndpoint<CoinExV2Order>(
        .post, "/spot/cancel-order", .cancel, in: .v2)
    /// Cancels one order.
    public static func cancel(_ order: VenueOrderID, in market: String) -> CoinExCall<CoinExV2Order> {
        CoinExCall(
            cancelEndpoint,
            ["market": .text(market), "market_type": .text("SPOT"), "order_id": .id(order)])
    }

    public static let cancelStopEndpoint = CoinExEndpoint<CoinExV2Stop>(
        .post, "/spot/cancel-stop-order", .cancel, in: .v2)
    /// Cancels a waiting stop order.
    public static func cancelStop(_ order: VenueOrderID, in market: String) -> CoinExCall<CoinExV2Stop> {
        CoinExCall(
            cancelStopEndpoint,
            ["market": .text(market), "market_type": .text("SPOT"), "stop_id": .id(order)])
    }

    public static let cancelBatchEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Order>>(
        .post, "/spot/cancel-batch-order", .batch, in: .v2)
    /// Cancels up to ten orders of one market; charged for every order in it.
    public static func cancelBatch(
        _ orders: [VenueOrderID], in market: String
    ) -> CoinExCall<CoinExV2Batch<CoinExV2Order>> {
        CoinExCall(
            cancelBatchEndpoint, ["market": .text(market), "order_ids": .numbers(orders)],
            charge: orders.count)
    }

    public static let cancelStopBatchEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Stop>>(
        .post, "/spot/cancel-batch-stop-order", .batch, in: .v2)
    /// Cancels up to ten waiting stop orders of one market; charged for every order in it.
    public static func cancelStopBatch(
        _ orders: [VenueOrderID], in market: String
    ) -> CoinExCall<CoinExV2Batch<CoinExV2Stop>> {
        CoinExCall(
            cancelStopBatchEndpoint, ["market": .text(market), "stop_ids": .numbers(orders)],
            charge: orders.count)
    }

    public static let cancelAllEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/spot/cancel-all-order", .batch, in: .v2)
    /// Cancels all orders of a market, those of other programs too.
    public static func cancelAll(
        _ market: String, _ side: CoinExSide? = nil
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            cancelAllEndpoint,
            ["market": .text(market), "market_type": .text("SPOT"), "side": .text(side?.rawValue)])
    }

    public static let cancelByClientIDEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Order>>(
        .post, "/spot/cancel-order-by-client-id", .batch, in: .v2)
    /// Cancels all orders of a market that have the client id.
    public static func cancel(
        named clientID: String, in market: String
    ) -> CoinExCall<CoinExV2Batch<CoinExV2Order>> {
        precondition(!clientID.isEmpty, "a cancel without a name could cancel anything")
        return CoinExCall(
            cancelByClientIDEndpoint,
            ["market": .text(market), "market_type": .text("SPOT"), "client_id": .text(clientID)])
    }

    public static let cancelStopByClientIDEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Stop>>(
        .post, "/spot/cancel-stop-order-by-client-id", .batch, in: .v2)
    /// Cancels all waiting stop orders of a market that have the client id.
    public static func cancelStop(
        named clientID: String, in market: String
    ) -> CoinExCall<CoinExV2Batch<CoinExV2Stop>> {
        precondition(!clientID.isEmpty, "a cancel without a name could cancel anything")
        return CoinExCall(
            cancelStopByClientIDEndpoint,
            ["market": .text(market), "market_type": .text("SPOT"), "client_id": .text(clientID)])
    }
}

extension CoinExV2 {
    /// The most orders of a batch; what the venue takes at most is not known for certain.
    public static let batchMax = 10
}

extension CoinExValue? {
    /// Up to ten numbers, as a list.
    fileprivate static func numbers(_ orders: [VenueOrderID]) -> CoinExValue? {
        precondition((1...CoinExV2.batchMax).contains(orders.count), "a batch has 1 to 10 orders")
        precondition(!orders.contains(.unknown), "the venue's numbers are known")
        return .numbers(orders.map(\.raw))
    }
}
