import Indicators
import MarketModel
import Quantities
import Testing

struct TimeCandleTests {
    private func minutes(emptyMax: Int = 1_000) -> CandleTape {
        CandleTape(CandleBuilder(.time(.minutes(1)), emptyMax: emptyMax))
    }

    @Test func `trades of a minute are one candle, which the next minute closes`() throws {
        let tape = """
            5s      buy 2 @ 100
            20s     sell 1 @ 103.5
            21s     buy 0.5 @ 99
            59.999s sell 1 @ 101
            60s     buy 1 @ 102           | 0s: 100 103.5 99 101, 4.5 of which 2.5 bought for 454 by 4, partial
            119s    buy 1 @ 104
            120s    buy 1 @ 105           | 60s: 102 104 102 104, 2 of which 2 bought for 206 by 2
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.current?.close == Price(105))
        #expect(candles.builder.lateCount == 0)
    }

    @Test func `minutes without a trade are empty candles at the last close`() throws {
        let tape = """
            5s    buy 2 @ 100
            6s    sell 1 @ 99
            190s  buy 1 @ 105  | 0s: 100 100 99 99, 3 of which 2 bought for 299 by 2, partial; \
            60s: empty at 99; 120s: empty at 99
            240s  buy 1 @ 105  | 180s: 105 105 105 105, 1 of which 1 bought for 105 by 1
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
    }

    @Test func `of too many empty minutes the newest are told, the others counted`() throws {
        let tape = """
            5s    buy 2 @ 100
            610s  buy 1 @ 105  | 0s: 100 100 100 100, 2 of which 2 bought for 200 by 1, partial; \
            480s: empty at 100; 540s: empty at 100
            """
        var candles = minutes(emptyMax: 2)
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.skippedCount == 7)
    }

    @Test func `time closes a candle when no trade does, after a grace`() throws {
        let tape = """
            0s       advance
            5s       buy 2 @ 100
            60s      advance
            60.249s  advance
            60.25s   advance      | 0s: 100 100 100 100, 2 of which 2 bought for 200 by 1, partial
            60.3s    advance
            120.25s  advance      | 60s: empty at 100
            300s     advance      | 120s: empty at 100; 180s: empty at 100
            300.25s  advance      | 240s: empty at 100
            299s     advance
            301s     buy 1 @ 101
            360s     buy 1 @ 102  | 300s: 101 101 101 101, 1 of which 1 bought for 101 by 1
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
    }

    @Test func `it says when the next candle closes`() throws {
        var candles = minutes()
        #expect(candles.builder.closesAt == nil)
        _ = try candles.play("5s buy 2 @ 100")
        let midnight = Instant(milliseconds: 86_400_000)
        #expect(candles.builder.closesAt == midnight + .milliseconds(60_250))
        _ = try candles.play("60.25s advance")
        #expect(candles.builder.closesAt == midnight + .milliseconds(120_250))
        #expect(CandleBuilder(.ticks(5)).closesAt == nil)
    }

    @Test func `a late trade is counted and changes nothing`() throws {
        let tape = """
            70s     buy 2 @ 100
            59s     buy 9 @ 500
            120s    buy 1 @ 101   | 60s: 100 100 100 100, 2 of which 2 bought for 200 by 1, partial
            119.9s  sell 9 @ 1
            180.3s  advance       | 120s: 101 101 101 101, 1 of which 1 bought for 101 by 1
            179.9s  sell 9 @ 1
            181s    buy 1 @ 102
            240s    buy 1 @ 103   | 180s: 102 102 102 102, 1 of which 1 bought for 102 by 1
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.lateCount == 3)
        #expect(candles.builder.refusedCount == 0)
    }

    @Test func `within a minute the order of arrival counts`() throws {
        let tape = """
            30s  buy 1 @ 100
            10s  buy 1 @ 90
            60s  buy 1 @ 91  | 0s: 100 100 90 90, 2 of which 2 bought for 190 by 2, partial
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.lateCount == 0)
    }

    @Test func `candles around an interruption are partial`() throws {
        let tape = """
            5s    buy 1 @ 100
            60s   buy 1 @ 101   | 0s: 100 100 100 100, 1 of which 1 bought for 100 by 1, partial
            70s   interrupt
            190s  buy 1 @ 105   | 60s: 101 101 101 101, 1 of which 1 bought for 101 by 1, partial; \
            120s: empty at 101, partial
            240s  buy 1 @ 106   | 180s: 105 105 105 105, 1 of which 1 bought for 105 by 1, partial
            300s  buy 1 @ 107   | 240s: 106 106 106 106, 1 of which 1 bought for 106 by 1
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
    }

    @Test func `an offset moves the bounds`() throws {
        let tape = """
            5s   buy 1 @ 100
            15s  buy 1 @ 101  | -45s: 100 100 100 100, 1 of which 1 bought for 100 by 1, partial
            75s  buy 1 @ 102  | 15s: 101 101 101 101, 1 of which 1 bought for 101 by 1
            """
        var candles = CandleTape(CandleBuilder(.time(.minutes(1), offset: .seconds(15))))
        let played = try candles.play(tape)
        #expect(played == tape)
    }

    @Test func `quotes make candles of their mid prices`() throws {
        let tape = """
            5s   quote 99 101
            6s   quote 103 105
            60s  quote 98 100  | 0s: 100 104 100 104, 0 of which 0 bought for 0 by 2, partial
            """
        var candles = minutes()
        let played = try candles.play(tape)
        #expect(played == tape)
    }

    @Test func `minutes of uneven trades are those of pandas`() throws {
        let trades = try ReferenceTable("trades.csv")
        let (times, cents) = (try trades.numbers("millisecond"), try trades.numbers("cents"))
        let (lots, buys) = (try trades.numbers("lots"), try trades.numbers("buys"))
        var builder = CandleBuilder(.time(.minutes(1)))
        var candles: [Candle] = []
        for row in times.indices {
            let trade = Feed.trade(
                cents[row], lots[row], buys[row] == 1 ? .buy : .sell,
                at: Instant(milliseconds: Int64(times[row])))
            candles += builder.add(trade)
        }
        candles.append(try #require(builder.current))

        let table = try ReferenceTable("candles.csv")
        try #require(candles.count == table.rowCount)
        let money = { (column: String) in try table.numbers(column).map { Feed.price($0) } }
        #expect(candles.map(\.open) == (try money("open")))
        #expect(candles.map(\.high) == (try money("high")))
        #expect(candles.map(\.low) == (try money("low")))
        #expect(candles.map(\.close) == (try money("close")))
        #expect(candles.map(\.volume) == (try table.numbers("lots").map { Feed.quantity($0) }))
        #expect(candles.map(\.buyVolume) == (try table.numbers("bought").map { Feed.quantity($0) }))
        // Hundredths times thousandths.
        let turnover = try table.numbers("turnover").map { Notional(raw: Int128($0) * 10_000_000) }
        #expect(candles.map(\.turnover) == turnover)
        #expect(candles.map(\.count) == (try table.numbers("count")))
        #expect(candles.map(\.isEmpty) == (try table.numbers("count").map { $0 == 0 }))
        let starts = try table.numbers("second").map { Instant(milliseconds: Int64($0) * 1_000) }
        #expect(candles.map(\.start) == starts)
    }
}
