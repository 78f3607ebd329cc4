import Quantities
import WireCodecs

// What the account holds beside spot, and what came in and went out: read only. As of 2025-07. Words that only describe
// (states, ways, chains) are texts here: the venue adds to them.

/// A list whose length may stand beside it, under a name that the venue has misspelt as well.
public struct CoinExV2Records<Row: CoinExDecodable>: CoinExDecodable {
    public let rows: [Row]
    /// Nil where the venue does not tell.
    public let hasNext: Bool?

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        rows = try [Row](reading: &json, as: field)
        hasNext = nil
    }

    public init(answer members: inout CoinExMembers) throws(CoinExDecodeError) {
        rows = try members.part("data")
        let pagination: CoinExV2Pagination? =
            members.has("paginatation")
            ? try members.partOrNil("paginatation") : try members.partOrNil("pagination")
        hasNext = pagination?.hasNext
    }
}

/// What comes in.
public struct CoinExV2Deposit: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant
    public let asset: String
    public let chain: String?
    public let method: String
    public let amount: Amount
    public let actualAmount: Amount?
    public let address: String
    public let transaction: String
    public let confirmations: UInt64
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.v2Number("deposit_id")
        createdAt = try members.v2Time("created_at")
        asset = try members.text("ccy")
        chain = try members.textOrNil("chain")
        method = try members.text("deposit_method", otherwise: "")
        amount = try members.figure("amount")
        actualAmount = try members.figureOrNil("actual_amount")
        address = try members.text("to_address", otherwise: "")
        transaction = try members.text("tx_id", otherwise: "")
        confirmations = try members.v2NumberOrNil("confirmations") ?? 0
        status = try members.text("status")
    }
}

/// What goes out.
public struct CoinExV2Withdrawal: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant
    public let asset: String
    public let chain: String?
    public let method: String
    public let amount: Amount
    public let actualAmount: Amount?
    public let fee: Amount?
    public let feeAsset: String?
    public let address: String
    public let transaction: String
    public let confirmations: UInt64
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.v2Number("withdraw_id")
        createdAt = try members.v2Time("created_at")
        asset = try members.text("ccy")
        chain = try members.textOrNil("chain")
        method = try members.text("withdraw_method", otherwise: "")
        amount = try members.figure("amount")
        actualAmount = try members.figureOrNil("actual_amount")
        fee = try members.figureOrNil("tx_fee")
        feeAsset =
            members.has("fee_asset") ? try members.textOrNil("fee_asset") : try members.textOrNil("fee_ccy")
        address = try members.text("to_address", otherwise: "")
        transaction = try members.text("tx_id", otherwise: "")
        confirmations = try members.v2NumberOrNil("confirmations") ?? 0
        status = try members.text("status")
    }
}

/// Where a coin is sent to.
public struct CoinExV2DepositAddress: CoinExObject {
    public let address: String
    public let memo: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        address = try members.text("address")
        memo = try members.text("memo", otherwise: "")
    }
}

/// Whether a coin can come in and go out, and what that costs on each chain.
public struct CoinExV2TransferTerms: CoinExObject {
    public struct Asset: CoinExObject {
        public let name: String
        public let mayDeposit: Bool
        public let mayWithdraw: Bool

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            name = try members.text("ccy")
            mayDeposit = try members.bool("deposit_enabled", otherwise: false)
            mayWithdraw = try members.bool("withdraw_enabled", otherwise: false)
        }
    }

    public struct Chain: CoinExObject {
        public let name: String
        public let mayDeposit: Bool
        public let mayWithdraw: Bool
        public let minimumDeposit: Amount?
        public let minimumWithdrawal: Amount?
        public let fee: Amount?
        public let confirmations: UInt64?

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            name = try members.text("chain")
            mayDeposit = try members.bool("deposit_enabled", otherwise: false)
            mayWithdraw = try members.bool("withdraw_enabled", otherwise: false)
            minimumDeposit = try members.figureOrNil("min_deposit_amount")
            minimumWithdrawal = try members.figureOrNil("min_withdraw_amount")
            fee = try members.figureOrNil("withdrawal_fee")
            confirmations = try members.v2NumberOrNil("safe_confirmations")
        }
    }

    public let asset: Asset
    public let chains: [Chain]

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.part("asset")
        chains = try members.part("chains")
    }
}

/// A coin that went from one account of ours to another.
public struct CoinExV2Transfer: CoinExObject {
    public let createdAt: Instant
    public let from: String
    public let to: String
    public let asset: String
    public let amount: Amount
    public let marginMarket: String
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        createdAt = try members.v2Time("created_at")
        from = try members.text("from_account_type")
        to = try members.text("to_account_type")
        asset = try members.text("ccy")
        amount = try members.figure("amount")
        marginMarket = try members.text("margin_market", otherwise: "")
        status = try members.text("status")
    }
}
