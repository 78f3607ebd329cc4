import MarketModel
import Quantities
import WireValues

/// Something happened to an own order: `executionReport`.
///
/// When an order is cancelled, `clientID` names the cancel and `originalClientID` the order.
/// As of 2026-07: github.com/binance/binance-spot-api-docs, user-data-stream.md
package struct BinanceExecutionReport: WireObject {
    package let eventTime: Instant
    package let symbol: String
    package let clientID: String
    /// Nil unless another id than `clientID` names the order.
    package let originalClientID: String?
    package let orderID: UInt64
    /// Nil for an order that belongs to no list.
    package let listID: UInt64?
    package let side: BinanceSide
    package let type: OpenWord<BinanceOrderType>
    package let timeInForce: OpenWord<BinanceTimeInForce>
    package let quantity: Quantity
    package let price: Price
    package let stopPrice: Price
    package let icebergQuantity: Quantity
    package let quoteQuantity: Notional
    package let execution: BinanceExecution
    package let status: BinanceOrderStatus
    package let rejectReason: OpenWord<BinanceRejectReason>
    package let expiryReason: OpenWord<BinanceExpiryReason>?
    package let executionID: Int64?
    package let isOnBook: Bool
    package let createdAt: Instant
    /// When it came on the book; nil while it is not there.
    package let workingSince: Instant?
    package let transactionTime: Instant
    package let filled: Quantity
    package let filledQuote: Notional
    /// Of this execution, if it is a trade.
    package let deal: Deal?
    package let details: BinanceExecutionDetails

    /// The trade that a report tells of.
    package struct Deal: Sendable {
        package let id: UInt64
        package let price: Price
        package let quantity: Quantity
        package let quoteQuantity: Notional
        package let fee: Amount
        /// Nil when nothing was taken.
        package let feeAsset: String?
        package let isMaker: Bool
    }

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("executionReport")
        eventTime = try members.time("E")
        symbol = try members.text("s")
        clientID = try members.text("c")
        let original = try members.textOrNil("C") ?? ""
        originalClientID = original.isEmpty ? nil : original
        orderID = try members.uint("i")
        let list = try members.intOrNil("g") ?? -1
        listID = list < 0 ? nil : UInt64(list)
        side = try members.word("S")
        type = try members.part("o")
        timeInForce = try members.part("f")
        quantity = try members.quantity("q")
        price = try members.price("p")
        stopPrice = try members.price("P")
        icebergQuantity = try members.quantity("F")
        quoteQuantity = try members.notionalOrNil("Q") ?? .zero
        execution = try members.word("x")
        status = try members.word("X")
        rejectReason = try members.part("r")
        expiryReason = try members.partOrNil("eR")
        executionID = try members.intOrNil("I")
        isOnBook = try members.bool("w")
        createdAt = try members.time("O")
        workingSince = try members.timeOrNil("W")
        transactionTime = try members.time("T")
        filled = try members.quantity("z")
        filledQuote = try members.notional("Z")
        deal = try Deal(&members, execution)
        details = try BinanceExecutionDetails(&members)
    }

    /// What was paid on average; nil before the first fill. Rounded down to a raw unit.
    package var averagePrice: Price? {
        guard filled.isPositive, filledQuote.raw.magnitude < UInt128(1) << 87 else { return nil }
        return Price(raw: filledQuote.raw * Int128(FixedPointScale.unit) / filled.raw)
    }
}

extension BinanceExecutionReport.Deal {
    /// A report of another kind has figures of no trade in these members.
    fileprivate init?(_ members: inout WireMembers, _ execution: BinanceExecution) throws(WireError) {
        let price = try members.price("L")
        let quantity = try members.quantity("l")
        let quote = try members.notional("Y")
        let fee = try members.amountOrNil("n") ?? .zero
        let feeAsset = try members.textOrNil("N")
        let isMaker = try members.bool("m")
        let trade = try members.int("t")
        switch execution {
        case .trade: break
        case .new, .cancelled, .replaced, .rejected, .expired, .tradePrevention: return nil
        }
        // Nothing was traded: the report tells of an end that came without.
        if trade < 0, quantity.isZero { return nil }
        guard trade >= 0 else {
            throw WireError(.contradiction, offset: members.offset("t"), field: "t")
        }
        self.init(
            id: UInt64(trade), price: price, quantity: quantity, quoteQuantity: quote, fee: fee,
            feeAsset: feeAsset, isMaker: isMaker)
    }
}

/// Members of reports that only some orders have.
package struct BinanceExecutionDetails: Sendable {
    package let trailingDelta: Int64?
    package let trailingSince: Instant?
    package let strategyID: Int64?
    package let strategyType: Int64?
    package let selfTradePrevention: String?
    package let preventedMatch: Int64?
    package let preventedQuantity: Quantity?
    package let lastPreventedQuantity: Quantity?
    package let tradeGroup: Int64?
    package let counterOrder: Int64?
    package let counterSymbol: String?
    package let preventedExecutionQuantity: Quantity?
    package let preventedExecutionPrice: Price?
    package let preventedExecutionQuote: Notional?
    package let matchType: String?
    package let allocation: Int64?
    package let workingFloor: String?
    package let usedSmartRouting: Bool?
    package let pegPriceType: String?
    package let pegOffsetType: String?
    package let pegOffset: Int64?
    package let peggedPrice: Price?

    init(_ members: inout WireMembers) throws(WireError) {
        trailingDelta = try members.intOrNil("d")
        trailingSince = try members.timeOrNil("D")
        strategyID = try members.intOrNil("j")
        strategyType = try members.intOrNil("J")
        selfTradePrevention = try members.textOrNil("V")
        preventedMatch = try members.intOrNil("v")
        preventedQuantity = try members.quantityOrNil("A")
        lastPreventedQuantity = try members.quantityOrNil("B")
        tradeGroup = try members.intOrNil("u")
        counterOrder = try members.intOrNil("U")
        counterSymbol = try members.textOrNil("Cs")
        preventedExecutionQuantity = try members.quantityOrNil("pl")
        preventedExecutionPrice = try members.priceOrNil("pL")
        preventedExecutionQuote = try members.notionalOrNil("pY")
        matchType = try members.textOrNil("b")
        allocation = try members.intOrNil("a")
        workingFloor = try members.textOrNil("k")
        usedSmartRouting = try members.boolOrNil("uS")
        pegPriceType = try members.textOrNil("gP")
        pegOffsetType = try members.textOrNil("gOT")
        pegOffset = try members.intOrNil("gOV")
        peggedPrice = try members.priceOrNil("gp")
    }
}
