import MarketModel
import Quantities
import Recordings
import Testing

/// A recording of raw frames, written line by line with times in milliseconds after a beginning.
enum Tape {
    static let start: Int64 = 1_700_000_000_000

    static func line(_ milliseconds: Int64, _ frame: String) -> String {
        "\((start + milliseconds) * 1_000_000) \(frame)"
    }

    static func at(_ milliseconds: Int64) -> Instant {
        Instant(milliseconds: start + milliseconds)
    }

    static func ticker(
        _ update: Int, bid: String = "25.35", ask: String = "25.36", size: String = "1.00000000",
        symbol: String = "ABCUSDT"
    ) -> String {
        #"""
        {"stream":"x@bookTicker","data":{"u":\#(update),"s":"\#(symbol)","b":"\#(bid)",\#
        "B":"\#(size)","a":"\#(ask)","A":"\#(size)"}}
        """#
    }

    static func trade(_ id: Int, at milliseconds: Int64, symbol: String = "ABCUSDT") -> String {
        #"""
        {"stream":"x@trade","data":{"e":"trade","E":0,"s":"\#(symbol)","t":\#(id),"p":"25.355",\#
        "q":"0.1","T":\#(start + milliseconds),"m":false}}
        """#
    }

    static func depth(
        _ first: Int, _ last: Int, at milliseconds: Int64, bids: String = "[]", asks: String = "[]"
    ) -> String {
        #"""
        {"stream":"x@depth","data":{"e":"depthUpdate","E":\#(start + milliseconds),"s":"ABCUSDT",\#
        "U":\#(first),"u":\#(last),"b":\#(bids),"a":\#(asks)}}
        """#
    }

    static let snapshot =
        #"{"lastUpdateId":100,"bids":[["25.35","1.00000000"]],"asks":[["25.36","1.00000000"]]}"#
}

/// What came out of a recording: its events, and the errors between them.
struct Reading {
    var events: [MarketEvent] = []
    var errors: [RecordingError] = []
    var report = RecordingReport()

    /// Reads what is there to the end, past the errors of lines; any other error ends it.
    init(_ paths: [String], _ options: RecordingOptions = RecordingOptions()) throws {
        var options = options
        options.infersQuotes = false
        var source = try RecordingSource(paths, options)
        var isOver = false
        while !isOver {
            do throws(RecordingError) {
                while let event = try source.next() { events.append(event) }
                isOver = true
            } catch {
                errors.append(error)
                if case .line = error { continue }
                #expect(throws: error) { try source.next() }
                isOver = true
            }
        }
        report = source.report
    }
}
