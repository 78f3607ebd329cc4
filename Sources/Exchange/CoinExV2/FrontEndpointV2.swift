import CoinExVenue

/// The endpoints of the second generation, each by its method and its path below `/v2`.
enum FrontEndpointV2: String, CaseIterable {
    // Public
    case ping = "GET /ping"
    case time = "GET /time"
    case maintenance = "GET /maintain/info"
    case markets = "GET /spot/market"
    case tickers = "GET /spot/ticker"
    case depth = "GET /spot/depth"
    case marketDeals = "GET /spot/deals"
    case kline = "GET /spot/kline"
    case index = "GET /spot/index"
    case assets = "GET /assets/info"
    case transferTerms = "GET /assets/deposit-withdraw-config"
    case allTransferTerms = "GET /assets/all-deposit-withdraw-config"

    // Trading
    case place = "POST /spot/order"
    case placeStop = "POST /spot/stop-order"
    case placeBatch = "POST /spot/batch-order"
    case placeStopBatch = "POST /spot/batch-stop-order"
    case modify = "POST /spot/modify-order"
    case modifyStop = "POST /spot/modify-stop-order"
    case cancel = "POST /spot/cancel-order"
    case cancelStop = "POST /spot/cancel-stop-order"
    case cancelBatch = "POST /spot/cancel-batch-order"
    case cancelStopBatch = "POST /spot/cancel-batch-stop-order"
    case cancelAll = "POST /spot/cancel-all-order"
    case cancelByClientID = "POST /spot/cancel-order-by-client-id"
    case cancelStopByClientID = "POST /spot/cancel-stop-order-by-client-id"

    // Queries
    case order = "GET /spot/order-status"
    case orders = "GET /spot/batch-order-status"
    case pendingOrders = "GET /spot/pending-order"
    case finishedOrders = "GET /spot/finished-order"
    case pendingStops = "GET /spot/pending-stop-order"
    case finishedStops = "GET /spot/finished-stop-order"
    case ownDeals = "GET /spot/user-deals"
    case orderDeals = "GET /spot/order-deals"

    // Account
    case balances = "GET /assets/spot/balance"
    case feeRates = "GET /account/trade-fee-rate"
    case settings = "POST /account/settings"
    case cancelWithdrawal = "POST /assets/cancel-withdraw"

    // Lists that have no rows here: there is spot trading and nothing else
    case contracts = "GET /futures/market"
    case contractTickers = "GET /futures/ticker"
    case contractIndexes = "GET /futures/index"
    case fundingRates = "GET /futures/funding-rate"
    case pools = "GET /amm/market"
    case marginBalances = "GET /assets/margin/balance"
    case financialBalances = "GET /assets/financial/balance"
    case futuresBalances = "GET /assets/futures/balance"
    case poolShares = "GET /assets/amm/liquidity"
    case loans = "GET /assets/margin/borrow-history"
    case deposits = "GET /assets/deposit-history"
    case withdrawals = "GET /assets/withdraw"
    case transfers = "GET /assets/transfer-history"
    case positions = "GET /futures/pending-position"
    case finishedPositions = "GET /futures/finished-position"
    case futuresOrders = "GET /futures/pending-order"
    case finishedFuturesOrders = "GET /futures/finished-order"
    case futuresStops = "GET /futures/pending-stop-order"
    case finishedFuturesStops = "GET /futures/finished-stop-order"
    case futuresDeals = "GET /futures/user-deals"

    /// Areas of the venue that this exchange has nothing of: what is asked of them otherwise is refused.
    private static let absentAreas = [
        "/futures/", "/assets/", "/account/", "/amm/", "/refer/", "/copy-trading/",
    ]

    static func isAbsent(_ path: String) -> Bool { absentAreas.contains { path.hasPrefix($0) } }

    /// The rate that it takes from; `market` is not signed.
    var group: CoinExRateGroup {
        switch self {
        case .ping, .time, .maintenance, .markets, .tickers, .depth, .marketDeals, .kline, .index, .assets,
            .transferTerms, .allTransferTerms, .contracts, .contractTickers, .contractIndexes, .fundingRates,
            .pools:
            .market
        case .place, .placeStop, .placeBatch, .placeStopBatch, .modify, .modifyStop: .place
        case .cancel, .cancelStop: .cancel
        case .cancelBatch, .cancelStopBatch, .cancelAll, .cancelByClientID, .cancelStopByClientID: .batch
        case .order, .orders, .pendingOrders, .pendingStops: .query
        case .finishedOrders, .finishedStops, .ownDeals, .orderDeals: .history
        case .balances, .feeRates, .settings, .cancelWithdrawal, .marginBalances, .financialBalances,
            .futuresBalances, .poolShares, .loans, .deposits, .withdrawals, .transfers, .positions,
            .finishedPositions, .futuresOrders, .finishedFuturesOrders, .futuresStops,
            .finishedFuturesStops, .futuresDeals:
            .account
        }
    }

    /// Lists without rows, whole ones and those that come in pages.
    enum EmptyList {
        case whole
        case paged
    }

    /// The list that is all there is to answer; nil for what has an answer of its own.
    var emptyList: EmptyList? {
        switch self {
        case .contracts, .contractTickers, .contractIndexes, .fundingRates, .pools, .marginBalances,
            .financialBalances, .futuresBalances, .poolShares:
            .whole
        case .loans, .deposits, .withdrawals, .transfers, .positions, .finishedPositions, .futuresOrders,
            .finishedFuturesOrders, .futuresStops, .finishedFuturesStops, .futuresDeals:
            .paged
        default: nil  // open set: what there is something to tell of
        }
    }

    /// Whether a key that may not trade is refused.
    var isTrading: Bool {
        switch group {
        case .place, .cancel, .batch: true
        case .market, .query, .history, .account, .loan: false
        }
    }

    /// The member of the body that lists what a request of several consists of; nil for requests of one.
    var list: StaticString? {
        switch self {
        case .placeBatch, .placeStopBatch: "orders"
        case .cancelBatch: "order_ids"
        case .cancelStopBatch: "stop_ids"
        default: nil  // open set: requests of one
        }
    }
}

extension FrontRefusal {
    /// The code of the second generation for what the first calls by another.
    var codeV2: Int {
        switch code {
        case 2, 40, 49, 651: 3639
        case 23: 4007
        case 24, 34: 4005
        case 25: 4006
        case 107: 3109
        case 115: 4115
        case 117: 4117
        case 158: 4158
        case 213: 4213
        case 227: 4010
        case 600, 601: 3600
        case 602: 3127
        case 606: 3606
        case 621: 3621
        case 622: 3622
        case 35: 4001
        case 1 where message.bytes.elementsEqual(Self.noLiquidity.message.bytes): 3620
        default: 4003  // open set: what the first generation has no code of its own for
        }
    }
}
