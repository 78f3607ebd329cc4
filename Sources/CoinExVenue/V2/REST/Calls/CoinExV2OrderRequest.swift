import MarketModel
import Quantities

/// What an order does on entry: one endpoint has them all.
public enum CoinExV2OrderType: String, CoinExWord {
    case limit
    case market
    case makerOnly = "maker_only"
    case immediateOrCancel = "ioc"
    case fillOrKill = "fok"

    /// Whether the order never rests.
    public var isImmediate: Bool {
        switch self {
        case .market, .immediateOrCancel, .fillOrKill: true
        case .limit, .makerOnly: false
        }
    }

    var wire: StaticString {
        switch self {
        case .limit: "limit"
        case .market: "market"
        case .makerOnly: "maker_only"
        case .immediateOrCancel: "ioc"
        case .fillOrKill: "fok"
        }
    }
}

/// What happens when two orders of one account would trade with each other.
public enum CoinExV2SelfTrade: String, CoinExWord {
    case cancelTaker = "ct"
    case cancelMaker = "cm"
    case cancelBoth = "both"
}

/// What an order asks for: the part that orders, stop orders and batches have in common.
public struct CoinExV2OrderTerms: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// Of any type but `market`.
        case limit(Price, CoinExV2OrderType)
        case market(CoinExUnit)
    }

    public var market: String
    public var side: CoinExSide
    public var kind: Kind
    /// In the base asset, but for market orders in units of the quote asset.
    public var amount: Amount
    public var clientID: CoinExClientID?
    /// Left out of the public book.
    public var isHidden = false
    public var selfTrade: CoinExV2SelfTrade?

    public init(
        _ side: CoinExSide, _ amount: Amount, _ kind: Kind, in market: String,
        clientID: CoinExClientID? = nil, isHidden: Bool = false, selfTrade: CoinExV2SelfTrade? = nil
    ) {
        if case .limit(_, .market) = kind { preconditionFailure("a market order has no price") }
        self.market = market
        self.side = side
        self.kind = kind
        self.amount = amount
        self.clientID = clientID
        self.isHidden = isHidden
        self.selfTrade = selfTrade
    }

    func write(to parameters: inout CoinExParameters) {
        parameters.text("market", market)
        parameters.text("market_type", "SPOT" as StaticString)
        parameters.text("side", side.wire)
        switch kind {
        case .limit(let price, let type):
            parameters.text("type", type.wire)
            parameters.decimal("amount", amount)
            parameters.decimal("price", price)
        case .market(let unit):
            parameters.text("type", CoinExV2OrderType.market.wire)
            parameters.decimal("amount", amount)
            parameters.text("ccy", unit.asset)
        }
        if let clientID { parameters.text("client_id", clientID) }
        if isHidden { parameters.bool("is_hide", true) }
        if let selfTrade { parameters.text("stp_mode", selfTrade.rawValue) }
    }
}

/// An order to be placed at once.
public struct CoinExV2PlaceOrder: CoinExRequest {
    public var terms: CoinExV2OrderTerms

    public init(_ terms: CoinExV2OrderTerms) { self.terms = terms }

    public var endpoint: CoinExEndpoint<CoinExV2Order> { CoinExV2.placeEndpoint }

    public func write(to parameters: inout CoinExParameters) { terms.write(to: &parameters) }
}

/// A stop order: what is placed, and the price of the last trade that places it.
public struct CoinExV2PlaceStop: CoinExRequest {
    public var terms: CoinExV2OrderTerms
    public var triggerPrice: Price

    public init(_ terms: CoinExV2OrderTerms, when triggerPrice: Price) {
        self.terms = terms
        self.triggerPrice = triggerPrice
    }

    public var endpoint: CoinExEndpoint<CoinExV2StopNumber> { CoinExV2.placeStopEndpoint }

    public func write(to parameters: inout CoinExParameters) {
        terms.write(to: &parameters)
        parameters.decimal("trigger_price", triggerPrice)
    }
}

/// Up to ten orders in one request, each with a result of its own.
public struct CoinExV2PlaceBatch: CoinExRequest {
    private let orders: [CoinExV2OrderTerms]

    /// - Precondition: 1 to 10 orders.
    public init(_ orders: [CoinExV2OrderTerms]) {
        precondition((1...CoinExV2.batchMax).contains(orders.count), "a batch has 1 to 10 orders")
        self.orders = orders
    }

    public var endpoint: CoinExEndpoint<CoinExV2Batch<CoinExV2Order>> { CoinExV2.placeBatchEndpoint }
    public var charge: Int { orders.count }

    public func write(to parameters: inout CoinExParameters) {
        parameters.objects("orders", orders) { $0.write(to: &$1) }
    }
}

/// Up to ten stop orders in one request, each with a result of its own.
public struct CoinExV2PlaceStopBatch: CoinExRequest {
    private let orders: [CoinExV2PlaceStop]

    /// - Precondition: 1 to 10 orders.
    public init(_ orders: [CoinExV2PlaceStop]) {
        precondition((1...CoinExV2.batchMax).contains(orders.count), "a batch has 1 to 10 orders")
        self.orders = orders
    }

    public var endpoint: CoinExEndpoint<CoinExV2Batch<CoinExV2StopNumber>> {
        CoinExV2.placeStopBatchEndpoint
    }
    public var charge: Int { orders.count }

    public func write(to parameters: inout CoinExParameters) {
        parameters.objects("orders", orders) { $0.write(to: &$1) }
    }
}
