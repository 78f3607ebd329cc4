import Quantities

// What is lent, pooled and held for futures: read only. As of 2025-07.

/// What a margin account holds of its two coins.
public struct CoinExV2MarginBalance: CoinExObject {
    /// Of each of the two coins.
    public struct Pair: CoinExObject {
        public let base: Amount?
        public let quote: Amount?

        public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
            base = try members.figureOrNil("base_ccy")
            quote = try members.figureOrNil("quote_ccy")
        }
    }

    public let market: String
    public let base: String
    public let quote: String
    public let available: Pair?
    public let frozen: Pair?
    public let owed: Pair?
    public let interest: Pair?
    public let riskRate: String
    public let liquidationPrice: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.label("margin_account")
        base = try members.text("base_ccy", otherwise: "")
        quote = try members.text("quote_ccy", otherwise: "")
        available = try members.partOrNil("available")
        frozen = try members.partOrNil("frozen")
        owed = try members.partOrNil("repaid")
        interest = try members.partOrNil("interest")
        // The venue has misspelt it.
        riskRate = try members.label(members.has("rik_rate") ? "rik_rate" : "risk_rate")
        liquidationPrice = try members.label("liq_price")
    }
}

/// A loan.
public struct CoinExV2Loan: CoinExObject {
    public let id: UInt64
    public let createdAt: Instant?
    public let market: String
    public let asset: String
    public let dailyRate: FeeRate
    public let expiresAt: Instant?
    public let amount: Amount
    public let owed: Amount?
    public let status: String

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        id = try members.v2Number("borrow_id")
        createdAt = try members.v2TimeOrNil("created_at")
        market = try members.v2Name("market")
        asset = try members.text("ccy")
        dailyRate = try members.figure("daily_interest_rate")
        expiresAt = try members.v2TimeOrNil("expired_at")
        amount = try members.figure("borrow_amount")
        // The venue has spelt it in two ways.
        owed =
            members.has("to_repaied_amount")
            ? try members.figureOrNil("to_repaied_amount") : try members.figureOrNil("to_repaid_amount")
        status = try members.text("status")
    }
}

/// What can be borrowed, and for how much a day.
public struct CoinExV2LoanTerms: CoinExObject {
    public let market: String
    public let asset: String
    public let leverage: String
    public let minimum: Amount
    public let maximum: Amount
    public let dailyRate: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        asset = try members.text("ccy")
        leverage = try members.label("leverage")
        minimum = try members.figure("min_amount")
        maximum = try members.figure("max_amount")
        dailyRate = try members.figure("daily_interest_rate")
    }
}

/// A share of a pool.
public struct CoinExV2PoolShare: CoinExObject {
    public let market: String
    public let baseAmount: Amount
    public let quoteAmount: Amount
    public let share: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.v2Name("market")
        baseAmount = try members.figure("base_ccy_amount")
        quoteAmount = try members.figure("quote_ccy_amount")
        share = try members.figure("liquidity_proportion")
    }
}

/// How a credit stands.
public struct CoinExV2Credit: CoinExObject {
    public let equity: Amount
    public let owed: Amount
    public let riskRate: String
    public let withdrawalRisk: String
    public let withdrawable: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        equity = try members.figure("equity")
        owed = try members.figure("repaid")
        riskRate = try members.label("risk_rate")
        withdrawalRisk = try members.label("withdrawal_risk")
        withdrawable = try members.figureOrNil("withdrawal_value")
    }
}

/// What the futures account holds of a coin.
public struct CoinExV2FuturesBalance: CoinExObject {
    public let asset: String
    public let available: Amount
    public let frozen: Amount
    public let margin: Amount?
    public let unrealized: Amount?
    public let transferable: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("ccy")
        available = try members.figure("available")
        frozen = try members.figure("frozen")
        margin = try members.figureOrNil("margin")
        unrealized = try members.figureOrNil("unrealized_pnl")
        transferable = try members.figureOrNil("transferrable")
    }
}
