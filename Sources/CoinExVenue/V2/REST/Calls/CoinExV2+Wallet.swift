// MARK: - What comes in and goes out: read only, and the question whether a key could do more

extension CoinExV2 {
    public static let cancelWithdrawalEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/assets/cancel-withdraw", .account, in: .v2)
    /// Asks to cancel a withdrawal that cannot be. It moves nothing; how it is refused tells whether the key may
    /// withdraw: the venue has no question for that.
    public static func withdrawalProbe() -> CoinExCall<CoinExDone> {
        CoinExCall(cancelWithdrawalEndpoint, ["withdraw_id": .number(CoinExProbe.number)])
    }
}
