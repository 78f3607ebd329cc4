import Quantities
import WireCodecs

// Replies about margin and transfers. As of 2024-03; docs.coinex.com and the venue's wiki.

/// Two figures of a margin account, of the coin that is sold in its market and of the one that is paid with.
package struct CoinExMarginPair: CoinExObject {
    package let base: Amount
    package let quote: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        base = try members.figure("sell_type")
        quote = try members.figure("buy_type")
    }
}

/// A margin account.
package struct CoinExMarginAccount: CoinExObject {
    package let account: UInt64
    package let leverage: UInt64
    package let market: String
    package let base: String
    package let quote: String
    package let balance: CoinExMarginPair
    package let frozen: CoinExMarginPair
    package let loan: CoinExMarginPair
    package let interest: CoinExMarginPair
    package let transferable: CoinExMarginPair
    /// Empty on the wire while nothing is owed.
    package let warningRate: Amount?
    package let liquidationPrice: Price?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExMarginTerms: CoinExDecodable {
    package struct Coin: CoinExObject {
        package let least: Amount
        package let most: Amount
        /// Per day; some replies have it here, others beside.
        package let dayRate: FeeRate?

        package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            least = try members.figure("min_amount")
            most = try members.figure("max_amount")
            dayRate = try members.figureOrNil("day_rate")
        }
    }

    package let market: String
    package let leverage: UInt64
    package let dayRate: FeeRate?
    package let coins: [CoinExTable<Coin>.Row]

    package init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
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
package struct CoinExMember<Object: CoinExObject>: CoinExDecodable {
    package let object: Object?

    package init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
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
package struct CoinExMarginTermsList: CoinExDecodable {
    package let markets: [CoinExMarginTerms]

    package init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let kind = try json.coinEx(field) { json throws(JSONError) in try json.peek() }
        markets =
            kind == .array
            ? try [CoinExMarginTerms](reading: &json, as: field)
            : [try CoinExMarginTerms(reading: &json, as: field)]
    }
}

/// The number of a new loan.
package struct CoinExLoanID: CoinExObject {
    package let id: UInt64

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.number("loan_id")
    }
}

/// A loan.
package struct CoinExLoan: CoinExObject {
    package enum Status: String, CoinExWord {
        case pass, burst, arrears, finish
    }

    package let id: UInt64
    package let createdAt: Instant
    package let market: String
    package let coin: String
    package let dayRate: FeeRate
    package let amount: Amount
    package let owed: Amount
    package let expiresAt: Instant
    package let isRenewed: Bool
    package let status: CoinExOpen<Status>

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExMarginTransfer: CoinExObject {
    package let id: UInt64
    package let createdAt: Instant
    package let from: UInt64
    package let to: UInt64
    package let asset: String
    package let amount: Amount
    package let balance: Amount
    /// `IN` or `OUT`.
    package let direction: String
    package let status: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExContractTransfer: CoinExObject {
    package let asset: String
    package let amount: Amount
    /// `transfer_in` or `transfer_out`.
    package let direction: String
    package let createdAt: Instant

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        amount = try members.figure("amount")
        asset = try members.text("asset")
        direction = try members.text("transfer_type")
        createdAt = try members.createdAt()
    }
}

/// A transfer of the investment account, or its interest.
package struct CoinExInvestmentTransfer: CoinExObject {
    package let id: UInt64
    package let createdAt: Instant
    package let asset: String
    package let amount: Amount
    /// `IN`, `OUT` or `INTEREST`, in either case of letters.
    package let operation: String
    package let dayRate: FeeRate?
    package let status: String

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
