import MarketModel
import Quantities
import WireCodecs
import WireValues

/// The markets and their terms: `GET /api/v3/exchangeInfo`.
package struct BinanceExchangeInfo: WireObject {
    package let serverTime: Instant
    package let rateLimits: [BinanceRateLimit]
    package let symbols: [BinanceSymbolInfo]

    package init(_ members: inout WireMembers) throws(WireError) {
        serverTime = try members.time("serverTime")
        rateLimits = try members.part("rateLimits")
        symbols = try members.part("symbols")
    }
}

/// The terms of a market.
package struct BinanceSymbolInfo: WireObject {
    package let name: String
    /// `TRADING` when orders are taken.
    package let status: String
    package let base: String
    package let quote: String
    /// Nil where the venue tells none, as it may for markets that are closed.
    package let tick: Price?
    package let lot: Quantity?
    package let minimumQuantity: Quantity?
    package let minimumNotional: Notional?

    package init(_ members: inout WireMembers) throws(WireError) {
        name = try members.text("symbol")
        status = try members.text("status")
        base = try members.text("baseAsset")
        quote = try members.text("quoteAsset")
        let filters: [BinanceFilter] = try members.partOrNil("filters") ?? []
        tick = filters.lazy.compactMap(\.tick).first
        lot = filters.lazy.compactMap(\.lot).first
        minimumQuantity = filters.lazy.compactMap(\.minimumQuantity).first
        minimumNotional = filters.lazy.compactMap(\.minimumNotional).first
    }

    /// The terms as the session knows them; nil while a step of prices or quantities is missing.
    ///
    /// Without fees, which are the account's.
    package var rules: MarketRules? {
        guard let tick, let lot, tick.isPositive, lot.isPositive else { return nil }
        return MarketRules(
            tick: tick, lot: lot, minimumQuantity: minimumQuantity ?? lot,
            minimumNotional: minimumNotional ?? .zero)
    }
}

/// A rule of a market; those that do not bound price, quantity or value are left out.
package struct BinanceFilter: WireObject {
    package let kind: String
    package let tick: Price?
    package let lot: Quantity?
    package let minimumQuantity: Quantity?
    package let minimumNotional: Notional?

    package init(_ members: inout WireMembers) throws(WireError) {
        kind = try members.textOrNil("filterType") ?? ""
        tick = kind == "PRICE_FILTER" ? try members.price("tickSize") : nil
        lot = kind == "LOT_SIZE" ? try members.quantity("stepSize") : nil
        minimumQuantity = kind == "LOT_SIZE" ? try members.quantity("minQty") : nil
        minimumNotional =
            kind == "NOTIONAL" || kind == "MIN_NOTIONAL" ? try members.notional("minNotional") : nil
    }
}
