import Quantities
import WireValues

// The account in the second generation.

/// The account as a whole: `ACCOUNT_UPDATE` of the second generation.
package struct BinanceOptionsAccount: WireObject {
    package let eventTime: Instant
    package let transactionTime: Instant
    package let equity: Amount
    package let adjustedEquity: Amount
    package let balance: Amount
    package let positionValue: Amount
    package let unrealizedProfit: Amount
    package let initialMargin: Amount
    package let maintenanceMargin: Amount

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("ACCOUNT_UPDATE")
        eventTime = try members.time("E")
        transactionTime = try members.time("T")
        equity = Amount(try members.notional("eq"))
        adjustedEquity = Amount(try members.notional("aeq"))
        balance = try members.amount("b")
        positionValue = Amount(try members.notional("m"))
        unrealizedProfit = Amount(try members.notional("u"))
        initialMargin = Amount(try members.notional("i"))
        maintenanceMargin = Amount(try members.notional("M"))
    }
}

/// Balances and positions that changed: `BALANCE_POSITION_UPDATE`.
package struct BinanceOptionsBalancePosition: WireObject {
    package struct Balance: WireObject {
        package let asset: String
        package let balance: Amount
        /// But for profits and fees.
        package let change: Amount

        package init(_ members: inout WireMembers) throws(WireError) {
            asset = try members.text("a")
            balance = try members.amount("b")
            change = try members.amount("bc")
        }
    }

    package struct Position: WireObject {
        package let symbol: String
        /// Negative when sold.
        package let quantity: Quantity
        package let value: Notional
        package let averageEntry: Price

        package init(_ members: inout WireMembers) throws(WireError) {
            symbol = try members.text("s")
            quantity = try members.signedQuantity("c")
            value = try members.notional("p")
            averageEntry = try members.computedPrice("a")
        }
    }

    package let eventTime: Instant
    package let transactionTime: Instant
    /// `ORDER`, `DEPOSIT`, …
    package let reason: String
    package let balances: [Balance]
    package let positions: [Position]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("BALANCE_POSITION_UPDATE")
        eventTime = try members.time("E")
        transactionTime = try members.time("T")
        reason = try members.text("m")
        balances = try members.partOrNil("B") ?? []
        positions = try members.partOrNil("P") ?? []
    }
}

/// Sensitivities of all positions: `GREEK_UPDATE`.
package struct BinanceOptionsGreekUpdate: WireObject {
    package struct Greeks: WireObject {
        package let pair: String
        package let values: BinanceGreeks

        package init(_ members: inout WireMembers) throws(WireError) {
            pair = try members.text("u")
            values = try BinanceGreeks(&members)
        }
    }

    package let eventTime: Instant
    package let transactionTime: Instant
    package let greeks: [Greeks]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("GREEK_UPDATE")
        eventTime = try members.time("E")
        transactionTime = try members.time("T")
        greeks = try members.part("G")
    }
}

/// Something happened to an own order: `ORDER_TRADE_UPDATE` of the second generation.
package struct BinanceOptionsOrderUpdate: WireObject {
    package struct Order: WireObject {
        package let symbol: String
        package let clientID: String
        package let orderID: Int64
        package let side: BinanceSide
        package let type: String
        package let originalType: String?
        package let timeInForce: String
        package let quantity: Quantity
        package let price: Price
        package let averagePrice: Price
        package let execution: BinanceOptionsExecution
        package let status: BinanceOptionsOrderStatus
        package let lastQuantity: Quantity
        package let lastPrice: Price
        package let filled: Quantity
        package let fee: Amount?
        package let feeAsset: String?
        package let time: Instant
        /// 0 when there was no trade.
        package let trade: Int64
        package let isMaker: Bool
        package let isReduceOnly: Bool
        package let realizedProfit: Amount?
        package let selfTradePrevention: String?

        package init(_ members: inout WireMembers) throws(WireError) {
            symbol = try members.text("s")
            clientID = try members.text("c")
            orderID = try members.number("i")
            side = try members.word("S")
            type = try members.text("o")
            originalType = try members.textOrNil("ot")
            timeInForce = try members.text("f")
            quantity = try members.quantity("q")
            price = try members.price("p")
            averagePrice = try members.computedPrice("ap")
            execution = try members.word("x")
            status = try members.word("X")
            lastQuantity = try members.quantity("l")
            lastPrice = try members.price("L")
            filled = try members.quantity("z")
            fee = try members.amountOrNil("n")
            feeAsset = try members.textOrNil("N")
            time = try members.time("T")
            trade = try members.number("t")
            isMaker = try members.bool("m")
            isReduceOnly = try members.bool("R")
            realizedProfit = try members.amountOrNil("rp")
            selfTradePrevention = try members.textOrNil("V")
        }
    }

    package let eventTime: Instant
    package let transactionTime: Instant
    package let order: Order

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("ORDER_TRADE_UPDATE")
        eventTime = try members.time("E")
        transactionTime = try members.time("T")
        order = try members.part("o")
    }
}
