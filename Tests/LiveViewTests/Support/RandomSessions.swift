import MarketModel
import Quantities
import StrategyKit
import TradingCore

@testable import LiveView
@testable import Runtime

/// Snapshots of all shapes, drawn from a seed.
struct RandomSessions {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func size() -> ScreenSize {
        if chance(20) { return ScreenSize(columns: below(64), rows: below(20)) }
        return ScreenSize(columns: 60 + below(180), rows: 16 + below(50))
    }

    private mutating func raw() -> Int128 {
        let magnitude = Int128(random.next() >> UInt64(below(64))) * Int128(1 + below(1_000_000))
        return chance(30) ? -magnitude : magnitude
    }

    private mutating func word() -> String {
        let letters: [Unicode.Scalar] = [
            "a", "Z", "0", "-", " ", "é", "Ω", "日", "\u{1B}", "\u{7}", "\u{301}", "🐤",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<below(30) { text.append(letters[below(letters.count)]) }
        return String(text)
    }

    mutating func session() -> SessionSnapshot {
        let markets = 1 + below(5)
        var session = Samples.portfolio(strategies: 1 + below(12), markets: markets)
        session.title.markets = (0..<markets).map { _ in word() }
        session.title.currency = word()
        session.progress.speed = chance(50) ? Double(1 + below(1_000)) : nil
        session.progress.end = chance(50) ? session.progress.end : nil
        session.progress.now = chance(5) ? .distantPast : Samples.start + .seconds(Int64(below(100_000)))
        session.progress.isPaused = chance(20)
        session.progress.events = below(1_000_000_000)
        session.book = book(markets)
        for index in session.strategies.indices {
            session.strategies[index].label = word()
            session.strategies[index].drawdown = Notional(raw: raw().magnitude > 0 ? abs(raw()) : 0)
            session.strategies[index].step = LadderStep.allCases[below(LadderStep.allCases.count)]
            session.strategies[index].unknownOrders = below(3)
            if chance(20) { session.strategies[index].status = .failed(word()) }
        }
        for index in session.standings.indices {
            session.standings[index].profit = Notional(raw: raw())
            session.standings[index].position = Quantity(raw: raw())
            session.standings[index].averagePrice = chance(50) ? Price(raw: raw()) : nil
        }
        session.messages = (0..<below(20)).map { _ in
            .init(at: Samples.start, urgency: chance(50) ? .alarm : .note, text: word() + " " + word())
        }
        session.profits = (0..<below(SessionSnapshot.profitsMax)).map { _ in Notional(raw: raw()) }
        session.rates[0].used = below(100)
        session.waiting = below(5)
        return session
    }

    private mutating func book(_ markets: Int) -> SessionSnapshot.Book {
        var book = Samples.book()
        book.market = below(markets)
        book.priceDecimals = below(13)
        book.quantityDecimals = below(13)
        let prices = (0..<below(120)).map { _ in abs(raw()) }.sorted()
        let cut = prices.isEmpty ? 0 : below(prices.count)
        book.bids = prices[..<cut].reversed().map {
            Level(price: Price(raw: $0), quantity: Quantity(raw: abs(raw())))
        }
        book.asks = prices[cut...].map { Level(price: Price(raw: $0), quantity: Quantity(raw: abs(raw()))) }
        if chance(50) { book.lastTrade = nil }
        let phases = ActivePhase.allCases
        book.orders = (0..<below(20)).map { _ in
            .init(
                strategy: 0, side: chance(50) ? .buy : .sell, price: Price(raw: prices.first ?? abs(raw())),
                remaining: Quantity(raw: abs(raw())), phase: phases[below(phases.count)],
                isCancelRequested: chance(20), isStop: chance(20))
        }
        return book
    }
}
