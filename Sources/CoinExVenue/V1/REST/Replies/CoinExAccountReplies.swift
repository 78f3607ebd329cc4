import Quantities

// Replies about what the account holds and pays. As of 2024-03; docs.coinex.com and the venue's wiki.

/// What an account holds of a coin; coins without any are left out by the venue.
package struct CoinExBalance: CoinExObject {
    package let available: Amount
    package let frozen: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        available = try members.figure("available")
        frozen = try members.figure("frozen")
    }
}

/// The share of a pool.
package struct CoinExPoolBalance: CoinExObject {
    package let market: String
    package let base: String
    package let quote: String
    package let baseAmount: Amount
    package let quoteAmount: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        market = try members.text("market")
        base = try members.text("base_asset")
        quote = try members.text("quote_asset")
        baseAmount = try members.figure("base_amount")
        quoteAmount = try members.figure("quote_amount")
    }
}

/// What the investment account holds of a coin.
package struct CoinExInvestmentBalance: CoinExObject {
    package let asset: String
    package let available: Amount
    package let frozen: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        asset = try members.text("asset")
        available = try members.figure("available")
        frozen = try members.figure("frozen")
    }
}

/// The state of a credit account.
package struct CoinExCredit: CoinExObject {
    package let currentRate: Amount
    package let withdrawalRate: Amount?
    package let tradeRate: Amount?
    package let currentBalance: Amount?
    package let owed: Amount?
    package let withdrawable: Amount?
    package let tradable: Amount?

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExCreditBalance: CoinExObject {
    package let asset: String
    package let owed: Amount
    package let interest: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExBalanceChange: CoinExObject {
    package let time: Instant
    package let account: UInt64
    package let business: String
    package let businessID: UInt64?
    package let asset: String
    package let change: Amount
    package let balance: Amount

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
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
package struct CoinExFeeRates: CoinExObject {
    package let taker: FeeRate
    package let maker: FeeRate

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        taker = try members.exact("taker")
        maker = try members.exact("maker")
    }
}

/// What trades cost, by market or for `ALL`, on spot and on futures.
package struct CoinExAllFeeRates: CoinExObject {
    package let spot: CoinExTable<CoinExFeeRates>
    package let perpetual: CoinExTable<CoinExFeeRates>

    package init(_ members: inout CoinExMembers) throws(CoinExDecodeError) {
        spot = try members.part("spot")
        perpetual = try members.part("perpetual")
    }
}
