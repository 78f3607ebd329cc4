import WireCodecs

/// Which event the data of a message seem to hold, of spot and of options: told by how they begin.
///
/// A guess at what the venue writes, to choose a decoder by. What decodes is that event; where it does not, or where
/// nothing is recognised, the message is read as `BinanceMessage` or `BinanceOptionsMessage`, which take every form.
@usableFromInline
package enum BinanceEventKind: Sendable {
    case aggregateTrade
    case trade
    case kline
    case miniTicker
    case ticker
    /// That of an option of the first generation, which has two times.
    case optionTicker
    case rollingTicker
    case bookTicker
    /// That of spot, which begins with its number and does not name itself.
    case spotBookTicker
    case partialDepth
    case depth
    case index
    case markPrice
    /// A mark price of the second generation, which begins with its symbol.
    case valuation
    case newOption
    case openInterest
    case wholeDepth

    /// - Parameter json: stands on an event, or on a list of them.
    @inline(always)
    init?(guessing json: JSONCursor) {
        guard json.begins(with: "{\"e\":\"") else {
            if json.begins(with: "{\"u\":") {
                self = .spotBookTicker
            } else if json.begins(with: "{\"lastUpdateId\":") {
                self = .partialDepth
            } else if json.begins(with: "{\"s\":\"") {
                self = .valuation
            } else {
                return nil
            }
            return
        }
        if json.begins(with: "trade\"", at: 6) {
            self = .trade
        } else if json.begins(with: "aggTrade\"", at: 6) {
            self = .aggregateTrade
        } else if json.begins(with: "depthUpdate\"", at: 6) {
            self = .depth
        } else if json.begins(with: "bookTicker\"", at: 6) {
            self = .bookTicker
        } else if json.begins(with: "kline\"", at: 6) {
            self = .kline
        } else if json.begins(with: "24hrTicker\"", at: 6) {
            // Behind a time of thirteen digits.
            self = json.begins(with: "\"T\":", at: 36) ? .optionTicker : .ticker
        } else if json.begins(with: "24hrMiniTicker\"", at: 6) {
            self = .miniTicker
        } else if json.begins(with: "1hTicker\"", at: 6) || json.begins(with: "4hTicker\"", at: 6)
            || json.begins(with: "1dTicker\"", at: 6)
        {
            self = .rollingTicker
        } else if json.begins(with: "markPrice\"", at: 6) {
            self = .markPrice
        } else if json.begins(with: "index\"", at: 6) || json.begins(with: "indexPrice\"", at: 6) {
            self = .index
        } else if json.begins(with: "openInterest\"", at: 6) {
            self = .openInterest
        } else if json.begins(with: "depth\"", at: 6) {
            self = .wholeDepth
        } else if json.begins(with: "OPTION_PAIR\"", at: 6) || json.begins(with: "optionSymbol\"", at: 6) {
            self = .newOption
        } else {
            return nil
        }
    }
}
