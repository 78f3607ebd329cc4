import Quantities

// Replies about what comes in and goes out. As of 2024-03; docs.coinex.com and the venue's wiki.

/// A deposit.
public struct CoinExDeposit: CoinExObject {
    public enum Status: String, CoinExWord {
        case processing, confirming, cancel, finish
        case tooSmall = "too_small"
        case toHot = "to_hot"
    }

    public let id: UInt64
    public let createdAt: Instant
    public let coin: String
    public let chain: String?
    public let amount: Amount
    public let actualAmount: Amount
    public let confirmations: UInt64
    public let transaction: String
    public let address: String
    public let status: CoinExOpen<Status>

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("coin_deposit_id")
        createdAt = try members.seconds("create_time")
        amount = try members.figure("amount")
        actualAmount = try members.figure("actual_amount")
        confirmations = try members.number("confirmations")
        transaction = try members.text("tx_id")
        address = try members.text("coin_address")
        coin = try members.text("coin_type")
        chain = try members.textOrNil("smart_contract_name")
        status = try members.part("status")
    }
}

/// A withdrawal.
public struct CoinExWithdrawal: CoinExObject {
    public enum Status: String, CoinExWord {
        case audit, pass, processing, confirming, cancel, finish, fail
        case notPassed = "not_pass"
    }

    public let id: UInt64
    public let createdAt: Instant
    public let coin: String
    public let amount: Amount
    public let actualAmount: Amount
    public let fee: Amount
    public let confirmations: UInt64
    public let transaction: String
    public let address: String
    public let status: CoinExOpen<Status>

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        actualAmount = try members.figure("actual_amount")
        amount = try members.figure("amount")
        address = try members.text("coin_address")
        coin = try members.text("coin_type")
        id = try members.number("coin_withdraw_id")
        confirmations = try members.number("confirmations")
        createdAt = try members.seconds("create_time")
        status = try members.part("status")
        fee = try members.figure("tx_fee")
        transaction = try members.text("tx_id", otherwise: "")
    }
}

/// Where a coin is sent to.
public struct CoinExDepositAddress: CoinExObject {
    public let address: String
    public let isBitcoinCash: Bool

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        address = try members.text("coin_address")
        isBitcoinCash = try members.bool("is_bitcoin_cash", otherwise: false)
    }
}
