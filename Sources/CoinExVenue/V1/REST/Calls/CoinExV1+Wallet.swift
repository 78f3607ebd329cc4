import Quantities

// MARK: - What comes in and goes out

extension CoinExV1 {
    public static let depositsEndpoint = CoinExEndpoint<CoinExPage<CoinExDeposit>>(
        .get, "/balance/coin/deposit", .account)
    /// Deposits.
    public static func deposits(
        _ coin: String? = nil, transaction: String? = nil, status: CoinExDeposit.Status? = nil,
        page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExDeposit>> {
        CoinExCall(
            depositsEndpoint,
            [
                "coin_type": .text(coin), "tx_id": .text(transaction), "status": .text(status?.rawValue),
                "page": .number(page), "limit": .number(limit),
            ])
    }

    public static let depositAddressEndpoint = CoinExEndpoint<CoinExDepositAddress>(
        .get, "/balance/deposit/address/{coin_type}", .account)
    /// Where a coin is to be sent, on one of its chains.
    public static func depositAddress(
        _ coin: String, chain: String? = nil
    ) -> CoinExCall<CoinExDepositAddress> {
        CoinExCall(depositAddressEndpoint, at: .text(coin), ["smart_contract_name": .text(chain)])
    }

    public static let newDepositAddressEndpoint = CoinExEndpoint<CoinExDepositAddress>(
        .put, "/balance/deposit/address/{coin_type}", .account)
    /// Asks for a new address.
    public static func newDepositAddress(
        _ coin: String, chain: String? = nil
    ) -> CoinExCall<CoinExDepositAddress> {
        CoinExCall(newDepositAddressEndpoint, at: .text(coin), ["smart_contract_name": .text(chain)])
    }

    public static let withdrawalsEndpoint = CoinExEndpoint<CoinExPageOrList<CoinExWithdrawal>>(
        .get, "/balance/coin/withdraw", .account)
    /// Withdrawals.
    public static func withdrawals(
        _ coin: String? = nil, id: Int64? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPageOrList<CoinExWithdrawal>> {
        CoinExCall(
            withdrawalsEndpoint,
            [
                "coin_type": .text(coin), "coin_withdraw_id": .number(id), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let withdrawEndpoint = CoinExEndpoint<CoinExWithdrawal>(
        .post, "/balance/coin/withdraw", .account)
    /// Sends money out of the account: `amount` arrives, the fee comes on top.
    ///
    /// - Parameter address: with `:memo` behind it where the coin wants one.
    public static func withdraw(
        _ amount: Amount, of coin: String, to address: String, chain: String? = nil, isLocal: Bool = false,
        _: WithdrawalPermission
    ) -> CoinExCall<CoinExWithdrawal> {
        CoinExCall(
            withdrawEndpoint,
            [
                "coin_type": .text(coin), "coin_address": .text(address),
                "smart_contract_name": .text(chain), "transfer_method": .text(isLocal ? "local" : "onchain"),
                "actual_amount": .decimal(amount),
            ])
    }

    public static let cancelWithdrawalEndpoint = CoinExEndpoint<CoinExDone>(
        .delete, "/balance/coin/withdraw", .account)
    /// Cancels a withdrawal that is not under way yet.
    public static func cancelWithdrawal(_ id: Int64, _: WithdrawalPermission) -> CoinExCall<CoinExDone> {
        CoinExCall(cancelWithdrawalEndpoint, ["coin_withdraw_id": .number(id)])
    }

    /// Asks to cancel a withdrawal that cannot be. It moves nothing; how it is refused tells whether the key may
    /// withdraw: the venue has no question for that.
    public static func withdrawalProbe() -> CoinExCall<CoinExDone> {
        CoinExCall(cancelWithdrawalEndpoint, ["coin_withdraw_id": .number(CoinExProbe.number)])
    }
}
