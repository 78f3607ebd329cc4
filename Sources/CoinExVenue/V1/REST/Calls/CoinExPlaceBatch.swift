import Quantities
import WireCodecs

/// Up to 100 limit orders of one market in one request.
///
/// The orders travel as a text that holds a JSON array; that text is what is signed.
public struct CoinExPlaceBatch: CoinExRequest {
    public var market: String
    public var account: Int64
    private let orders: String

    /// - Precondition: 1 to 100 limit orders of this market.
    public init(_ orders: [CoinExPlaceOrder], in market: String, account: Int64 = 0) {
        precondition((1...CoinExV1.batchMax).contains(orders.count), "a batch has 1 to 100 orders")
        self.market = market
        self.account = account
        var json = JSONWriter(capacity: 200 * orders.count)
        json.array { json in
            for order in orders {
                precondition(order.market == market, "a batch is of one market")
                Self.write(order, &json)
            }
        }
        self.orders = json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    public var endpoint: CoinExEndpoint<CoinExBatch> { CoinExV1.placeBatchEndpoint }

    public func write(to parameters: inout CoinExParameters) {
        parameters.number("account_id", account)
        parameters.text("batch_orders", orders)
        parameters.text("market", market)
    }

    private static func write(_ order: CoinExPlaceOrder, _ json: inout JSONWriter) {
        guard case .limit(let price, let option) = order.kind else {
            preconditionFailure("a batch has limit orders only")
        }
        json.object { json in
            json.key("type")
            json.string(order.side.wire)
            json.key("amount")
            json.string(order.amount.description)
            json.key("price")
            json.string(price.description)
            if let clientID = order.clientID {
                json.key("client_id")
                clientID.withBytes { json.string($0) }
            }
            if order.isHidden {
                json.key("hide")
                json.bool(true)
            }
            json.key("option")
            json.string(option.wire)
        }
    }
}
