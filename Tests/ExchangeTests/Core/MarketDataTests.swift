import MarketModel
import Quantities
import Testing

@testable import Exchange

struct MarketDataTests {
    private let market = MarketID(0)

    /// Trades one amount at a price and a second after the opening.
    private func trade(
        _ exchange: inout ExchangeDialogue, _ size: String, at level: String, second time: Double
    ) throws {
        for (name, side) in [("ann", Side.sell), ("ben", .buy)] {
            _ = try exchange.core.place(
                OrderRequest(
                    account: exchange.account(name), market: market, side: side, price: price(level),
                    amount: amount(size)), at: second(time))
        }
    }

    private func text(_ candle: PeriodCandle) -> String {
        let start = (candle.startsAt - second(0)).nanoseconds / 1_000_000_000
        return "\(start): \(candle.open) \(candle.close) \(candle.high) \(candle.low) "
            + "\(candle.volume) \(candle.value)"
    }

    @Test func `merged depth: asks go up to the step, bids down`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@100.01        -> 1 notDealt left 1; put 1 left 1
            ann sell 2@100.09        -> 2 notDealt left 2; put 2 left 2
            ann sell 4@100.10        -> 3 notDealt left 4; put 3 left 4
            ann sell 8@100.11        -> 4 notDealt left 8; put 4 left 8
            ann sell 9@100.05 hidden -> 5 notDealt left 9; put 5 left 9
            ben buy 1@99.99          -> 6 notDealt left 1; put 6 left 1
            ben buy 2@99.90          -> 7 notDealt left 2; put 7 left 2
            ben buy 4@99.89          -> 8 notDealt left 4; put 8 left 4
            book                     -> 1@99.99 2@99.9 4@99.89 | 1@100.01 2@100.09 4@100.1 8@100.11
            """)
        func levels(_ step: String?, limit: Int) throws -> [[String]] {
            let depth = try exchange.core.depth(of: market, limit: limit, mergedTo: step.map { price($0) })
            return [depth.bids, depth.asks].map { $0.map { "\($0.quantity)@\($0.price)" } }
        }
        #expect(try levels("0.1", limit: 50) == [["3@99.9", "4@99.8"], ["7@100.1", "8@100.2"]])
        #expect(try levels("10", limit: 50) == [["7@90"], ["15@110"]])
        #expect(try levels("0.1", limit: 1) == [["3@99.9"], ["7@100.1"]])
        #expect(try levels(nil, limit: 2) == [["1@99.99", "2@99.9"], ["1@100.01", "2@100.09"]])
        #expect(try levels(nil, limit: 0) == [[], []])
        #expect(throws: ExchangeRefusal.badMerge) { try levels("0.5", limit: 5) }
        #expect(throws: ExchangeRefusal.unknownMarket) {
            try exchange.core.depth(of: MarketID(7), limit: 5)
        }
    }

    @Test func `candles are built from deals; quiet periods repeat the last close`() throws {
        // The opening lies 20 seconds after the beginning of a minute.
        var exchange = try ExchangeDialogue()
        try trade(&exchange, "1", at: "100", second: 1)
        try trade(&exchange, "2", at: "103", second: 2)
        try trade(&exchange, "1", at: "99", second: 39)
        try trade(&exchange, "1", at: "101", second: 40)
        try trade(&exchange, "1", at: "104", second: 225)
        func candles(_ period: CandlePeriod, from: Double, to: Double, limit: Int) throws -> [String] {
            try exchange.core.candles(
                of: market, period, from: second(from), to: second(to), limit: limit
            ).map(text)
        }
        let minutes = [
            "-20: 100 99 103 99 4 405", "40: 101 101 101 101 1 101", "100: 101 101 101 101 0 0",
            "160: 101 101 101 101 0 0", "220: 104 104 104 104 1 104",
        ]
        #expect(try candles(.minute, from: -600, to: 600, limit: 100) == minutes)
        #expect(try candles(.minute, from: 45, to: 165, limit: 100) == Array(minutes[1...3]))
        #expect(try candles(.minute, from: -600, to: 600, limit: 2) == Array(minutes[3...]))
        #expect(try candles(.minute, from: -600, to: -100, limit: 2) == [])
        #expect(try candles(.minute, from: 0, to: 600, limit: 0) == [])
        #expect(try candles(.minute, from: 0, to: 600, limit: .max) == minutes)
        #expect(try candles(.hour, from: 0, to: 600, limit: 9) == ["-800: 100 104 104 99 6 610"])
        #expect(try candles(.week, from: 0, to: 600, limit: 9).count == 1)
        for period in CandlePeriod.allCases {
            let start = CandleStore.start(of: period, at: second(1)).nanoseconds
            #expect(start % period.length.nanoseconds == 0 && start <= second(1).nanoseconds)
        }
        let never = try exchange.core.candles(
            of: market, .week, from: .distantPast, to: .distantPast, limit: 5)
        #expect(never == [])
    }

    @Test func `the ticker looks back over 24 hours`() throws {
        var exchange = try ExchangeDialogue()
        #expect(try exchange.core.ticker(of: market) == MarketTicker())
        try trade(&exchange, "1", at: "100", second: 1)
        try trade(&exchange, "2", at: "90", second: 3_600)
        try trade(&exchange, "1", at: "95", second: 7_200)
        exchange.core.advance(to: second(7_300))
        var ticker = try exchange.core.ticker(of: market)
        #expect(ticker.open == price("100") && ticker.last == price("95"))
        #expect(ticker.high == price("100") && ticker.low == price("90"))
        #expect(ticker.volume == quantity("4") && ticker.value == Notional(375))
        exchange.core.advance(to: second(86_400 + 600))
        ticker = try exchange.core.ticker(of: market)
        #expect(ticker.open == price("90") && ticker.volume == quantity("3"))
        exchange.core.advance(to: second(3 * 86_400))
        ticker = try exchange.core.ticker(of: market)
        #expect(ticker.open == price("95") && ticker.last == price("95") && ticker.volume.isZero)
    }

    @Test func `the ticker shows what is offered, hidden orders left out`() throws {
        var exchange = try ExchangeDialogue()
        exchange.expect(
            """
            ann sell 1@101       -> 1 notDealt left 1; put 1 left 1
            ann sell 2@102       -> 2 notDealt left 2; put 2 left 2
            ann sell 2@100.5 hidden -> 3 notDealt left 2; put 3 left 2
            ben buy 4@99         -> 4 notDealt left 4; put 4 left 4
            """)
        let ticker = try exchange.core.ticker(of: market)
        #expect(ticker.ask == Level(price: price("101"), quantity: quantity("1")))
        #expect(ticker.bid == Level(price: price("99"), quantity: quantity("4")))
        #expect(try exchange.core.visibleTotal(of: market, .sell) == quantity("3"))
        #expect(try exchange.core.visibleTotal(of: market, .buy) == quantity("4"))
        #expect(try exchange.core.indexPrice(of: market) == price("100"))
    }

    @Test func `public deals come newest first, and only what is newer`() throws {
        var exchange = try ExchangeDialogue()
        for index in 1...5 { try trade(&exchange, "1", at: "\(100 + index)", second: Double(index)) }
        let deals = try exchange.core.publicDeals(of: market, limit: 3)
        #expect(deals.map(\.id.raw) == [5, 4, 3])
        #expect(deals.map(\.price) == [price("105"), price("104"), price("103")])
        #expect(deals.allSatisfy { $0.aggressor == .buy })
        #expect(try exchange.core.publicDeals(of: market, after: 4, limit: 3).map(\.id.raw) == [5])
        #expect(try exchange.core.publicDeals(of: market, after: 5, limit: 3) == [])
    }

    @Test func `versions tell what has changed`() throws {
        var exchange = try ExchangeDialogue()
        let before = try exchange.core.versions(of: market)
        exchange.expect("ann sell 1@101 hidden -> 1 notDealt left 1; put 1 left 1")
        #expect(try exchange.core.versions(of: market) == before)
        exchange.expect("ann sell 1@101 -> 2 notDealt left 1; put 2 left 1")
        #expect(try exchange.core.versions(of: market).depth == before.depth + 1)
        try trade(&exchange, "1", at: "100", second: 5)
        #expect(try exchange.core.versions(of: market).deals == before.deals + 1)
    }
}
