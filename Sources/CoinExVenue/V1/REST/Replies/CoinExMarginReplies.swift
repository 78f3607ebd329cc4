import Quantities
import WireCodecs

// Replies about margin and transfers. As of 2024-03; docs.coinex.com and the venue's wiki.

/// Two figures of a margin account, of the coin that is sold in its market and of the one that is paid with.
public struct CoinExMarginPair: CoinExObject {
    public let base: Amount
    public let quote: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        base = try members.figure("sell_type")
        quote = try members.figure("buy_type")
    }
}

/// A margin account.
public struct CoinExMarginAccount: CoinExObject {
    public let account: UInt64
    public let leverage: UInt64
    public let market: String
    public let base: String
    public let quote: String
    public let balance: CoinExMarginPair
    public let frozen: CoinExMarginPair
    public let loan: CoinExMarginPair
    public let interest: CoinExMarginPair
    public let transferable: CoinExMarginPair
    /// Empty on the wire while nothing is owed.
    public let warningRate: Amount?
    public let liquidationPrice: Price?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        account = try members.number("account_id")
        leverage = try members.number("leverage")
        market = try members.text("market_type")
        base = try members.text("sell_asset_type")
        quote = try members.text("buy_asset_type")
        balance = try members.part("balance")
        frozen = try members.part("frozen")
        loan = try members.part("loan")
        interest = try members.part("interest")
        transferable = try members.part("can_transfer")
        warningRate = try members.figureOrNil("warn_rate")
        liquidationPrice = try members.figureOrNil("liquidation_price")
    }
}

/// What may be borrowed in a market; two members have the names of its coins.
public struct CoinExMarginTerms: CoinExDecodable {
    public struct Coin: CoinExObject {
        public let least: Amount
        public let most: Amount
        /// Per day; some replies have it here, others beside.
        public let dayRate: FeeRate?

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            least = try members.figure("min_amount")
            most = try members.figure("max_amount")
            dayRate = try members.figureOrNil("day_rate")
        }
    }

    public let market: String
    public let leverage: UInt64
    public let dayRate: FeeRate?
    public let coins: [CoinExTable<Coin>.Row]

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let start = json.mark
        var members = try CoinExMembers(&json)
        market = try members.text("market")
        leverage = try members.number("leverage")
        dayRate = try members.figureOrNil("day_rate")
        let end = json.mark
        json.rewind(to: start)
        coins = try CoinExTable<CoinExMember<Coin>>(reading: &json, as: field).rows.compactMap { row in
            row.value.object.map { CoinExTable<Coin>.Row(name: row.name, value: $0) }
        }
        json.rewind(to: end)
    }
}

/// A member that is looked at only if it is an object.
public struct CoinExMember<Object: CoinExObject>: CoinExDecodable {
    public let object: Object?

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        if kind == .object {
            object = try Object(reading: &json, as: field)
        } else {
            object = nil
            try json.coinEx(field) { json throws(JSONError) in try json.skip() }
        }
    }
}

/// The terms of one market or of several.
public struct CoinExMarginTermsList: CoinExDecodable {
    public let markets: [CoinExMarginTerms]

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        markets =
            kind == .array
            ? try [CoinExMarginTerms](reading: &json, as: field)
            : [try CoinExMarginTerms(reading: &json, as: field)]
    }
}

/// The number of a new loan.
public struct CoinExLoanID: CoinExObject {
    public let id: UInt64

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("loan_id")
    }
}

/// A loan.
public struct CoinExLoan: CoinExObject {
    public enum Status: String, CoinExWord {
        case pass, burst, arrears, finish
    }

    public let id: UInt64
    public let createdAt: Instant
    public let market: String
    public let coin: String
    public let dayRate: FeeRate
    public let amount: Amount
    public let owed: Amount
    public let expiresAt: Instant
    public let isRenewed: Bool
    public let status: CoinExOpen<Status>

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("loan_id")
        createdAt = try members.seconds("create_time")
        market = try members.text("market_type")
        coin = try members.text("coin_type")
        dayRate = try members.figure("day_rate")
        amount = try members.figure("loan_amount")
        owed = try members.figure("unflat_amount")
        expiresAt = try members.seconds("expire_time")
        isRenewed = try members.bool("is_renew")
        status = try members.part("status")
    }
}

/// A transfer between the spot account and one with margin.
public struct CoinExMarginTransfer: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant
    public let from: UInt64
    public let to: UInt64
    public let asset: String
    public let amount: Amount
    public let balance: Amount
    /// `IN` or `OUT`.
    public let direction: String
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("id")
        from = try members.number("from_account_id")
        to = try members.number("to_account_id")
        asset = try members.text("asset")
        amount = try members.figure("amount")
        balance = try members.figure("balance")
        direction = try members.text("transfer_type")
        status = try members.text("status")
        createdAt = try members.createdAt()
    }
}

/// A transfer between the spot account and the one for futures.
public struct CoinExContractTransfer: CoinExObject {
    public let asset: String
    public let amount: Amount
    /// `transfer_in` or `transfer_out`.
    public let direction: String
    public let createdAt: Instant

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        amount = try members.figure("amount")
        asset = try members.text("asset")
        direction = try members.text("transfer_type")
        createdAt = try members.createdAt()
    }
}

/// A transfer of the investment account, or its interest.
public struct CoinExInvestmentTransfer: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant
    public let asset: String
    public let amount: Amount
    /// `IN`, `OUT` or `INTEREST`, in either case of letters.
    public let operation: String
    public let dayRate: FeeRate?
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("id")
        createdAt = try members.createdAt()
        asset = try members.text("asset")
        amount = try members.figure("amount")
        operation =
            if members.has("opt_type") { try members.text("opt_type") } else { try members.text("op_type") }
        dayRate = try members.figureOrNil("day_rate")
        status = try members.text("status")
    }
}

extension CoinExMembers {
    /// The venue's documents have both spellings.
    fileprivate mutating func createdAt() throws(CoinExDecodeError) -> Instant {
        if has("create_at") { return try seconds("create_at") }
        return try seconds("created_at")
    }
}
