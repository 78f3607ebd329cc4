import MarketModel
import Quantities
import TestSupport
import Testing

@testable import Recordings

struct RecordingReportTests {
    let folder = ScratchFolder()

    func report(
        _ lines: [String], _ options: RecordingOptions = RecordingOptions()
    ) throws -> RecordingReport {
        let reading = try Reading([folder.write(lines, "tape.log")], options)
        #expect(reading.errors.isEmpty)
        return reading.report
    }

    @Test func `P10: silences of a market are told from the length on that was asked for`() throws {
        let lines = [
            Tape.line(0, Tape.ticker(1)), Tape.line(10, Tape.ticker(1, symbol: "XYZUSDT")),
            Tape.line(9_999, Tape.ticker(2)), Tape.line(19_999, Tape.ticker(3)),
            Tape.line(20_000, Tape.ticker(2, symbol: "XYZUSDT")),
        ]
        let silences = [
            RecordingReport.Silence(market: MarketID(0), since: Tape.at(9_999), length: .seconds(10)),
            .init(market: MarketID(1), since: Tape.at(10), length: .milliseconds(19_990)),
        ]
        let byDefault = try report(lines)
        #expect(byDefault.silences == silences)
        #expect(byDefault.silenceCount == 2)
        #expect(byDefault.range == Tape.at(0)...Tape.at(20_000))
        var options = RecordingOptions()
        options.silenceMin = .milliseconds(10_001)
        #expect(try report(lines, options).silences == [silences[1]])
    }

    @Test func `more silences than the limit are counted only`() throws {
        var options = RecordingOptions()
        options.silenceMin = .milliseconds(1)
        let lines = (0...300).map { Tape.line(Int64($0), Tape.ticker($0)) }
        let result = try report(lines, options)
        #expect(result.silenceCount == 300)
        #expect(result.silences.count == RecordingReport.placesMax)
    }

    @Test func `P10: missing updates are told with their place`() throws {
        let result = try report([
            Tape.line(0, Tape.snapshot), Tape.line(1, Tape.depth(101, 102, at: 1)),
            Tape.line(2, Tape.depth(104, 105, at: 2)), Tape.line(3, Tape.depth(104, 105, at: 2)),
        ])
        #expect(
            result.sequenceGaps == [
                .init(market: MarketID(0), at: Tape.at(2), lastGood: 102)
            ])
        #expect(result.sequenceGapCount == 1)
        #expect(result.resets == 2)
    }

    @Test func `odd quotes, books and trades are counted`() throws {
        let result = try report([
            Tape.line(0, Tape.snapshot), Tape.line(1, Tape.ticker(1, bid: "2", ask: "2")),
            Tape.line(2, Tape.ticker(2, bid: "0", ask: "2")),
            Tape.line(3, Tape.depth(101, 101, at: 3, bids: #"[["25.36","1"]]"#)),
            Tape.line(4, Tape.trade(10, at: 4)), Tape.line(5, Tape.trade(10, at: 4)),
            Tape.line(6, Tape.trade(11, at: 4)), Tape.line(7, Tape.trade(14, at: 4)),
        ])
        #expect(result.crossedQuotes == 1)
        #expect(result.oneSidedQuotes == 1)
        #expect(result.crossedBooks == 1)
        #expect(result.repeatedTrades == 1)
        #expect(result.tradeGaps == 1)
        #expect(result.trades == 4)
    }

    @Test func `the book is compared with the ticker of its number, whichever comes first`() throws {
        let lines = [
            Tape.line(0, Tape.snapshot), Tape.line(1, Tape.ticker(102)),
            Tape.line(2, Tape.ticker(105, size: "2")), Tape.line(3, Tape.ticker(106)),
            Tape.line(4, Tape.depth(101, 102, at: 4, bids: #"[["25.30","1"]]"#)),
            Tape.line(5, Tape.depth(103, 105, at: 5, bids: #"[["25.35","2"]]"#, asks: #"[["25.36","2"]]"#)),
            Tape.line(6, Tape.depth(106, 107, at: 6, bids: #"[["25.35","9"]]"#)),
            Tape.line(7, Tape.ticker(107, size: "9")), Tape.line(8, Tape.ticker(108)),
        ]
        let result = try report(lines)
        #expect(result.bookSamples == 3)
        #expect(result.bookMatches == 2)
        var options = RecordingOptions()
        options.checksBooks = false
        #expect(try report(lines, options).bookSamples == 0)
    }

    @Test func `the offset of the clocks is the median`() throws {
        let result = try report([
            Tape.line(0, Tape.trade(1, at: 5)), Tape.line(1, Tape.trade(2, at: 1_001)),
            Tape.line(2, Tape.trade(3, at: 9)), Tape.line(3, Tape.ticker(1)),
        ])
        #expect(result.clockOffset == .milliseconds(7))
        #expect(result.description.contains("0.007 s"))
        #expect(try report([Tape.line(0, Tape.ticker(1))]).clockOffset == nil)
    }

    @Test func `the sample for a median stays small and even`() {
        var sample = MedianSample()
        for number in 0..<100_000 { sample.note(Interval(nanoseconds: Int64(number))) }
        let median = sample.median ?? .zero
        #expect((45_000...55_000).contains(median.nanoseconds), "\(median)")
    }
}
