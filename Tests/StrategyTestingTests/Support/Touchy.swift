import MarketModel
import Quantities
import StrategyKit

/// Buys a little below the market, once more after a fill, and cannot stand tickers.
struct Touchy: Strategy {
    static let name = "touchy"

    struct Parameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    let market: MarketID
    private var hasBought = false

    init(_ parameters: Parameters, _ setup: StrategySetup) { market = setup.market.id }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        if !hasBought { desk.place(.limit(.buy, Quantity(1), at: quote.bid - Price(1), in: market)) }
        hasBought = true
    }

    mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        desk.place(.limit(.buy, Quantity(1), at: fill.price - Price(2), in: market))
    }

    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) throws {
        throw StrategyError("no tickers, please")
    }
}
