import CoinExVenue
import MarketModel
import Quantities
import Signing
import StrategyKit
import TradingCore
import VenueKit

/// The world of the tests: BTCUSDT, fees in USDT or CET, a bot named `test` in its seventh run.
enum Market {
    static let start = Instant(milliseconds: 1_700_000_000_000)
    static let btcusdt = MarketID(0)
    static let naming = CoinExOrderNaming(bot: "test", run: 7)!
    static let earlier = CoinExOrderNaming(bot: "test", run: 6)!

    static let table: MarketTable = {
        var table = MarketTable()
        let rules = MarketRules(
            tick: price("0.01"), lot: quantity("0.0001"), minimumQuantity: quantity("0.001"))
        table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)
        _ = table.asset("CET")
        return table
    }()

    /// An engine as a live session has it, paced as the venue wants.
    static func engine<S: StrategyCallbacks>(
        _ strategy: S, limits: VenueLimits = CoinExExecutor.limits(in: .v1)
    ) -> Engine<S> {
        let desk = Desk(table: table, strategies: 1, seed: 1, staleAfter: .minutes(10), now: start)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: limits, desk)
        return Engine(strategy: strategy, desk: desk, floor: floor)
    }

    static func link(signed: Bool = true) -> CoinExLink {
        let key = CoinExCredentials(accessID: "key", secret: Secret("secret"))
        let settings = CoinExLinkSettings(
            table, naming: naming, credentials: signed ? key : nil, bookLimit: 5)
        return CoinExLink(table, settings, random: SeededRandom(seed: 3))
    }
}

func price(_ text: String) -> Price { try! Price(text) }
func quantity(_ text: String) -> Quantity { try! Quantity(text) }
func amount(_ text: String) -> Amount { try! Amount(text) }

/// A buy that rests.
func buy(_ quantity: Quantity = quantity("1"), at price: Price = price("100")) -> OrderTicket {
    .limit(.buy, quantity, at: price, in: Market.btcusdt)
}
