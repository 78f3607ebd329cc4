import MarketModel
import Quantities

/// A market of the session, as the configuration describes it.
package struct MarketSettings: Equatable, Sendable {
    /// The venue's name, such as `BTCUSDT`.
    package var name: String
    /// What is bought and sold.
    package var base: String
    /// What it is paid in.
    package var quote: String
    package var rules: MarketRules
    /// Where the synthetic market begins; nil is where all of the session do.
    package var startPrice: Price?
    /// Where its data come from; nil is the venue that is traded at. At a source nothing can be traded but on paper.
    package var source: SourceVenue?
    /// What its synthetic market follows; nil for moves of its own.
    package var follows: FollowSettings?
    /// What its source calls it.
    package var symbol: String

    package init(name: String, base: String, quote: String, rules: MarketRules, startPrice: Price? = nil) {
        self.name = name
        self.base = base
        self.quote = quote
        self.rules = rules
        self.startPrice = startPrice
        symbol = name
    }
}

/// Money that the session starts with on paper.
package struct PaperBalance: Equatable, Sendable {
    package var asset: String
    package var amount: Amount

    /// What a session has of each quote asset when the configuration names no balances.
    package static var defaultAmount: Amount { Amount(100_000) }

    package init(asset: String, amount: Amount) {
        self.asset = asset
        self.amount = amount
    }
}

extension MarketSettings {
    var effectiveLines: [String] {
        [
            "name: \(EffectiveText.scalar(name))", "base: \(EffectiveText.scalar(base))",
            "quote: \(EffectiveText.scalar(quote))", "tick: \(rules.tick)", "lot: \(rules.lot)",
            "minimum: \(rules.minimumQuantity)", "minimum_notional: \(rules.minimumNotional)",
            "maker_fee: \(rules.makerFee)", "taker_fee: \(rules.takerFee)",
        ] + (startPrice.map { ["start_price: \($0)"] } ?? [])
            + (source.map { ["venue: \($0.rawValue)", "symbol: \(EffectiveText.scalar(symbol))"] } ?? [])
            + (follows.map { EffectiveText.section("follows", $0.effectiveLines) } ?? [])
    }
}
