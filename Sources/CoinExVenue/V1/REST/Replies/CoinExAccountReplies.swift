import Quantities

// Replies about what the account holds and pays. As of 2024-03; docs.coinex.com and the venue's wiki.

/// What an account holds of a coin; coins without any are left out by the venue.
public struct CoinExBalance: CoinExObject {
    public let available: Amount
    public let frozen: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        available = try members.figure("available")
        frozen = try members.figure("frozen")
    }
}

/// The share of a pool.
public struct CoinExPoolBalance: CoinExObject {
    public let market: String
    public let base: String
    public let quote: String
    public let baseAmount: Amount
    public let quoteAmount: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.text("market")
        base = try members.text("base_asset")
        quote = try members.text("quote_asset")
        baseAmount = try members.figure("base_amount")
        quoteAmount = try members.figure("quote_amount")
    }
}

/// What the investment account holds of a coin.
public struct CoinExInvestmentBalance: CoinExObject {
    public let asset: String
    public let available: Amount
    public let frozen: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("asset")
        available = try members.figure("available")
        frozen = try members.figure("frozen")
    }
}

/// The state of a credit account.
public struct CoinExCredit: CoinExObject {
    public let currentRate: Amount
    public let withdrawalRate: Amount?
    public let tradeRate: Amount?
    public let currentBalance: Amount?
    public let owed: Amount?
    public let withdrawable: Amount?
    public let tradable: Amount?

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        withdrawalRate = try members.figureOrNil("withdraw_rate")
        tradeRate = try members.figureOrNil("trade_rate")
        currentBalance = try members.figureOrNil("current_balance")
        owed = try members.figureOrNil("unflat_balance")
        withdrawable = try members.figureOrNil("can_withdraw_balance")
        tradable = try members.figureOrNil("can_trade_balance")
        currentRate = try members.figure("current_rate")
    }
}

/// What a credit account owes of a coin.
public struct CoinExCreditBalance: CoinExObject {
    public let asset: String
    public let owed: Amount
    public let interest: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("asset")
        owed = try members.figure("unflat_amount")
        // The venue's own document spells it without the first e.
        interest =
            if members.has("intrest_amount") {
                try members.figure("intrest_amount")
            } else {
                try members.figure("interest_amount")
            }
    }
}

/// A change of a balance.
public struct CoinExBalanceChange: CoinExObject {
    public let time: Instant
    public let account: UInt64
    public let business: String
    public let businessID: UInt64?
    public let asset: String
    public let change: Amount
    public let balance: Amount

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        time = try members.seconds("time")
        account = try members.number("account")
        business = try members.text("business")
        businessID = try members.numberOrNil("business_id")
        asset = try members.text("asset")
        change = try members.figure("change")
        balance = try members.figure("balance")
    }
}

/// What trades cost; a maker's rate may be negative.
public struct CoinExFeeRates: CoinExObject {
    public let taker: FeeRate
    public let maker: FeeRate

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        taker = try members.exact("taker")
        maker = try members.exact("maker")
    }
}

/// What trades cost, by market or for `ALL`, on spot and on futures.
public struct CoinExAllFeeRates: CoinExObject {
    public let spot: CoinExTable<CoinExFeeRates>
    public let perpetual: CoinExTable<CoinExFeeRates>

    public init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        spot = try members.part("spot")
        perpetual = try members.part("perpetual")
    }
}
