import MarketModel
import WireValues

/// Which side of the book.
package enum BinanceSide: String, WireWord {
    case buy = "BUY"
    case sell = "SELL"

    package var side: Side {
        switch self {
        case .buy: .buy
        case .sell: .sell
        }
    }
}

/// What happened to an order; another word is an error, because an order's life hangs on it.
package enum BinanceExecution: String, WireWord {
    case new = "NEW"
    case cancelled = "CANCELED"
    case replaced = "REPLACED"
    case rejected = "REJECTED"
    case trade = "TRADE"
    case expired = "EXPIRED"
    /// It met an order of the same account, and was kept from trading with it.
    case tradePrevention = "TRADE_PREVENTION"
}

/// How far an order is; another word is an error.
package enum BinanceOrderStatus: String, WireWord {
    case new = "NEW"
    /// Waits for another order of its list.
    case pending = "PENDING_NEW"
    case partlyFilled = "PARTIALLY_FILLED"
    case filled = "FILLED"
    case cancelled = "CANCELED"
    /// Named by the venue and not used by it.
    case pendingCancel = "PENDING_CANCEL"
    case rejected = "REJECTED"
    case expired = "EXPIRED"
    /// Ended by the prevention of trades with itself.
    case expiredInMatch = "EXPIRED_IN_MATCH"

    package var isFinal: Bool {
        switch self {
        case .new, .pending, .partlyFilled, .pendingCancel: false
        case .filled, .cancelled, .rejected, .expired, .expiredInMatch: true
        }
    }
}

/// How an order finds its price.
package enum BinanceOrderType: String, WireWord {
    case limit = "LIMIT"
    case market = "MARKET"
    case stopLoss = "STOP_LOSS"
    case stopLossLimit = "STOP_LOSS_LIMIT"
    case takeProfit = "TAKE_PROFIT"
    case takeProfitLimit = "TAKE_PROFIT_LIMIT"
    case limitMaker = "LIMIT_MAKER"
}

/// How long an order stands.
package enum BinanceTimeInForce: String, WireWord {
    case goodTillCancelled = "GTC"
    case immediateOrCancel = "IOC"
    case fillOrKill = "FOK"
}

/// Why an order was refused.
package enum BinanceRejectReason: String, WireWord {
    case none = "NONE"
    case insufficientBalances = "INSUFFICIENT_BALANCES"
    case stopWouldTrigger = "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY"
    case wouldMatch = "WOULD_MATCH_IMMEDIATELY"
    case badPricesOfList = "OCO_BAD_PRICES"
}

/// Why an order ended without being cancelled.
package enum BinanceExpiryReason: String, WireWord {
    case rejected = "REJECTED"
    case exchangeCancelled = "EXCHANGE_CANCELED"
    case triggered = "OCO_TRIGGER"
    case firstPhaseExpired = "OTO_PHASE_ONE_EXPIRED"
    case unfilledImmediate = "UNFILLED_IOC_QUANTITY_EXPIRED"
    case unfilledFillOrKill = "UNFILLED_FOK_ORDER_EXPIRED"
    case insufficientLiquidity = "INSUFFICIENT_LIQUIDITY"
    case priceRangeExceeded = "EXECUTION_RULE_PRICE_RANGE_EXCEEDED"
}
