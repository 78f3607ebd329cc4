import MarketModel
import Quantities

/// The unit of a market order's amount.
public enum CoinExUnit: Equatable, Sendable {
    /// The asset that is bought and sold.
    case base(String)
    /// The asset that is paid with: how much is to be spent, or taken in.
    case quote(String)

    public var asset: String {
        switch self {
        case .base(let asset), .quote(let asset): asset
        }
    }
}

/// An order to be placed at once: limit, immediate-or-cancel, or market.
public struct CoinExPlaceOrder: CoinExRequest {
    public enum Kind: Equatable, Sendable {
        case limit(Price, CoinExOption)
        /// By its own endpoint; does what a limit order with that option does.
        case immediateOrCancel(Price)
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
    /// 0 is the spot account.
    public var account: Int64 = 0

    public init(
        _ side: CoinExSide, _ amount: Amount, _ kind: Kind, in market: String,
        clientID: CoinExClientID? = nil, isHidden: Bool = false, account: Int64 = 0
    ) {
        self.market = market
        self.side = side
        self.kind = kind
        self.amount = amount
        self.clientID = clientID
        self.isHidden = isHidden
        self.account = account
    }

    public var endpoint: CoinExEndpoint<CoinExOrder> {
        switch kind {
        case .limit: CoinExV1.placeLimitEndpoint
        case .immediateOrCancel: CoinExV1.placeIOCEndpoint
        case .market: CoinExV1.placeMarketEndpoint
        }
    }

    public func write(to parameters: inout CoinExParameters) {
        parameters.number("account_id", account)
        parameters.decimal("amount", amount)
        switch kind {
        case .market(let unit): parameters.text("asset", unit.asset)
        case .limit, .immediateOrCancel: break
        }
        if let clientID { parameters.text("client_id", clientID) }
        switch kind {
        case .limit(let price, let option):
            if isHidden { parameters.bool("hide", true) }
            parameters.text("market", market)
            parameters.text("option", option.wire)
            parameters.decimal("price", price)
        case .immediateOrCancel(let price):
            parameters.text("market", market)
            parameters.decimal("price", price)
        case .market: parameters.text("market", market)
        }
        parameters.text("type", side.wire)
    }
}

/// A stop order to be placed; the reply has no number of it, so it always has a client id.
public struct CoinExPlaceStop: CoinExRequest {
    public enum Kind: Equatable, Sendable {
        case limit(Price, CoinExOption)
        case market(CoinExUnit)
    }

    public var market: String
    public var side: CoinExSide
    public var kind: Kind
    public var amount: Amount
    public var stopPrice: Price
    public var clientID: CoinExClientID
    public var isHidden = false
    public var account: Int64 = 0

    public init(
        _ side: CoinExSide, _ amount: Amount, _ kind: Kind, when stopPrice: Price, in market: String,
        clientID: CoinExClientID, isHidden: Bool = false, account: Int64 = 0
    ) {
        self.market = market
        self.side = side
        self.kind = kind
        self.amount = amount
        self.stopPrice = stopPrice
        self.clientID = clientID
        self.isHidden = isHidden
        self.account = account
    }

    public var endpoint: CoinExEndpoint<CoinExDone> {
        switch kind {
        case .limit: CoinExV1.placeStopLimitEndpoint
        case .market: CoinExV1.placeStopMarketEndpoint
        }
    }

    public func write(to parameters: inout CoinExParameters) {
        parameters.number("account_id", account)
        parameters.decimal("amount", amount)
        switch kind {
        case .market(let unit): parameters.text("asset", unit.asset)
        case .limit: break
        }
        parameters.text("client_id", clientID)
        if isHidden { parameters.bool("hide", true) }
        parameters.text("market", market)
        switch kind {
        case .limit(let price, let option):
            parameters.text("option", option.wire)
            parameters.decimal("price", price)
        case .market: break
        }
        parameters.decimal("stop_price", stopPrice)
        parameters.text("type", side.wire)
    }
}

/// The cancel of one order by the venue's number.
///
/// Without a number the same endpoint cancels all orders of the market, so there is no request without one but
/// ``CoinExV1/cancelAll(_:account:)``.
public struct CoinExCancelOrder: CoinExRequest {
    public var market: String
    public var order: VenueOrderID
    public var account: Int64 = 0

    public init(_ order: VenueOrderID, in market: String, account: Int64 = 0) {
        precondition(order != .unknown, "a cancel without a number would cancel all orders of the market")
        self.market = market
        self.order = order
        self.account = account
    }

    public var endpoint: CoinExEndpoint<CoinExOrder> { CoinExV1.cancelEndpoint }

    public func write(to parameters: inout CoinExParameters) {
        parameters.number("account_id", account)
        parameters.number("id", Int64(clamping: order.raw))
        parameters.text("market", market)
    }
}
