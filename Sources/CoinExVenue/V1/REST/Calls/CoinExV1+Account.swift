import Quantities

// MARK: - What the account holds and pays

extension CoinExV1 {
    public static let balancesEndpoint = CoinExEndpoint<CoinExTable<CoinExBalance>>(
        .get, "/balance/info", .account)
    /// What the spot account holds, by coin.
    public static func balances() -> CoinExCall<CoinExTable<CoinExBalance>> { CoinExCall(balancesEndpoint) }

    public static let poolBalancesEndpoint = CoinExEndpoint<[CoinExPoolBalance]>(
        .get, "/account/amm/balance", .account)
    /// Shares of pools.
    public static func poolBalances() -> CoinExCall<[CoinExPoolBalance]> {
        CoinExCall(poolBalancesEndpoint)
    }

    public static let investmentBalancesEndpoint = CoinExEndpoint<[CoinExInvestmentBalance]>(
        .get, "/account/investment/balance", .account)
    /// What the investment account holds.
    public static func investmentBalances() -> CoinExCall<[CoinExInvestmentBalance]> {
        CoinExCall(investmentBalancesEndpoint)
    }

    public static let creditEndpoint = CoinExEndpoint<CoinExCredit>(.get, "/credit/info", .account)
    /// The state of the credit account.
    public static func credit() -> CoinExCall<CoinExCredit> { CoinExCall(creditEndpoint) }

    public static let creditBalancesEndpoint = CoinExEndpoint<[CoinExCreditBalance]>(
        .get, "/credit/balance", .account)
    /// What the credit account owes.
    public static func creditBalances() -> CoinExCall<[CoinExCreditBalance]> {
        CoinExCall(creditBalancesEndpoint)
    }

    public static let balanceHistoryEndpoint = CoinExEndpoint<CoinExPage<CoinExBalanceChange>>(
        .get, "/account/balance/history", .account)
    /// Changes of balances; `business` is `trade`, `withdraw`, `deposit` or `maker_cash_back`.
    public static func balanceHistory(
        asset: String? = nil, account: Int64? = nil, business: String? = nil, from: Instant? = nil,
        to: Instant? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExBalanceChange>> {
        CoinExCall(
            balanceHistoryEndpoint,
            [
                "asset": .text(asset), "account_id": .number(account), "business": .text(business),
                "start_time": .seconds(from), "end_time": .seconds(to), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let marketFeeEndpoint = CoinExEndpoint<CoinExFeeRates>(
        .get, "/account/market/fee", .account)
    /// What trades in a market cost.
    public static func marketFee(_ market: CoinExMarketName) -> CoinExCall<CoinExFeeRates> {
        CoinExCall(marketFeeEndpoint, ["market": .text(market.text), "business_type": .text("SPOT")])
    }

    public static let tradeFeesEndpoint = CoinExEndpoint<CoinExAllFeeRates>(
        .get, "/order/user/trade/fee", .account)
    /// What trades cost.
    public static func tradeFees() -> CoinExCall<CoinExAllFeeRates> { CoinExCall(tradeFeesEndpoint) }

    public static let settingsEndpoint = CoinExEndpoint<CoinExDone>(.put, "/account/settings", .account)
    /// Whether fees are paid in CET.
    public static func setFeesInCET(_ isOn: Bool) -> CoinExCall<CoinExDone> {
        CoinExCall(settingsEndpoint, ["cet_discount": .bool(isOn)])
    }
}

// MARK: - Optional parameters

extension CoinExValue? {
    static func text(_ text: String?) -> CoinExValue? { text.map { .text($0) } }
    static func number(_ number: Int64?) -> CoinExValue? { number.map { .number($0) } }
    static func bool(_ bool: Bool?) -> CoinExValue? { bool.map { .bool($0) } }

    /// A time as whole seconds, rounded down.
    static func seconds(_ time: Instant?) -> CoinExValue? {
        time.map { .number($0.nanoseconds / 1_000_000_000) }
    }

    /// A decimal as a string without zeros at its end.
    static func decimal(_ value: (some FixedPoint)?) -> CoinExValue? {
        value.map { .text($0.description) }
    }
}
