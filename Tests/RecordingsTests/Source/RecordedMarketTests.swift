import BinanceVenue
import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

/// Recordings of real markets, where they are at hand; the counts were taken by other means.
@Suite(.enabled(if: SharedData.isThere, "needs recorded data in ../shared/data/market"))
struct RecordedMarketTests {
    struct Expected: Sendable {
        var files: [String]
        var market: String
        var depths: Int
        var quotes: Int
        var trades: Int
        var levels: Int
        /// Update numbers that a ticker and the rebuilt book share.
        var samples: Int
        var priceDecimals: Int
    }

    static let recordings = [
        Expected(
            files: SharedData.binance("spot_btcusdt_20240808", "spot_btcusdt_20240809"),
            market: "BTCUSDT", depths: 6_495, quotes: 73_174, trades: 19_904, levels: 300_094,
            samples: 1_072, priceDecimals: 2),
        Expected(
            files: SharedData.binance("spot_ethusdt_20240808", "spot_ethusdt_20240809"),
            market: "ETHUSDT", depths: 6_470, quotes: 58_758, trades: 14_515, levels: 274_752,
            samples: 1_056, priceDecimals: 2),
        Expected(
            files: SharedData.binance("usdm_btcusdt_20240808"), market: "BTCUSDT", depths: 6_551,
            quotes: 66_089, trades: 21_313, levels: 445_262, samples: 629, priceDecimals: 1),
    ]

    @Test(arguments: recordings)
    func `a real recording is whole, and its book equals its tickers`(expected: Expected) throws {
        var source = try RecordingSource(expected.files)
        #expect(source.table.markets.map(\.name) == [expected.market])
        #expect(source.markets[0].priceDecimals == expected.priceDecimals)
        while try source.next() != nil {}
        let report = source.report
        #expect(report.frames.depths == expected.depths)
        #expect(report.frames.snapshots == 1)
        #expect(report.lines == expected.depths + expected.quotes + expected.trades + 1)
        #expect(report.quotes == expected.quotes)
        #expect(report.trades == expected.trades)
        #expect(report.levels == expected.levels)
        #expect(report.bookSamples == expected.samples)
        #expect(report.bookMatches == expected.samples)
        let oddities = [
            report.frames.other, report.frames.foreign, report.frames.skippedTrades,
            report.frames.duplicateDepths, report.sequenceGapCount, report.silenceCount,
            report.crossedBooks, report.crossedQuotes, report.oneSidedQuotes,
            report.repeatedTrades, report.tradeGaps, report.clampedTimes,
        ]
        #expect(oddities.allSatisfy { $0 == 0 }, "\(report)")
        // The recorder's clock was 1.27 seconds behind.
        let offset = try #require(report.clockOffset)
        #expect((1_265...1_275).contains(offset.nanoseconds / 1_000_000), "\(offset)")
    }

    @Test func `a second day alone has quotes and trades, and no book`() throws {
        var source = try RecordingSource(SharedData.binance("spot_btcusdt_20240809"))
        while try source.next() != nil {}
        #expect(source.report.quotes == 45_134)
        #expect(source.report.trades == 10_147)
        #expect(source.report.levels == 0)
        #expect(source.report.frames.keptDepths == 3_044)
    }

    @Test func `an imported day has the same events`() throws {
        let folder = ScratchFolder()
        let target = folder.file("ethusdt.rec")
        let files = SharedData.binance("spot_ethusdt_20240808")
        let report = try RecordingImporter.convert(files, to: target)
        #expect(report.lines == 33_618)
        var original = try RecordingSource(files)
        var imported = try RecordingSource([target])
        var count = 0
        while let event = try original.next() {
            let twin = try imported.next()
            if twin != event {
                Issue.record("event \(count): \(event) became \(String(describing: twin))")
                return
            }
            count += 1
        }
        #expect(try imported.next() == nil)
        #expect(count == report.events)
        #expect(imported.report.bookMatches == original.report.bookMatches)
    }

    @Test func `a real table of trades is read whole`() throws {
        let path = "\(SharedData.folder)/trades_only/binance_ETHUSDT_trades_2023-02-02_1000rows.csv"
        let reading = try Reading([path])
        #expect(reading.errors.isEmpty)
        #expect(reading.report.trades == 1_000)
        #expect(reading.report.repeatedTrades == 0)
        #expect(reading.report.tradeGaps == 0)
        let range = try #require(reading.report.range)
        #expect(range.lowerBound.description == "2023-02-02T09:20:00.138000000Z")
    }
}
