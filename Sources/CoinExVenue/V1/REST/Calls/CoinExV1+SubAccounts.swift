import Quantities

// MARK: - Sub-accounts: for keys of the main account only

extension CoinExV1 {
    public static let subAccountsEndpoint = CoinExEndpoint<CoinExPage<CoinExSubAccount>>(
        .get, "/sub_account/list", .account)
    /// Sub-accounts.
    public static func subAccounts(
        _ name: String? = nil, isFrozen: Bool? = nil, page: Int64 = 1, limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExSubAccount>> {
        CoinExCall(
            subAccountsEndpoint,
            [
                "sub_user_name": .text(name), "frozen": .bool(isFrozen), "page": .number(page),
                "limit": .number(limit),
            ])
    }

    public static let registerSubAccountEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/sub_account/register", .account)
    /// Makes a sub-account; `permissions` of `PERPETUAL`, `MARGIN`, `AMM`, `API`, nil for all.
    public static func registerSubAccount(
        _ name: String, permissions: [String]? = nil
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            registerSubAccountEndpoint,
            ["sub_user_name": .text(name), "permissions": permissions.map { .texts($0) }])
    }

    public static let freezeSubAccountEndpoint = CoinExEndpoint<CoinExDone>(
        .put, "/sub_account/frozen", .account)
    /// Freezes a sub-account.
    public static func freezeSubAccount(_ name: String) -> CoinExCall<CoinExDone> {
        CoinExCall(freezeSubAccountEndpoint, ["sub_user_name": .text(name)])
    }

    public static let unfreezeSubAccountEndpoint = CoinExEndpoint<CoinExDone>(
        .put, "/sub_account/unfrozen", .account)
    /// Makes a frozen sub-account usable again.
    public static func unfreezeSubAccount(_ name: String) -> CoinExCall<CoinExDone> {
        CoinExCall(unfreezeSubAccountEndpoint, ["sub_user_name": .text(name)])
    }

    public static let subBalancesEndpoint = CoinExEndpoint<CoinExTable<CoinExTable<CoinExBalance>>>(
        .get, "/sub_account/balance", .account)
    /// What sub-accounts hold, by name and coin.
    public static func subBalances(
        _ name: String? = nil, coin: String? = nil
    ) -> CoinExCall<CoinExTable<CoinExTable<CoinExBalance>>> {
        CoinExCall(subBalancesEndpoint, ["sub_user_name": .text(name), "coin_type": .text(coin)])
    }

    public static let subTransferEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/sub_account/transfer", .account)
    /// Moves a coin between the main account and one below it; `in` is to the main account.
    public static func subTransfer(
        _ amount: Amount, of coin: String, _ side: TransferSide, account: String
    ) -> CoinExCall<CoinExDone> {
        CoinExCall(
            subTransferEndpoint,
            [
                "transfer_account": .text(account), "transfer_side": .text(side.rawValue),
                "coin_type": .text(coin), "amount": .decimal(amount),
            ])
    }

    public static let universalTransferEndpoint = CoinExEndpoint<CoinExDone>(
        .post, "/sub_account/universal-transfer", .account)
    /// Moves a coin between any two accounts, `SPOT` or `PERPETUAL`; nil is the main account.
    public static func universalTransfer(
        _ amount: Amount, of asset: String, from: String?, _ fromType: String = "SPOT", to: String?,
        _ toType: String = "SPOT"
    ) -> CoinExCall<CoinExDone> {
        precondition(from != nil || to != nil, "one of the two is a sub-account")
        return CoinExCall(
            universalTransferEndpoint,
            [
                "from_user_name": .text(from), "to_user_name": .text(to),
                "from_account_type": .text(fromType),
                "to_account_type": .text(toType), "asset": .text(asset), "amount": .decimal(amount),
            ])
    }

    public static let subTransferHistoryEndpoint = CoinExEndpoint<CoinExPage<CoinExSubTransfer>>(
        .get, "/sub_account/transfer/history", .account)
    /// Transfers from and to sub-accounts, at most 500 per page.
    public static func subTransferHistory(
        _ name: String? = nil, coin: String? = nil, from: Instant? = nil, to: Instant? = nil, page: Int64 = 1,
        limit: Int64 = 100
    ) -> CoinExCall<CoinExPage<CoinExSubTransfer>> {
        CoinExCall(
            subTransferHistoryEndpoint,
            [
                "sub_user_name": .text(name), "coin_type": .text(coin), "start_time": .seconds(from),
                "end_time": .seconds(to), "page": .number(page), "limit": .number(limit),
            ])
    }
}

