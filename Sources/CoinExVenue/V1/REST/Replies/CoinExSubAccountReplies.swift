import Quantities
import Signing
import WireCodecs

// Replies about sub-accounts and their keys. As of 2024-03; docs.coinex.com and the venue's wiki.

/// A sub-account.
public struct CoinExSubAccount: CoinExObject {
    public let name: String
    public let permissions: [String]
    public let isFrozen: Bool
    public let isManaged: Bool
    public let balanceInDollars: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        name = try members.text("user_name")
        permissions = try members.part("permissions")
        isFrozen = try members.bool("frozen")
        isManaged = try members.bool("managed", otherwise: false)
        balanceInDollars = try members.figureOrNil("balance_usd")
    }
}

/// A transfer from or to a sub-account; the main account has an empty name.
public struct CoinExSubTransfer: CoinExObject {
    public let time: Instant
    public let from: String
    public let to: String
    public let coin: String
    public let amount: Amount
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        time = try members.seconds("time")
        from = try members.text("transfer_from", otherwise: "")
        to = try members.text("transfer_to", otherwise: "")
        coin = try members.text("coin_type")
        amount = try members.figure("amount")
        status = try members.text("status")
    }
}

/// A key of a sub-account.
public struct CoinExSubKey: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant
    public let remark: String
    public let accessID: String
    public let allowedAddresses: [String]
    public let mayTrade: Bool
    public let mayWithdraw: Bool
    public let isExpiring: Bool
    /// Nil: never.
    public let expiresAt: Instant?
    /// Not in lists.
    public let secret: Secret?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("user_auth_id")
        createdAt = try members.seconds("create_time")
        remark = try members.text("remark", otherwise: "")
        accessID = try members.text("access_id")
        allowedAddresses = try members.part("allowed_ips")
        mayWithdraw = try members.bool("allow_withdraw")
        mayTrade = try members.bool("allow_trade")
        isExpiring = try members.bool("is_expires")
        expiresAt = try members.secondsOrNil("expired_time")
        secret = try members.textOrNil("secret_key").map { Secret($0) }
    }
}

/// Somebody who may use a sub-account.
public struct CoinExSubAccess: CoinExObject {
    public let id: UInt64
    public let subAccount: String
    public let email: String
    public let remark: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("id")
        subAccount = try members.text("sub_user_name")
        email = try members.text("email")
        remark = try members.text("remark", otherwise: "")
    }
}
