import Quantities
import WireCodecs
import WireValues

/// One event of the user data of Binance Spot.
///
/// As of 2026-07: github.com/binance/binance-spot-api-docs, user-data-stream.md
package enum BinanceUserEvent: Sendable {
    case accountPosition(BinanceAccountPosition)
    case balanceUpdate(BinanceBalanceChange)
    case executionReport(BinanceExecutionReport)
    case listStatus(BinanceListStatus)
    case externalLock(BinanceBalanceChange)
    /// Nothing more comes: subscribe again.
    case terminated(at: Instant)
    /// The end of the old way in, by a key.
    case listenKeyExpired(at: Instant)
    case shutdown(BinanceShutdown)
}

extension BinanceUserEvent: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        let name = try members.eventName()
        self =
            switch name {
            case "outboundAccountPosition": .accountPosition(try BinanceAccountPosition(&members))
            case "balanceUpdate": .balanceUpdate(try BinanceBalanceChange(&members))
            case "executionReport": .executionReport(try BinanceExecutionReport(&members))
            case "listStatus": .listStatus(try BinanceListStatus(&members))
            case "externalLockUpdate": .externalLock(try BinanceBalanceChange(&members))
            case "eventStreamTerminated": .terminated(at: try members.time("E"))
            case "listenKeyExpired": .listenKeyExpired(at: try members.quotedTime("E"))
            case "serverShutdown": .shutdown(try BinanceShutdown(&members))
            default:
                throw WireError(
                    .unexpected("'\(name)' is no event of the user data of spot"),
                    offset: members.offset("e"), field: "e")
            }
    }
}

/// Balances that may have changed: `outboundAccountPosition`. Absolute values.
package struct BinanceAccountPosition: WireObject {
    package struct Balance: WireObject {
        package let asset: String
        package let free: Amount
        package let locked: Amount

        package init(_ members: inout WireMembers) throws(WireError) {
            asset = try members.text("a")
            free = try members.amount("f")
            locked = try members.amount("l")
        }
    }

    package let eventTime: Instant
    package let updatedAt: Instant
    package let balances: [Balance]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("outboundAccountPosition")
        eventTime = try members.time("E")
        updatedAt = try members.time("u")
        balances = try members.part("B")
    }
}

/// A deposit, withdrawal or transfer (`balanceUpdate`), or a lock from outside (`externalLockUpdate`).
package struct BinanceBalanceChange: WireObject {
    package let eventTime: Instant
    package let asset: String
    package let change: Amount
    package let clearTime: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        eventTime = try members.time("E")
        asset = try members.text("a")
        change = try members.amount("d")
        clearTime = try members.time("T")
    }
}

/// How far a list of orders is: `listStatus`, besides the reports about each.
package struct BinanceListStatus: WireObject {
    package struct Order: WireObject {
        package let symbol: String
        package let orderID: UInt64
        package let clientID: String

        package init(_ members: inout WireMembers) throws(WireError) {
            symbol = try members.text("s")
            orderID = try members.uint("i")
            clientID = try members.text("c")
        }
    }

    package let eventTime: Instant
    package let symbol: String
    package let listID: Int64
    package let contingency: String
    package let statusType: String
    package let orderStatus: String
    package let rejectReason: String
    package let clientID: String
    package let transactionTime: Instant
    package let orders: [Order]

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("listStatus")
        eventTime = try members.time("E")
        symbol = try members.text("s")
        listID = try members.int("g")
        contingency = try members.text("c")
        statusType = try members.text("l")
        orderStatus = try members.text("L")
        rejectReason = try members.text("r")
        clientID = try members.text("C")
        transactionTime = try members.time("T")
        orders = try members.part("O")
    }
}
