import MarketModel
import Quantities

// MARK: - Asking about orders and deals

extension CoinExV2 {
    public static let orderEndpoint = CoinExEndpoint<CoinExV2Order>(
        .get, "/spot/order-status", .query, in: .v2)
    /// One order; error 3600 when the venue has none.
    public static func order(_ order: VenueOrderID, in market: String) -> CoinExCall<CoinExV2Order> {
        CoinExCall(orderEndpoint, ["market": .text(market), "order_id": .id(order)])
    }

    public static let ordersEndpoint = CoinExEndpoint<CoinExV2Batch<CoinExV2Order>>(
        .get, "/spot/batch-order-status", .query, in: .v2)
    /// Several orders of one market.
    public static func orders(
        _ orders: [VenueOrderID], in market: String
    ) -> CoinExCall<CoinExV2Batch<CoinExV2Order>> {
        CoinExCall(
            ordersEndpoint, ["market": .text(market), "order_ids": .ids(orders)], charge: orders.count)
    }

    public static let pendingOrdersEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2Order>>(
        .get, "/spot/pending-order", .query, in: .v2)
    /// Resting orders; of all markets without one.
    public static func pendingOrders(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil, page: Int64 = 1,
        limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2Order>> {
        CoinExCall(pendingOrdersEndpoint, list(market, side, clientID, page, limit))
    }

    public static let finishedOrdersEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2Order>>(
        .get, "/spot/finished-order", .history, in: .v2)
    /// Orders that have ended.
    public static func finishedOrders(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil, page: Int64 = 1,
        limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2Order>> {
        CoinExCall(finishedOrdersEndpoint, list(market, side, clientID, page, limit))
    }

    public static let pendingStopsEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2Stop>>(
        .get, "/spot/pending-stop-order", .query, in: .v2)
    /// Stop orders that wait; of all markets without one.
    public static func pendingStops(
        _ market: String? = nil, _ side: CoinExSide? = nil, clientID: String? = nil, page: Int64 = 1,
        limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2Stop>> {
        CoinExCall(pendingStopsEndpoint, list(market, side, clientID, page, limit))
    }

    public static let finishedStopsEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2Stop>>(
        .get, "/spot/finished-stop-order", .history, in: .v2)
    /// Stop orders that wait no more.
    public static func finishedStops(
        _ market: String? = nil, _ side: CoinExSide? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2Stop>> {
        CoinExCall(finishedStopsEndpoint, list(market, side, nil, page, limit))
    }

    public static let ownDealsEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2OwnDeal>>(
        .get, "/spot/user-deals", .history, in: .v2)
    /// Own deals of one market.
    public static func ownDeals(
        _ market: String, _ side: CoinExSide? = nil, from: Instant? = nil, to: Instant? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2OwnDeal>> {
        CoinExCall(
            ownDealsEndpoint,
            [
                "market": .text(market), "market_type": .text("SPOT"), "side": .text(side?.rawValue),
                "start_time": .milliseconds(from), "end_time": .milliseconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let orderDealsEndpoint = CoinExEndpoint<CoinExV2Page<CoinExV2OwnDeal>>(
        .get, "/spot/order-deals", .history, in: .v2)
    /// Deals of one order.
    public static func orderDeals(
        _ order: VenueOrderID, in market: String, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExV2Page<CoinExV2OwnDeal>> {
        CoinExCall(
            orderDealsEndpoint,
            [
                "market": .text(market), "market_type": .text("SPOT"), "order_id": .id(order),
                "page": .number(page), "limit": .number(limit),
            ])
    }

    private static func list(
        _ market: String?, _ side: CoinExSide?, _ clientID: String?, _ page: Int64, _ limit: Int64
    ) -> KeyValuePairs<StaticString, CoinExValue?> {
        [
            "market": .text(market), "market_type": .text("SPOT"), "side": .text(side?.rawValue),
            "client_id": .text(clientID), "page": .number(page), "limit": .number(limit),
        ]
    }
}
