// MARK: - What the account holds and pays

extension CoinExV2 {
    public static let balancesEndpoint = CoinExEndpoint<[CoinExV2Balance]>(
        .get, "/assets/spot/balance", .account, in: .v2)
    /// What the spot account holds, by coin.
    public static func balances() -> CoinExCall<[CoinExV2Balance]> { CoinExCall(balancesEndpoint) }

    public static let feeRatesEndpoint = CoinExEndpoint<CoinExV2FeeRates>(
        .get, "/account/trade-fee-rate", .account, in: .v2)
    /// What trades in a market cost.
    public static func feeRates(_ market: CoinExMarketName) -> CoinExCall<CoinExV2FeeRates> {
        CoinExCall(feeRatesEndpoint, ["market_type": .text("SPOT"), "market": .text(market.text)])
    }

    public static let settingsEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/account/settings", .account, in: .v2)
    /// Whether fees are paid in CET.
    public static func setFeesInCET(_ isOn: Bool) -> CoinExCall<CoinExDone> {
        CoinExCall(settingsEndpoint, ["cet_discount_enabled": .bool(isOn)])
    }
}
