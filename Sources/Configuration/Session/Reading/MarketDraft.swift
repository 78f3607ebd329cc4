import MarketModel
import Quantities

/// A market as far as it could be read, with the places that later rules need.
struct MarketDraft {
    static let quantities = DecimalBounds<Quantity>.between("0.000000000001", "1000000000")
    /// Beyond these a fee is a typing error: a rebate of 1 %, a fee of 10 %.
    static let fees = DecimalBounds<FeeRate>.between("-0.01", "0.1")
    /// CoinEx's usual fee on both sides.
    static let feeDefault = FeeRate(raw: 2_000_000_000)

    let name: Placed<String>?
    let quote: Placed<String>?
    let tick: Placed<Price>?
    /// Where its synthetic market begins; nil is where all of the session do.
    let startPrice: Placed<Price>?
    /// Where its data come from; nil is the venue that is traded at.
    let source: SourceVenue?
    /// What its synthetic market follows.
    let follows: FollowDraft?
    /// Nil when anything that is required is missing or wrong.
    let settings: MarketSettings?

    init(_ section: Section) {
        name = section.required("name", .placed(.marketName))
        let base = section.required("base", .assetName)
        quote = section.required("quote", .placed(.assetName))
        tick = section.required("tick", .placed(.price(SyntheticSettings.prices)))
        let lot = section.required("lot", .quantity(Self.quantities))
        let minimum = section.optional("minimum", .quantity(Self.quantities))
        let minimumNotional = section.value("minimum_notional", .notional(.zeroOrMore), default: .zero)
        startPrice = section.optional("start_price", .placed(.price(SyntheticSettings.prices)))
        source = section.optional("venue", Self.venue) ?? nil
        follows = section.optional("follows", .section { FollowDraft($0) })
        let symbol = section.optional("symbol", .placed(.marketName))
        if let symbol, source == nil { symbol.refuse("needs a 'venue' that calls the market so") }
        let makerFee = section.value("maker_fee", .feeRate(Self.fees), default: Self.feeDefault)
        let takerFee = section.value("taker_fee", .feeRate(Self.fees), default: Self.feeDefault)

        if let base, let quote, base == quote.value {
            quote.refuse("is '\(base)' as 'base' is: a market trades one asset for another")
        }
        if let lot, let minimum, !minimum.isMultiple(of: lot) {
            section.refuse("minimum", "is \(minimum), not a multiple of 'lot' (\(lot))")
        }
        if (makerFee + takerFee).isNegative {
            section.warn("maker_fee", "is a rebate above the taker fee: trading with oneself would pay")
        }
        guard let name, let base, let quote, let tick, let lot else {
            settings = nil
            return
        }
        let rules = MarketRules(
            tick: tick.value, lot: lot, minimumQuantity: minimum ?? lot, minimumNotional: minimumNotional,
            makerFee: makerFee, takerFee: takerFee)
        var settings = MarketSettings(
            name: name.value, base: base, quote: quote.value, rules: rules, startPrice: startPrice?.value)
        settings.source = source
        settings.follows = follows?.settings
        if let source {
            settings.symbol = symbol?.value ?? Self.symbol(of: name.value, at: source)
        }
        self.settings = settings
    }

    /// The venue that is traded at, or one that brings data.
    private static var venue: Format<SourceVenue?> {
        .choice(
            among: VenueName.allCases.map { ($0.rawValue, nil) }
                + SourceVenue.allCases.map { ($0.rawValue, $0) })
    }

    /// `binance:BTCUSDT` is `BTCUSDT` there.
    private static func symbol(of name: String, at venue: SourceVenue) -> String {
        let prefix = venue.rawValue + ":"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
}
