import CoinExVenue
import WireCodecs

/// The endpoints of REST, each by its method and its path below `/v1`; `{}` stands for a part of the path.
enum FrontEndpoint: String, CaseIterable {
    // Public
    case marketList = "GET /market/list"
    case marketInfo = "GET /market/info"
    case marketDetail = "GET /market/detail"
    case depth = "GET /market/depth"
    case marketDeals = "GET /market/deals"
    case kline = "GET /market/kline"
    case ticker = "GET /market/ticker"
    case allTickers = "GET /market/ticker/all"
    case currencyRates = "GET /common/currency/rate"
    case assetConfig = "GET /common/asset/config"
    case maintenance = "GET /common/maintain/info"
    case temporaryMaintenance = "GET /common/temp-maintain/info"
    case ammMarkets = "GET /amm/market"
    case marginMarkets = "GET /margin/market"
    case tradeInfo = "GET /order/market/trade/info"

    // Trading
    case placeLimit = "POST /order/limit"
    case placeMarket = "POST /order/market"
    case placeIOC = "POST /order/ioc"
    case placeBatch = "POST /order/limit/batch"
    case placeStopLimit = "POST /order/stop/limit"
    case placeStopMarket = "POST /order/stop/market"
    case modify = "POST /order/modify"
    case modifyStop = "POST /order/stop/modify"
    case cancel = "DELETE /order/pending"
    case cancelBatch = "DELETE /order/pending/batch"
    case cancelByClientID = "DELETE /order/pending/by_client_id"
    case cancelStop = "DELETE /order/stop/pending/{}"
    case cancelAllStops = "DELETE /order/stop/pending"
    case cancelStopByClientID = "DELETE /order/stop/pending/by_client_id"
    case order = "GET /order/status"
    case orders = "GET /order/status/batch"
    case pendingOrders = "GET /order/pending"
    case finishedOrders = "GET /order/finished"
    case orderDeals = "GET /order/deals"
    case ownDeals = "GET /order/user/deals"
    case pendingStops = "GET /order/stop/pending"
    case firedStops = "GET /order/stop/finished"
    case tradeFees = "GET /order/user/trade/fee"

    // Account
    case balances = "GET /balance/info"
    case oldBalances = "GET /balance/"
    case poolBalances = "GET /account/amm/balance"
    case investmentBalances = "GET /account/investment/balance"
    case credit = "GET /credit/info"
    case creditBalances = "GET /credit/balance"
    case balanceHistory = "GET /account/balance/history"
    case marketFee = "GET /account/market/fee"
    case settings = "PUT /account/settings"

    // Margin, futures and investment, which this exchange does not have
    case marginAccount = "GET /margin/account"
    case marginConfig = "GET /margin/config"
    case marginTransfer = "POST /margin/transfer"
    case contractTransfer = "POST /contract/balance/transfer"
    case borrow = "POST /margin/loan"
    case repay = "POST /margin/flat"
    case loanHistory = "GET /margin/loan/history"
    case marginTransferHistory = "GET /margin/transfer/history"
    case contractTransferHistory = "GET /contract/transfer/history"
    case investmentTransferHistory = "GET /investment/transfer/history"

    // Deposits and withdrawals
    case deposits = "GET /balance/coin/deposit"
    case withdrawals = "GET /balance/coin/withdraw"
    case withdraw = "POST /balance/coin/withdraw"
    case cancelWithdrawal = "DELETE /balance/coin/withdraw"
    case depositAddress = "GET /balance/deposit/address/{}"
    case newDepositAddress = "PUT /balance/deposit/address/{}"

    // Sub accounts
    case subAccounts = "GET /sub_account/list"
    case registerSubAccount = "POST /sub_account/register"
    case freezeSubAccount = "PUT /sub_account/frozen"
    case unfreezeSubAccount = "PUT /sub_account/unfrozen"
    case subBalances = "GET /sub_account/balance"
    case subTransfer = "POST /sub_account/transfer"
    case universalTransfer = "POST /sub_account/universal-transfer"
    case subTransferHistory = "GET /sub_account/transfer/history"
    case subKeys = "GET /sub_account/auth/api"
    case subKey = "GET /sub_account/auth/api/{}"
    case newSubKey = "POST /sub_account/auth/api"
    case changeSubKey = "PUT /sub_account/auth/api/{}"
    case deleteSubKey = "DELETE /sub_account/auth/api/{}"
    case authorize = "POST /sub_account/authorize"
    case authorizations = "GET /sub_account/authorize"
    case endAuthorization = "DELETE /sub_account/authorize/{}"
}

// MARK: - Who may ask, and how often