// MARK: - Keys of sub-accounts, and others who may use them: with leave only

extension CoinExV1 {
    public static let subKeysEndpoint = CoinExEndpoint<CoinExPage<CoinExSubKey>>(
        .get, "/sub_account/auth/api", .account)
    /// Keys of a sub-account, without their secrets.
    public static func subKeys(
        _ name: String, page: Int64 = 1, limit: Int64 = 100, _: KeyPermission
    ) -> CoinExCall<CoinExPage<CoinExSubKey>> {
        CoinExCall(
            subKeysEndpoint,
            ["sub_user_name": .text(name), "page": .number(page), "limit": .number(limit)])
    }

    public static let subKeyEndpoint = CoinExEndpoint<CoinExSubKey>(
        .get, "/sub_account/auth/api/{user_auth_id}", .account)
    /// A key with its secret.
    public static func subKey(_ id: UInt64, _: KeyPermission) -> CoinExCall<CoinExSubKey> {
        CoinExCall(subKeyEndpoint, at: .number(id))
    }

    public static let newSubKeyEndpoint = CoinExEndpoint<CoinExSubKey>(
        .post, "/sub_account/auth/api", .account)
    /// Makes a key for a sub-account, usable from up to 50 addresses.
    public static func newSubKey(
        _ name: String, mayTrade: Bool, from addresses: [String], remark: String? = nil, _: KeyPermission
    ) -> CoinExCall<CoinExSubKey> {
        CoinExCall(
            newSubKeyEndpoint,
            [
                "sub_user_name": .text(name), "allow_trade": .bool(mayTrade),
                "allowed_ips": .texts(addresses),
                "remark": .text(remark),
            ])
    }

    public static let changeSubKeyEndpoint = CoinExEndpoint<CoinExSubKey>(
        .put, "/sub_account/auth/api/{user_auth_id}", .account)
    /// Changes what a key may do, and from where.
    public static func changeSubKey(
        _ id: UInt64, of name: String, mayTrade: Bool, from addresses: [String], remark: String? = nil,
        _: KeyPermission
    ) -> CoinExCall<CoinExSubKey> {
        CoinExCall(
            changeSubKeyEndpoint, at: .number(id),
            [
                "sub_user_name": .text(name), "allow_trade": .bool(mayTrade),
                "allowed_ips": .texts(addresses),
                "remark": .text(remark),
            ])
    }

    public static let deleteSubKeyEndpoint = CoinExEndpoint<CoinExDone>(
        .delete, "/sub_account/auth/api/{user_auth_id}", .account)
    /// Deletes a key.
    public static func deleteSubKey(_ id: UInt64, _: KeyPermission) -> CoinExCall<CoinExDone> {
        CoinExCall(deleteSubKeyEndpoint, at: .number(id))
    }

    public static let authorizeEndpoint = CoinExEndpoint<CoinExSubAccess>(
        .post, "/sub_account/authorize", .account)
    /// Lets somebody else use a sub-account; `remark` has at most 50 characters.
    public static func authorize(
        _ email: String, for name: String, remark: String? = nil, _: KeyPermission
    ) -> CoinExCall<CoinExSubAccess> {
        CoinExCall(
            authorizeEndpoint,
            ["sub_user_name": .text(name), "email": .text(email), "remark": .text(remark)])
    }

    public static let authorizationsEndpoint = CoinExEndpoint<CoinExPage<CoinExSubAccess>>(
        .get, "/sub_account/authorize", .account)
    /// Who else may use a sub-account.
    public static func authorizations(
        _ name: String, page: Int64 = 1, limit: Int64 = 100, _: KeyPermission
    ) -> CoinExCall<CoinExPage<CoinExSubAccess>> {
        CoinExCall(
            authorizationsEndpoint,
            ["sub_user_name": .text(name), "page": .number(page), "limit": .number(limit)])
    }

    public static let endAuthorizationEndpoint = CoinExEndpoint<CoinExDone>(
        .delete, "/sub_account/authorize/{id}", .account)
    /// Takes that leave back.
    public static func endAuthorization(_ id: UInt64, _: KeyPermission) -> CoinExCall<CoinExDone> {
        CoinExCall(endAuthorizationEndpoint, at: .number(id))
    }
}
