import Indicators
import MarketModel
import Quantities
import Testing

struct VolumeCandleTests {
    @Test func `candles by number close with the trade that completes them`() throws {
        let tape = """
            1s  buy 2 @ 100
            3s  sell 1 @ 99
            2s  buy 1 @ 103    | 1s to 3s: 100 103 99 103, 4 of which 3 bought for 402 by 3
            9s  buy 1 @ 104
            9s  advance
            """
        var candles = CandleTape(CandleBuilder(.ticks(3)), showsEnds: true)
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.current?.count == 1)
    }

    @Test func `a trade that is larger than what is missing is split`() throws {
        let tape = """
            1s  buy 2 @ 100
            2s  sell 2 @ 101   | 1s to 2s: 100 101 100 101, 3 of which 2 bought for 301 by 2
            3s  buy 1.5 @ 99
            4s  buy 0.5 @ 98   | 2s to 4s: 101 101 98 98, 3 of which 2 bought for 298.5 by 2
            5s  sell 10 @ 97   | 5s to 5s: 97 97 97 97, 3 of which 0 bought for 291 by 1; \
            5s to 5s: 97 97 97 97, 3 of which 0 bought for 291 by 0; \
            5s to 5s: 97 97 97 97, 3 of which 0 bought for 291 by 0
            6s  sell 2 @ 97    | 5s to 6s: 97 97 97 97, 3 of which 0 bought for 291 by 1
            """
        var candles = CandleTape(CandleBuilder(.volume(Quantity(3))), showsEnds: true)
        let played = try candles.play(tape)
        #expect(played == tape)
        #expect(candles.builder.current == nil)
    }

    @Test func `of a huge trade the first part takes what is beyond a thousand candles`() throws {
        var builder = CandleBuilder(.volume(Quantity(1)))
        builder.add(Feed.trade(100, 400, at: Instant(milliseconds: 0)))
        let closed = Array(builder.add(Feed.trade(100, 5_000_100, at: Instant(milliseconds: 1))))
        #expect(closed.count == CandleBuilder.rowMax + 1)
        #expect(closed[0].volume == Quantity(4_000))
        #expect(closed.dropFirst().allSatisfy { $0.volume == Quantity(1) })
        #expect(builder.current?.volume == Feed.quantity(500))
    }

    @Test func `quotes have no volume`() {
        var builder = CandleBuilder(.volume(Quantity(1)))
        builder.add(Feed.quote(99, 1, 101, 1, at: Instant(milliseconds: 0)))
        #expect(builder.current == nil)
        #expect(builder.refusedCount == 1)
    }
}