extension FrontEndpoint {
    /// The rate that it takes from; `market` is not signed.
    var group: CoinExRateGroup {
        switch self {
        case .marketList, .marketInfo, .marketDetail, .depth, .marketDeals, .kline, .ticker, .allTickers,
            .currencyRates, .assetConfig, .maintenance, .temporaryMaintenance, .ammMarkets, .marginMarkets,
            .tradeInfo:
            .market
        case .placeLimit, .placeMarket, .placeIOC, .placeStopLimit, .placeStopMarket, .modify, .modifyStop:
            .place
        case .cancel, .cancelStop: .cancel
        case .placeBatch, .cancelBatch, .cancelByClientID, .cancelAllStops, .cancelStopByClientID: .batch
        case .order, .orders, .pendingOrders, .pendingStops: .query
        case .finishedOrders, .orderDeals, .ownDeals, .firedStops: .history
        case .borrow: .loan
        case .tradeFees, .balances, .oldBalances, .poolBalances, .investmentBalances, .credit,
            .creditBalances, .balanceHistory, .marketFee, .settings, .marginAccount, .marginConfig,
            .marginTransfer, .contractTransfer, .repay, .loanHistory, .marginTransferHistory,
            .contractTransferHistory, .investmentTransferHistory, .deposits, .withdrawals, .withdraw,
            .cancelWithdrawal, .depositAddress, .newDepositAddress, .subAccounts, .registerSubAccount,
            .freezeSubAccount, .unfreezeSubAccount, .subBalances, .subTransfer, .universalTransfer,
            .subTransferHistory, .subKeys, .subKey, .newSubKey, .changeSubKey, .deleteSubKey, .authorize,
            .authorizations, .endAuthorization:
            .account
        }
    }

    var isSigned: Bool { group != .market }

    /// Whether it is for the main account only.
    var isMainOnly: Bool {
        switch self {
        case .subAccounts, .registerSubAccount, .freezeSubAccount, .unfreezeSubAccount, .subBalances,
            .subTransfer, .universalTransfer, .subTransferHistory, .subKeys, .subKey, .newSubKey,
            .changeSubKey, .deleteSubKey, .authorize, .authorizations, .endAuthorization:
            true
        default:  // open set: all that any account may ask
            false
        }
    }

    /// Whether a key that may not trade is refused.
    var isTrading: Bool {
        switch group {
        case .place, .cancel, .batch: true
        case .market, .query, .history, .account, .loan: false
        }
    }

    /// Whether parameters may travel in a body.
    var hasBody: Bool { rawValue.hasPrefix("POST") || rawValue.hasPrefix("PUT") }
}

// MARK: - Finding it

/// Finds the endpoint of a request without making a string.
struct FrontRoutes: ~Copyable {
    enum Answer: Equatable {
        /// The part of the path, where the endpoint has one, begins at this offset of the path.
        case endpoint(FrontEndpoint, partAt: Int?)
        /// The path is known, with another method.
        case otherMethod
        case unknown
    }

    private let index = NameIndex(FrontEndpoint.allCases.map(\.rawValue))
    private var key = WireBuffer(capacity: 128)

    /// Longer paths are none of ours.
    private static let pathMax = 256

    /// - Parameter path: below `/v1`, without a query.
    mutating func find(_ method: UnsafeRawBufferPointer, _ path: UnsafeRawBufferPointer) -> Answer {
        guard path.count <= Self.pathMax, method.count <= 16 else { return .unknown }
        let path = Self.withoutFinalSlash(path)
        if let found = look(method, path) { return found }
        for word: StaticString in ["GET", "POST", "PUT", "DELETE"] {
            let other = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
            if look(other, path) != nil { return .otherMethod }
        }
        return .unknown
    }

    private mutating func look(
        _ method: UnsafeRawBufferPointer, _ path: UnsafeRawBufferPointer
    ) -> Answer? {
        if let endpoint = endpoint(method, path, hasPart: false) { return .endpoint(endpoint, partAt: nil) }
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")), slash + 1 < path.count else { return nil }
        let front = UnsafeRawBufferPointer(rebasing: path[...slash])
        return endpoint(method, front, hasPart: true).map { .endpoint($0, partAt: slash + 1) }
    }

    private mutating func endpoint(
        _ method: UnsafeRawBufferPointer, _ path: UnsafeRawBufferPointer, hasPart: Bool
    ) -> FrontEndpoint? {
        key.removeAll()
        key.append(method)
        key.append(UInt8(ascii: " "))
        key.append(path)
        if hasPart { key.append("{}" as StaticString) }
        return index.number(of: key.bytes.assumingMemoryBound(to: UInt8.self)).map {
            FrontEndpoint.allCases[$0]
        }
    }

    /// `/balance/` is an endpoint of its own; every other path may end with a slash.
    private static func withoutFinalSlash(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard path.count > 1, path[path.count - 1] == UInt8(ascii: "/"),
            !path.elementsEqual("/balance/".utf8)
        else { return path }
        return UnsafeRawBufferPointer(rebasing: path[..<(path.count - 1)])
    }
}
