import CoinExVenue
import MarketModel
import Quantities
import Testing

@testable import CoinExClient

@Suite struct CoinExDealCandlesTests {
    /// `12:00:59.5 #7 100 x 0.5`, the time on 2024-02-29.
    private func deals(_ text: String) -> [CoinExStreamDeal] {
        text.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            let clock = words[0].split(separator: ":").compactMap { Double($0) }
            let milliseconds = Int64(((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1_000)
            return CoinExStreamDeal(
                id: UInt64(words[1].dropFirst()) ?? 0,
                time: Instant(milliseconds: 1_709_164_800_000 + milliseconds),
                price: Price(stringLiteral: words[2]), amount: Quantity(stringLiteral: words[4]), side: .buy,
                order: nil, clientID: "")
        }
    }

    private func line(_ candle: CoinExStreamCandle) -> String {
        "\(candle.start.description.dropFirst(11).prefix(5)) \(candle.open) \(candle.high) \(candle.low) "
            + "\(candle.close) \(candle.volume) \(candle.value)"
    }

    @Test func `a deal of a later minute closes the candle, and quiet minutes have their own`() {
        var candles = CoinExDealCandles("BTCUSDT", .minute)
        // As pushed: the newest first.
        #expect(candles.add(deals("12:00:30 #2 110 x 1\n12:00:10 #1 100 x 2")).isEmpty)
        let closed = candles.add(deals("12:02:01 #4 90 x 1\n12:00:59.9 #3 105 x 1"))
        #expect(closed.map(line) == ["12:00 100 110 100 105 4 415", "12:01 105 105 105 105 0 0"])
        #expect(candles.current.map(line) == "12:02 90 90 90 90 1 90")
        #expect(closed.allSatisfy { $0.market == "BTCUSDT" })
    }

    @Test func `deals that are repeated by a subscription count once`() {
        var candles = CoinExDealCandles("BTCUSDT", .hour)
        let first = deals("12:00:30 #2 110 x 1\n12:00:10 #1 100 x 2")
        _ = candles.add(first)
        _ = candles.add(first)
        #expect(candles.current?.volume == "3")
    }

    @Test func `time closes a candle that no deal does`() {
        var candles = CoinExDealCandles("BTCUSDT", .minute)
        _ = candles.add(deals("12:00:30 #1 110 x 1"))
        let noon = Instant(milliseconds: 1_709_164_800_000 + 12 * 3_600_000)
        #expect(candles.advance(to: noon + .seconds(59)).isEmpty)
        #expect(candles.advance(to: noon + .seconds(61)).map(line) == ["12:00 110 110 110 110 1 110"])
    }

    @Test func `weeks begin with Monday`() {
        var candles = CoinExDealCandles("BTCUSDT", .week)
        _ = candles.add(deals("12:00:30 #1 110 x 1"))
        // Thursday 2024-02-29 belongs to the week of Monday the 26th.
        #expect(candles.current?.start.description.hasPrefix("2024-02-26T00:00:00") == true)
    }
}
