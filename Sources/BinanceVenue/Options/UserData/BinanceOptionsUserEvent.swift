import Quantities
import WireCodecs
import WireValues

/// One event about the own account at Binance Options, in either generation.
///
/// The generations share names and differ in members: accounts are told apart by `B`, orders by whether `o` is a list.
/// As of 2026-08: developers.binance.com/docs/derivatives/options-trading/user-data-streams
package enum BinanceOptionsUserEvent: Sendable {
    case accountOfFirst(BinanceOptionsFirstAccount)
    case ordersOfFirst(BinanceOptionsFirstOrders)
    case account(BinanceOptionsAccount)
    case balancePosition(BinanceOptionsBalancePosition)
    case greeks(BinanceOptionsGreekUpdate)
    case order(BinanceOptionsOrderUpdate)
    case riskLevel(BinanceOptionsRiskLevel)
    /// Nothing more comes: ask for a new key.
    case listenKeyExpired(at: Instant)

    static let names = [
        "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", "BALANCE_POSITION_UPDATE", "GREEK_UPDATE",
        "RISK_LEVEL_CHANGE", "listenKeyExpired",
    ]
}

extension BinanceOptionsUserEvent: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        let name = try members.eventName()
        self =
            switch name {
            case "ACCOUNT_UPDATE":
                members.has("B")
                    ? .accountOfFirst(try BinanceOptionsFirstAccount(&members))
                    : .account(try BinanceOptionsAccount(&members))
            case "ORDER_TRADE_UPDATE":
                try members.kind("o") == .array
                    ? .ordersOfFirst(try BinanceOptionsFirstOrders(&members))
                    : .order(try BinanceOptionsOrderUpdate(&members))
            case "BALANCE_POSITION_UPDATE": .balancePosition(try BinanceOptionsBalancePosition(&members))
            case "GREEK_UPDATE": .greeks(try BinanceOptionsGreekUpdate(&members))
            case "RISK_LEVEL_CHANGE": .riskLevel(try BinanceOptionsRiskLevel(&members))
            case "listenKeyExpired": .listenKeyExpired(at: try members.quotedTime("E"))
            default:
                throw WireError(
                    .unexpected("'\(name)' is no event about an account of options"),
                    offset: members.offset("e"), field: "e")
            }
    }
}

/// How near an account is to liquidation: `RISK_LEVEL_CHANGE`, in both generations.
package struct BinanceOptionsRiskLevel: WireObject {
    package let eventTime: Instant
    /// `NORMAL`, `REDUCE_ONLY`, …
    package let level: String
    package let marginBalance: Amount
    package let maintenanceMargin: Amount

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("RISK_LEVEL_CHANGE")
        eventTime = try members.time("E")
        level = try members.text("s")
        marginBalance = try members.amount("mb")
        maintenanceMargin = try members.amount("mm")
    }
}

/// How far an order for options is; another word is an error.
package enum BinanceOptionsOrderStatus: String, WireWord {
    /// First generation.
    case accepted = "ACCEPTED"
    case new = "NEW"
    case partlyFilled = "PARTIALLY_FILLED"
    case filled = "FILLED"
    /// First generation.
    case cancelledOfFirst = "CANCELLED"
    case cancelled = "CANCELED"
    case rejected = "REJECTED"
    case expired = "EXPIRED"
    case expiredInMatch = "EXPIRED_IN_MATCH"
}

/// What happened to an order for options; another word is an error.
package enum BinanceOptionsExecution: String, WireWord {
    case new = "NEW"
    case cancelled = "CANCELED"
    /// A liquidation or settlement by the venue.
    case calculated = "CALCULATED"
    case expired = "EXPIRED"
    case trade = "TRADE"
    case amended = "AMENDMENT"
    case rejected = "REJECTED"
}
