import Quantities
import WireValues

// The account in the first generation. The venue no longer documents it: meanings of some members are inferred.

/// Balances, Greeks and positions: `ACCOUNT_UPDATE` of the first generation.
package struct BinanceOptionsFirstAccount: WireObject {
    package struct Balance: WireObject {
        package let asset: String
        package let balance: Amount
        package let positionValue: Amount
        package let unrealizedProfit: Amount
        package let maintenanceMargin: Amount
        package let initialMargin: Amount

        package init(_ members: inout WireMembers) throws(WireError) {
            asset = try members.text("a")
            balance = try members.amount("b")
            positionValue = try members.amount("m")
            unrealizedProfit = Amount(try members.notional("u"))
            maintenanceMargin = Amount(try members.notional("M"))
            initialMargin = Amount(try members.notional("i"))
        }
    }

    /// The sensitivities of all positions on one underlying.
    package struct Greeks: WireObject {
        package let pair: String
        package let values: BinanceGreeks

        package init(_ members: inout WireMembers) throws(WireError) {
            pair = try members.text("ui")
            values = try BinanceGreeks(&members)
        }
    }

    package struct Position: WireObject {
        package let symbol: String
        /// Negative when sold.
        package let quantity: Quantity
        /// How much of it may be reduced.
        package let reducible: Quantity
        package let value: Notional
        package let averageEntry: Price

        package init(_ members: inout WireMembers) throws(WireError) {
            symbol = try members.text("s")
            quantity = try members.signedQuantity("c")
            reducible = try members.signedQuantity("r")
            value = try members.notional("p")
            averageEntry = try members.computedPrice("a")
        }
    }

    package let eventTime: Instant
    package let balances: [Balance]
    package let greeks: [Greeks]
    package let positions: [Position]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("ACCOUNT_UPDATE")
        eventTime = try members.time("E")
        balances = try members.part("B")
        greeks = try members.partOrNil("G") ?? []
        positions = try members.partOrNil("P") ?? []
    }
}

/// Orders that changed: `ORDER_TRADE_UPDATE` of the first generation.
package struct BinanceOptionsFirstOrders: WireObject {
    package struct Order: WireObject {
        package let createdAt: Instant
        package let updatedAt: Instant
        package let symbol: String
        package let clientID: String
        package let orderID: Int64
        package let price: Price
        /// Negative for a sale.
        package let quantity: Quantity
        package let isReduceOnly: Bool
        package let isPostOnly: Bool
        package let status: BinanceOptionsOrderStatus
        package let filled: Quantity
        package let filledValue: Notional
        package let fee: Amount
        package let timeInForce: String
        package let type: String
        package let fills: [Fill]

        package init(_ members: inout WireMembers) throws(WireError) {
            createdAt = try members.time("T")
            updatedAt = try members.time("t")
            symbol = try members.text("s")
            clientID = try members.textOrNil("c") ?? ""
            orderID = try members.number("oid")
            price = try members.price("p")
            quantity = try members.signedQuantity("q")
            isReduceOnly = try members.bool("r")
            isPostOnly = try members.bool("po")
            status = try members.word("S")
            filled = try members.signedQuantity("e")
            filledValue = try members.notional("ec")
            fee = try members.amount("f")
            timeInForce = try members.text("tif")
            type = try members.text("oty")
            fills = try members.partOrNil("fi") ?? []
        }
    }

    package struct Fill: WireObject {
        package let id: Int64
        package let price: Price
        package let quantity: Quantity
        package let time: Instant
        package let isMaker: Bool
        package let fee: Amount

        package init(_ members: inout WireMembers) throws(WireError) {
            id = try members.number("t")
            price = try members.price("p")
            quantity = try members.signedQuantity("q")
            time = try members.time("T")
            switch try members.text("m") {
            case "MAKER": isMaker = true
            case "TAKER": isMaker = false
            default: throw WireError(.unknownValue, offset: members.offset("m"), field: "m")
            }
            fee = try members.amount("f")
        }
    }

    package let eventTime: Instant
    package let orders: [Order]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("ORDER_TRADE_UPDATE")
        eventTime = try members.time("E")
        orders = try members.part("o")
    }
}
