import Quantities
import WireValues

// Answers about options by REST.
// As of 2026-08: developers.binance.com/docs/derivatives/options-trading/market-data

/// A whole book: `GET /eapi/v1/depth`; the first generation numbers it `u`.
package struct BinanceOptionsSnapshot: WireObject {
    package let lastUpdate: UInt64
    package let transactionTime: Instant
    package let bids: [BinanceLevel]
    package let asks: [BinanceLevel]

    package init(_ members: inout WireMembers) throws(WireError) {
        lastUpdate = members.has("lastUpdateId") ? try members.uint("lastUpdateId") : try members.uint("u")
        transactionTime = try members.time("T")
        bids = try members.part("bids")
        asks = try members.part("asks")
    }
}

/// The price of an underlying: `GET /eapi/v1/index`.
package struct BinanceOptionsIndex: WireObject {
    package let time: Instant
    package let price: Price

    package init(_ members: inout WireMembers) throws(WireError) {
        time = try members.time("time")
        price = try members.computedPrice("indexPrice")
    }
}

/// `GET /eapi/v1/openInterest`
package struct BinanceOptionsInterest: WireObject {
    package let symbol: String
    package let contracts: Quantity
    package let value: Notional
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        symbol = try members.text("symbol")
        contracts = try members.volume("sumOpenInterest")
        value = try members.notional("sumOpenInterestUsd")
        time = try members.quotedTime("timestamp")
    }
}

/// A trade of the past: `GET /eapi/v1/trades`.
package struct BinanceOptionsPastTrade: WireObject {
    package let id: Int64
    /// Nil in older answers.
    package let tradeID: Int64?
    package let symbol: String
    package let price: Price
    package let quantity: Quantity
    package let quoteQuantity: Notional
    /// True when the taker sold.
    package let takerSold: Bool
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.number("id")
        tradeID = try members.numberOrNil("tradeId")
        symbol = try members.text("symbol")
        price = try members.price("price")
        quantity = try members.signedQuantity("qty").magnitude
        quoteQuantity = try members.notional("quoteQty")
        switch try members.int("side") {
        case 1: takerSold = false
        case -1: takerSold = true
        default: throw WireError(.unknownValue, offset: members.offset("side"), field: "side")
        }
        time = try members.time("time")
    }
}

/// The options and their terms: `GET /eapi/v1/exchangeInfo`.
package struct BinanceOptionsExchangeInfo: WireObject {
    package struct Option: WireObject {
        package let symbol: String
        package let kind: BinanceOptionKind
        package let strike: Price
        package let pair: String
        package let quote: String
        package let expiry: Instant
        /// Units of the underlying in a contract.
        package let unit: Int64
        package let tick: Price?
        package let lot: Quantity?
        package let minimumQuantity: Quantity

        package init(_ members: inout WireMembers) throws(WireError) {
            symbol = try members.text("symbol")
            kind = try members.word("side")
            strike = try members.price("strikePrice")
            pair = try members.text("underlying")
            quote = try members.text("quoteAsset")
            expiry = try members.time("expiryDate")
            unit = try members.int("unit")
            let filters: [Filter] = try members.partOrNil("filters") ?? []
            tick = filters.lazy.compactMap(\.tick).first
            lot = filters.lazy.compactMap(\.lot).first
            minimumQuantity = try members.quantity("minQty")
        }
    }

    /// A rule of an option; newer answers have the steps of both in one.
    package struct Filter: WireObject {
        package let tick: Price?
        package let lot: Quantity?

        package init(_ members: inout WireMembers) throws(WireError) {
            tick = try members.priceOrNil("tickSize")
            lot = try members.quantityOrNil("stepSize")
        }
    }

    package let serverTime: Instant
    package let options: [Option]
    package let rateLimits: [BinanceRateLimit]

    package init(_ members: inout WireMembers) throws(WireError) {
        serverTime = try members.time("serverTime")
        options = try members.part("optionSymbols")
        rateLimits = try members.part("rateLimits")
    }
}
