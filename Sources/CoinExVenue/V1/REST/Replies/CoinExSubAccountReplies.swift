import Quantities
import Signing
import WireCodecs

// Replies about sub-accounts and their keys. As of 2024-03; docs.coinex.com and the venue's wiki.

/// A sub-account.
package struct CoinExSubAccount: CoinExObject {
    package let name: String
    package let permissions: [String]
    package let isFrozen: Bool
    package let isManaged: Bool
    package let balanceInDollars: Amount?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        name = try members.text("user_name")
        permissions = try members.part("permissions")
        isFrozen = try members.bool("frozen")
        isManaged = try members.bool("managed", otherwise: false)
        balanceInDollars = try members.figureOrNil("balance_usd")
    }
}

/// A transfer from or to a sub-account; the main account has an empty name.
package struct CoinExSubTransfer: CoinExObject {
    package let time: Instant
    package let from: String
    package let to: String
    package let coin: String
    package let amount: Amount
    package let status: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        time = try members.seconds("time")
        from = try members.text("transfer_from", otherwise: "")
        to = try members.text("transfer_to", otherwise: "")
        coin = try members.text("coin_type")
        amount = try members.figure("amount")
        status = try members.text("status")
    }
}

/// A key of a sub-account.
package struct CoinExSubKey: CoinExObject {
    package let id: UInt64
    package let createdAt: Instant
    package let remark: String
    package let accessID: String
    package let allowedAddresses: [String]
    package let mayTrade: Bool
    package let mayWithdraw: Bool
    package let isExpiring: Bool
    /// Nil: never.
    package let expiresAt: Instant?
    /// Not in lists.
    package let secret: Secret?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExSubAccess: CoinExObject {
    package let id: UInt64
    package let subAccount: String
    package let email: String
    package let remark: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("id")
        subAccount = try members.text("sub_user_name")
        email = try members.text("email")
        remark = try members.text("remark", otherwise: "")
    }
}
